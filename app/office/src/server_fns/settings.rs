//! What an office decides for itself.

use crate::{error::AppError, json::Json, server_fns::settings::office_settings_form::OfficeSettingsForm};
use leptos::prelude::*;

pub mod office_settings_form;

#[cfg(feature = "ssr")]
use {
    super::{
        meanwhile::{refuse_changed, settled},
        places::answer,
        request::{Asking, asking},
    },
    crate::i18n::use_lang,
};

/// Permissions, numbers or papers, as the form says.
#[server(prefix = "/api/pages", endpoint = "save_office_settings", output = Json)]
pub async fn save_office_settings(form: OfficeSettingsForm) -> Result<(), AppError> {
    let form = settled(&form, &form.base, &form.take).in_order();
    let done = match asking() {
        Ok(asking) => put(&asking, &form).await,
        Err(fault) => Err(fault),
    };
    answer(&form.page, &form, done)
}

#[cfg(feature = "ssr")]
async fn put(asking: &Asking, form: &OfficeSettingsForm) -> Result<(), AppError> {
    let lang = use_lang();
    let settings = asking.said(service::settings::file(&asking.services, &asking.by).await)?;
    let theirs = OfficeSettingsForm::of(&form.does, &settings);
    refuse_changed(&form.base, &theirs, form, |change| office_settings_form::in_words(lang, change))?;
    let command = form.read(lang, &settings)?;
    asking.said(service::settings::change(&asking.services, &asking.by, &command).await)
}
