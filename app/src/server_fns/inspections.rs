//! The inspections that the office holds, and the record of each.

use crate::{backend::InspectionFile, error::AppError, server_fns::AsOf};
use domain::{
    id::InspectionId,
    inspection::{InspectionFilter, InspectionPage},
};
use leptos::{prelude::*, server_fn::codec::Json};

#[cfg(feature = "ssr")]
use super::request::asking;

#[server(prefix = "/api/pages", endpoint = "inspections", input = Json)]
pub async fn load_inspections(filter: InspectionFilter) -> Result<AsOf<InspectionPage>, AppError> {
    let asking = asking()?;
    let page = asking.backend.inspections(&asking.actor, &filter).await?;
    Ok(asking.answer(page))
}

/// [`AppError::NotFound`] where the address names none.
#[server(prefix = "/api/pages", endpoint = "inspection", input = Json)]
pub async fn load_inspection(id: Option<InspectionId>) -> Result<InspectionFile, AppError> {
    let id = id.ok_or(AppError::NotFound)?;
    let asking = asking()?;
    asking.backend.inspection(&asking.actor, id).await
}
