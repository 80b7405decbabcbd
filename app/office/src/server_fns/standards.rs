//! The standards that forms name, and what the office says of them.

use crate::{
    error::AppError,
    json::Json,
    server_fns::{AsOf, standards::standard_form::StandardForm},
};
use domain::file::StandardsFile;
use leptos::prelude::*;

pub mod standard_form;

#[cfg(feature = "ssr")]
use {
    super::request::{Asking, asking},
    crate::{i18n::use_lang, plain_form, standards::STANDARDS},
    standard_form::Wanted,
};

#[server(prefix = "/api/pages", endpoint = "standards", input = Json, output = Json)]
pub async fn load_standards() -> Result<AsOf<StandardsFile>, AppError> {
    let asking = asking()?;
    let file = asking.said(service::standards::list(&asking.services, &asking.by).await)?;
    Ok(asking.answer(file))
}

/// That a standard has ended, or that nothing is said of it any more, as the form says. What is wrong with it is told by field.
#[server(prefix = "/api/pages", endpoint = "change_standard", output = Json)]
pub async fn change_standard(form: StandardForm) -> Result<(), AppError> {
    let done = match asking() {
        Ok(asking) => carry_out(&asking, &form).await,
        Err(fault) => Err(fault),
    };
    plain_form::back_to(STANDARDS, &form, done)
}

#[cfg(feature = "ssr")]
async fn carry_out(asking: &Asking, form: &StandardForm) -> Result<(), AppError> {
    let (services, by) = (&asking.services, &asking.by);
    let done = match form.read(use_lang())? {
        Wanted::End { number, until, replaced_by } => {
            service::standards::end(services, by, number, until, replaced_by).await
        }
        Wanted::TakeBack { number } => service::standards::take_back(services, by, number).await,
    };
    asking.said(done)
}
