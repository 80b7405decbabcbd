//! The office's sites, the page of each, and its keeping.

use crate::{error::AppError, json::Json, server_fns::AsOf};
use domain::{
    file::SiteFile,
    id::SiteId,
    site::{SiteFilter, SitePage},
};
use leptos::prelude::*;
use site_form::SiteForm;

pub mod attributes_form;
pub mod site_form;
pub mod site_words;

#[cfg(feature = "ssr")]
use {
    super::{
        meanwhile::{keep_unchanged, refuse_changed, settled},
        request::{Asking, asking},
    },
    crate::{
        i18n::{parties, use_lang},
        plain_form,
    },
    domain::{limits::tidy_line, party::SiteParty, site::Site},
};

#[server(prefix = "/api/pages", endpoint = "sites", input = Json, output = Json)]
pub async fn load_sites(filter: SiteFilter) -> Result<AsOf<SitePage>, AppError> {
    let asking = asking()?;
    let page = asking.said(service::sites::list(&asking.services, &asking.by, &filter).await)?;
    Ok(asking.answer(page))
}

/// [`AppError::NotFound`] where the address names none.
#[server(prefix = "/api/pages", endpoint = "site", input = Json, output = Json)]
pub async fn load_site(id: Option<SiteId>) -> Result<AsOf<SiteFile>, AppError> {
    let id = id.ok_or(AppError::NotFound)?;
    let asking = asking()?;
    let file = asking.said(service::sites::file(&asking.services, &asking.by, id).await)?;
    Ok(asking.answer(file))
}

/// Saves a new site or a known one and goes to its page. What is wrong with the form is told by field.
#[server(prefix = "/api/pages", endpoint = "save_site", output = Json)]
pub async fn save_site(form: SiteForm) -> Result<(), AppError> {
    let form = settled(&form, &form.base, &form.take);
    let saved = match asking() {
        Ok(asking) => keep_unchanged(|| keep(&asking, form.clone())).await,
        Err(fault) => Err(fault),
    };
    match &saved {
        Ok(id) => leptos_axum::redirect(&format!("/office/sites/{id}")),
        Err(fault) => plain_form::show_typed(&form.page(), fault.status(), &form),
    }
    saved.map(|_| ())
}

/// A site that was made on the spot is the one of this code: goes to the page of that.
#[server(prefix = "/api/pages", endpoint = "merge_site", output = Json)]
pub async fn merge_site(site: SiteId, code: String) -> Result<(), AppError> {
    let asking = asking()?;
    let into = asking.said(service::sites::merge(&asking.services, &asking.by, site, &code).await)?;
    leptos_axum::redirect(&format!("/office/sites/{into}"));
    Ok(())
}

#[cfg(feature = "ssr")]
async fn keep(asking: &Asking, form: SiteForm) -> Result<SiteId, AppError> {
    let before = match form.id.as_str() {
        "" => None,
        id => {
            let id = id.parse().map_err(|_| AppError::NotFound)?;
            Some(asking.said(service::sites::file(&asking.services, &asking.by, id).await)?.site)
        }
    };
    let directory = asking.said(service::sync::directory(&asking.services, &asking.by.actor).await)?;
    let lang = use_lang();
    if let Some(theirs) = before.as_ref().map(SiteForm::of) {
        let in_words = |change| site_words::in_words(lang, &directory, change);
        refuse_changed(&form.base, &theirs, &form, in_words)?;
    }
    let party = party_of(asking, &form.party, before.as_ref()).await?;
    let site = form.read(lang, &directory, party, before.clone(), || asking.services.new_id())?;
    let id = site.id;
    asking.said(service::sites::save(&asking.services, &asking.by, site, before).await)?;
    Ok(id)
}

/// The party of this name or credit code; another of the same name may be meant, and the person says so.
#[cfg(feature = "ssr")]
async fn party_of(
    asking: &Asking,
    words: &str,
    before: Option<&Site>,
) -> Result<Option<SiteParty>, AppError> {
    let words = tidy_line(words);
    if words.is_empty() {
        return Ok(None);
    }
    let known = before.and_then(|site| site.party.as_ref()).filter(|known| known.name == words);
    if let Some(known) = known {
        return Ok(Some(known.clone()));
    }
    let called = asking.said(service::parties::called(&asking.services, &asking.by, &words).await)?;
    let reason = match called.as_slice() {
        [party] => return Ok(Some(party.of_site())),
        [] => parties::unknown(use_lang(), words),
        [_, _, ..] => parties::ambiguous(use_lang(), words),
    };
    Err(AppError::Invalid { field: "party".to_owned(), reason })
}
