//! What events make of a hazard. Nothing is decided here and nothing fails: whatever the log says has happened.
//!
//! A change of what an event means raises [`PROJECTION_VERSION`]; stored states are then folded anew.

use super::{EventRecord, Extension, Hazard, HazardEvent, HazardStatus};
use crate::id::HazardId;

/// Of the way in which events become a hazard. Raised when the fold of old events gives something else than it gave.
pub const PROJECTION_VERSION: u16 = 1;

/// The log cannot be the log of a hazard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a hazard's events begin with somebody finding it")]
pub struct MissingCreationEvent;

impl Hazard {
    /// The hazard as its events make it.
    pub fn fold(
        id: HazardId,
        events: impl IntoIterator<Item = EventRecord>,
    ) -> Result<Self, MissingCreationEvent> {
        let mut events = events.into_iter();
        let first = events.next().ok_or(MissingCreationEvent)?;
        Ok(events.fold(Self::begun(id, first)?, Self::evolve))
    }

    fn begun(id: HazardId, first: EventRecord) -> Result<Self, MissingCreationEvent> {
        let (Some(by), Some(opening)) = (first.by, first.event.opening()) else {
            return Err(MissingCreationEvent);
        };
        let status = match &first.event {
            HazardEvent::FoundRectified(_) => HazardStatus::Rectified { by: Some(by) },
            HazardEvent::FoundClosed(_) => HazardStatus::Closed { by, at: first.when() },
            HazardEvent::Found(_)
            | HazardEvent::Assigned(_)
            | HazardEvent::ExtensionAsked(_)
            | HazardEvent::ExtensionAskedByParty(_)
            | HazardEvent::ExtensionGranted(_)
            | HazardEvent::ExtensionRefused(_)
            | HazardEvent::Rectified(_)
            | HazardEvent::RectifiedByParty(_)
            | HazardEvent::PartyWrote(_)
            | HazardEvent::AcceptedOnce(_)
            | HazardEvent::Accepted(_)
            | HazardEvent::Returned(_)
            | HazardEvent::Listed(_)
            | HazardEvent::Suspended(_)
            | HazardEvent::SuspensionLifted(_)
            | HazardEvent::Referred(_)
            | HazardEvent::Merged(_)
            | HazardEvent::Reopened(_)
            | HazardEvent::PlaceChanged(_)
            | HazardEvent::Rejected(_) => HazardStatus::Found,
        };
        let found = opening.found.clone();
        Ok(Self {
            id,
            number: None,
            place: opening.place,
            party: opening.party.clone(),
            status,
            due: found.due.and_then(|due| first.day(due)),
            after: found.fixed.as_ref().map(|fixed| fixed.photos.clone()).unwrap_or_default(),
            found_at: first.when(),
            found_by: by,
            found,
            plan: None,
            extension: None,
            listed: false,
            suspended: false,
            events: vec![first],
        })
    }

    /// The hazard after what happened.
    #[must_use]
    pub fn evolve(mut self, record: EventRecord) -> Self {
        let by = record.by.unwrap_or(self.found_by);
        match &record.event {
            // It is found once, and what was rejected changes nothing.
            HazardEvent::Found(_)
            | HazardEvent::FoundRectified(_)
            | HazardEvent::FoundClosed(_)
            | HazardEvent::Rejected(_) => {}
            HazardEvent::Assigned(plan) => {
                self.status = HazardStatus::Assigned;
                self.due = record.day(plan.deadline);
                self.plan = Some(plan.clone());
                if plan.department.is_some() {
                    self.place.department = plan.department;
                }
            }
            HazardEvent::ExtensionAsked(request) => {
                let until = record.day(request.until).unwrap_or(request.until);
                self.extension = Some(Extension { until, reason: request.reason.clone(), by: Some(by) });
            }
            HazardEvent::ExtensionAskedByParty(request) => {
                let until = record.day(request.until).unwrap_or(request.until);
                self.extension = Some(Extension { until, reason: request.reason.clone(), by: None });
            }
            HazardEvent::ExtensionGranted(grant) => {
                self.due = record.day(grant.until);
                self.extension = None;
            }
            HazardEvent::ExtensionRefused(_) => self.extension = None,
            HazardEvent::Rectified(evidence) => {
                self.status = HazardStatus::Rectified { by: Some(by) };
                self.after = evidence.photos.clone();
                self.extension = None;
            }
            HazardEvent::RectifiedByParty(evidence) => {
                self.status = HazardStatus::Rectified { by: None };
                self.after = evidence.photos.clone();
                self.extension = None;
            }
            // Another photo of what it has reported is looked at with the first.
            HazardEvent::PartyWrote(evidence) => {
                if self.status == (HazardStatus::Rectified { by: None }) {
                    self.after.extend(evidence.photos.iter().cloned());
                }
            }
            HazardEvent::AcceptedOnce(_) => {
                let rectified_by = self.status.rectified_by();
                self.status = HazardStatus::AcceptedOnce { rectified_by, by };
            }
            HazardEvent::Accepted(_) => {
                self.status = HazardStatus::Closed { by, at: record.when() };
                self.suspended = false;
            }
            HazardEvent::Returned(back) => {
                self.status = HazardStatus::Assigned;
                self.due = record.day(back.deadline);
            }
            HazardEvent::Listed(_) => self.listed = true,
            HazardEvent::Suspended(_) => self.suspended = true,
            HazardEvent::SuspensionLifted(_) => self.suspended = false,
            HazardEvent::Referred(referral) => {
                self.status = HazardStatus::Referred { authority: referral.authority.clone() };
                self.extension = None;
            }
            HazardEvent::Merged(merger) => {
                self.status = HazardStatus::Merged { into: merger.into };
                self.extension = None;
            }
            HazardEvent::Reopened(reopening) => {
                self.status = HazardStatus::Found;
                self.due = reopening.due.and_then(|due| record.day(due));
                self.after.clear();
            }
            HazardEvent::PlaceChanged(change) => self.place = change.place,
        }
        self.events.push(record);
        self
    }
}
