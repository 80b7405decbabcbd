//! Records that a phone asks for when somebody opens them: what has ended long ago is not sent by itself.

use super::{ApiError, gate::declared};
use crate::{session::SignedInAs, state::AppState, sync::asked};
use axum::{
    Json,
    extract::{Path, Query, State},
    http::HeaderMap,
};
use domain::{
    role::Action,
    sync::{EarlierRecords, Envelope, Problem},
};
use serde::Deserialize;

/// One record, by its kind and its id: `site`, `hazard`, `visit`, or a version of a `form`. For every role that works
/// in the field, within the person's scope.
#[utoipa::path(get, path = "/api/v1/records/{kind}/{id}", params(("kind" = String, Path), ("id" = String, Path)), responses(
    (status = 200, body = Envelope),
    (status = 401, body = Problem), (status = 403, body = Problem),
    (status = 404, body = Problem, description = "Not there, or out of sight"),
    (status = 429, body = Problem, description = "This person asks too fast; again after `Retry-After`"),
))]
pub(super) async fn one(
    State(state): State<AppState>,
    who: SignedInAs,
    headers: HeaderMap,
    Path((kind, id)): Path<(String, String)>,
) -> Result<Json<Envelope>, ApiError> {
    admit(&state, &who, &headers).await?;
    Ok(Json(asked::record(&state, &who.actor, &kind, &id).await?))
}

/// A page of a site's past.
#[derive(Debug, Deserialize)]
pub(super) struct Page {
    before: Option<String>,
}

/// A site's closed hazards and visits that are not live any more, the newest first, page by page. For every role that works
/// in the field, of a site within the person's scope.
#[utoipa::path(get, path = "/api/v1/sites/{id}/earlier", params(("id" = String, Path), ("before" = Option<String>, Query)), responses(
    (status = 200, body = EarlierRecords),
    (status = 400, body = Problem),
    (status = 401, body = Problem), (status = 403, body = Problem),
    (status = 404, body = Problem, description = "Not there, or out of sight"),
    (status = 429, body = Problem, description = "This person asks too fast; again after `Retry-After`"),
))]
pub(super) async fn earlier(
    State(state): State<AppState>,
    who: SignedInAs,
    headers: HeaderMap,
    Path(id): Path<String>,
    Query(page): Query<Page>,
) -> Result<Json<EarlierRecords>, ApiError> {
    admit(&state, &who, &headers).await?;
    let site = id.parse().map_err(|_| ApiError::NotFound)?;
    Ok(Json(asked::earlier(&state, &who.actor, site, page.before.as_deref()).await?))
}

/// As fast as anybody sends.
pub(super) async fn admit(state: &AppState, who: &SignedInAs, headers: &HeaderMap) -> Result<(), ApiError> {
    if !who.actor.may_do(Action::UseField) {
        return Err(ApiError::NotAllowed);
    }
    Ok(state.write_queue.admit(&who.actor, declared(headers), state.now()).await?)
}
