//! The visits that the office holds, and the record of each.

use crate::{error::AppError, json::Json, server_fns::AsOf};
use domain::{
    id::VisitId,
    visit::{VisitFilter, VisitPage},
};
use leptos::prelude::*;
use record::VisitRecord;

mod filled;
pub mod record;

#[cfg(feature = "ssr")]
use {super::request::asking, crate::i18n::use_lang};

#[server(prefix = "/api/pages", endpoint = "visits", input = Json, output = Json)]
pub async fn load_visits(filter: VisitFilter) -> Result<AsOf<VisitPage>, AppError> {
    let asking = asking()?;
    let page = asking.said(service::visits::list(&asking.services, &asking.by, &filter).await)?;
    Ok(asking.answer(page))
}

/// [`AppError::NotFound`] where the address names none.
#[server(prefix = "/api/pages", endpoint = "visit", input = Json, output = Json)]
pub async fn load_visit(id: Option<VisitId>) -> Result<VisitRecord, AppError> {
    let id = id.ok_or(AppError::NotFound)?;
    let asking = asking()?;
    let file = asking.said(service::visits::file(&asking.services, &asking.by, id).await)?;
    let directory = asking.said(service::sync::directory(&asking.services, &asking.by.actor).await)?;
    Ok(VisitRecord::of(use_lang(), file, &directory.kinds, service::forms::written))
}
