//! 延期: how long one is, and whose it is to grant. An office may leave long ones to its leader
//! ([`Permissions::extension_limit`](crate::permission::Permissions::extension_limit())).

use super::{EventRecord, Hazard, HazardEvent, Issued, RejectedBecause};
use crate::{
    role::{Action, Actor},
    time::office_day,
};
use chrono::NaiveDate;

impl Hazard {
    /// Days by which it would exceed the deadline that was set in the first plan, or the day on which it was sent back where that came
    /// later. What was granted or planned anew since counts in, so that several short extensions are one long one. None: no deadline
    /// was set.
    pub fn days_beyond_deadline(&self, until: NaiveDate) -> Option<i64> {
        Some(until.signed_duration_since(self.extended_from()?).num_days())
    }

    /// From which day on extensions are counted.
    fn extended_from(&self) -> Option<NaiveDate> {
        self.events.iter().fold(None, extended_from)
    }

    fn is_long_extension(&self, until: NaiveDate, limit: u16) -> bool {
        self.days_beyond_deadline(until).is_some_and(|days| days > i64::from(limit))
    }

    /// A long one is granted by those alone to whom the office leaves it; nor does anybody else plan it anew until then.
    pub(super) fn may_extend(&self, until: NaiveDate, issued: &Issued<'_>) -> Result<(), RejectedBecause> {
        self.extended_from().map_or(Ok(()), |from| may_put_off(from, until, issued))
    }

    /// Whoever sends it back gives it another deadline, which is no way round either. What comes late is counted from today: else
    /// nobody but the leader could send it back.
    pub(super) fn may_send_back(&self, until: NaiveDate, issued: &Issued<'_>) -> Result<(), RejectedBecause> {
        let today = office_day(issued.when());
        self.extended_from().map_or(Ok(()), |from| may_put_off(from.max(today), until, issued))
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

/// `until` is the day that the log will have, and not the one that a wrong clock says. What is no day at all would be no deadline.
fn may_put_off(from: NaiveDate, until: NaiveDate, issued: &Issued<'_>) -> Result<(), RejectedBecause> {
    let is_long =
        |limit: &u16| issued.day(until).is_none_or(|until| (until - from).num_days() > i64::from(*limit));
    match issued.by.extension_limit.filter(is_long) {
        Some(days) if !issued.by.may_do(Action::GrantLongExtensions) => {
            Err(RejectedBecause::LongExtensionReserved { days })
        }
        Some(_) | None => Ok(()),
    }
}

/// The deadline that is extended, after this.
fn extended_from(before: Option<NaiveDate>, record: &EventRecord) -> Option<NaiveDate> {
    match &record.event {
        HazardEvent::Assigned(plan) => before.or_else(|| record.day(plan.deadline)),
        HazardEvent::Returned(back) => match before {
            Some(before) => Some(before.max(office_day(record.when()))),
            // What was put right on the spot had no plan.
            None => record.day(back.deadline),
        },
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
