//! # Sessions
//!
//! A cookie that scripts cannot read, of which the server keeps only the hash. There are two, because a phone lies about
//! and a desk does not: [`Purpose::Field`] opens the device API, [`Purpose::Desk`] the rendered pages and what they ask. A
//! phone that is found opens no desk, and the desk's session ends with the day.
//!
//! A phone holds a second half (`xunan_half`, a cookie of its own making): the session is bound to it, and a phone that
//! forgets it has ended its session at once, signal or none.

mod begin;
mod cookie;

pub use self::cookie::{CODE, DESK, DEVICE, FIELD, HALF, all_cookies, cookie, ended, opened};
pub use begin::{Began, begin, finish, has_two_halves};
pub use service::{session::signed_in, token::hash};

use crate::{
    http::{ApiError, Client},
    state::AppState,
    storage::{Purpose, Session},
};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderName, HeaderValue, header::REFERER, request::Parts},
};
use chrono::{DateTime, Utc};
use domain::{audit::Author, id::CodeId, role::Actor, sync::Due, text::Lang};
use service::{
    Asker, codes,
    session::{Lifetime, due, is_confirmed},
};

/// A person signed in on a phone. The extractor of every route that needs a session.
#[derive(Debug, Clone)]
pub struct SignedInAs {
    pub session: Session,
    pub actor: Actor,
}

impl FromRequestParts<AppState> for SignedInAs {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        // The gate has asked already, where the route wants a session.
        let who = match parts.extensions.get::<Self>() {
            Some(known) => known.clone(),
            None => current(state, &parts.headers, Purpose::Field).await?.ok_or(ApiError::SignIn)?,
        };
        if who.due() == Some(Due::Password) { Err(ApiError::PasswordDue) } else { Ok(who) }
    }
}

/// A person signed in on a phone, also one who has to change the password first.
#[derive(Debug, Clone)]
pub struct AnySignedIn(pub SignedInAs);

impl FromRequestParts<AppState> for AnySignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let who = match parts.extensions.get::<SignedInAs>() {
            Some(known) => Some(known.clone()),
            None => current(state, &parts.headers, Purpose::Field).await?,
        };
        who.map(Self).ok_or(ApiError::SignIn)
    }
}

/// A person signed in on a phone or at the desk. For photos, which both show.
#[derive(Debug, Clone)]
pub struct Viewer(pub SignedInAs);

impl FromRequestParts<AppState> for Viewer {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let who = match parts.extensions.get::<SignedInAs>() {
            Some(known) => Some(known.clone()),
            None => viewer(state, &parts.headers).await?,
        };
        who.filter(|who| who.due().is_none()).map(Self).ok_or(ApiError::SignIn)
    }
}

/// Of one browser that is both, the side counts whose page asks.
async fn viewer(state: &AppState, headers: &HeaderMap) -> Result<Option<SignedInAs>, ApiError> {
    let page = headers.get(REFERER).and_then(|page| page.to_str().ok()).unwrap_or_default();
    let sides = if page.contains("/office") {
        [Purpose::Desk, Purpose::Field]
    } else {
        [Purpose::Field, Purpose::Desk]
    };
    for purpose in sides {
        let who = current(state, headers, purpose).await?;
        if who.is_some() {
            return Ok(who);
        }
    }
    Ok(None)
}

/// What programs ask of the desk beside the device API: it weighs what the desk's pages weigh.
const DESKS: [&str; 1] = ["/api/v1/bundles"];

/// Whether devices speak it, of the two that have sessions.
pub fn is_phones(path: &str) -> bool {
    path.starts_with("/api/v1/") && !DESKS.contains(&path)
}

/// Who sends these headers to what is served there: the device API is the phone's, attachments are both sides', the rest is the
/// desk's.
pub async fn of_rule(
    state: &AppState,
    headers: &HeaderMap,
    method: &str,
    path: &str,
) -> Result<Option<SignedInAs>, ApiError> {
    let is_attachment =
        path.starts_with("/api/v1/attachments/") && method == "GET" && !path.ends_with("/receipt");
    if is_attachment {
        return viewer(state, headers).await;
    }
    let purpose = if is_phones(path) { Purpose::Field } else { Purpose::Desk };
    current(state, headers, purpose).await
}

impl SignedInAs {
    /// As the desk's use cases are asked.
    pub fn asker(&self, client: &Client, lang: Lang, now: DateTime<Utc>) -> Asker {
        Asker {
            actor: self.actor.clone(),
            origin: client.origin(Some(&self.session)),
            lang,
            session: Some(self.session.id),
            confirmed: is_confirmed(&self.session, now),
        }
    }

    /// For 操作记录.
    pub fn author(&self, client: &Client) -> Author {
        Author { by: (&self.actor).into(), origin: client.origin(Some(&self.session)) }
    }

    /// What the person has to do before anything else.
    pub fn due(&self) -> Option<Due> {
        due(&self.session)
    }
}

/// Who sends these headers, if anybody is signed in for this.
pub async fn current(
    state: &AppState,
    headers: &HeaderMap,
    purpose: Purpose,
) -> Result<Option<SignedInAs>, ApiError> {
    let Some(token) = cookie(headers, cookie::of(purpose)) else { return Ok(None) };
    let now = state.now();
    let session = state.store.session(&hash(token), now).await?.filter(|session| session.purpose == purpose);
    let Some(session) = session else { return Ok(None) };
    // Another half, which a sibling of the domain planted, ends nothing: whoever has the right one has it.
    if let Some(half) = &session.half
        && !cookie::cookies(headers, HALF).any(|held| hash(held) == *half)
    {
        return Ok(None);
    }
    if now - session.last_seen > Lifetime::of(purpose).seen_every() {
        let mut write = state.store.write().await?;
        write.seen(session.id, now).await?;
        write.commit().await?;
    }
    let actor = service::session::actor(&session);
    Ok(Some(SignedInAs { session, actor }))
}

/// The code of which these headers keep open what it has opened. Whether it still does, whoever answers asks.
pub fn code_held(state: &AppState, headers: &HeaderMap) -> Option<CodeId> {
    codes::opening::read(state, cookie(headers, CODE)?, state.now())
}

/// Sent with the end of a session: the browser throws away what pages and photos it kept of this person.
pub const CLEARS: (HeaderName, HeaderValue) =
    (HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\""));

/// The person's language: what they chose, else what their browser asks for.
pub fn lang(headers: &HeaderMap) -> Lang {
    let asked = || headers.get("accept-language").and_then(|value| value.to_str().ok());
    cookie(headers, "lang").or_else(asked).map(Lang::from_tags).unwrap_or_default()
}
