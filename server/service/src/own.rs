//! One's own account: the password, being asked for it again, the devices.

use crate::{
    asker::Asker,
    error::Error,
    password_rules,
    people::subject,
    services::Services,
    sign_in_limit::{LoginThrottle, ThrottleDecision},
    storage::{Session, StoreError},
};
use domain::{
    audit::{Act, Author, Subject, SubjectKind},
    session::SignedInDevice,
    sync::NewPassword,
};

/// A signed-in person has no more attempts than a stranger.
pub(crate) async fn try_in(state: &Services, session: &Session) -> Result<LoginThrottle, Error> {
    let throttle = LoginThrottle::of_session(&session.mark);
    match throttle.begin(&*state.store, state.now()).await? {
        ThrottleDecision::Wait(wait) => {
            Err(Error::TooManyTries { after_seconds: wait.num_seconds().max(1).unsigned_abs() })
        }
        ThrottleDecision::Allowed | ThrottleDecision::Last => Ok(throttle),
    }
}

/// That the person at the desk is the one who signed in.
async fn prove(state: &Services, session: &Session, password: String) -> Result<LoginThrottle, Error> {
    let throttle = try_in(state, session).await?;
    let account = state.store.account(&session.person.username).await?;
    let hash = account.filter(|account| account.person.id == session.person.id).map(|own| own.password_hash);
    if state.passwords.verify(password, hash).await? {
        Ok(throttle)
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
    let throttle = prove(state, session, old).await?;
    let hash = state.passwords.hash(new).await?;
    let entry = state.audit(session.office.id, author, Act::PasswordChanged, subject(&session.person));
    let mut tx = state.store.write().await?;
    throttle.right(&mut *tx, state.now()).await?;
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
    let throttle = prove(state, session, password).await?;
    let entry = state.audit(session.office.id, author, Act::Confirmed, subject(&session.person));
    let mut tx = state.store.write().await?;
    throttle.right(&mut *tx, state.now()).await?;
    tx.confirm_session(session.id, state.now()).await?;
    tx.put_audit(&entry).await?;
    Ok(tx.commit().await?)
}

/// The devices on which the person is signed in, this one marked.
pub async fn devices(state: &Services, by: &Asker) -> Result<Vec<SignedInDevice>, Error> {
    let sessions = state.store.sessions_of(by.actor.person, state.now()).await?;
    let device = |session: Session| SignedInDevice {
        session: session.id,
        name: session.device_name,
        since: session.since,
        last_seen: session.last_seen,
        current: Some(session.id) == by.session,
    };
    Ok(sessions.into_iter().map(device).collect())
}

/// One of the person's sessions; anybody else's stays.
pub async fn sign_out_device(state: &Services, by: &Asker, session: i64) -> Result<(), Error> {
    let subject = Subject::new(SubjectKind::Account, by.actor.person.0, &by.actor.name);
    let entry = state.audit(by.actor.office, &by.author(), Act::SessionsEnded, subject);
    let mut tx = state.store.write().await?;
    tx.end_session(by.actor.person, session).await?;
    tx.put_audit(&entry).await?;
    Ok(tx.commit().await?)
}

/// Every other session of the person.
pub async fn sign_out_others(state: &Services, session: &Session, author: &Author) -> Result<(), StoreError> {
    let entry = state.audit(session.office.id, author, Act::SessionsEnded, subject(&session.person));
    let mut tx = state.store.write().await?;
    tx.end_sessions_of(session.person.id, Some(session.id)).await?;
    tx.put_audit(&entry).await?;
    tx.commit().await
}

/// This session, on its own device.
pub async fn sign_out(state: &Services, session: &Session, author: &Author) -> Result<(), StoreError> {
    let person = &session.person;
    let subject = Subject::new(SubjectKind::Account, person.id.0, &person.username);
    let entry = state.audit(session.office.id, author, Act::SignedOut, subject);
    let mut tx = state.store.write().await?;
    tx.end_session(person.id, session.id).await?;
    tx.put_audit(&entry).await?;
    tx.commit().await
}
