//! Signing in by cookies: what the request's say, and what the answer's are. Who may is judged by [`sign_in`].

use super::{
    DEVICE, HALF,
    cookie::{self, cookie, cookies},
    signed_in,
};
use crate::{
    http::{ApiError, Client, refusals::Refusal},
    state::AppState,
    storage::Purpose,
};
use axum::http::{HeaderMap, HeaderValue};
use chrono::Duration;
use domain::sync::{Credentials, SignedIn};
use service::{
    Error,
    session::Lifetime,
    sign_in::{self, Entrance},
};

/// As long as browsers keep a cookie.
const DEVICE_KEPT: Duration = Duration::days(400);

/// A session, and the cookies that carry it.
#[derive(Debug)]
pub struct Began {
    /// None while the second factor is awaited.
    pub signed_in: Option<SignedIn>,
    pub cookies: Vec<HeaderValue>,
}

/// With name and password.
pub async fn begin(
    state: &AppState,
    client: &Client,
    headers: &HeaderMap,
    purpose: Purpose,
    credentials: Credentials,
) -> Result<Began, ApiError> {
    // Told twice, one of them is somebody else's: the session must not be bound to that.
    if purpose == Purpose::Field && cookies(headers, HALF).nth(1).is_some() {
        return Err(ApiError::TwoSessions);
    }
    let began = sign_in::sign_in(state, entrance(client, headers, purpose), purpose, credentials).await;
    began.map(|began| carried(began, client)).map_err(|error| counted(state, error))
}

/// After the password, where the desk waits for a second factor.
pub async fn finish(
    state: &AppState,
    client: &Client,
    headers: &HeaderMap,
    typed: &str,
) -> Result<Began, ApiError> {
    let entrance = entrance(client, headers, Purpose::SecondFactor);
    Ok(carried(sign_in::second_factor(state, entrance, typed).await?, client))
}

fn entrance<'a>(client: &Client, headers: &'a HeaderMap, purpose: Purpose) -> Entrance<'a> {
    Entrance {
        address: client.address,
        device: cookie(headers, DEVICE),
        half: cookie(headers, HALF),
        before: cookie(headers, cookie::of(purpose)),
    }
}

fn carried(began: sign_in::Began, client: &Client) -> Began {
    let sign_in::Began { purpose, token, session, device } = began;
    let session_cookie = cookie::set(cookie::of(purpose), &token, Lifetime::of(purpose).at_all, client);
    let device_cookie = device.map(|device| cookie::set(DEVICE, &device, DEVICE_KEPT, client));
    Began {
        signed_in: session.as_ref().map(signed_in),
        cookies: [session_cookie].into_iter().chain(device_cookie).collect(),
    }
}

/// Of accounts that do not exist there is no end: they are counted and stand nowhere.
fn counted(state: &AppState, error: Error) -> ApiError {
    if matches!(error, Error::UnknownAccount) {
        state.edge.refusals.count(Refusal::UnknownAccount);
    }
    error.into()
}
