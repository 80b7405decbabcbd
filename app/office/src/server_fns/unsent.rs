//! Who holds what unsent.

use crate::{error::AppError, json::Json, server_fns::AsOf};
use domain::device::heartbeat::{UnsentFilter, UnsentPage};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use super::request::asking;

#[server(prefix = "/api/pages", endpoint = "unsent", input = Json, output = Json)]
pub async fn load_unsent(filter: UnsentFilter) -> Result<AsOf<UnsentPage>, AppError> {
    let asking = asking()?;
    let page = asking.said(service::heartbeats::list(&asking.services, &asking.by, &filter).await)?;
    Ok(asking.answer(page))
}
