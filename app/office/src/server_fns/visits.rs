//! The visits that the office holds, and the record of each.

use crate::{error::AppError, json::Json, server_fns::AsOf};
use domain::{
    file::VisitFile,
    id::VisitId,
    visit::{VisitFilter, VisitPage},
};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use super::request::asking;

#[server(prefix = "/api/pages", endpoint = "visits", input = Json, output = Json)]
pub async fn load_visits(filter: VisitFilter) -> Result<AsOf<VisitPage>, AppError> {
    let asking = asking()?;
    let page = asking.said(service::visits::list(&asking.services, &asking.by, &filter).await)?;
    Ok(asking.answer(page))
}

/// [`AppError::NotFound`] where the address names none.
#[server(prefix = "/api/pages", endpoint = "visit", input = Json, output = Json)]
pub async fn load_visit(id: Option<VisitId>) -> Result<VisitFile, AppError> {
    let id = id.ok_or(AppError::NotFound)?;
    let asking = asking()?;
    asking.said(service::visits::file(&asking.services, &asking.by, id).await)
}
