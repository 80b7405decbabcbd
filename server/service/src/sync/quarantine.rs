//! Quarantined operations, and the administrator's decision on them.

use crate::{
    asker::Asker,
    error::Error,
    queue::{Batch, Effect, Incoming, UnitOfWork},
    services::Services,
    storage::StoreError,
};
use domain::{
    audit::{Act, Subject, SubjectKind},
    hazard::ValidationError,
    id::{OfficeId, OperationId},
    permission::{Permissions, RESERVABLE},
    person::{Person, Standing},
    quarantine::{QuarantineFilter, QuarantineList, QuarantinedOperation},
    role::{Action, Actor, Scope},
    sync::Reason,
    text::Lang,
};

/// Work that arrived and that its sender may not do any more; waiting first.
pub async fn list(state: &Services, by: &Asker, filter: &QuarantineFilter) -> Result<QuarantineList, Error> {
    by.allow(Action::ManagePeople)?;
    let page = state.store.quarantine(by.actor.office, filter).await?;
    let rows = page.rows.into_iter().map(QuarantinedOperation::abridged).collect();
    Ok(QuarantineList { rows, ..page })
}

/// Carries it out as its maker made it, wherever in the office that is; or leaves it. Either is said once. What the maker's
/// role never allowed is not made allowed by this, nor what the office leaves to its leader; an inspection that was made by a role since
/// lost is taken and marked.
pub async fn decide(state: &Services, by: &Asker, id: OperationId, take: bool) -> Result<(), Error> {
    by.allow(Action::ManagePeople)?;
    let (now, office) = (state.now(), by.actor.office);
    let key = state.signer.key(now).await?;
    let people = state.store.people(office).await?;
    let mut tx = state.store.write().await?;
    let waiting = tx.quarantine(office, id).await?.ok_or(Error::NotFound)?;
    if take {
        let maker = people.iter().find(|person| person.id == waiting.person).ok_or(Error::NotFound)?;
        let actor = as_made(maker, office, &tx.office_settings(office).await?.permissions);
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
            UnitOfWork::open(&mut *tx, &state.write_queue.forms, key, office, &[&batch], arrived).await?;
        unit_of_work.believe_kinds(&operation);
        unit_of_work.believe_role(&operation);
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
    tx.decide_quarantine(office, id, &by.actor.name, now, take).await?;
    let act = if take { Act::QuarantineAccepted } else { Act::QuarantineRejected };
    let maker = people.iter().find(|person| person.id == waiting.person).map(|person| person.name.as_str());
    let subject = Subject::new(SubjectKind::Operation, id.0, maker.unwrap_or_default());
    tx.put_audit(&state.audit(office, &by.author(), act, subject)).await?;
    tx.commit().await?;
    Ok(())
}

/// Its maker, wherever in the office it is. What was taken away from their role since is overlooked, and what is reserved is not: whoever
/// takes work in decides nothing that they could not decide themselves.
fn as_made(maker: &Person, office: OfficeId, permissions: &Permissions) -> Actor {
    let own = maker.actor(office, Some(&Standing { permissions: Some(permissions), ..Standing::default() }));
    let withheld = RESERVABLE.into_iter().filter(|action| own.withheld.contains(*action)).collect();
    Actor { scope: Scope::Office, withheld, ..own }
}
