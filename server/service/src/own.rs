//! One's own account: the password, being asked for it again, the devices.

use crate::{
    error::Error,
    password_rules,
    people::subject,
    services::Services,
    sign_in_limit::{Trier, Try},
    storage::{Session, StoreError},
};
use domain::{
    audit::{Act, Author},
    sync::NewPassword,
};

/// Somebody who is signed in may guess no more often than somebody who is not.
pub(crate) async fn try_in(state: &Services, session: &Session) -> Result<Trier, Error> {
    let trier = Trier::of_session(&session.mark);
    match trier.begin(&*state.store, state.now()).await? {
        Try::Wait(wait) => {
            Err(Error::TooManyTries { after_seconds: wait.num_seconds().max(1).unsigned_abs() })
        }
        Try::Allowed | Try::Last => Ok(trier),
    }
}

/// That whoever sits there is whoever signed in.
async fn prove(state: &Services, session: &Session, password: String) -> Result<Trier, Error> {
    let trier = try_in(state, session).await?;
    let account = state.store.account(&session.person.username).await?;
    let hash = account.filter(|account| account.person.id == session.person.id).map(|own| own.password_hash);
    if state.passwords.verify(password, hash).await? {
        Ok(trier)
    } else {
        tracing::warn!(account = %session.person.username, "a password asked for again was wrong");
        Err(Error::WrongCredentials)
    }
}

/// Everywhere else one is signed out.
pub async fn change_password(
    state: &Services,
    session: &Session,
    author: &Author,
    wanted: NewPassword,
) -> Result<(), Error> {
    let NewPassword { old, new } = wanted;
    if old == new {
        return Err(Error::WeakPassword(None));
    }
    let known = password_rules::of(&session.person, &session.office.name);
    password_rules::check(&new, &known).map_err(|weakness| Error::WeakPassword(Some(weakness)))?;
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
    state: &Services,
    session: &Session,
    author: &Author,
    password: String,
) -> Result<(), Error> {
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
    state: &Services,
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
