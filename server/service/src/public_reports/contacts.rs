//! 举报人电话: who holds the two keys, and how a number is opened by both. Every step leaves a line in 操作记录; nothing else does.

use super::{
    sealing::{self, Holder, Unlocked},
    subject,
};
use crate::{asker::Asker, error::Error, services::Services, storage::StoredContact};
use chrono::Duration;
use domain::{
    audit::{Act, Subject, SubjectKind},
    id::{OfficeId, PersonId, PublicReportId},
    limits::{Field, check_text, tidy_text},
    public_report::{ContactHolder, ContactOpening, PublicReport, SealedContact, SealedShare},
    role::Action,
    text::Lang,
};
use i18n::{limits, public_reports as t};
use rand::Rng;
use serde_json::{Value, json};

/// People who hold a key.
pub const SEATS: usize = 2;

/// Characters of a holder's words, at the least.
const SHORTEST: usize = 12;
/// At the most.
const LONGEST: usize = 200;

/// For so long after the first of the two has asked, the second may open: what was agreed on once is not agreed on for ever.
pub(super) const ASKED_FOR: Duration = Duration::days(3);

/// Tries of one holder within a quarter of an hour.
const TRIES: u32 = 8;

/// A number as it is kept; none where none was left.
pub(super) async fn sealed(
    state: &Services,
    office: OfficeId,
    report: PublicReportId,
    phone: &str,
    lang: Lang,
) -> Result<Option<SealedContact>, Error> {
    if phone.is_empty() {
        return Ok(None);
    }
    let holders = state.store.contact_holders(office).await?;
    let [one, other] = holders.as_slice() else {
        return Err(Error::invalid("phone", t::phone_not_taken(lang)));
    };
    let holder = |known: &ContactHolder| Holder { person: known.person, public: known.public.clone() };
    let sealed = sealing::seal_phone(report, [&holder(one), &holder(other)], phone);
    sealed.map(Some).ok_or_else(|| Error::Bug("a number cannot be sealed".to_owned()))
}

/// Makes a key of their own for who asks, under words that they choose.
pub async fn hold(state: &Services, by: &Asker, words: &str, again: &str) -> Result<(), Error> {
    by.allow(Action::UseOffice)?;
    by.allow(Action::Assign)?;
    by.confirmed()?;
    if !(SHORTEST..=LONGEST).contains(&words.chars().count()) {
        return Err(Error::invalid("words", t::holder_short(by.lang)));
    }
    if words != again {
        return Err(Error::invalid("again", t::holder_differs(by.lang)));
    }
    let (office, person) = (by.actor.office, by.actor.person);
    let mut salt = vec![0; 16];
    rand::rng().fill_bytes(&mut salt);
    let key = state.passwords.key(words.to_owned(), salt.clone()).await?;
    let made = sealing::new_key(&key, person).ok_or_else(|| Error::Bug("no key can be made".to_owned()))?;
    let (public, secret) = made;
    let holder =
        ContactHolder { person, name: by.actor.name.clone(), public, secret, salt, since: state.now() };
    let mut tx = state.store.write().await?;
    let holders = tx.contact_holders(office).await?;
    if holders.iter().any(|known| known.person == person) {
        return Err(Error::invalid("words", t::holder_already(by.lang)));
    }
    if holders.len() >= SEATS {
        return Err(Error::invalid("words", t::holder_full(by.lang)));
    }
    tx.put_contact_holder(office, &holder).await?;
    let account = Subject::new(SubjectKind::Account, person.0, by.actor.name.clone());
    tx.put_audit(&state.audit(office, &by.author(), Act::ContactKeyMade, account)).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a key away: its holder's own, or, by an administrator, of somebody who has left. What was sealed to it stays sealed.
pub async fn release(state: &Services, by: &Asker, person: PersonId) -> Result<(), Error> {
    by.allow(Action::UseOffice)?;
    if person != by.actor.person {
        by.allow(Action::ManageSettings)?;
    }
    by.confirmed()?;
    let office = by.actor.office;
    let mut tx = state.store.write().await?;
    let holders = tx.contact_holders(office).await?;
    let known = holders.into_iter().find(|known| known.person == person).ok_or(Error::NotFound)?;
    tx.end_contact_holder(office, person).await?;
    let account = Subject::new(SubjectKind::Account, person.0, known.name);
    tx.put_audit(&state.audit(office, &by.author(), Act::ContactKeyRemoved, account)).await?;
    tx.commit().await?;
    Ok(())
}

/// A report that the asker sees, and its number.
async fn known(
    state: &Services,
    by: &Asker,
    id: PublicReportId,
) -> Result<(PublicReport, StoredContact), Error> {
    by.allow(Action::UseOffice)?;
    by.allow(Action::Assign)?;
    let office = by.actor.office;
    if !state.store.sees_public_report(office, &by.actor.scope, id).await? {
        return Err(Error::NotFound);
    }
    let report = state.store.public_report(office, id).await?.ok_or(Error::NotFound)?.report;
    let contact = state.store.public_contact(office, id).await?.ok_or(Error::NotFound)?;
    Ok((report, contact))
}

/// The asker's own key, unlocked by their words, and the place of their share.
async fn unlocked(
    state: &Services,
    by: &Asker,
    contact: &SealedContact,
    words: &str,
) -> Result<(usize, Unlocked), Error> {
    let (office, person) = (by.actor.office, by.actor.person);
    if state.strangers.count("words", &person.to_string(), state.now()) > TRIES {
        return Err(Error::TooManyTries { after_seconds: super::gate::Gate::window_seconds() });
    }
    let not_theirs = || Error::invalid("words", t::contact_not_yours(by.lang));
    let holders = state.store.contact_holders(office).await?;
    let own = holders.into_iter().find(|known| known.person == person).ok_or_else(not_theirs)?;
    let public = hex::encode(&own.public);
    let mine = |share: &SealedShare| share.to == person && share.public == public;
    let place = contact.shares.iter().position(mine).ok_or_else(not_theirs)?;
    let wrong = || Error::invalid("words", t::contact_wrong_words(by.lang));
    if words.chars().count() > LONGEST {
        return Err(wrong());
    }
    let key = state.passwords.key(words.to_owned(), own.salt).await?;
    let unlocked = sealing::unlock(&key, person, &own.secret);
    Ok((place, unlocked.ok_or_else(wrong)?))
}

fn corrupt() -> Error {
    Error::Bug("half of a number's key cannot be read".to_owned())
}

/// The first of the two asks, and hands their share to the other.
pub async fn ask(
    state: &Services,
    by: &Asker,
    id: PublicReportId,
    words: &str,
    reason: &str,
) -> Result<(), Error> {
    let reason = tidy_text(reason);
    if reason.is_empty() {
        return Err(Error::invalid("reason", t::r_words(by.lang)));
    }
    check_text(Field::Reason, &reason)
        .map_err(|over| Error::invalid("reason", limits::over(by.lang, over)))?;
    let (report, contact) = known(state, by, id).await?;
    let (place, key) = unlocked(state, by, &contact.sealed, words).await?;
    let [first, second] = &contact.sealed.shares;
    let (own, other) = if place == 0 { (first, second) } else { (second, first) };
    let share = sealing::open_share(id, &key, own).ok_or_else(corrupt)?;
    let public = hex::decode(&other.public).map_err(|_| corrupt())?;
    let to = Holder { person: other.to, public };
    let share = sealing::seal_share(id, &to, &share).ok_or_else(corrupt)?;
    let (office, now) = (by.actor.office, state.now());
    let (person, name) = (by.actor.person, by.actor.name.clone());
    let told = json!({ "reason": reason });
    let opening = ContactOpening { report: id, by: person, by_name: name, reason, at: now, share };
    let mut tx = state.store.write().await?;
    tx.put_contact_opening(office, &opening).await?;
    let entry = state.audit(office, &by.author(), Act::ContactAsked, subject(&report));
    tx.put_audit(&entry.change(&Value::Null, &told)).await?;
    tx.commit().await?;
    Ok(())
}

/// The second of the two opens it: the number is told once, and 操作记录 says so before it is.
///
/// # Errors
/// [`Error::Invalid`] where nobody else has asked before: one alone opens nothing.
pub async fn open(state: &Services, by: &Asker, id: PublicReportId, words: &str) -> Result<String, Error> {
    let (report, contact) = known(state, by, id).await?;
    let office = by.actor.office;
    let alone = || Error::invalid("words", t::contact_alone(by.lang));
    let begun = state.store.contact_opening(office, id).await?;
    let (person, since) = (by.actor.person, state.now() - ASKED_FOR);
    let is_theirs =
        |begun: &ContactOpening| begun.by != person && begun.share.to == person && begun.at > since;
    let begun = begun.filter(is_theirs).ok_or_else(alone)?;
    let (place, key) = unlocked(state, by, &contact.sealed, words).await?;
    let [first, second] = &contact.sealed.shares;
    let own = sealing::open_share(id, &key, if place == 0 { first } else { second }).ok_or_else(corrupt)?;
    let handed = sealing::open_share(id, &key, &begun.share).ok_or_else(corrupt)?;
    let shares =
        if place == 0 { [own.as_slice(), handed.as_slice()] } else { [handed.as_slice(), own.as_slice()] };
    let phone = sealing::open_phone(id, &contact.sealed, shares).ok_or_else(corrupt)?;
    let mut tx = state.store.write().await?;
    // Opened twice at once it is told once; and whoever asked still holds a key.
    tx.contact_opening(office, id).await?.filter(|still| *still == begun).ok_or_else(alone)?;
    if tx.contact_holders(office).await?.iter().all(|holder| holder.person != begun.by) {
        return Err(alone());
    }
    tx.contact_opened(office, id).await?;
    let entry = state.audit(office, &by.author(), Act::ContactOpened, subject(&report));
    tx.put_audit(&entry.change(&Value::Null, &json!({ "reason": begun.reason }))).await?;
    tx.commit().await?;
    Ok(phone)
}
