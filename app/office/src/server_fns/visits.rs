//! The visits that the office holds, and the record of each.

use crate::{backend::VisitFile, error::AppError, server_fns::AsOf};
use domain::{
    id::VisitId,
    visit::{VisitFilter, VisitPage},
};
use leptos::{prelude::*, server_fn::codec::Json};

#[cfg(feature = "ssr")]
use super::request::asking;

#[server(prefix = "/api/pages", endpoint = "visits", input = Json)]
pub async fn load_visits(filter: VisitFilter) -> Result<AsOf<VisitPage>, AppError> {
    let asking = asking()?;
    let page = asking.backend.visits(&asking.actor, &filter).await?;
    Ok(asking.answer(page))
}

/// [`AppError::NotFound`] where the address names none.
#[server(prefix = "/api/pages", endpoint = "visit", input = Json)]
pub async fn load_visit(id: Option<VisitId>) -> Result<VisitFile, AppError> {
    let id = id.ok_or(AppError::NotFound)?;
    let asking = asking()?;
    asking.backend.visit(&asking.actor, id).await
}
