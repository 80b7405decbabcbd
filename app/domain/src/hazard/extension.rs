//! 延期: how long one is, and whose it is to grant. An office may leave long ones to its leader
//! ([`Permissions::extension_limit`](crate::permission::Permissions::extension_limit())).

use super::{EventRecord, Hazard, HazardEvent, RejectedBecause};
use crate::role::{Action, Actor};
use chrono::NaiveDate;

impl Hazard {
    /// Days by which it would exceed the deadline that was set in the first plan, or when it was sent back. What was granted or planned
    /// anew since counts in, so that several short extensions are one long one. None: no deadline was set.
    pub fn days_beyond_deadline(&self, until: NaiveDate) -> Option<i64> {
        let set = self.events.iter().fold(None, deadline_set)?;
        Some(until.signed_duration_since(set).num_days())
    }

    fn is_long_extension(&self, until: NaiveDate, limit: u16) -> bool {
        self.days_beyond_deadline(until).is_some_and(|days| days > i64::from(limit))
    }

    /// A long one is granted by those alone to whom the office leaves it; nor does anybody else plan it anew until then.
    pub(super) fn may_extend(&self, until: NaiveDate, by: &Actor) -> Result<(), RejectedBecause> {
        match by.extension_limit.filter(|limit| self.is_long_extension(until, *limit)) {
            Some(days) if !by.may_do(Action::GrantLongExtensions) => {
                Err(RejectedBecause::LongExtensionReserved { days })
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Whether the extension that was asked for waits for them: a long one for those to whom the office leaves it, any other for those
    /// who give work.
    pub(super) fn extension_waits_for(&self, actor: &Actor) -> bool {
        self.extension.as_ref().is_some_and(|asked| {
            let is_long =
                actor.extension_limit.is_some_and(|limit| self.is_long_extension(asked.until, limit));
            actor.may_do(if is_long { Action::GrantLongExtensions } else { Action::Assign })
        })
    }
}

/// The deadline that is extended, after this.
fn deadline_set(before: Option<NaiveDate>, record: &EventRecord) -> Option<NaiveDate> {
    match &record.event {
        HazardEvent::Assigned(plan) => before.or_else(|| record.day(plan.deadline)),
        HazardEvent::Returned(back) => record.day(back.deadline),
        // It begins anew.
        HazardEvent::Reopened(_) => None,
        HazardEvent::Found(_)
        | HazardEvent::FoundRectified(_)
        | HazardEvent::FoundClosed(_)
        | HazardEvent::ExtensionAsked(_)
        | HazardEvent::ExtensionAskedByParty(_)
        | HazardEvent::ExtensionGranted(_)
        | HazardEvent::ExtensionRefused(_)
        | HazardEvent::Rectified(_)
        | HazardEvent::RectifiedByParty(_)
        | HazardEvent::PartyWrote(_)
        | HazardEvent::AcceptedOnce(_)
        | HazardEvent::Accepted(_)
        | HazardEvent::Listed(_)
        | HazardEvent::Suspended(_)
        | HazardEvent::SuspensionLifted(_)
        | HazardEvent::Referred(_)
        | HazardEvent::Merged(_)
        | HazardEvent::PlaceChanged(_)
        | HazardEvent::Rejected(_) => before,
    }
}
