//! The office's sites, the page of each, and its keeping.

use crate::{
    backend::{SiteFile, SiteFilter, SitePage},
    error::Fault,
    server_fns::AsOf,
};
use domain::id::SiteId;
use leptos::{prelude::*, server_fn::codec::Json};
use site_form::SiteForm;

pub mod site_form;

#[cfg(feature = "ssr")]
use {
    super::request::{Asking, asking},
    crate::{i18n::use_lang, plain_form},
};

#[server(prefix = "/api/pages", endpoint = "sites", input = Json)]
pub async fn load_sites(filter: SiteFilter) -> Result<AsOf<SitePage>, Fault> {
    let asking = asking()?;
    let page = asking.backend.sites(&asking.actor, &filter).await?;
    Ok(asking.answer(page))
}

/// [`Fault::NotFound`] where the address names none.
#[server(prefix = "/api/pages", endpoint = "site", input = Json)]
pub async fn load_site(id: Option<SiteId>) -> Result<AsOf<SiteFile>, Fault> {
    let id = id.ok_or(Fault::NotFound)?;
    let asking = asking()?;
    let file = asking.backend.site(&asking.actor, id).await?;
    Ok(asking.answer(file))
}

/// Saves a new site or a known one and goes to its page. What is wrong with the form is told by field.
#[server(prefix = "/api/pages", endpoint = "save_site")]
pub async fn save_site(form: SiteForm) -> Result<(), Fault> {
    let saved = match asking() {
        Ok(asking) => keep(&asking, form.clone()).await,
        Err(fault) => Err(fault),
    };
    match &saved {
        Ok(id) => leptos_axum::redirect(&format!("/office/sites/{id}")),
        Err(fault) => plain_form::show_typed(&form.page(), fault.status(), &form),
    }
    saved.map(|_| ())
}

#[cfg(feature = "ssr")]
async fn keep(asking: &Asking, form: SiteForm) -> Result<SiteId, Fault> {
    let before = match form.id.as_str() {
        "" => None,
        id => {
            let id = id.parse().map_err(|_| Fault::NotFound)?;
            Some(asking.backend.site(&asking.actor, id).await?.site)
        }
    };
    let directory = asking.backend.directory(&asking.actor).await?;
    let site = form.read(use_lang(), &directory, before, || asking.backend.new_id().into())?;
    let id = site.id;
    asking.backend.save_site(&asking.actor, site).await?;
    Ok(id)
}
