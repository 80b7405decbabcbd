//! The office's parties, the page of each, and its keeping.

use crate::{error::AppError, json::Json, server_fns::AsOf};
use domain::{
    file::PartyFile,
    id::PartyId,
    party::{PartyFilter, PartyPage},
};
use leptos::prelude::*;
use party_form::PartyForm;

pub mod party_form;
pub mod party_words;

#[cfg(feature = "ssr")]
use {
    super::{
        meanwhile::{keep_unchanged, refuse_changed, settled},
        request::{Asking, asking},
    },
    crate::{i18n::use_lang, plain_form},
};

#[server(prefix = "/api/pages", endpoint = "parties", input = Json, output = Json)]
pub async fn load_parties(filter: PartyFilter) -> Result<AsOf<PartyPage>, AppError> {
    let asking = asking()?;
    let page = asking.said(service::parties::list(&asking.services, &asking.by, &filter).await)?;
    Ok(asking.answer(page))
}

/// [`AppError::NotFound`] where the address names none.
#[server(prefix = "/api/pages", endpoint = "party", input = Json, output = Json)]
pub async fn load_party(id: Option<PartyId>) -> Result<AsOf<PartyFile>, AppError> {
    let id = id.ok_or(AppError::NotFound)?;
    let asking = asking()?;
    let file = asking.said(service::parties::file(&asking.services, &asking.by, id).await)?;
    Ok(asking.answer(file))
}

/// Saves a new party or a known one and goes to its page. What is wrong with the form is told by field.
#[server(prefix = "/api/pages", endpoint = "save_party", output = Json)]
pub async fn save_party(form: PartyForm) -> Result<(), AppError> {
    let form = settled(&form, &form.base, &form.take);
    let saved = match asking() {
        Ok(asking) => keep_unchanged(|| keep(&asking, form.clone())).await,
        Err(fault) => Err(fault),
    };
    match &saved {
        Ok(id) => leptos_axum::redirect(&format!("/office/parties/{id}")),
        Err(fault) => plain_form::show_typed(&form.page(), fault.status(), &form),
    }
    saved.map(|_| ())
}

#[cfg(feature = "ssr")]
async fn keep(asking: &Asking, form: PartyForm) -> Result<PartyId, AppError> {
    let before = match form.id.as_str() {
        "" => None,
        id => {
            let id = id.parse().map_err(|_| AppError::NotFound)?;
            Some(asking.said(service::parties::file(&asking.services, &asking.by, id).await)?.party)
        }
    };
    let lang = use_lang();
    if let Some(theirs) = before.as_ref().map(PartyForm::of) {
        refuse_changed(&form.base, &theirs, &form, |change| party_words::in_words(lang, change))?;
    }
    let party = form.read(lang, before.as_ref(), || asking.services.new_id())?;
    let id = party.id;
    asking.said(service::parties::save(&asking.services, &asking.by, party, before).await)?;
    Ok(id)
}
