//! Work that was set aside for the administrator.

use crate::{error::AppError, json::Json, server_fns::AsOf};
use domain::{
    id::OperationId,
    quarantine::{BroughtIn, QuarantineFilter, QuarantineList},
};
use leptos::{
    prelude::*,
    server_fn::codec::{MultipartData, MultipartFormData},
};

#[cfg(feature = "ssr")]
use {
    super::request::asking,
    crate::{lists::path, plain_form},
    domain::list::ListName,
    futures::StreamExt,
};

#[server(prefix = "/api/pages", endpoint = "quarantine", input = Json, output = Json)]
pub async fn load_quarantine(filter: QuarantineFilter) -> Result<AsOf<QuarantineList>, AppError> {
    let asking = asking()?;
    let page = asking.said(service::sync::quarantine::list(&asking.services, &asking.by, &filter).await)?;
    Ok(asking.answer(page))
}

/// `take`: `yes`, or else it is left.
#[server(prefix = "/api/pages", endpoint = "decide", output = Json)]
pub async fn decide(operation: OperationId, take: String) -> Result<(), AppError> {
    let asking = asking()?;
    asking.said(
        service::sync::quarantine::decide(&asking.services, &asking.by, operation, take == "yes").await,
    )?;
    if plain_form::is_plain() {
        leptos_axum::redirect(path(ListName::Quarantine));
    }
    Ok(())
}

/// A file of unsent work that a phone exported; the form has `file`.
#[server(prefix = "/api/pages", endpoint = "bring_in", input = MultipartFormData, output = Json)]
pub async fn bring_in(data: MultipartData) -> Result<BroughtIn, AppError> {
    let brought = take(data).await;
    plain_form::show_outcome(path(ListName::Quarantine), &brought);
    brought
}

#[cfg(feature = "ssr")]
async fn take(data: MultipartData) -> Result<BroughtIn, AppError> {
    let asking = asking()?;
    let broken = |error: String| AppError::Transport { detail: error };
    let mut form = data.into_inner().ok_or_else(|| broken("no form".to_owned()))?;
    while let Some(field) = form.next_field().await.map_err(|error| broken(error.to_string()))? {
        if field.name() == Some("file") {
            let pieces =
                field.map(|piece| piece.map(|piece| piece.to_vec()).map_err(|error| error.to_string()));
            return asking.said(
                service::sync::bundle_import::bring_in(&asking.services, &asking.by, pieces.boxed()).await,
            );
        }
    }
    Err(broken("no file".to_owned()))
}
