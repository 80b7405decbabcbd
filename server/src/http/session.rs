//! Signing in and out, as devices do it.

use super::{ApiError, Client};
use crate::{
    session::{self, SignedInAs},
    state::AppState,
};
use axum::{
    Json,
    extract::{State, rejection::JsonRejection},
    http::{StatusCode, header::SET_COOKIE},
    response::IntoResponse,
};
use domain::sync::{Credentials, Problem, SignedIn};

/// Begins a session. Anybody may call it; tries are limited by account and by address.
#[utoipa::path(post, path = "/api/v1/session", request_body = Credentials, responses(
    (status = 200, body = SignedIn, description = "The session's cookie is set"),
    (status = 401, body = Problem, description = "Wrong account or password"),
    (status = 429, body = Problem, description = "Too many tries; `Retry-After` says how long to wait"),
))]
pub(super) async fn sign_in(
    State(state): State<AppState>,
    client: Client,
    credentials: Result<Json<Credentials>, JsonRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Json(credentials) = credentials.map_err(|error| ApiError::Malformed(error.body_text()))?;
    let (signed_in, cookie) = session::begin(&state, &client, credentials).await?;
    Ok(([(SET_COOKIE, cookie)], Json(signed_in)))
}

/// Who is signed in. For anybody with a session.
#[utoipa::path(get, path = "/api/v1/session", responses(
    (status = 200, body = SignedIn),
    (status = 401, body = Problem),
))]
pub(super) async fn whoami(who: SignedInAs) -> Json<SignedIn> {
    Json(session::signed_in(&who.session))
}

/// Ends the session, and clears the browser's cache. For anybody with one.
#[utoipa::path(delete, path = "/api/v1/session", responses((status = 204), (status = 401, body = Problem)))]
pub(super) async fn sign_out(
    State(state): State<AppState>,
    who: SignedInAs,
    client: Client,
) -> Result<impl IntoResponse, ApiError> {
    let mut write = state.store.write().await?;
    write.end_session(who.actor.person, who.session.id).await?;
    write.commit().await?;
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, session::ended(&client)), session::CLEARS]))
}
