//! What administrative inspections are held to.

use crate::{error::AppError, json::Json, server_fns::inspections::rules_form::RulesForm};
use domain::file::InspectionRulesFile;
use leptos::prelude::*;

pub mod rules_form;

#[cfg(feature = "ssr")]
use {
    super::request::asking,
    crate::{i18n::use_lang, inspections::INSPECTIONS, plain_form},
};

#[server(prefix = "/api/pages", endpoint = "inspection_rules", input = Json, output = Json)]
pub async fn load_inspection_rules() -> Result<InspectionRulesFile, AppError> {
    let asking = asking()?;
    asking.said(service::inspections::rules(&asking.services, &asking.by).await)
}

/// A rule, a matter, or the departments that inspect, as the form says. What is wrong with it is told by field.
#[server(prefix = "/api/pages", endpoint = "change_inspection_rules", output = Json)]
pub async fn change_inspection_rules(form: RulesForm) -> Result<(), AppError> {
    let done = match asking() {
        Ok(asking) => match form.read(use_lang()) {
            Ok((was, command)) => {
                asking.said(service::inspections::change(&asking.services, &asking.by, was, &command).await)
            }
            Err(fault) => Err(fault),
        },
        Err(fault) => Err(fault),
    };
    plain_form::back_to(INSPECTIONS, &form, done)
}
