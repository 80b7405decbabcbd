//! Sealing the orders of a check, and taking them back.

use super::{
    corrupt,
    secret::{OrderSecret, hide, reveal},
};
use crate::{
    error::Error,
    jobs::{self, announce_orders::AnnounceOrders},
    services::Services,
    storage::{StoreError, StoredOrder, Transaction},
};
use aws_lc_rs::pbkdf2::{self, PBKDF2_HMAC_SHA256};
use domain::{
    id::{OfficeId, PersonId, SealedOrderId, SiteId, SpotCheckId},
    ledger::{LedgerFilter, LedgerSort, LedgerStatusFilter},
    person::Person,
    role::Scope,
    spot_check::{
        self, ContentKey, LastHazard, OrderContent, OrderLeader, OrderState, OrderWords, ROUNDS, SealedFor,
        SealedOrder, SpokenWords, SpotCheck, WordList,
    },
};
use std::{collections::HashMap, num::NonZeroU32};
use tokio::task::spawn_blocking;

/// The words of one check, and the key that is derived from them. Made before the transaction begins: deriving takes a while, and nobody
/// else may write meanwhile.
#[derive(Debug, Clone)]
pub struct Prepared {
    words: SpokenWords,
    salt: [u8; 16],
    by: ContentKey,
}

/// Draws the words of a check.
pub async fn prepare() -> Result<Prepared, Error> {
    spawn_blocking(Prepared::drawn).await.map_err(|error| Error::Bug(error.to_string()))
}

impl Prepared {
    /// Blocks for some tenths of a second.
    fn drawn() -> Self {
        let salt: [u8; 16] = rand::random();
        let words = SpokenWords::drawn(&WordList::of_this_version(), rand::random());
        Self { by: derive(&words.phrase(), &salt), words, salt }
    }
}

fn derive(phrase: &str, salt: &[u8]) -> ContentKey {
    let rounds = NonZeroU32::new(ROUNDS).unwrap_or(NonZeroU32::MIN);
    let mut key = [0; 32];
    pbkdf2::derive(PBKDF2_HMAC_SHA256, rounds, salt, phrase.as_bytes(), &mut key);
    ContentKey(key)
}

/// The words that the check has already, so that somebody who comes later opens their order by the same. Where none of its orders is
/// sealed any more, new ones.
pub async fn prepare_again(
    state: &Services,
    office: OfficeId,
    check: SpotCheckId,
) -> Result<Prepared, Error> {
    let mut tx = state.store.write().await?;
    let orders = tx.orders_of_check(office, check).await?;
    // Nothing was written.
    drop(tx);
    for stored in orders {
        if let OrderState::Sealed { words: OrderWords { salt, .. }, .. } = &stored.order.state {
            let words = reveal(state, &stored)?.words;
            let bytes = hex::decode(salt).ok().and_then(|bytes| <[u8; 16]>::try_from(bytes).ok());
            let salt = bytes.ok_or_else(|| corrupt("the salt of an order's words"))?;
            let derived =
                spawn_blocking(move || Prepared { by: derive(&words.phrase(), &salt), words, salt });
            return derived.await.map_err(|error| Error::Bug(error.to_string()));
        }
    }
    prepare().await
}

/// Somebody goes in another's place: the other's order is withdrawn, whoever comes has one of their own, and the rest of the team is told
/// who goes with them. `check`: as it is afterwards.
pub async fn exchange(
    state: &Services,
    tx: &mut dyn Transaction,
    office: OfficeId,
    makers: &[PersonId],
    check: &SpotCheck,
    instead: PersonId,
    prepared: &Prepared,
) -> Result<(), Error> {
    let at = state.now();
    let people: HashMap<PersonId, String> =
        tx.people(office).await?.into_iter().map(|person| (person.id, person.name)).collect();
    let names: Vec<String> = check.team.iter().filter_map(|id| people.get(id).cloned()).collect();
    let mut orders = tx.orders_of_check(office, check.id).await?;
    orders.retain(|stored| matches!(stored.order.state, OrderState::Sealed { .. }));
    for stored in &mut orders {
        if check.team.contains(&stored.order.person) {
            stored.order.team.clone_from(&names);
        } else {
            stored.order.state = OrderState::Withdrawn { at };
            stored.secret.clear();
        }
    }
    tx.put_sealed_orders(office, &orders).await?;
    seal_for(state, tx, office, makers, check, &[instead], prepared).await
}

/// Gives each of the check's team an order, and puts the job that tells their phones when the hour has come. All have the same words,
/// and each a key of its own.
///
/// # Errors
/// [`Error::NotFound`] where the site or one of the people is not there.
pub async fn seal(
    state: &Services,
    tx: &mut dyn Transaction,
    office: OfficeId,
    makers: &[PersonId],
    check: &SpotCheck,
    prepared: &Prepared,
) -> Result<(), Error> {
    seal_for(state, tx, office, makers, check, &check.team, prepared).await
}

/// The same for some of the team.
async fn seal_for(
    state: &Services,
    tx: &mut dyn Transaction,
    office: OfficeId,
    makers: &[PersonId],
    check: &SpotCheck,
    to_whom: &[PersonId],
    prepared: &Prepared,
) -> Result<(), Error> {
    let people: HashMap<PersonId, Person> =
        tx.people(office).await?.into_iter().map(|person| (person.id, person)).collect();
    let known = |id: &PersonId| people.get(id).ok_or(Error::NotFound);
    let leader = OrderLeader::from(known(&check.leader)?);
    let team: Vec<&Person> = check.team.iter().map(known).collect::<Result<_, _>>()?;
    let content = content(state, tx, office, check).await?;
    let names: Vec<String> = team.iter().map(|person| person.name.clone()).collect();
    let mut orders = vec![];
    for person in team.into_iter().filter(|person| to_whom.contains(&person.id)) {
        let id: SealedOrderId = state.new_id();
        let key = ContentKey(rand::random());
        let to = SealedFor { order: id, person: person.id, opens_at: check.opens_at };
        let sealed = spot_check::seal(&content, &to, &key, rand::random()).map_err(cannot)?;
        let wrapped = spot_check::wrap(&key, &prepared.by.0, rand::random()).map_err(cannot)?;
        let words = OrderWords {
            salt: hex::encode(prepared.salt),
            rounds: ROUNDS,
            wrapped: hex::encode(wrapped),
            list: String::new(),
        };
        let order = SealedOrder {
            id,
            number: check.number.clone(),
            person: person.id,
            opens_at: check.opens_at,
            until: check.until,
            leader: leader.clone(),
            team: names.clone(),
            meet: check.meet.clone(),
            bring: check.bring.clone(),
            state: OrderState::Sealed { content: sealed, words, key: None },
        };
        let proof = key.proof();
        let secret = hide(state, id, &OrderSecret { key, words: prepared.words.clone() })?;
        orders.push(StoredOrder {
            order,
            check: check.id,
            leader: check.leader,
            makers: makers.to_vec(),
            secret,
            proof,
            opened: None,
        });
    }
    tx.put_sealed_orders(office, &orders).await?;
    let job = AnnounceOrders { office, check: check.id, opens_at: check.opens_at };
    tx.put_jobs(&[jobs::new(&job, check.opens_at)?]).await?;
    Ok(())
}

fn cannot(error: spot_check::NotSealed) -> StoreError {
    StoreError::Corrupt(error.to_string())
}

async fn content(
    state: &Services,
    tx: &mut dyn Transaction,
    office: OfficeId,
    check: &SpotCheck,
) -> Result<OrderContent, Error> {
    let site = tx.sites(office, &[check.site]).await?.remove(&check.site).ok_or(Error::NotFound)?;
    Ok(OrderContent {
        site,
        forms: check.forms.clone(),
        nature: check.nature,
        note: check.note.clone(),
        last: last_hazard(state, office, check.site).await?,
    })
}

/// The newest hazard of the site, whatever became of it.
async fn last_hazard(
    state: &Services,
    office: OfficeId,
    site: SiteId,
) -> Result<Option<LastHazard>, StoreError> {
    let filter = LedgerFilter {
        status: LedgerStatusFilter::Any,
        site: Some(site),
        sort: LedgerSort::Newest,
        page: 1,
        ..LedgerFilter::default()
    };
    let page = state.store.ledger(office, &Scope::Office, &filter, state.now()).await?;
    let last = page.rows.into_iter().next();
    Ok(last.map(|row| LastHazard {
        is_open: row.is_open(),
        what: row.what,
        found_at: row.found_at,
        found_by: row.found_by,
    }))
}

/// Somebody else leads the check: the team is told whom to telephone, and the words, which stay, are theirs to say.
///
/// # Errors
/// [`Error::NotFound`] where there is nobody of that id.
pub async fn hand_lead_over(
    tx: &mut dyn Transaction,
    office: OfficeId,
    check: &SpotCheck,
) -> Result<(), Error> {
    let people = tx.people(office).await?;
    let leader = people.iter().find(|person| person.id == check.leader).ok_or(Error::NotFound)?;
    let mut orders = tx.orders_of_check(office, check.id).await?;
    orders.retain(|stored| matches!(stored.order.state, OrderState::Sealed { .. }));
    for stored in &mut orders {
        stored.order.leader = OrderLeader::from(leader);
        stored.leader = leader.id;
    }
    Ok(tx.put_sealed_orders(office, &orders).await?)
}

/// Takes the orders of a check back: their phones are told, and what was sealed is nowhere any more.
pub async fn withdraw(
    state: &Services,
    tx: &mut dyn Transaction,
    office: OfficeId,
    check: SpotCheckId,
) -> Result<(), Error> {
    let at = state.now();
    let mut orders = tx.orders_of_check(office, check).await?;
    orders.retain(|stored| matches!(stored.order.state, OrderState::Sealed { .. }));
    for stored in &mut orders {
        stored.order.state = OrderState::Withdrawn { at };
        stored.secret.clear();
    }
    Ok(tx.put_sealed_orders(office, &orders).await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_lc_rs::aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey};

    /// As a phone's browser does it.
    fn unwrapped(wrapped: &[u8], by: &ContentKey) -> Option<Vec<u8>> {
        let (nonce, ciphertext) = wrapped.split_at(12);
        let (nonce, mut opened) = (Nonce::try_assume_unique_for_key(nonce).unwrap(), ciphertext.to_vec());
        let cipher = RandomizedNonceKey::new(&AES_256_GCM, &by.0).unwrap();
        cipher.open_in_place(nonce, Aad::empty(), &mut opened).ok().map(|key| key.to_vec())
    }

    #[test]
    fn the_words_unwrap_what_was_wrapped_by_them_and_no_other_words_do() {
        let (one, other) = (Prepared::drawn(), Prepared::drawn());
        let key = ContentKey([5; 32]);
        let wrapped = spot_check::wrap(&key, &one.by.0, [1; 12]).unwrap();
        let derived = |words: &SpokenWords, salt| derive(&words.phrase(), salt);
        assert_eq!(unwrapped(&wrapped, &derived(&one.words, &one.salt)).as_deref(), Some(key.0.as_slice()));
        assert_eq!(unwrapped(&wrapped, &derived(&other.words, &one.salt)), None);
        assert_eq!(unwrapped(&wrapped, &derived(&one.words, &other.salt)), None);
    }
}
