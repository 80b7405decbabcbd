//! When what recurs is due. Pure: when it was last put is asked of the store.

use chrono::{DateTime, Duration, NaiveTime, Utc};
use domain::time::china;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schedule {
    /// So long after it was last put.
    Every(Duration),
    /// At this full hour of the office's clock.
    Daily { hour: u32 },
}

impl Schedule {
    /// What was missed, however often, is due once. What was never put is due at once, and so is what was put by a clock that
    /// ran far ahead: else it would not be put before that time has come.
    pub fn is_due(self, last: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
        let Some(last) = last else { return true };
        let since = now.signed_duration_since(last);
        match self {
            Self::Every(span) => since >= span || since < -span,
            Self::Daily { hour } => last < latest(hour, now) || since < -Duration::days(1),
        }
    }
}

/// The last time that the office's clock showed this hour.
fn latest(hour: u32, now: DateTime<Utc>) -> DateTime<Utc> {
    let since_midnight = now.with_timezone(&china()).time().signed_duration_since(NaiveTime::MIN);
    let of_today = now - since_midnight + Duration::hours(hour.into());
    if of_today <= now { of_today } else { of_today - Duration::days(1) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    /// By the office's clock.
    fn at(day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
        china().with_ymd_and_hms(2026, 11, day, hour, minute, 0).unwrap().to_utc()
    }

    #[test]
    fn an_interval_begins_with_the_last_time() {
        let hourly = Schedule::Every(Duration::hours(1));
        assert!(hourly.is_due(None, at(24, 10, 0)), "never put");
        assert!(!hourly.is_due(Some(at(24, 10, 0)), at(24, 10, 59)));
        assert!(hourly.is_due(Some(at(24, 10, 0)), at(24, 11, 0)));
        assert!(!hourly.is_due(Some(at(24, 10, 0)), at(24, 9, 0)), "a clock that was set back");
    }

    #[test]
    fn a_clock_that_ran_far_ahead_keeps_nothing_from_being_put() {
        let hourly = Schedule::Every(Duration::hours(1));
        assert!(hourly.is_due(Some(at(24, 10, 0)), at(24, 8, 59)));
        let nightly = Schedule::Daily { hour: 3 };
        assert!(!nightly.is_due(Some(at(25, 3, 0)), at(24, 3, 0)), "clocks differ");
        assert!(nightly.is_due(Some(at(25, 3, 0)), at(24, 2, 59)));
    }

    #[test]
    fn a_day_begins_at_its_hour_of_the_offices_clock() {
        let nightly = Schedule::Daily { hour: 3 };
        assert!(nightly.is_due(None, at(24, 10, 0)), "never put");
        assert!(!nightly.is_due(Some(at(24, 3, 0)), at(24, 23, 59)));
        assert!(!nightly.is_due(Some(at(24, 3, 0)), at(25, 2, 59)), "midnight alone is not its hour");
        assert!(nightly.is_due(Some(at(24, 3, 0)), at(25, 3, 0)));
        assert!(nightly.is_due(Some(at(24, 2, 59)), at(24, 3, 0)));
        let moment = |milliseconds| at(24, 3, 0) + Duration::milliseconds(milliseconds);
        assert!(!nightly.is_due(Some(moment(200)), moment(900)), "the same night");
    }

    #[test]
    fn what_was_missed_for_days_is_due_once() {
        let nightly = Schedule::Daily { hour: 3 };
        let back = at(28, 12, 0);
        assert!(nightly.is_due(Some(at(24, 3, 0)), back));
        assert!(!nightly.is_due(Some(back), at(28, 12, 1)), "it was put");
        assert!(!nightly.is_due(Some(back), at(29, 2, 59)));
        assert!(nightly.is_due(Some(back), at(29, 3, 0)), "at its hour again");
    }
}
