//! Reminders on a phone: what its browser needs to take them, handing the browser over, and giving that up.

use super::{ApiError, records::admit};
use crate::{
    session::{self, SignedInAs},
    state::AppState,
};
use axum::{
    Json,
    extract::{State, rejection::JsonRejection},
    http::{HeaderMap, StatusCode},
};
use domain::{
    notice::{PushKey, PushSubscription},
    sync::Problem,
};
use service::notices;

/// The key by which a browser knows this installation's messages, and whether the office sends any. For every role that works in the
/// field.
#[utoipa::path(get, path = "/api/v1/push", responses(
    (status = 200, body = PushKey),
    (status = 401, body = Problem), (status = 403, body = Problem),
))]
pub(super) async fn key(State(state): State<AppState>, who: SignedInAs) -> Result<Json<PushKey>, ApiError> {
    Ok(Json(notices::push_key(&state, &who.session).await?))
}

/// Reminds the person on this phone, until its session ends: at one browser, whose subscription this is. Twice is once. For every
/// role that works in the field.
#[utoipa::path(put, path = "/api/v1/push", request_body = PushSubscription, responses(
    (status = 204),
    (status = 400, body = Problem, description = "Not a browser's subscription at all"),
    (status = 401, body = Problem), (status = 403, body = Problem),
    (status = 413, body = Problem),
    (status = 429, body = Problem, description = "This person asks too fast; again after `Retry-After`"),
    (status = 422, body = Problem, description = "`invalid`: not an address of a known service of browsers, or no key of a browser; the detail says what to do"),
))]
pub(super) async fn subscribe(
    State(state): State<AppState>,
    who: SignedInAs,
    headers: HeaderMap,
    wanted: Result<Json<PushSubscription>, JsonRejection>,
) -> Result<StatusCode, ApiError> {
    admit(&state, &who, &headers).await?;
    let Json(wanted) = wanted.map_err(|error| ApiError::Malformed(error.body_text()))?;
    notices::subscribe(&state, &who.session, session::lang(&headers), &wanted).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Reminds nobody on this phone any more. For every role that works in the field.
#[utoipa::path(delete, path = "/api/v1/push", responses(
    (status = 204),
    (status = 401, body = Problem), (status = 403, body = Problem),
    (status = 429, body = Problem, description = "This person asks too fast; again after `Retry-After`"),
))]
pub(super) async fn unsubscribe(
    State(state): State<AppState>,
    who: SignedInAs,
    headers: HeaderMap,
) -> Result<StatusCode, ApiError> {
    admit(&state, &who, &headers).await?;
    notices::unsubscribe(&state, &who.session).await?;
    Ok(StatusCode::NO_CONTENT)
}
