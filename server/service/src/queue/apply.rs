//! Applies one operation by the rules of `domain` within the unit of work. Nothing here waits or writes: the unit of work
//! takes in what the operation changes, and the next operation sees it. What its author may not do any more is kept for the
//! administrator ([`quarantine`](crate::sync::quarantine)); what is refused and not kept leaves no trace, so that a mended server can
//! still take it.

use super::{
    batch::{Batch, Incoming},
    unit_of_work::UnitOfWork,
};
use crate::{
    hazard_commands::{self, Answer, Asked, Refused},
    storage::{NewOperation, Recorded, StoredVisit},
};
use domain::{
    attachment::AttachmentFacts,
    diagnostics::Diagnostics,
    hazard::{Hazard, Issued, RejectedBecause, ValidationError},
    id::{DeviceId, OperationId},
    integrity::RecordRef,
    limits::OverLimit,
    photo::PhotoHash,
    quarantine::QuarantinedOperation,
    quota::{Usage, seconds_to_tomorrow},
    receipt::{Receipt, hazard_number, receipt_number, visit_number},
    role::{Action, Actor},
    sync::{Operation, Outcome, Payload, Postponed, Reason, Refusal},
    text::Lang,
    visit::{InvalidVisit, SiteSnapshot, Visit},
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
        outcome
    }

    fn take(
        &mut self,
        batch: &Batch,
        incoming: &Incoming,
        id: OperationId,
        operation: &Operation,
    ) -> Outcome {
        if let Payload::Hazard { hazard, .. } = &operation.payload
            && let Some(later) = self.put_off.get(&(batch.actor.person, *hazard))
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
            number: receipt_number(self.year, self.numbers.receipt),
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

    /// What it adds to the sender's day.
    fn cost(&self, actor: &Actor, payload: &Payload, bytes: usize) -> Usage {
        let one = Usage { operations: 1, bytes: bytes as u64, ..Usage::default() };
        match payload {
            Payload::Photo(facts) if !self.announced.contains(&(facts.hash.clone(), actor.person)) => {
                Usage { photos: 1, photo_bytes: facts.bytes, ..one }
            }
            Payload::Paper(facts) if !self.papers.contains(&(facts.hash.clone(), actor.person)) => {
                Usage { photos: 1, photo_bytes: facts.bytes, ..one }
            }
            Payload::Photo(_)
            | Payload::Paper(_)
            | Payload::SubmitVisit(_)
            | Payload::Hazard { .. }
            | Payload::Diagnostics(_) => one,
        }
    }

    /// The sender's day with this added; none where it is full.
    fn spent(&self, actor: &Actor, cost: Usage) -> Option<Usage> {
        let today = self.usage.get(&actor.person).copied().unwrap_or_default();
        today.with(cost, &actor.role.allowance())
    }

    fn tomorrow(&self) -> Outcome {
        Outcome::RetryAfter { after_seconds: seconds_to_tomorrow(self.now), because: Postponed::Quota }
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
                self.hazard(&Asked { hazard, site, command: &command, issued })
            }
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

    /// What was asked at the kinds that the phone knew has to be answered, and those have to be kinds that the site has or had:
    /// where the desk changed them meanwhile, honest work is taken. What leaves kinds out to be asked less cannot be told from
    /// what a restored backup has forgotten: a person looks.
    fn visit(&mut self, actor: &Actor, visit: Visit) -> Result<Effect, Reason> {
        let site = self.sites.get(&visit.site).ok_or(Reason::UnknownSite)?;
        let mut lists = vec![];
        for form in &visit.forms {
            let list = self.checklists.get(&(form.checklist.clone(), form.version));
            lists.push(&**list.ok_or(Reason::UnknownChecklist)?);
        }
        if visit.inspector != actor.person || !actor.may(Action::Inspect, &Visit::seen_at(site)) {
            return Err(Reason::NotAllowed);
        }
        if self.known_visits.contains(&visit.id) {
            return Err(Reason::IdReused);
        }
        visit.check(&lists).map_err(|error| invalid(&error))?;
        let had = self.kinds_had.get(&visit.site).map(Vec::as_slice).unwrap_or_default();
        if !visit.site_seen.was_ever(site, had) {
            return Err(Reason::KindsNeverHad);
        }
        let around = self.place_names.get(&visit.site).cloned().unwrap_or_default();
        let site = SiteSnapshot::of(site, around);
        self.numbers.visit += 1;
        self.known_visits.insert(visit.id);
        self.name(visit.photos(), actor, RecordRef::Visit(visit.id));
        self.visits.insert(visit.id, visit.clone());
        self.added.visits.push(StoredVisit {
            number: visit_number(self.year, self.numbers.visit),
            received_at: self.now,
            inspector_name: actor.name.clone(),
            site,
            visit,
        });
        Ok(Effect::Done)
    }

    /// A phone may have been away for long: what does not fit any more is kept, and what is to prove it may be on its way.
    fn hazard(&mut self, asked: &Asked<'_>) -> Result<Effect, Reason> {
        let known = self.hazards.get(&asked.hazard);
        match hazard_commands::evaluate(&*self, asked) {
            Ok(Answer::Happened(hazard)) => {
                let number = match known {
                    Some(_) => hazard.number.clone(),
                    None => {
                        self.numbers.hazard += 1;
                        Some(hazard_number(self.year, self.numbers.hazard))
                    }
                };
                let by = RecordRef::Hazard(asked.hazard);
                self.name(asked.command.photos(), asked.issued.by, by);
                self.put_hazard(Hazard { number, ..hazard });
                Ok(Effect::Done)
            }
            Ok(Answer::Before(because)) => Ok(because.map_or(Effect::Done, Effect::Kept)),
            Err(Refused::Rejected(because)) => {
                let (Some(hazard), by) = (known, asked.issued.by) else { return Err(Reason::UnknownHazard) };
                if hazard.rejections_of(by.person) >= by.role.allowance().rejections {
                    return Err(Reason::Rejected { because });
                }
                // What was rejected shows nothing.
                let hazard = hazard.clone().reject(asked.command, &asked.issued, because.clone());
                self.put_hazard(hazard);
                Ok(Effect::Kept(because))
            }
            Err(Refused::Unproven) => Ok(Effect::Wait(Postponed::PhotoFacts)),
            Err(Refused::Invalid(missing)) => Err(Reason::Incomplete { missing }),
            Err(Refused::NotAllowed) => Err(Reason::NotAllowed),
            Err(Refused::UnknownHazard) => Err(Reason::UnknownHazard),
            Err(Refused::UnknownSite) => Err(Reason::UnknownSite),
            Err(Refused::IdReused) => Err(Reason::IdReused),
            Err(Refused::Unfounded(claim)) => Err(Reason::Unfounded { claim }),
            Err(Refused::Malformed(error)) => Err(Reason::Malformed { detail: error.to_string() }),
        }
    }

    fn put_hazard(&mut self, hazard: Hazard) {
        self.added.hazards.insert(hazard.id);
        self.hazards.insert(hazard.id, hazard);
    }

    fn name<'a>(&mut self, photos: impl IntoIterator<Item = &'a PhotoHash>, actor: &Actor, by: RecordRef) {
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

fn invalid(error: &InvalidVisit) -> Reason {
    Reason::InvalidVisit { detail: error.to_string() }
}

fn over_limit(over: OverLimit) -> Reason {
    Reason::Incomplete { missing: ValidationError::OverLimit(over) }
}

/// Whether it may be a right that was lost. What somebody sends in another person's name never was one, and what the role
/// may not do anywhere is not for the administrator to allow.
fn was_ones_own(actor: &Actor, operation: &Operation) -> bool {
    match &operation.payload {
        Payload::SubmitVisit(visit) => visit.inspector == actor.person && actor.role.may(Action::Inspect),
        Payload::Photo(facts) => facts.by == actor.person,
        Payload::Paper(facts) => facts.by == actor.person,
        Payload::Hazard { command, .. } => actor.role.may(command.kind().row().permission),
        Payload::Diagnostics(_) => true,
    }
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
