//! People and their accounts.

use super::{allow, fault};
use crate::{
    password::{LONGEST, SHORTEST},
    state::AppState,
    storage::StoreError,
};
use app::{
    error::Fault,
    i18n::{admin as t, limits},
};
use domain::{
    limits::{check_username, records::check_person},
    person::Person,
    role::{Action, Actor, Role, Scope},
    text::Lang,
};

/// Everybody of the office, for those who answer for all of it.
pub(super) async fn all(state: &AppState, actor: &Actor) -> Result<Vec<Person>, Fault> {
    allow(actor, Action::UseOffice)?;
    if actor.scope != Scope::Office {
        return Err(Fault::NotAllowed);
    }
    state.store.people(actor.office).await.map_err(fault::store)
}

pub(super) async fn save(
    state: &AppState,
    lang: Lang,
    actor: &Actor,
    person: Person,
    password: Option<String>,
) -> Result<(), Fault> {
    allow(actor, Action::ManagePeople)?;
    let wrong = |field: &str, reason: String| Fault::Invalid { field: field.to_owned(), reason };
    let known = state.store.people(actor.office).await.map_err(fault::store)?;
    let before = known.iter().find(|known| known.id == person.id);
    if let Err((field, reason)) = check(lang, &person, password.as_deref(), before.is_none()) {
        return Err(wrong(field, reason));
    }
    if person.id == actor.person && (person.disabled || person.role != Role::Administrator) {
        return Err(wrong("role", t::not_oneself(lang).to_owned()));
    }
    if person.role == Role::Officer && person.department.is_none() {
        return Err(wrong("department", t::department_missing(lang).to_owned()));
    }
    let hash = match password {
        Some(password) => {
            Some(state.passwords.hash(password).await.map_err(|error| fault::of(error.into()))?)
        }
        None => None,
    };
    let write = async {
        let mut tx = state.store.write().await?;
        tx.put_person(actor.office, &person, hash.as_deref()).await?;
        if hash.is_some() && person.id != actor.person {
            // Whoever knew the old password is out.
            tx.end_sessions_of(person.id).await?;
        }
        tx.commit().await
    };
    write.await.map_err(|error| match error {
        StoreError::Taken(_) => wrong("username", t::username_taken(lang).to_owned()),
        other => fault::store(other),
    })
}

/// The field that is wrong and why, for a form and for a row of an import alike.
pub(crate) fn check(
    lang: Lang,
    person: &Person,
    password: Option<&str>,
    is_new: bool,
) -> Result<(), (&'static str, String)> {
    if person.username.is_empty() || check_username(&person.username).is_err() {
        return Err(("username", t::username_wrong(lang).to_owned()));
    }
    if person.name.trim().is_empty() {
        return Err(("name", t::name_missing(lang).to_owned()));
    }
    check_person(person).map_err(|over| (over.field.as_str(), limits::over(lang, over)))?;
    match password.map(|password| password.chars().count()) {
        None if is_new => Err(("password", t::password_missing(lang).to_owned())),
        Some(length) if !(SHORTEST..=LONGEST).contains(&length) => {
            Err(("password", t::password_length(lang).to_owned()))
        }
        _ => Ok(()),
    }
}
