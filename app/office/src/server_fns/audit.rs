//! 操作记录.

use crate::{error::AppError, json::Json, server_fns::AsOf};
use domain::audit::{AuditFilter, AuditPage};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use super::request::asking;

#[server(prefix = "/api/pages", endpoint = "audit", input = Json, output = Json)]
pub async fn load_audit(filter: AuditFilter) -> Result<AsOf<AuditPage>, AppError> {
    let asking = asking()?;
    let page = asking.said(service::audit::list(&asking.services, &asking.by, &filter).await)?;
    Ok(asking.answer(page))
}
