//! How wrong words are slowed on the phone.

use crate::tries::WrongTries;
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

/// Tries before one has to wait, and again after each wait: a bad line, a word misheard.
const TRIES: u32 = 5;
const FIRST_WAIT: Duration = Duration::minutes(5);
const LONGEST_WAIT: Duration = Duration::hours(12);

/// Wrong tries at one order, kept on the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Attempts(WrongTries);

impl Attempts {
    /// One more was wrong.
    #[must_use]
    pub fn wrong(self, now: DateTime<Utc>) -> Self {
        Self(self.0.wrong(now))
    }

    /// One was turned away before its time.
    #[must_use]
    pub fn turned_away(self, now: DateTime<Utc>) -> Self {
        Self(self.0.turned_away(now))
    }

    /// When the last wrong one was; none: there was none.
    pub fn last(self) -> Option<DateTime<Utc>> {
        self.0.last()
    }

    /// How many are heard before a wait.
    pub fn left(self, now: DateTime<Utc>) -> u32 {
        if self.wait_until(now).is_some() { 0 } else { TRIES - self.0.count() % TRIES }
    }

    /// When the next one is heard; none: at once. Each wait is twice as long as the one before. Setting the clock back does not
    /// shorten it; setting it ahead does, and gains five tries of a million million.
    pub fn wait_until(self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let wrong = self.0.count();
        if wrong == 0 || !wrong.is_multiple_of(TRIES) {
            return None;
        }
        let waits = wrong / TRIES - 1;
        let wait = (FIRST_WAIT * (1 << waits.min(8))).min(LONGEST_WAIT);
        self.0.over_at(wait, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + Duration::days(20_000)
    }

    fn after(wrong: u32) -> Attempts {
        (0..wrong).fold(Attempts::default(), |attempts, _| attempts.wrong(now()))
    }

    #[test]
    fn five_are_heard_and_then_waits_grow() {
        for (wrong, left, minutes) in
            [(0, 5, 0), (1, 4, 0), (4, 1, 0), (5, 0, 5), (6, 4, 0), (10, 0, 10), (15, 0, 20), (500, 0, 720)]
        {
            let attempts = after(wrong);
            let until = (minutes > 0).then(|| now() + Duration::minutes(minutes));
            assert_eq!((attempts.left(now()), attempts.wait_until(now())), (left, until), "after {wrong}");
        }
        let over = now() + Duration::minutes(5);
        assert_eq!((after(5).left(over), after(5).wait_until(over)), (5, None));
    }

    #[test]
    fn a_clock_set_back_does_not_shorten_the_wait() {
        let before = now() - Duration::days(1);
        assert_eq!(after(5).wait_until(before), Some(before + Duration::minutes(5)));
        let attempts = after(5).turned_away(before);
        assert_eq!(
            attempts.turned_away(before + Duration::minutes(1)),
            attempts,
            "trying does not prolong it"
        );
        assert_eq!(attempts.wait_until(before + Duration::minutes(5)), None, "and it ends");
    }
}
