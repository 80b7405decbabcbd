//! Applies one operation by the rules of `domain` within the unit of work. Nothing here waits or writes: the unit of work
//! takes in what the operation changes, and the next operation sees it. What its author may not do any more is kept for the
//! administrator ([`quarantine`](crate::sync::quarantine)); what is refused and not kept leaves no trace, so that a mended server can
//! still take it.

use super::{
    batch::{Batch, Incoming},
    unit_of_work::UnitOfWork,
};
use crate::{
    hazard_commands::{self, Asked},
    storage::{NewOperation, OrderOpening, Recorded, StoredOrder},
};
use domain::{
    attachment::AttachmentFacts,
    device::queue::site_of,
    diagnostics::Diagnostics,
    hazard::{Issued, RejectedBecause, ValidationError},
    id::{DeviceId, OperationId, SealedOrderId},
    integrity::RecordRef,
    limits::OverLimit,
    photo::PhotoHash,
    quarantine::QuarantinedOperation,
    quota::Usage,
    receipt::Receipt,
    role::{Action, Actor, Role},
    settings::series::Series,
    spot_check::KeyProof,
    sync::{Operation, Outcome, Payload, Postponed, Reason, Refusal},
    text::Lang,
    visit::Visit,
};
use i18n::trade;

/// How long a device waits for what an operation presupposes.
const SOON_SECONDS: u32 = 30;

/// What an operation brought about, when it brought about anything.
#[derive(Debug)]
pub(crate) enum Effect {
    Done,
    /// Kept in the hazard's log, without effect.
    Kept(RejectedBecause),
    /// Kept by itself, without effect, until the administrator says.
    Quarantined(Reason),
    /// Nothing yet: what it presupposes is on its way.
    Wait(Postponed),
}

impl UnitOfWork {
    pub(crate) fn apply(&mut self, batch: &Batch, incoming: &Incoming) -> Outcome {
        let Some(id) = incoming.id else {
            return refuse(batch.lang, Reason::Malformed { detail: "no id".to_owned() }, None);
        };
        if let Some(known) = self.recorded.get(&id) {
            let same = known.hash == incoming.hash && known.person == batch.actor.person;
            return match &known.outcome {
                _ if !same => refuse(batch.lang, Reason::IdReused, None),
                Outcome::Received { receipt } => Outcome::AlreadyReceived { receipt: receipt.clone() },
                other => other.clone(),
            };
        }
        let operation = match &incoming.read {
            Ok(operation) => operation,
            Err(reason) => return refuse(batch.lang, reason.clone(), None),
        };
        let outcome = self.take(batch, incoming, id, operation);
        // What its sender did after something that was put off must not be refused for want of it.
        if let (Outcome::RetryAfter { .. }, Payload::Hazard { hazard, .. }) = (&outcome, &operation.payload) {
            self.put_off.insert((batch.actor.person, *hazard), outcome.clone());
        }
        if let (Outcome::RetryAfter { .. }, Payload::NewSite(site)) = (&outcome, &operation.payload) {
            self.put_off_sites.insert((batch.actor.person, site.id), outcome.clone());
        }
        if let (Outcome::RetryAfter { .. }, Payload::Task { task, .. }) = (&outcome, &operation.payload) {
            self.put_off_tasks.insert((batch.actor.person, *task), outcome.clone());
        }
        outcome
    }

    fn take(
        &mut self,
        batch: &Batch,
        incoming: &Incoming,
        id: OperationId,
        operation: &Operation,
    ) -> Outcome {
        let put_off = |hazard| self.put_off.get(&(batch.actor.person, hazard));
        if let Some(later) = operation.payload.hazard().and_then(put_off) {
            return later.clone();
        }
        if let Some(site) = site_of(&operation.payload)
            && let Some(later) = self.put_off_sites.get(&(batch.actor.person, site))
        {
            return later.clone();
        }
        if let Payload::Task { task, .. } = &operation.payload
            && let Some(later) = self.put_off_tasks.get(&(batch.actor.person, *task))
        {
            return later.clone();
        }
        let cost = self.cost(&batch.actor, &operation.payload, incoming.text.len());
        if !batch.vouched && self.spent(&batch.actor, cost).is_none() {
            return self.tomorrow();
        }
        let effect = match self.carry_out(&batch.actor, batch.device, operation) {
            Ok(Effect::Wait(because)) => return Outcome::RetryAfter { after_seconds: SOON_SECONDS, because },
            Ok(effect) => effect,
            Err(reason) if reason.waits_for_administrator() && was_ones_own(&batch.actor, operation) => {
                Effect::Quarantined(reason)
            }
            Err(reason) => return refuse(batch.lang, reason, None),
        };
        let quarantine = u64::from(matches!(effect, Effect::Quarantined(_)));
        match self.spent(&batch.actor, Usage { quarantine, ..cost }) {
            Some(usage) => drop(self.usage.insert(batch.actor.person, usage)),
            // What waits for the administrator has its own limit; it is the last to be checked.
            None if !batch.vouched => return self.tomorrow(),
            None => {}
        }
        self.added.senders.insert(batch.actor.person);
        self.numbers.receipt += 1;
        let receipt = self.key.sign(Receipt {
            number: self.series.number(Series::Receipt, self.year, self.numbers.receipt),
            operation: id,
            hash: incoming.hash.clone(),
            at: self.now,
            signature: None,
        });
        let outcome = match effect {
            Effect::Done | Effect::Wait(_) => Outcome::Received { receipt },
            Effect::Kept(because) => refuse(batch.lang, Reason::Rejected { because }, Some(receipt)),
            Effect::Quarantined(reason) => {
                self.added.quarantine.push(QuarantinedOperation {
                    operation: id,
                    person_name: batch.actor.name.clone(),
                    made_at: operation.at,
                    payload: operation.payload.clone(),
                    reason: reason.clone(),
                    number: receipt.number.clone(),
                    received_at: self.now,
                    decision: None,
                    brought_by: None,
                });
                refuse(batch.lang, reason, Some(receipt))
            }
        };
        let person = batch.actor.person;
        self.recorded.insert(id, Recorded { person, hash: incoming.hash.clone(), outcome: outcome.clone() });
        self.added.operations.push(NewOperation {
            id,
            office: self.office,
            person,
            device: batch.device,
            schema: operation.schema,
            at: operation.at,
            received_at: self.now,
            hash: incoming.hash.clone(),
            raw: incoming.text.clone(),
            outcome: outcome.clone(),
            brought_by: batch.brought_by,
        });
        outcome
    }

    /// Carries the operation out within the unit of work.
    pub(crate) fn carry_out(
        &mut self,
        actor: &Actor,
        device: DeviceId,
        operation: &Operation,
    ) -> Result<Effect, Reason> {
        operation.payload.check_limits().map_err(over_limit)?;
        match operation.payload.clone() {
            Payload::SubmitVisit(visit) => self.visit(actor, visit),
            Payload::Hazard { hazard, event, site, command } => {
                let issued = Issued { id: event, at: operation.at, received_at: Some(self.now), by: actor };
                let site = site.map(|id| self.meant(id));
                self.hazard(&Asked { hazard, site, command: &command, issued })
            }
            Payload::OrderOpened { order, by, at, proof } => {
                self.order_opened(actor, order, &proof, OrderOpening { at, by })
            }
            Payload::Task { task, event, command } => {
                let issued = Issued { id: event, at: operation.at, received_at: Some(self.now), by: actor };
                self.command_task(task, &command, &issued)
            }
            Payload::NoticesSeen { notices } => {
                self.added.seen.push((actor.person, notices));
                Ok(Effect::Done)
            }
            Payload::NewSite(site) => self.new_site(actor, &site, operation.at),
            Payload::Photo(facts) => self.attachment(actor, AttachmentFacts::Photo(facts)),
            Payload::Paper(facts) => self.attachment(actor, AttachmentFacts::Paper(facts)),
            Payload::Diagnostics(report) => Ok(diagnostics(device, &report)),
        }
    }

    /// The administrator answers for it that the site was of the kinds that a visit was filled in for.
    pub(crate) fn believe_kinds(&mut self, operation: &Operation) {
        if let Payload::SubmitVisit(visit) = &operation.payload {
            self.kinds_had.entry(visit.site).or_default().push(visit.site_seen.kinds.clone());
        }
    }

    /// The administrator answers for it that a visit was of a nature that its maker's role allowed when it was made.
    pub(crate) fn believe_role(&mut self, operation: &Operation) {
        if let Payload::SubmitVisit(visit) = &operation.payload
            && role_had(visit).is_some()
        {
            self.roles_had.insert(visit.id);
        }
    }

    /// The first opening counts; what is told once more changes nothing. Who has not opened it cannot prove it.
    fn order_opened(
        &mut self,
        actor: &Actor,
        order: SealedOrderId,
        proof: &KeyProof,
        opening: OrderOpening,
    ) -> Result<Effect, Reason> {
        let known = self.orders.get_mut(&order);
        let is_own =
            |stored: &&mut StoredOrder| stored.order.person == actor.person && stored.proof == *proof;
        let own = known.filter(is_own).ok_or(Reason::NotAllowed)?;
        if own.opened.is_none() {
            own.opened = Some(opening);
            self.added.openings.push((order, opening));
        }
        Ok(Effect::Done)
    }

    pub(super) fn name<'a>(
        &mut self,
        photos: impl IntoIterator<Item = &'a PhotoHash>,
        actor: &Actor,
        by: RecordRef,
    ) {
        self.added.named.extend(hazard_commands::named(photos, actor, by, &self.photo_places, self.now));
    }

    fn attachment(&mut self, actor: &Actor, facts: AttachmentFacts) -> Result<Effect, Reason> {
        let bytes = facts.bytes();
        if facts.by() != actor.person {
            return Err(Reason::NotAllowed);
        }
        if bytes > AttachmentFacts::LARGEST {
            return Err(Reason::TooLarge { bytes, most: AttachmentFacts::LARGEST });
        }
        if bytes == 0 || !facts.is_taken() {
            return Err(Reason::AttachmentRefused);
        }
        match &facts {
            AttachmentFacts::Photo(facts) => drop(self.announced.insert((facts.hash.clone(), actor.person))),
            // A paper proves nothing where a photo is asked for.
            AttachmentFacts::Paper(facts) => drop(self.papers.insert((facts.hash.clone(), actor.person))),
        }
        self.added.attachments.push(facts);
        Ok(Effect::Done)
    }
}

fn over_limit(over: OverLimit) -> Reason {
    Reason::Incomplete { missing: ValidationError::OverLimit(over) }
}

/// Whether it may be a right that was lost. What somebody sends in another person's name never was one, and what the role
/// may not do anywhere is not for the administrator to allow. What the office took away from the role since is such a right.
fn was_ones_own(actor: &Actor, operation: &Operation) -> bool {
    match &operation.payload {
        Payload::SubmitVisit(visit) => {
            let lost = !actor.role.is_contact() && role_had(visit).is_some();
            let had = actor.role.visits_as(visit.nature) || lost;
            visit.inspector == actor.person && actor.role.may(Action::Inspect) && had
        }
        // Whoever is of a site never made another.
        Payload::NewSite(_) => actor.role.may(Action::Inspect) && !actor.role.is_contact(),
        Payload::Photo(facts) => facts.by == actor.person,
        Payload::Paper(facts) => facts.by == actor.person,
        Payload::Hazard { command, .. } => actor.role.may_ever_ask(command),
        Payload::Task { .. } => actor.role.may(Action::Assign),
        Payload::NoticesSeen { .. } | Payload::Diagnostics(_) => true,
        // Whose order it is never changes.
        Payload::OrderOpened { .. } => false,
    }
}

/// The role by which an inspection says that it was made, where such a role inspects: it may have been lost since. Whether it was so
/// is for the administrator to say.
fn role_had(visit: &Visit) -> Option<Role> {
    let role = visit.administrative.as_ref()?.went_by.as_ref()?.role;
    role.visits_as(visit.nature).then_some(role)
}

/// The report stays with the operation; that there is one is said where the office's technician looks.
fn diagnostics(device: DeviceId, report: &Diagnostics) -> Effect {
    let failed = report.entries.iter().filter(|entry| entry.came != "ok").count();
    tracing::info!(%device, version = report.version, waiting = report.waiting, failed, "a phone reports on itself");
    Effect::Done
}

fn refuse(lang: Lang, reason: Reason, kept: Option<Receipt>) -> Outcome {
    let words = match &kept {
        Some(_) if reason.waits_for_administrator() => trade::waits_for_administrator(lang).to_owned(),
        _ => trade::reason(lang, &reason),
    };
    Outcome::Refused { refusal: Refusal { reason, kept, message: words } }
}
