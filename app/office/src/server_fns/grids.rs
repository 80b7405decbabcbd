//! The grids, with those who walk them.

use crate::{error::AppError, json::Json, server_fns::AsOf};
use domain::place::{GridFilter, GridPage};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use super::request::asking;

#[server(prefix = "/api/pages", endpoint = "grids", input = Json, output = Json)]
pub async fn load_grids(filter: GridFilter) -> Result<AsOf<GridPage>, AppError> {
    let asking = asking()?;
    let page = asking.said(service::places::grids(&asking.services, &asking.by, &filter).await)?;
    Ok(asking.answer(page))
}
