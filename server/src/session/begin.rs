//! Signing in: who it is, whether the password is right, and a session for what it is wanted for.

use super::{
    DEVICE, HALF, Lifetime,
    cookie::{self, cookie, cookies},
    hash,
    known::KnownDevice,
    signed_in,
};
use crate::{
    http::{ApiError, Client, refusals::Refusal},
    service::factor::{self, Right},
    sign_in_limit::{LoginThrottle, ThrottleDecision, is_news},
    state::AppState,
    storage::{Account, NewSession, Purpose, Transaction},
};
use axum::http::{HeaderMap, HeaderValue};
use domain::{
    audit::{Act, Author, By, Origin, Subject, SubjectKind},
    sync::{Credentials, SignedIn},
};
use rand::Rng;

/// Characters; accounts have far fewer.
const LONGEST_USERNAME: usize = 100;

/// Bytes of a device's name.
const LONGEST_DEVICE: usize = 120;

/// A session, and the cookies that carry it.
#[derive(Debug)]
pub struct Began {
    /// None while the second factor is awaited.
    pub signed_in: Option<SignedIn>,
    pub cookies: Vec<HeaderValue>,
}

/// Wrong credentials and too many tries are told apart from each other, an unknown account and a wrong password are not.
pub async fn begin(
    state: &AppState,
    client: &Client,
    headers: &HeaderMap,
    purpose: Purpose,
    credentials: Credentials,
) -> Result<Began, ApiError> {
    let now = state.now();
    // Told twice, one of them is somebody else's: the session must not be bound to that.
    if purpose == Purpose::Field && cookies(headers, HALF).nth(1).is_some() {
        return Err(ApiError::TwoSessions);
    }
    let username = credentials.username.trim().to_owned();
    if username.chars().count() > LONGEST_USERNAME || username.contains('\0') {
        return Err(ApiError::WrongCredentials);
    }
    let mut device_name = credentials.device_name.replace('\0', "");
    device_name.truncate(device_name.floor_char_boundary(LONGEST_DEVICE));
    let account = state.store.account(&username).await?;
    let known = KnownDevice::of(&state.secrets, cookie(headers, DEVICE));
    let known_here = account.as_ref().filter(|account| known.has(&state.secrets, account.person.id));
    let throttle = LoginThrottle::new(&username, client.address, known_here.map(|_| known.id.as_str()));
    let attempt =
        Attempt { state, client, username: &username, device_name: &device_name, account: &account };
    let left = throttle.begin(&*state.store, now).await?;
    if let ThrottleDecision::Wait(wait) = left {
        tracing::warn!(account = %attempt.label(), address = ?client.address, "sign-in put off: too many tries");
        return Err(ApiError::TooManyTries { after_seconds: wait.num_seconds().max(1).unsigned_abs() });
    }
    let usable = account.as_ref().filter(|account| !account.person.disabled);
    let hash_of_account = usable.map(|account| account.password_hash.clone());
    let fits = state.passwords.verify(credentials.password, hash_of_account).await?;
    let Some(account) = usable.filter(|_| fits) else {
        attempt.refused("password", left).await?;
        return Err(ApiError::WrongCredentials);
    };
    let waits = purpose == Purpose::Desk && account.has_factor;
    let mut tx = state.store.write().await?;
    throttle.right(&mut *tx, now).await?;
    let granted = if waits { Purpose::SecondFactor } else { purpose };
    let token = open(&mut *tx, state, headers, granted, account, &device_name).await?;
    let lifetime = Lifetime::of(granted).at_all;
    let mut cookies = vec![cookie::set(cookie::of(purpose), &token, lifetime, client)];
    if !waits {
        tx.put_audit(&attempt.entry(Act::SignedIn)).await?;
        cookies.push(known.with(&state.secrets, account.person.id).cookie(client));
    }
    tx.commit().await?;
    if waits {
        return Ok(Began { signed_in: None, cookies });
    }
    let session = state.store.session(&hash(&token), now).await?.ok_or(ApiError::SignIn)?;
    Ok(Began { signed_in: Some(signed_in(&session)), cookies })
}

/// After the password, where the desk waits for a second factor.
pub async fn finish(
    state: &AppState,
    client: &Client,
    headers: &HeaderMap,
    typed: &str,
) -> Result<Began, ApiError> {
    let now = state.now();
    let token = cookie(headers, cookie::of(Purpose::SecondFactor)).ok_or(ApiError::SignIn)?;
    let session = state.store.session(&hash(token), now).await?;
    let session =
        session.filter(|session| session.purpose == Purpose::SecondFactor).ok_or(ApiError::SignIn)?;
    let account = state.store.account(&session.person.username).await?;
    let account = account.filter(|account| account.person.id == session.person.id);
    let username = session.person.username.clone();
    // Counted by the account: a new session does not give new tries.
    let throttle = LoginThrottle::of_session(&format!("factor {}", username.to_lowercase()));
    let left = throttle.begin(&*state.store, now).await?;
    if let ThrottleDecision::Wait(wait) = left {
        return Err(ApiError::TooManyTries { after_seconds: wait.num_seconds().max(1).unsigned_abs() });
    }
    let device_name = session.device_name.clone();
    let attempt =
        Attempt { state, client, username: &username, device_name: &device_name, account: &account };
    let Some(account) = &account else { return Err(ApiError::SignIn) };
    let mut tx = state.store.write().await?;
    let Some(right) = factor::check(state, &mut *tx, account.person.id, typed).await? else {
        drop(tx);
        attempt.refused("code", left).await?;
        return Err(ApiError::WrongCredentials);
    };
    throttle.right(&mut *tx, now).await?;
    let token = open(&mut *tx, state, headers, Purpose::Desk, account, &device_name).await?;
    tx.put_audit(&attempt.entry(Act::SignedIn)).await?;
    if right == Right::RecoveryCode {
        tx.put_audit(&attempt.entry(Act::RecoveryCodeUsed)).await?;
    }
    tx.commit().await?;
    let known =
        KnownDevice::of(&state.secrets, cookie(headers, DEVICE)).with(&state.secrets, account.person.id);
    let lifetime = Lifetime::of(Purpose::Desk).at_all;
    let cookies =
        vec![cookie::set(cookie::of(Purpose::Desk), &token, lifetime, client), known.cookie(client)];
    let session = state.store.session(&hash(&token), now).await?.ok_or(ApiError::SignIn)?;
    Ok(Began { signed_in: Some(signed_in(&session)), cookies })
}

/// A new session in the place of the one that this browser had.
async fn open(
    tx: &mut dyn Transaction,
    state: &AppState,
    headers: &HeaderMap,
    purpose: Purpose,
    account: &Account,
    device_name: &str,
) -> Result<String, ApiError> {
    if let Some(before) = cookie(headers, cookie::of(purpose)) {
        tx.end_token(&hash(before)).await?;
    }
    let mut token = [0; 32];
    rand::rng().fill_bytes(&mut token);
    let token = hex::encode(token);
    let (now, Lifetime { unused, at_all }) = (state.now(), Lifetime::of(purpose));
    let half = cookie(headers, HALF).filter(|half| purpose == Purpose::Field && !half.is_empty());
    tx.put_session(&NewSession {
        token: hash(&token),
        half: half.map(hash),
        person: account.person.id,
        purpose,
        device_name: device_name.to_owned(),
        now,
        expires: now + unused,
        ends: now + at_all,
    })
    .await?;
    Ok(token)
}

struct Attempt<'a> {
    state: &'a AppState,
    client: &'a Client,
    username: &'a str,
    device_name: &'a str,
    account: &'a Option<Account>,
}

impl Attempt<'_> {
    /// People type passwords into the field of the account: an unknown name is told by what only this installation can
    /// make of it.
    fn label(&self) -> String {
        match self.account {
            Some(account) => account.person.username.clone(),
            None => {
                let mark =
                    self.state.secrets.mark("unknown account", &[self.username.to_lowercase().as_bytes()]);
                format!("?{}", hex::encode(mark.get(..4).unwrap_or_default()))
            }
        }
    }

    fn entry(&self, act: Act) -> domain::audit::AuditEntry {
        let account = self.account.as_ref();
        let person = account.map(|account| &account.person);
        let by = match person.filter(|_| matches!(act, Act::SignedIn | Act::RecoveryCodeUsed)) {
            Some(person) => By::Person { id: person.id, name: person.name.clone() },
            None => By::Nobody,
        };
        let address = self.client.address.map(|address| address.to_string());
        let origin = Origin { address, device: self.device_name.to_owned(), session: None };
        let subject = Subject::new(SubjectKind::Account, person.map(|person| person.id.0), self.label());
        self.state.audit(account.map(|account| account.office), &Author { by, origin }, act, subject)
    }

    /// In the log, and in 操作记录, from which nothing is removed: once for an account, a network and a while. Of accounts
    /// that do not exist there is no end, so they are counted and nothing else.
    async fn refused(&self, what: &str, left: ThrottleDecision) -> Result<(), ApiError> {
        let (account, address, now) = (self.label(), self.client.address, self.state.now());
        let exists = self.account.is_some();
        let mut tx = self.state.store.write().await?;
        // The same for an account that does not exist, so that the time tells nothing.
        if is_news(&mut *tx, what, self.username, address, now).await? && exists {
            tx.put_audit(&self.entry(Act::SignInRefused)).await?;
        }
        let locked = format!("{what} locked");
        if left == ThrottleDecision::Last
            && is_news(&mut *tx, &locked, self.username, address, now).await?
            && exists
        {
            tx.put_audit(&self.entry(Act::LockedOut)).await?;
        }
        tx.commit().await?;
        if exists {
            tracing::warn!(%account, ?address, what, last = left == ThrottleDecision::Last, "sign-in refused");
        } else {
            self.state.edge.refusals.count(Refusal::UnknownAccount);
        }
        Ok(())
    }
}
