//! Signing in and out, as devices do it.

use super::{ApiError, Client};
use crate::{
    service::own,
    session::{self, AnySignedIn, Began},
    state::AppState,
    storage::Purpose,
};
use axum::{
    Json,
    extract::{State, rejection::JsonRejection},
    http::{HeaderMap, StatusCode, header::SET_COOKIE},
    response::{AppendHeaders, IntoResponse},
};
use domain::{
    audit::Author,
    sync::{Credentials, NewPassword, Problem, SignedIn},
};

/// Begins a phone's session, in the place of the one that it had. Anybody may call it; tries are limited by account and
/// address. A phone that holds a cookie `xunan_half` of its own making binds the session to it: without it the session
/// opens nothing. `due` says what has to be done before anything else.
#[utoipa::path(post, path = "/api/v1/session", request_body = Credentials, responses(
    (status = 200, body = SignedIn, description = "The session's cookie is set"),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 401, body = Problem, content_type = "application/problem+json", description = "Wrong account or password"),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 429, body = Problem, content_type = "application/problem+json", description = "Too many tries; `Retry-After` says how long to wait"),
))]
pub(super) async fn sign_in(
    State(state): State<AppState>,
    client: Client,
    headers: HeaderMap,
    credentials: Result<Json<Credentials>, JsonRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Json(credentials) = credentials.map_err(|error| ApiError::Malformed(error.body_text()))?;
    if session::has_two_halves(&headers) {
        return Err(ApiError::TwoSessions);
    }
    let Began { signed_in, cookies } =
        session::begin(&state, &client, &headers, Purpose::Field, credentials).await?;
    let signed_in = signed_in.ok_or(ApiError::SignIn)?;
    Ok((AppendHeaders(cookies.into_iter().map(|cookie| (SET_COOKIE, cookie))), Json(signed_in)))
}

/// Who is signed in. For anybody with a session.
#[utoipa::path(get, path = "/api/v1/session", responses(
    (status = 200, body = SignedIn),
    (status = 401, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn whoami(AnySignedIn(who): AnySignedIn) -> Json<SignedIn> {
    Json(session::signed_in(&who.session))
}

/// Ends the session, and clears the browser's cache. For anybody who has its cookie, with or without the phone's own half:
/// a phone that signed out without signal says so later.
#[utoipa::path(delete, path = "/api/v1/session", responses(
    (status = 204),
    (status = 401, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn sign_out(
    State(state): State<AppState>,
    client: Client,
    headers: HeaderMap,
) -> Result<impl IntoResponse, ApiError> {
    let token = session::cookie(&headers, session::FIELD).map(session::hash).ok_or(ApiError::SignIn)?;
    let session = state.store.session(&token, state.now()).await?.ok_or(ApiError::SignIn)?;
    let actor = session.person.actor(session.office.id, None);
    let author = Author { by: (&actor).into(), origin: client.origin(Some(&session)) };
    own::sign_out(&state, &session, &author).await?;
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, session::ended(Purpose::Field, &client)), session::CLEARS]))
}

/// Changes one's own password, with the old one; every other session of the account ends. For anybody with a session, also
/// for whoever has to change it before anything else.
#[utoipa::path(post, path = "/api/v1/password", request_body = NewPassword, responses(
    (status = 200, body = SignedIn, description = "Nothing is due any more"),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 401, body = Problem, content_type = "application/problem+json", description = "Not signed in, or the old password is wrong"),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json", description = "The new password is too easy to guess; the detail says why"),
    (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn change_password(
    State(state): State<AppState>,
    AnySignedIn(who): AnySignedIn,
    client: Client,
    wanted: Result<Json<NewPassword>, JsonRejection>,
) -> Result<Json<SignedIn>, ApiError> {
    let Json(wanted) = wanted.map_err(|error| ApiError::Malformed(error.body_text()))?;
    own::change_password(&state, &who.session, &who.author(&client), wanted).await?;
    Ok(Json(SignedIn { due: None, ..session::signed_in(&who.session) }))
}
