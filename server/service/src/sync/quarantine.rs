//! The administrator's decision on quarantined operations.

use crate::{
    error::Error,
    queue::{Batch, Checklists, Effect, Incoming, UnitOfWork},
    services::Services,
    storage::StoreError,
};
use domain::{
    audit::{Act, Author, Subject, SubjectKind},
    hazard::ValidationError,
    id::OperationId,
    role::{Actor, Scope},
    sync::Reason,
    text::Lang,
};

/// Carries it out as its maker made it, wherever in the office that is; or leaves it. Either is said once. What the maker's
/// role never allowed is not made allowed by this.
pub async fn decide(
    state: &Services,
    administrator: &Actor,
    author: &Author,
    id: OperationId,
    take: bool,
) -> Result<(), Error> {
    let (now, office) = (state.now(), administrator.office);
    let key = state.signer.key(now).await?;
    let people = state.store.people(office).await?;
    let mut tx = state.store.write().await?;
    let waiting = tx.quarantine(office, id).await?.ok_or(Error::NotFound)?;
    if take {
        let maker = people.iter().find(|person| person.id == waiting.person).ok_or(Error::NotFound)?;
        let actor = Actor { scope: Scope::Office, ..maker.actor(office, None) };
        let raw =
            serde_json::from_str(&waiting.raw).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        let incoming = Incoming::of(raw);
        let operation = incoming.read.clone().map_err(|reason| Error::NotCarriedOut(Box::new(reason)))?;
        let batch = Batch {
            actor,
            lang: Lang::default(),
            device: waiting.device,
            operations: vec![incoming],
            vouched: true,
            brought_by: None,
        };
        // As of when it came: that is what its receipt says.
        let arrived = waiting.received_at;
        let mut unit_of_work =
            UnitOfWork::open(&mut *tx, &Checklists::default(), key, office, &[&batch], arrived).await?;
        let done = unit_of_work.carry_out(&batch.actor, batch.device, &operation);
        let refused = |reason| Error::NotCarriedOut(Box::new(reason));
        match done.map_err(refused)? {
            Effect::Wait(_) => {
                return Err(refused(Reason::Incomplete { missing: ValidationError::AfterPhoto }));
            }
            Effect::Done | Effect::Kept(_) | Effect::Quarantined(_) => {}
        }
        unit_of_work.close(&mut *tx).await?;
    }
    tx.decide_quarantine(office, id, &administrator.name, now, take).await?;
    let act = if take { Act::QuarantineAccepted } else { Act::QuarantineRejected };
    let maker = people.iter().find(|person| person.id == waiting.person).map(|person| person.name.as_str());
    let subject = Subject::new(SubjectKind::Operation, id.0, maker.unwrap_or_default());
    tx.put_audit(&state.audit(office, author, act, subject)).await?;
    tx.commit().await?;
    Ok(())
}
