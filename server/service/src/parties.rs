//! Parties: the list of them, the file of one, writing them, and what 操作记录 tells of it. Forms and lists that come in write
//! by the same [`put`].
//!
//! Parties are the whole office's concern. Whoever sees less of it finds a party by the sites that name it, and sees of it
//! who it is and what lies within their scope; what the office has noted of it is not for them.

use crate::{
    asker::Asker,
    error::Error,
    inspections,
    services::Services,
    storage::{self, StoreError, Transaction},
};
use domain::{
    audit::{Act, Author, Subject, SubjectKind},
    file::PartyFile,
    id::{OfficeId, PartyId},
    ledger::{LedgerFilter, LedgerStatusFilter},
    limits::records::check_party,
    party::{Party, PartyFilter, PartyPage},
    role::{Action, Scope},
    site::SiteFilter,
};
use i18n::{limits, parties as t};
use serde_json::{Value, json};

pub async fn list(state: &Services, by: &Asker, filter: &PartyFilter) -> Result<PartyPage, Error> {
    by.allow(Action::UseOffice)?;
    Ok(state.store.parties(by.actor.office, &by.actor.scope, filter).await?)
}

/// The party with what of its sites and open hazards the person sees; whoever sees none of its sites does not see it either.
pub async fn file(state: &Services, by: &Asker, id: PartyId) -> Result<PartyFile, Error> {
    by.allow(Action::UseOffice)?;
    let actor = &by.actor;
    let (store, office, now) = (&state.store, actor.office, state.now());
    let mut party = store.party(office, id).await?.ok_or(Error::NotFound)?;
    let of_it = SiteFilter { party: Some(id), ..SiteFilter::default() };
    let sites = store.sites(office, &actor.scope, &of_it, now).await?;
    if actor.scope != Scope::Office {
        if sites.total == 0 {
            return Err(Error::NotFound);
        }
        party.note.clear();
    }
    let open = LedgerFilter { party: Some(id), ..LedgerFilter::of(LedgerStatusFilter::Open) };
    let hazards = store.ledger(office, &actor.scope, &open, now).await?;
    let inspections = inspections::of_party(state, actor, id).await?;
    Ok(PartyFile { party, sites: sites.rows, hazards: hazards.rows, inspections })
}

/// Those in use whose name this is, or whose credit code: for whoever says which party a site has.
pub async fn called(state: &Services, by: &Asker, words: &str) -> Result<Vec<Party>, Error> {
    by.allow(Action::ManageSites)?;
    Ok(state.store.parties_called(by.actor.office, words).await?)
}

/// `before` is the party as the person saw it.
pub async fn save(state: &Services, by: &Asker, party: Party, before: Option<Party>) -> Result<(), Error> {
    by.allow(Action::ManageSites)?;
    let (actor, lang) = (&by.actor, by.lang);
    if party.name.trim().is_empty() {
        return Err(Error::invalid("name", t::name_missing(lang)));
    }
    if party.people.iter().any(|person| person.name.trim().is_empty()) {
        return Err(Error::invalid("people", t::person_missing(lang)));
    }
    check_party(&party).map_err(|over| Error::invalid(over.field.as_str(), limits::over(lang, over)))?;
    let party = Party { name: party.name.trim().to_owned(), ..party };
    let mut tx = state.store.write().await?;
    // Nobody else writes from here on.
    let now = tx.party(actor.office, party.id).await?;
    if now != before {
        return Err(Error::Changed);
    }
    if party.retired {
        let sites = tx.count_sites_of_party(actor.office, party.id).await?;
        if sites > 0 {
            return Err(Error::invalid("retired", t::still_answers(lang, sites)));
        }
    }
    match put(state, &mut *tx, actor.office, &by.author(), now.as_ref(), &party).await {
        Ok(()) => Ok(tx.commit().await?),
        Err(StoreError::Taken(_)) => Err(Error::invalid("credit_code", t::credit_code_taken(lang))),
        Err(other) => Err(other.into()),
    }
}

/// Writes a party as a person or a list has it, and tells of it in this transaction; where nothing differs, nothing is told.
/// Its sites are announced with it. `before`: as it stands.
pub async fn put(
    state: &Services,
    tx: &mut dyn Transaction,
    office: OfficeId,
    author: &Author,
    before: Option<&Party>,
    party: &Party,
) -> storage::Result<()> {
    if before == Some(party) {
        return Ok(());
    }
    tx.put_party(office, party).await?;
    let act = match before {
        Some(before) if before.retired != party.retired => {
            if party.retired {
                Act::Closed
            } else {
                Act::Reopened
            }
        }
        Some(_) => Act::Changed,
        None => Act::Added,
    };
    let (was, is) = (before.map(facts).unwrap_or_default(), facts(party));
    let subject = Subject::new(SubjectKind::Party, party.id.0, &party.name);
    tx.put_audit(&state.audit(office, author, act, subject).change(&was, &is)).await
}

/// The party as people read it.
fn facts(party: &Party) -> Value {
    json!({
        "name": party.name,
        "party_kind": party.kind,
        "credit_code": party.credit_code,
        "phone": party.phone,
        "people": party.people,
        "note": party.note,
        "retired": party.retired,
    })
}
