//! People and their accounts, for the desk.

use super::{PagesBackend, allow, fault};
use crate::service::{
    password,
    people::{NewHash, PersonChange, SaveError, save_all},
};
use app::{error::Fault, server_fns::meanwhile::Meanwhile};
use domain::{
    person::Person,
    role::{Action, Actor},
};

/// Everybody of the office, for those who keep the accounts: names and numbers of telephones are nobody else's.
pub(super) async fn all(backend: &PagesBackend, actor: &Actor) -> Result<Vec<Person>, Fault> {
    allow(actor, Action::ManagePeople)?;
    backend.state.store.people(actor.office).await.map_err(fault::store)
}

/// `before` is the account as the person saw it.
pub(super) async fn save(
    backend: &PagesBackend,
    actor: &Actor,
    person: Person,
    before: Option<Person>,
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
    let id = person.id;
    let change = PersonChange { person, password };
    let save = async {
        let mut tx = state.store.write().await?;
        // Nobody else writes from here on.
        let now = tx.people(actor.office).await?.into_iter().find(|known| known.id == id);
        if now.as_ref().map(kept) != before.as_ref().map(kept) {
            return Ok(false);
        }
        save_all(state, &mut *tx, actor.office, &backend.author(actor), vec![change]).await?;
        tx.commit().await?;
        Ok::<_, SaveError>(true)
    };
    match save.await {
        Ok(true) => Ok(()),
        Ok(false) => Err(Fault::Changed { meanwhile: Meanwhile::default() }),
        Err(SaveError::Rule { rule, .. }) => Err(wrong(rule.field(), rule.words(*lang))),
        Err(SaveError::Store(error)) => Err(fault::store(error)),
    }
}

/// What is kept of an account by hand: that somebody used it meanwhile is no change.
fn kept(person: &Person) -> Person {
    Person { last_seen: None, ..person.clone() }
}
