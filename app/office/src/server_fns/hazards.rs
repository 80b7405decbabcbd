//! The overview, the ledger, a hazard's file, and what the desk does to a hazard.

use super::{AsOf, hazards::hazard_form::HazardForm};
use crate::{error::AppError, json::Json};
use domain::{
    file::HazardFile,
    id::{FormId, HazardId},
    ledger::{LedgerFilter, LedgerPage},
    overview::Overview,
    place::readiness::Readiness,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

pub mod hazard_form;
pub mod plan_words;

#[cfg(feature = "ssr")]
use {
    super::{
        meanwhile::{keep_unchanged, settled},
        places,
        request::{Asking, asking},
    },
    crate::{
        i18n::{limits, use_lang},
        plain_form,
    },
    domain::hazard::CommandField,
};

#[server(prefix = "/api/pages", endpoint = "overview", input = Json, output = Json)]
pub async fn load_overview() -> Result<(Overview, Option<Readiness>), AppError> {
    let asking = asking()?;
    let overview = asking.said(service::overview::read(&asking.services, &asking.by).await)?;
    // The figures are shown whether or not the set-up can be told.
    Ok((overview, places::left_to_do(&asking).await.unwrap_or_default()))
}

#[server(prefix = "/api/pages", endpoint = "ledger", input = Json, output = Json)]
pub async fn load_ledger(filter: LedgerFilter) -> Result<AsOf<LedgerPage>, AppError> {
    let asking = asking()?;
    let page = asking.said(service::hazards::ledger(&asking.services, &asking.by, &filter).await)?;
    Ok(asking.answer(page))
}

/// A hazard as its page shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HazardSheet {
    pub file: HazardFile,
    /// By which answer it was found; None where it was found without a form.
    pub asked: Option<AskedWords>,
}

/// A question of a form, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedWords {
    pub form: FormId,
    pub title: String,
    pub question: String,
}

/// None where none is asked for.
#[server(prefix = "/api/pages", endpoint = "hazard", input = Json, output = Json)]
pub async fn load_hazard(id: Option<HazardId>) -> Result<Option<AsOf<HazardSheet>>, AppError> {
    let Some(id) = id else { return Ok(None) };
    let asking = asking()?;
    let file = asking.said(service::hazards::file(&asking.services, &asking.by, id).await)?;
    let found = &file.hazard.found;
    let form = asking.said(service::forms::found_by(&asking.services, &asking.by, id, found).await)?;
    let question = form.as_ref().zip(found.question.as_ref()).and_then(|(form, id)| form.question(id));
    let lang = use_lang();
    let asked = form.as_ref().map(|form| AskedWords {
        form: form.id.clone(),
        title: form.title.get(lang).to_owned(),
        question: question.map(|question| question.text.get(lang).to_owned()).unwrap_or_default(),
    });
    Ok(Some(asking.answer(HazardSheet { file, asked })))
}

/// Does what the form says. What is wrong with the form is told by field.
#[server(prefix = "/api/pages", endpoint = "act", output = Json)]
pub async fn act(form: HazardForm) -> Result<(), AppError> {
    let given = settled(&form.given, &form.base, &form.take);
    let form = HazardForm { given, ..form };
    let done = match asking() {
        Ok(asking) => keep_unchanged(|| do_it(&asking, form.clone())).await,
        Err(fault) => Err(fault),
    };
    plain_form::back_to(&form.page(), &form, done)
}

#[cfg(feature = "ssr")]
async fn do_it(asking: &Asking, form: HazardForm) -> Result<(), AppError> {
    let lang = use_lang();
    let id = form.hazard.parse().map_err(|_| AppError::NotFound)?;
    let hazard = asking.said(service::hazards::file(&asking.services, &asking.by, id).await)?.hazard;
    let departments =
        asking.said(service::sync::directory(&asking.services, &asking.by.actor).await)?.departments;
    let now = asking.services.now();
    let seen = plan_words::nothing_since(lang, &form, &hazard, &departments, now)?;
    let into = match form.text(CommandField::Into) {
        "" => None,
        number => find(asking, number).await?,
    };
    let (id, command) = form.read(lang, domain::time::office_day(now), into)?;
    command.check().map_err(|missing| AppError::Incomplete { missing })?;
    asking.said(service::hazards::act(&asking.services, &asking.by, id, &command, seen).await)?;
    Ok(())
}

/// The hazard of this number, or the only one whose number ends so; where several do, the person is asked which.
#[cfg(feature = "ssr")]
async fn find(asking: &Asking, number: &str) -> Result<Option<HazardId>, AppError> {
    // However wide it was typed.
    let number = &domain::search::nfkc(number);
    let found = asking.said(service::hazards::of_number(&asking.services, &asking.by, number).await)?;
    if let [_, _, ..] = found[..] {
        let numbers: Vec<_> = found.into_iter().map(|(_, number)| number).collect();
        let reason = limits::which_number(use_lang(), number, numbers.join("、"));
        return Err(AppError::Invalid { field: "into".to_owned(), reason });
    }
    Ok(found.first().map(|(id, _)| *id))
}
