//! One's own account: the password, being asked for it again, the devices.

use super::{password, people::subject};
use crate::{
    http::ApiError,
    password::PasswordError,
    sign_in_limit::{Trier, Try},
    state::AppState,
    storage::{Session, StoreError},
};
use chrono::Duration;
use domain::{
    audit::{Act, Author},
    password::Weakness,
    sync::NewPassword,
};
use thiserror::Error;

#[derive(Debug, Error)]
pub enum OwnError {
    #[error("the password or the code is wrong")]
    Wrong,
    #[error("too many tries")]
    TooManyTries(Duration),
    #[error("the new password is weak: {0:?}")]
    Weak(Weakness),
    #[error("the new password is the old one")]
    Same,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Password(#[from] PasswordError),
}

impl From<OwnError> for ApiError {
    fn from(error: OwnError) -> Self {
        match error {
            OwnError::Wrong => Self::WrongCredentials,
            OwnError::TooManyTries(wait) => {
                Self::TooManyTries { after_seconds: wait.num_seconds().max(1).unsigned_abs() }
            }
            OwnError::Weak(weakness) => Self::WeakPassword(Some(weakness)),
            OwnError::Same => Self::WeakPassword(None),
            OwnError::Store(error) => error.into(),
            OwnError::Password(error) => error.into(),
        }
    }
}

/// Somebody who is signed in may guess no more often than somebody who is not.
pub(super) async fn try_in(state: &AppState, session: &Session) -> Result<Trier, OwnError> {
    let trier = Trier::of_session(&session.mark);
    match trier.begin(&*state.store, state.now()).await? {
        Try::Wait(wait) => Err(OwnError::TooManyTries(wait)),
        Try::Allowed | Try::Last => Ok(trier),
    }
}

/// That whoever sits there is whoever signed in.
async fn prove(state: &AppState, session: &Session, password: String) -> Result<Trier, OwnError> {
    let trier = try_in(state, session).await?;
    let account = state.store.account(&session.person.username).await?;
    let hash = account.filter(|account| account.person.id == session.person.id).map(|own| own.password_hash);
    if state.passwords.verify(password, hash).await? {
        Ok(trier)
    } else {
        tracing::warn!(account = %session.person.username, "a password asked for again was wrong");
        Err(OwnError::Wrong)
    }
}

/// Everywhere else one is signed out.
pub async fn change_password(
    state: &AppState,
    session: &Session,
    author: &Author,
    wanted: NewPassword,
) -> Result<(), OwnError> {
    let NewPassword { old, new } = wanted;
    if old == new {
        return Err(OwnError::Same);
    }
    let known = password::of(&session.person, &session.office.name);
    password::check(&new, &known).map_err(OwnError::Weak)?;
    let trier = prove(state, session, old).await?;
    let hash = state.passwords.hash(new).await?;
    let entry = state.audit(session.office.id, author, Act::PasswordChanged, subject(&session.person));
    let mut tx = state.store.write().await?;
    trier.right(&mut *tx, state.now()).await?;
    tx.put_password(session.person.id, &hash, false, Some(session.id)).await?;
    tx.confirm_session(session.id, state.now()).await?;
    tx.put_audit(&entry).await?;
    Ok(tx.commit().await?)
}

/// The password once more, before something that weighs.
pub async fn confirm(
    state: &AppState,
    session: &Session,
    author: &Author,
    password: String,
) -> Result<(), OwnError> {
    let trier = prove(state, session, password).await?;
    let entry = state.audit(session.office.id, author, Act::Confirmed, subject(&session.person));
    let mut tx = state.store.write().await?;
    trier.right(&mut *tx, state.now()).await?;
    tx.confirm_session(session.id, state.now()).await?;
    tx.put_audit(&entry).await?;
    Ok(tx.commit().await?)
}

/// One other device, or all of them but this one.
pub async fn sign_out_others(
    state: &AppState,
    session: &Session,
    author: &Author,
    one: Option<i64>,
) -> Result<(), StoreError> {
    let entry = state.audit(session.office.id, author, Act::SessionsEnded, subject(&session.person));
    let mut tx = state.store.write().await?;
    match one {
        Some(one) => tx.end_session(session.person.id, one).await?,
        None => tx.end_sessions_of(session.person.id, Some(session.id)).await?,
    }
    tx.put_audit(&entry).await?;
    tx.commit().await
}
