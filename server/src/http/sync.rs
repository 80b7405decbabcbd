//! The phone's one conversation.

use super::ApiError;
use crate::{
    session::{self, SignedInAs},
    state::AppState,
    sync,
};
use axum::{
    Json,
    extract::{State, rejection::JsonRejection},
    http::HeaderMap,
};
use domain::{
    role::Action,
    sync::{Problem, SyncRequest, SyncResponse},
};

/// Takes operations, each answered by itself, and sends what changed. For every role that works in the field; each
/// operation is judged by role and place, each change is within the person's scope.
#[utoipa::path(post, path = "/api/v1/sync", request_body = SyncRequest, responses(
    (status = 200, body = SyncResponse),
    (status = 400, body = Problem, description = "Not a request at all; nothing was stored"),
    (status = 401, body = Problem),
    (status = 413, body = Problem),
    (status = 503, body = Problem, description = "Again after `Retry-After`"),
))]
pub(super) async fn sync(
    State(state): State<AppState>,
    who: SignedInAs,
    headers: HeaderMap,
    request: Result<Json<SyncRequest>, JsonRejection>,
) -> Result<Json<SyncResponse>, ApiError> {
    if !who.actor.role.may(Action::UseField) {
        return Err(ApiError::NotAllowed);
    }
    let Json(request) = request.map_err(|error| match error.status().as_u16() {
        413 => ApiError::TooLarge,
        _ => ApiError::Malformed(error.body_text()),
    })?;
    Ok(Json(sync::handle(&state, &who, session::lang(&headers), request).await?))
}
