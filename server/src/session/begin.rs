//! Signing in by cookies: what the request's say, and what the answer's are. Who may is decided by [`sign_in`].

use super::{
    DEVICE, HALF,
    cookie::{self, cookie, cookies},
    signed_in,
};
use crate::{
    http::{Client, refusals::Refusal},
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
) -> Result<Began, Error> {
    let began = sign_in::sign_in(state, entrance(client, headers, purpose), purpose, credentials).await;
    // Of accounts that do not exist there is no end: they are counted and stand nowhere.
    if matches!(began, Err(Error::UnknownAccount)) {
        state.edge.refusals.count(Refusal::UnknownAccount);
    }
    Ok(carried(began?, client))
}

/// After the password, where the desk waits for a second factor.
pub async fn finish(
    state: &AppState,
    client: &Client,
    headers: &HeaderMap,
    typed: &str,
) -> Result<Began, Error> {
    let entrance = entrance(client, headers, Purpose::SecondFactor);
    Ok(carried(sign_in::second_factor(state, entrance, typed).await?, client))
}

/// Whether a phone tells two halves: one of them is somebody else's, and no session must be bound to that.
pub fn has_two_halves(headers: &HeaderMap) -> bool {
    cookies(headers, HALF).nth(1).is_some()
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
