//! The office's places and its settings, and how far it is set up.

use crate::{
    error::AppError,
    json::Json,
    server_fns::places::{place_form::PlaceForm, settings_form::SettingsForm},
};
use domain::{file::PlacesFile, place::readiness::Readiness, settings::OfficeSettings};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

pub mod place_form;
pub mod settings_form;

#[cfg(feature = "ssr")]
use {
    super::{
        meanwhile::{refuse_changed, settled},
        request::{Asking, asking},
    },
    crate::{i18n::use_lang, plain_form, settings::address::is_settings},
    domain::role::Action,
};

/// What the pages of the settings and of the first run show.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    pub places: PlacesFile,
    pub readiness: Readiness,
    /// What the office decided for itself, for whoever may change it.
    pub own: Option<OfficeSettings>,
}

#[server(prefix = "/api/pages", endpoint = "settings", input = Json, output = Json)]
pub async fn load_settings() -> Result<Settings, AppError> {
    let asking = asking()?;
    let own = if asking.by.actor.may_do(Action::ManageSettings) {
        Some(asking.said(service::settings::file(&asking.services, &asking.by).await)?)
    } else {
        None
    };
    Ok(Settings {
        own,
        places: asking.said(service::places::file(&asking.services, &asking.by).await)?,
        readiness: asking.said(service::places::readiness(&asking.services, &asking.by).await)?,
    })
}

/// How far the office is set up. Shown to people who can set it up, until it is complete.
#[cfg(feature = "ssr")]
pub(super) async fn left_to_do(asking: &Asking) -> Result<Option<Readiness>, AppError> {
    if !asking.by.actor.may_do(Action::ManagePeople) {
        return Ok(None);
    }
    let readiness = asking.said(service::places::readiness(&asking.services, &asking.by).await)?;
    Ok(Some(readiness).filter(|readiness| !readiness.is_complete()))
}

/// Makes, changes, merges or closes a place, as the form says. What is wrong with the form is told by field.
#[server(prefix = "/api/pages", endpoint = "change_place", output = Json)]
pub async fn change_place(form: PlaceForm) -> Result<(), AppError> {
    let form = settled(&form, &form.base, &form.take);
    let done = match asking() {
        Ok(asking) => put_place(&asking, &form).await,
        Err(fault) => Err(fault),
    };
    answer(&form.page, &form, done)
}

/// The office's name, or the visit intervals.
#[server(prefix = "/api/pages", endpoint = "save_settings", output = Json)]
pub async fn save_settings(form: SettingsForm) -> Result<(), AppError> {
    let form = settled(&form, &form.base, &form.take);
    let done = match asking() {
        Ok(asking) => put_settings(&asking, &form).await,
        Err(fault) => Err(fault),
    };
    answer(&form.page, &form, done)
}

/// A plain form goes back to its page, whatever came of it.
#[cfg(feature = "ssr")]
pub(super) fn answer(page: &str, form: &impl Serialize, done: Result<(), AppError>) -> Result<(), AppError> {
    let page = if is_settings(page) { page } else { crate::settings::address::SETTINGS };
    plain_form::back_to(page, form, done)
}

#[cfg(feature = "ssr")]
async fn put_place(asking: &Asking, form: &PlaceForm) -> Result<(), AppError> {
    let lang = use_lang();
    let file = asking.said(service::places::file(&asking.services, &asking.by).await)?;
    if let Some(theirs) = form.as_it_stands(&file) {
        let mine = PlaceForm { id: theirs.id.clone(), ..form.clone() };
        let in_words = |change| place_form::in_words(lang, &form.kind, &file, change);
        refuse_changed(&form.base, &theirs, &mine, in_words)?;
    }
    let commands = form.read(lang, &file, || asking.services.new_id())?;
    asking.said(service::places::put(&asking.services, &asking.by, &commands).await)
}

#[cfg(feature = "ssr")]
async fn put_settings(asking: &Asking, form: &SettingsForm) -> Result<(), AppError> {
    let lang = use_lang();
    let file = asking.said(service::places::file(&asking.services, &asking.by).await)?;
    let theirs = SettingsForm::of(&form.does, &file);
    refuse_changed(&form.base, &theirs, form, |change| settings_form::in_words(lang, change))?;
    let command = form.read(lang, &file)?;
    asking.said(service::places::put(&asking.services, &asking.by, &[command]).await)
}
