//! When a task is done: by the work itself.

use super::{HazardNeed, Task, TaskAbout, TaskDoneBy, TaskEvent, TaskRecord};
use crate::{
    hazard::{Hazard, HazardEventKind},
    id::{EventId, FormId, PersonId, SiteId},
    time::happened,
    visit::Visit,
};
use chrono::{DateTime, Utc};

impl HazardNeed {
    /// What there is to do about the hazard as it stands.
    pub fn of(hazard: &Hazard) -> Self {
        if hazard.status.kind().waits_to_be_accepted() { Self::Recheck } else { Self::Chase }
    }

    /// Whether an event of this kind is what was needed. Whatever ends the hazard leaves nothing to be done.
    pub fn is_met_by(self, kind: HazardEventKind) -> bool {
        use HazardEventKind as Kind;
        match kind {
            Kind::Accepted | Kind::Referred | Kind::Merged => true,
            Kind::AcceptedOnce | Kind::Returned => self == Self::Recheck,
            Kind::Rectified | Kind::RectifiedByParty => self == Self::Chase,
            Kind::Found
            | Kind::FoundRectified
            | Kind::FoundClosed
            | Kind::Assigned
            | Kind::ExtensionAsked
            | Kind::ExtensionAskedByParty
            | Kind::PartyWrote
            | Kind::ExtensionGranted
            | Kind::ExtensionRefused
            | Kind::Listed
            | Kind::Suspended
            | Kind::SuspensionLifted
            | Kind::Reopened
            | Kind::PlaceChanged
            | Kind::Rejected => false,
        }
    }
}

impl Task {
    /// Whether a visit of this person here, in which something was checked by the whole of these forms, is what was wanted: since
    /// the person has the task, and with the forms that it names. A closed door is to be tried again.
    pub fn is_met_by(
        &self,
        site: SiteId,
        inspector: PersonId,
        submitted_at: DateTime<Utc>,
        filled: &[FormId],
    ) -> bool {
        let TaskAbout::Visit { site: wanted, forms, .. } = &self.about else { return false };
        self.is_open()
            && *wanted == site
            && self.person == inspector
            && submitted_at >= self.held_since()
            && forms.iter().all(|form| filled.contains(form))
    }

    /// What is to be remembered where this visit does it.
    pub fn done_by_visit(
        &self,
        visit: &Visit,
        inspector_name: &str,
        received_at: DateTime<Utc>,
    ) -> Option<TaskRecord> {
        let submitted_at = happened(visit.submitted_at, Some(received_at));
        // A recheck that asked a part of a form says nothing of the rest.
        let whole = visit.forms.iter().filter(|filled| filled.only.is_empty());
        let whole: Vec<FormId> = whole.map(|filled| filled.form.clone()).collect();
        let is_met =
            visit.outcome.is_done() && self.is_met_by(visit.site, visit.inspector, submitted_at, &whole);
        is_met.then(|| TaskRecord {
            id: EventId(visit.id.0),
            at: visit.submitted_at,
            received_at: Some(received_at),
            by: Some(visit.inspector),
            name: inspector_name.to_owned(),
            event: TaskEvent::Done { by: TaskDoneBy::Visit(visit.id) },
        })
    }

    /// The same of a hazard: whoever did what was needed, the office learnt of it after it had given the task.
    pub fn done_by_hazard(&self, hazard: &Hazard) -> Option<TaskRecord> {
        let TaskAbout::Hazard { hazard: wanted, need, .. } = &self.about else { return None };
        if !self.is_open() || *wanted != hazard.id {
            return None;
        }
        let learnt =
            |at: DateTime<Utc>, received: Option<DateTime<Utc>>| received.map_or(at, |it| it.max(at));
        let met = hazard.events.iter().rev().find(|record| {
            need.is_met_by(record.event.kind()) && learnt(record.when(), record.received_at) >= self.given_at
        })?;
        Some(TaskRecord {
            id: met.id,
            at: met.at,
            received_at: met.received_at,
            by: met.by,
            name: met.name.clone(),
            event: TaskEvent::Done { by: TaskDoneBy::Hazard(met.id) },
        })
    }
}
