//! Sessions: a cookie that scripts cannot read, of which the server keeps only the hash.

use crate::{
    http::{ApiError, Client},
    sign_in_limit::Trier,
    state::AppState,
    storage::{NewSession, Session, TokenHash},
};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderName, HeaderValue, header::COOKIE, request::Parts},
};
use chrono::{DateTime, Duration};
use domain::{
    role::Actor,
    sync::{Credentials, SignedIn},
    text::Lang,
};
use rand::Rng;
use sha2::{Digest, Sha256};

pub const COOKIE_NAME: &str = "xunan_session";
/// Characters; accounts have far fewer.
const LONGEST_USERNAME: usize = 100;

const LIFETIME: Duration = Duration::days(30);

/// How stale "last seen" may be: a write for every request would cost more than it tells.
const SEEN_EVERY: Duration = Duration::hours(1);

/// Somebody is signed in: the extractor of every route that wants it.
#[derive(Debug, Clone)]
pub struct SignedInAs {
    pub session: Session,
    pub actor: Actor,
}

impl FromRequestParts<AppState> for SignedInAs {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        // The gate has asked already, where the route wants a session.
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(known.clone());
        }
        current(state, &parts.headers).await?.ok_or(ApiError::SignIn)
    }
}

/// Who sends these headers, if anybody is signed in.
pub async fn current(state: &AppState, headers: &HeaderMap) -> Result<Option<SignedInAs>, ApiError> {
    let Some(token) = cookie(headers, COOKIE_NAME) else { return Ok(None) };
    let now = state.now();
    let Some(session) = state.store.session(&hash(token), now).await? else { return Ok(None) };
    if now - session.last_seen > SEEN_EVERY {
        let mut write = state.store.write().await?;
        write.seen(session.id, now).await?;
        write.commit().await?;
    }
    let actor = session.person.actor(session.office.id, session.department.as_ref());
    Ok(Some(SignedInAs { session, actor }))
}

/// A new session and the cookie that carries it. Wrong credentials and too many tries are told apart from each other,
/// an unknown account and a wrong password are not.
pub async fn begin(
    state: &AppState,
    client: &Client,
    credentials: Credentials,
) -> Result<(SignedIn, HeaderValue), ApiError> {
    let now = state.now();
    let username = credentials.username.trim().to_owned();
    if username.chars().count() > LONGEST_USERNAME || username.contains('\0') {
        return Err(ApiError::WrongCredentials);
    }
    let trier = Trier::new(&username, client.address);
    if let Err(wait) = trier.begin(&*state.store, now).await? {
        return Err(ApiError::TooManyTries { after_seconds: wait.num_seconds().max(1).unsigned_abs() });
    }
    let account = state.store.account(&username).await?.filter(|account| !account.person.disabled);
    let hash_of_account = account.as_ref().map(|account| account.password_hash.clone());
    let fits = state.passwords.verify(credentials.password, hash_of_account).await?;
    let account = account.filter(|_| fits).ok_or(ApiError::WrongCredentials)?;
    let mut token = [0; 32];
    rand::rng().fill_bytes(&mut token);
    let token = domain::photo::hex(&token);
    let mut device_name = credentials.device_name.replace('\0', "");
    device_name.truncate(device_name.floor_char_boundary(120));
    let mut write = state.store.write().await?;
    write.forget_tries(&trier.account, DateTime::UNIX_EPOCH).await?;
    write.forget_tries(&trier.address, now).await?;
    write
        .put_session(&NewSession {
            token: hash(&token),
            person: account.person.id,
            device_name,
            now,
            expires: now + LIFETIME,
        })
        .await?;
    write.commit().await?;

    let session = state.store.session(&hash(&token), now).await?.ok_or(ApiError::SignIn)?;
    let signed_in = signed_in(&session);
    Ok((signed_in, set_cookie(&token, LIFETIME, client.https)))
}

/// What the phone keeps of a session.
pub fn signed_in(session: &Session) -> SignedIn {
    SignedIn {
        actor: session.person.actor(session.office.id, session.department.as_ref()),
        office: session.office.name.clone(),
        demo: session.office.demo,
    }
}

/// Sent with the end of a session: the browser throws away what pages and photos it kept of this person.
pub const CLEARS: (HeaderName, HeaderValue) =
    (HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\""));

/// The cookie that forgets.
pub fn ended(client: &Client) -> HeaderValue {
    set_cookie("", Duration::zero(), client.https)
}

fn set_cookie(token: &str, lifetime: Duration, https: bool) -> HeaderValue {
    let secure = if https { "; Secure" } else { "" };
    let seconds = lifetime.num_seconds();
    let text = format!("{COOKIE_NAME}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    // Hexadecimal and constants: always a valid header.
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

fn hash(token: &str) -> TokenHash {
    TokenHash(Sha256::digest(token.as_bytes()).into())
}

pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|line| line.split(';')).find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// The person's language: what they chose, else what their browser asks for.
pub fn lang(headers: &HeaderMap) -> Lang {
    let asked = || headers.get("accept-language").and_then(|value| value.to_str().ok());
    cookie(headers, "lang").or_else(asked).map(Lang::from_tags).unwrap_or_default()
}
