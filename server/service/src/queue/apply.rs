//! Applies one operation by the rules of `domain` within the unit of work. Nothing here waits or writes: the unit of work
//! takes in what the operation changes, and the next operation sees it. What its author may not do any more is kept for the
//! administrator ([`quarantine`](crate::sync::quarantine)); what is refused and not kept leaves no trace, so that a mended server can
//! still take it.

use super::{
    batch::{Batch, Incoming},
    unit_of_work::UnitOfWork,
};
use crate::{
    hazard_commands::{self, Answer, Asked, Records, Refused},
    storage::{NewOperation, OrderOpening, Recorded, StoredOrder, StoredVisit},
};
use domain::{
    attachment::AttachmentFacts,
    device::queue::site_of,
    diagnostics::Diagnostics,
    hazard::{Hazard, HazardCommand, Issued, RejectedBecause, ValidationError},
    id::{DeviceId, OperationId, PersonId, SealedOrderId, SiteId},
    integrity::RecordRef,
    limits::OverLimit,
    photo::PhotoHash,
    quarantine::QuarantinedOperation,
    quota::{Usage, seconds_to_tomorrow},
    receipt::Receipt,
    role::{Action, Actor, ResourceScope, Role},
    settings::series::Series,
    spot_check::{KeyProof, SpotCheck, SpotCheckState, at_site},
    sync::{Operation, Outcome, Payload, Postponed, Reason, Refusal},
    text::Lang,
    time::happened,
    visit::{InvalidVisit, SiteSnapshot, Visit},
};
use i18n::trade;
use std::{borrow::Cow, slice, sync::Arc};

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
            | Payload::OrderOpened { .. }
            | Payload::NoticesSeen { .. }
            | Payload::Task { .. }
            | Payload::NewSite(_)
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

    /// What was asked at the kinds that the phone knew has to be answered, and those have to be kinds that the site has or had:
    /// where the desk changed them meanwhile, honest work is taken. What leaves kinds out to be asked less cannot be told from
    /// what a restored backup has forgotten: a person looks. Attributes change more often and hide less: the visit is taken, and
    /// the office is told where it does not remember them.
    fn visit(&mut self, actor: &Actor, visit: Visit) -> Result<Effect, Reason> {
        let visit = self.at_its_site(visit);
        let site = self.sites.get(&visit.site).ok_or(Reason::UnknownSite)?;
        let here = self.at_site(actor, &Visit::seen_at(site), visit.order);
        let actor = &*here;
        let mut forms = vec![];
        for form in &visit.forms {
            let prepared = self.forms.get(&(form.form.clone(), form.version));
            forms.push(Arc::clone(prepared.ok_or(Reason::UnknownForm)?));
        }
        let place = Visit::seen_at(site);
        // Whoever had the right then, for which the administrator answers, has the rest of it still.
        let had_right = self.roles_had.contains(&visit.id) && actor.may(Action::Inspect, &place);
        if visit.inspector != actor.person || !(actor.may_visit(visit.nature, &place) || had_right) {
            return Err(Reason::NotAllowed);
        }
        if self.known_visits.contains(&visit.id) {
            return Err(Reason::IdReused);
        }
        visit.check(&forms).map_err(|error| invalid(&error))?;
        let had = self.kinds_had.get(&visit.site).map(Vec::as_slice).unwrap_or_default();
        if !visit.site_seen.was_ever(site, had) {
            return Err(Reason::KindsNeverHad);
        }
        let left = self.left_by(&visit, site, &forms);
        let had = self.attributes_had.get(&visit.site).map(Vec::as_slice).unwrap_or_default();
        let attributes_never_had =
            visit.outcome.is_done() && !visit.site_seen.attributes_were_ever(site, had);
        let around = self.place_names.get(&visit.site).cloned().unwrap_or_default();
        let unfounded_last = self.unfounded_last(&visit);
        let administrative = visit.administrative.as_deref();
        let inspection = administrative
            .map(|administrative| self.inspections.receive(actor, &visit, administrative, site, self.now))
            .transpose()
            .map_err(|error| invalid(&error))?;
        let site = SiteSnapshot {
            attributes_never_had,
            unfounded_last,
            inspection,
            ..SiteSnapshot::of(site, around)
        };
        self.numbers.visit += 1;
        self.known_visits.insert(visit.id);
        self.added.last_answers.extend(left);
        self.name(visit.photos(), actor, RecordRef::Visit(visit.id));
        self.carry_out_checks(&visit);
        self.added.visits.push(StoredVisit {
            number: self.series.number(Series::Visit, self.year, self.numbers.visit),
            received_at: self.now,
            inspector_name: actor.name.clone(),
            site,
            visit,
        });
        Ok(Effect::Done)
    }

    /// The check that this person opened before its hour, by the leader's words, if it is at this site. The office has the proof, so
    /// that nobody finds out by guessing where a check is.
    fn opened_early(
        &self,
        person: PersonId,
        order: Option<SealedOrderId>,
        site: SiteId,
    ) -> Option<&SpotCheck> {
        let stored = self.orders.get(&order?)?;
        let is_opened = stored.order.person == person && stored.opened.is_some();
        self.checks.iter().find(|check| is_opened && check.id == stored.check && check.site == site)
    }

    /// Whoever asks, as they stand there by the checks whose hour has come, and by the one that they have opened before.
    fn at_site<'a>(
        &self,
        actor: &'a Actor,
        place: &ResourceScope,
        order: Option<SealedOrderId>,
    ) -> Cow<'a, Actor> {
        match self.opened_early(actor.person, order, place.site) {
            Some(check) => at_site(actor, place, slice::from_ref(check), self.now.max(check.opens_at)),
            None => at_site(actor, place, &self.checks, self.now),
        }
    }

    /// Spot checks that the visit carries out. Also where nobody opened the door: somebody of the team was there.
    fn carry_out_checks(&mut self, visit: &Visit) {
        let began = happened(visit.started_at, Some(self.now));
        let early = self.opened_early(visit.inspector, visit.order, visit.site).map(|check| check.id);
        for check in &mut self.checks {
            let counts = if early == Some(check.id) { began.max(check.opens_at) } else { began };
            if check.is_done_by(visit.inspector, visit.site, counts) {
                check.state = SpotCheckState::Done { visit: visit.id, at: began };
                self.added.checks.insert(check.id);
            }
        }
    }

    /// A phone may have been away for long: what does not fit any more is kept, and what is to prove it may be on its way.
    fn hazard(&mut self, asked: &Asked<'_>) -> Result<Effect, Reason> {
        let site = asked.site.and_then(|id| self.sites.get(&id));
        // What is found in a visit is found where the visit's order led.
        let order = match asked.command {
            HazardCommand::Report(found) => {
                found.visit.and_then(|visit| Records::visit(&*self, visit)).and_then(|visit| visit.order)
            }
            HazardCommand::Assign(_)
            | HazardCommand::AskExtension(_)
            | HazardCommand::GrantExtension(_)
            | HazardCommand::RefuseExtension(_)
            | HazardCommand::Rectify(_)
            | HazardCommand::Accept(_)
            | HazardCommand::Return(_)
            | HazardCommand::Reopen(_)
            | HazardCommand::List(_)
            | HazardCommand::Suspend(_)
            | HazardCommand::LiftSuspension(_)
            | HazardCommand::Refer(_)
            | HazardCommand::Merge(_) => None,
        };
        let here = site.map(|site| self.at_site(asked.issued.by, &site.resource_scope(), order));
        let by = here.as_deref().unwrap_or(asked.issued.by);
        let Asked { hazard, site, command, issued: Issued { id, at, received_at, .. } } = *asked;
        let asked = &Asked { hazard, site, command, issued: Issued { id, at, received_at, by } };
        let known = self.hazards.get(&asked.hazard);
        match hazard_commands::evaluate(&*self, asked) {
            Ok(Answer::Happened(hazard)) => {
                let number = match known {
                    Some(_) => hazard.number.clone(),
                    None => {
                        self.numbers.hazard += 1;
                        Some(self.series.number(Series::Hazard, self.year, self.numbers.hazard))
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

    fn put_hazard(&mut self, hazard: Hazard) {
        self.added.hazards.insert(hazard.id);
        self.hazards.insert(hazard.id, hazard);
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

fn invalid(error: &InvalidVisit) -> Reason {
    Reason::InvalidVisit { detail: error.to_string() }
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
