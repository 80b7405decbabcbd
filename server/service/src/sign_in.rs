//! Signing in: who it is, whether the password is right, and a session for what it is wanted for. Whoever calls carries what
//! is kept on the other side, in cookies or elsewhere.

mod known_device;

use crate::{
    error::Error,
    factor::{self, Right},
    services::Services,
    session::Lifetime,
    sign_in_limit::{LoginThrottle, ThrottleDecision, is_news},
    storage::{Account, NewSession, Purpose, Session, Transaction},
    token::hash,
};
use domain::{
    audit::{Act, AuditEntry, Author, By, Origin, Subject, SubjectKind},
    sync::Credentials,
};
use known_device::KnownDevice;
use rand::Rng;
use std::net::IpAddr;

/// Characters; accounts have far fewer.
const LONGEST_USERNAME: usize = 100;

/// Bytes of a device's name.
const LONGEST_DEVICE: usize = 120;

/// What is known of whoever signs in beside what they type.
#[derive(Clone, Copy, Default)]
pub struct Entrance<'a> {
    pub address: Option<IpAddr>,
    /// What the device keeps of earlier sign-ins ([`Began::device`]).
    pub device: Option<&'a str>,
    /// What a phone itself holds: its session is bound to it.
    pub half: Option<&'a str>,
    /// The token of the session in whose place the new one begins.
    pub before: Option<&'a str>,
}

/// A session that began.
pub struct Began {
    /// What it was made for: the desk's waits for a second factor first, where there is one.
    pub purpose: Purpose,
    /// Opens it. Nothing else keeps it: the store has its hash.
    pub token: String,
    /// None while the second factor is awaited.
    pub session: Option<Session>,
    /// What the device is to keep, so that a stranger's wrong tries do not keep its person out.
    pub device: Option<String>,
}

/// Wrong credentials and too many tries are told apart from each other, an unknown account and a wrong password are not:
/// [`Error::UnknownAccount`] is there to be counted, and said like [`Error::WrongCredentials`].
pub async fn sign_in(
    state: &Services,
    entrance: Entrance<'_>,
    purpose: Purpose,
    credentials: Credentials,
) -> Result<Began, Error> {
    let now = state.now();
    let username = credentials.username.trim().to_owned();
    if username.chars().count() > LONGEST_USERNAME || username.contains('\0') {
        return Err(Error::WrongCredentials);
    }
    let mut device_name = credentials.device_name.replace('\0', "");
    device_name.truncate(device_name.floor_char_boundary(LONGEST_DEVICE));
    let account = state.store.account(&username).await?;
    let known = KnownDevice::of(&state.secrets, entrance.device);
    let known_here = account.as_ref().filter(|account| known.has(&state.secrets, account.person.id));
    let throttle = LoginThrottle::new(&username, entrance.address, known_here.map(|_| known.id.as_str()));
    let address = entrance.address;
    let attempt =
        Attempt { state, address, username: &username, device_name: &device_name, account: &account };
    let left = throttle.begin(&*state.store, now).await?;
    if let ThrottleDecision::Wait(wait) = left {
        tracing::warn!(account = %attempt.label(), ?address, "sign-in put off: too many tries");
        return Err(Error::TooManyTries { after_seconds: wait.num_seconds().max(1).unsigned_abs() });
    }
    let usable = account.as_ref().filter(|account| !account.person.disabled);
    let hash_of_account = usable.map(|account| account.password_hash.clone());
    let fits = state.passwords.verify(credentials.password, hash_of_account).await?;
    let Some(account) = usable.filter(|_| fits) else {
        return Err(attempt.refused("password", left).await?);
    };
    let waits = purpose == Purpose::Desk && account.has_factor;
    let mut tx = state.store.write().await?;
    throttle.right(&mut *tx, now).await?;
    let granted = if waits { Purpose::SecondFactor } else { purpose };
    let token = open(&mut *tx, state, entrance, granted, account, &device_name).await?;
    if waits {
        tx.commit().await?;
        return Ok(Began { purpose: granted, token, session: None, device: None });
    }
    tx.put_audit(&attempt.entry(Act::SignedIn)).await?;
    tx.commit().await?;
    began(state, granted, token, known.with(&state.secrets, account.person.id)).await
}

/// After the password, where the desk waits for a second factor.
pub async fn second_factor(state: &Services, entrance: Entrance<'_>, typed: &str) -> Result<Began, Error> {
    let now = state.now();
    let token = entrance.before.ok_or(Error::NotSignedIn)?;
    let session = state.store.session(&hash(token), now).await?;
    let session =
        session.filter(|session| session.purpose == Purpose::SecondFactor).ok_or(Error::NotSignedIn)?;
    let account = state.store.account(&session.person.username).await?;
    let account = account.filter(|account| account.person.id == session.person.id);
    let username = session.person.username.clone();
    // Counted by the account: a new session does not give new tries.
    let throttle = LoginThrottle::of_session(&format!("factor {}", username.to_lowercase()));
    let left = throttle.begin(&*state.store, now).await?;
    if let ThrottleDecision::Wait(wait) = left {
        return Err(Error::TooManyTries { after_seconds: wait.num_seconds().max(1).unsigned_abs() });
    }
    let device_name = session.device_name.clone();
    let address = entrance.address;
    let attempt =
        Attempt { state, address, username: &username, device_name: &device_name, account: &account };
    let Some(account) = &account else { return Err(Error::NotSignedIn) };
    let mut tx = state.store.write().await?;
    let Some(right) = factor::check(state, &mut *tx, account.person.id, typed).await? else {
        drop(tx);
        return Err(attempt.refused("code", left).await?);
    };
    throttle.right(&mut *tx, now).await?;
    let token = open(&mut *tx, state, entrance, Purpose::Desk, account, &device_name).await?;
    tx.put_audit(&attempt.entry(Act::SignedIn)).await?;
    if right == Right::RecoveryCode {
        tx.put_audit(&attempt.entry(Act::RecoveryCodeUsed)).await?;
    }
    tx.commit().await?;
    let known = KnownDevice::of(&state.secrets, entrance.device).with(&state.secrets, account.person.id);
    began(state, Purpose::Desk, token, known).await
}

/// The session as it stands in the store.
async fn began(
    state: &Services,
    purpose: Purpose,
    token: String,
    known: KnownDevice,
) -> Result<Began, Error> {
    let session = state.store.session(&hash(&token), state.now()).await?.ok_or(Error::NotSignedIn)?;
    Ok(Began { purpose, token, session: Some(session), device: Some(known.words()) })
}

/// A new session in the place of the one that this browser had.
async fn open(
    tx: &mut dyn Transaction,
    state: &Services,
    entrance: Entrance<'_>,
    purpose: Purpose,
    account: &Account,
    device_name: &str,
) -> Result<String, Error> {
    if let Some(before) = entrance.before {
        tx.end_token(&hash(before)).await?;
    }
    let mut token = [0; 32];
    rand::rng().fill_bytes(&mut token);
    let token = hex::encode(token);
    let (now, Lifetime { unused, at_all }) = (state.now(), Lifetime::of(purpose));
    let half = entrance.half.filter(|half| purpose == Purpose::Field && !half.is_empty());
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
    state: &'a Services,
    address: Option<IpAddr>,
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

    fn entry(&self, act: Act) -> AuditEntry {
        let account = self.account.as_ref();
        let person = account.map(|account| &account.person);
        let by = match person.filter(|_| matches!(act, Act::SignedIn | Act::RecoveryCodeUsed)) {
            Some(person) => By::Person { id: person.id, name: person.name.clone() },
            None => By::Nobody,
        };
        let address = self.address.map(|address| address.to_string());
        let origin = Origin { address, device: self.device_name.to_owned(), session: None };
        let subject = Subject::new(SubjectKind::Account, person.map(|person| person.id.0), self.label());
        self.state.audit(account.map(|account| account.office), &Author { by, origin }, act, subject)
    }

    /// Gives why. It stands in the log, and in 操作记录, from which nothing is removed: once for an account, a network and a
    /// while. Of accounts that do not exist there is no end, so they stand nowhere.
    async fn refused(&self, what: &str, left: ThrottleDecision) -> Result<Error, Error> {
        let (account, address, now) = (self.label(), self.address, self.state.now());
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
        if !exists {
            return Ok(Error::UnknownAccount);
        }
        tracing::warn!(%account, ?address, what, last = left == ThrottleDecision::Last, "sign-in refused");
        Ok(Error::WrongCredentials)
    }
}
