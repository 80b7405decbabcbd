//! People and their accounts, by the desk's form.

use super::{NewHash, PersonChange, save_all};
use crate::{asker::Asker, error::Error, password_rules, services::Services};
use domain::{
    person::{Person, PersonFilter, PersonPage},
    role::Action,
};

/// All accounts of the office. Only for people who manage accounts: it holds names and telephone numbers.
pub async fn all(state: &Services, by: &Asker) -> Result<Vec<Person>, Error> {
    by.allow(Action::ManagePeople)?;
    Ok(state.store.people(by.actor.office).await?)
}

/// The same as a list.
pub async fn list(state: &Services, by: &Asker, filter: &PersonFilter) -> Result<PersonPage, Error> {
    by.allow(Action::ManagePeople)?;
    Ok(state.store.people_page(by.actor.office, filter).await?)
}

/// `before` is the account as the person saw it. It weighs: the password was typed lately.
pub async fn save(
    state: &Services,
    by: &Asker,
    person: Person,
    before: Option<Person>,
    password: Option<String>,
) -> Result<(), Error> {
    by.allow(Action::ManagePeople)?;
    by.confirmed()?;
    let (actor, lang, session) = (&by.actor, by.lang, by.session);
    let password = match password {
        Some(new) => {
            let known = password_rules::known(state, actor.office, &person).await?;
            password_rules::check(&new, &known)
                .map_err(|weak| Error::invalid("password", password_rules::words(lang, weak)))?;
            let hash = state.passwords.hash(new).await?;
            let is_own = person.id == actor.person;
            Some(NewHash { hash, due: !is_own, keep: session.filter(|_| is_own) })
        }
        None => None,
    };
    let id = person.id;
    let change = PersonChange { person, password };
    let mut tx = state.store.write().await?;
    // Nobody else writes from here on.
    let now = tx.people(actor.office).await?.into_iter().find(|known| known.id == id);
    if now.as_ref().map(kept) != before.as_ref().map(kept) {
        return Err(Error::Changed);
    }
    save_all(state, &mut *tx, actor.office, &by.author(), vec![change]).await?;
    Ok(tx.commit().await?)
}

/// The fields of an account that people edit. A sign-in meanwhile is no change.
fn kept(person: &Person) -> Person {
    Person { last_seen: None, ..person.clone() }
}
