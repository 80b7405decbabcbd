//! 封存任务: what each of a team is told of a spot check before its hour.
//!
//! A plan that is sent [seals](seal) its checks: each of a team gets an order under a key of its own. The keys and the words lie in the
//! database sealed by the installation's own [secret](crate::secrets), so that a list, an export or a backup shows none of them; after a
//! restore without that secret, plans that are still sealed are withdrawn and sent anew.
//!
//! A key is given away by the server's clock and no other: with the records that a phone pulls after the hour, or to a phone that
//! [asks](key). Without signal the leader says the [words](words_for_leader).

mod sealing;
mod secret;

pub use sealing::{Prepared, exchange, hand_lead_over, prepare, prepare_again, seal, withdraw};
pub(crate) use secret::sent;

use crate::{
    asker::Asker,
    error::Error,
    services::Services,
    storage::{StoreError, StoredOrder},
};
use domain::{
    audit::{Act, Subject, SubjectKind},
    id::{SealedOrderId, SpotCheckId},
    role::{Action, Actor},
    spot_check::{ContentKey, OrderState, SpokenWords},
};

/// Opens the person's own order. What is somebody else's, was withdrawn or is over is answered like what is not there.
///
/// # Errors
/// [`Error::NotYet`] before the hour.
pub async fn key(state: &Services, actor: &Actor, id: SealedOrderId) -> Result<ContentKey, Error> {
    let stored = state.store.sealed_order(actor.office, id).await?;
    let stored = stored.filter(|stored| stored.order.person == actor.person).ok_or(Error::NotFound)?;
    let (now, order) = (state.now(), &stored.order);
    if order.gives_key(now) {
        return Ok(secret::reveal(state, &stored)?.key);
    }
    if matches!(order.state, OrderState::Sealed { .. }) && now < order.opens_at {
        let after_seconds = (order.opens_at - now).num_seconds().max(0).unsigned_abs() + 1;
        return Err(Error::NotYet { opens_at: order.opens_at, after_seconds });
    }
    Err(Error::NotFound)
}

/// The words of a check, for whoever leads it or made its plan and still may, each time with an entry in the audit.
pub async fn words_for_leader(
    state: &Services,
    by: &Asker,
    check: SpotCheckId,
) -> Result<SpokenWords, Error> {
    by.allow(Action::UseOffice)?;
    let office = by.actor.office;
    let mut tx = state.store.write().await?;
    let orders = tx.orders_of_check(office, check).await?;
    let (leads, plans) = (by.actor.may_do(Action::LeadSpotChecks), by.actor.may_do(Action::PlanSpotChecks));
    let may = |stored: &&StoredOrder| {
        (leads && stored.leader == by.actor.person) || (plans && stored.makers.contains(&by.actor.person))
    };
    let is_sealed = |stored: &&StoredOrder| matches!(stored.order.state, OrderState::Sealed { .. });
    let stored = orders.iter().filter(is_sealed).find(may).ok_or(Error::NotFound)?;
    let words = secret::reveal(state, stored)?.words;
    let subject = Subject::new(SubjectKind::SpotCheck, check.0, stored.order.number.clone());
    tx.put_audit(&state.audit(office, &by.author(), Act::WordsShown, subject)).await?;
    tx.commit().await?;
    Ok(words)
}

fn corrupt(what: &str) -> StoreError {
    StoreError::Corrupt(what.to_owned())
}
