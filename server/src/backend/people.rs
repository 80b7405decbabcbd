//! People and their accounts, for the desk.

use super::{PagesBackend, allow, fault};
use crate::service::{
    password,
    people::{NewHash, PersonChange, SaveError, save_all},
};
use app::error::Fault;
use domain::{
    person::Person,
    role::{Action, Actor, Scope},
};

/// Everybody of the office, for those who answer for all of it.
pub(super) async fn all(backend: &PagesBackend, actor: &Actor) -> Result<Vec<Person>, Fault> {
    allow(actor, Action::UseOffice)?;
    if actor.scope != Scope::Office {
        return Err(Fault::NotAllowed);
    }
    backend.state.store.people(actor.office).await.map_err(fault::store)
}

pub(super) async fn save(
    backend: &PagesBackend,
    actor: &Actor,
    person: Person,
    password: Option<String>,
) -> Result<(), Fault> {
    allow(actor, Action::ManagePeople)?;
    backend.confirmed()?;
    let PagesBackend { state, lang, session, .. } = backend;
    let wrong = |field: &str, reason: String| Fault::Invalid { field: field.to_owned(), reason };
    let password = match password {
        Some(new) => {
            let known = password::known(state, actor.office, &person).await.map_err(fault::store)?;
            password::check(&new, &known).map_err(|weak| wrong("password", password::words(*lang, weak)))?;
            let hash = state.passwords.hash(new).await.map_err(|error| fault::of(error.into()))?;
            let is_own = person.id == actor.person;
            Some(NewHash { hash, due: !is_own, keep: session.filter(|_| is_own) })
        }
        None => None,
    };
    let change = PersonChange { person, password };
    let save = async {
        let mut tx = state.store.write().await?;
        save_all(state, &mut *tx, actor.office, &backend.author(actor), vec![change]).await?;
        Ok(tx.commit().await?)
    };
    save.await.map_err(|error| match error {
        SaveError::Rule { rule, .. } => wrong(rule.field(), rule.words(*lang)),
        SaveError::Store(error) => fault::store(error),
    })
}
