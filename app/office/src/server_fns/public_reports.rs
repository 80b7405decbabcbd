//! 群众举报 at the desk: listed, looked at, acted on; the numbers that two people open together; and what the office decides of it.

use crate::{error::AppError, json::Json, server_fns::AsOf};
use domain::{
    id::PublicReportId,
    public_report::{PublicReportFile, PublicReportFilter, PublicReportPage, ReportSettingsFile},
};
use leptos::prelude::*;
use report_form::{AskForm, DisclosureForm, HolderForm, ReleaseForm, ReportForm, SettingsForm};

pub mod report_form;

#[cfg(feature = "ssr")]
use {
    super::request::asking,
    crate::{i18n::use_lang, plain_form, public_reports::address::REPORT_SETTINGS},
    domain::settings::SettingsCommand,
    service::public_reports::{self, contacts, publish},
};

#[server(prefix = "/api/pages", endpoint = "public_reports", input = Json, output = Json)]
pub async fn load_public_reports(filter: PublicReportFilter) -> Result<AsOf<PublicReportPage>, AppError> {
    let asking = asking()?;
    let page = asking.said(public_reports::list(&asking.services, &asking.by, &filter).await)?;
    Ok(asking.answer(page))
}

/// [`AppError::NotFound`] where the address names none.
#[server(prefix = "/api/pages", endpoint = "public_report", input = Json, output = Json)]
pub async fn load_public_report(id: Option<PublicReportId>) -> Result<PublicReportFile, AppError> {
    let id = id.ok_or(AppError::NotFound)?;
    let asking = asking()?;
    asking.said(public_reports::file(&asking.services, &asking.by, id).await)
}

/// What is wrong is told by field.
#[server(prefix = "/api/pages", endpoint = "act_on_report", output = Json)]
pub async fn act_on_report(form: ReportForm) -> Result<(), AppError> {
    let done = async {
        let asking = asking()?;
        let (id, wanted) = form.clone().read()?;
        asking.said(public_reports::act(&asking.services, &asking.by, id, wanted).await)
    };
    let done = done.await.map(drop);
    plain_form::back_to(&form.page(), &form, done)
}

/// The first of the two asks to open a number. Their words are shown to nobody again.
#[server(prefix = "/api/pages", endpoint = "ask_contact", output = Json)]
pub async fn ask_contact(form: AskForm) -> Result<(), AppError> {
    let done = async {
        let asking = asking()?;
        let id = form.report.parse().map_err(|_| AppError::NotFound)?;
        let asked = contacts::ask(&asking.services, &asking.by, id, &form.words, &form.reason).await;
        asking.said(asked)
    };
    let done = done.await;
    let form = AskForm { words: String::new(), ..form };
    plain_form::back_to(&form.page(), &form, done)
}

/// The second opens it: the number, told once.
#[server(prefix = "/api/pages", endpoint = "open_contact", input = Json, output = Json)]
pub async fn open_contact(id: PublicReportId, words: String) -> Result<String, AppError> {
    let asking = asking()?;
    asking.said(contacts::open(&asking.services, &asking.by, id, &words).await)
}

#[server(prefix = "/api/pages", endpoint = "report_settings", input = Json, output = Json)]
pub async fn load_report_settings() -> Result<ReportSettingsFile, AppError> {
    let asking = asking()?;
    asking.said(publish::settings_file(&asking.services, &asking.by).await)
}

/// Makes a key of one's own.
#[server(prefix = "/api/pages", endpoint = "hold_contacts", output = Json)]
pub async fn hold_contacts(form: HolderForm) -> Result<(), AppError> {
    let done = async {
        let asking = asking()?;
        asking.said(contacts::hold(&asking.services, &asking.by, &form.words, &form.again).await)
    };
    shown(done.await, &HolderForm::default())
}

/// Takes a key away.
#[server(prefix = "/api/pages", endpoint = "release_contacts", output = Json)]
pub async fn release_contacts(form: ReleaseForm) -> Result<(), AppError> {
    let done = async {
        let asking = asking()?;
        let person = form.person.parse().map_err(|_| AppError::NotFound)?;
        asking.said(contacts::release(&asking.services, &asking.by, person).await)
    };
    shown(done.await, &form)
}

#[server(prefix = "/api/pages", endpoint = "save_report_settings", output = Json)]
pub async fn save_report_settings(form: SettingsForm) -> Result<(), AppError> {
    let done = async {
        let asking = asking()?;
        let command = SettingsCommand::Public { public: form.read(use_lang())?, was: None };
        asking.said(service::settings::change(&asking.services, &asking.by, &command).await)
    };
    shown(done.await, &form)
}

/// Tells everybody of a listed major hazard, or no longer.
#[server(prefix = "/api/pages", endpoint = "disclose", output = Json)]
pub async fn disclose(form: DisclosureForm) -> Result<(), AppError> {
    let done = async {
        let asking = asking()?;
        let hazard = form.hazard.parse().map_err(|_| AppError::NotFound)?;
        let public = form.public == DisclosureForm::PUBLIC;
        asking.said(publish::disclose(&asking.services, &asking.by, hazard, public).await)
    };
    shown(done.await, &form)
}

/// The page of the settings again, where the form came without the program.
#[cfg(feature = "ssr")]
fn shown(done: Result<(), AppError>, form: &impl serde::Serialize) -> Result<(), AppError> {
    plain_form::back_to(REPORT_SETTINGS, form, done)
}
