//! How wrong words are slowed on the phone.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

/// Tries before one has to wait, and again after each wait: a bad line, a word misheard.
const TRIES: u32 = 5;
const FIRST_WAIT: Duration = Duration::minutes(5);
const LONGEST_WAIT: Duration = Duration::hours(12);

/// Wrong tries at one order, kept on the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Attempts {
    #[serde(default)]
    wrong: u32,
    #[serde(default)]
    last: Option<DateTime<Utc>>,
}

impl Attempts {
    /// One more was wrong.
    #[must_use]
    pub fn wrong(self, now: DateTime<Utc>) -> Self {
        Self { wrong: self.wrong.saturating_add(1), last: Some(now) }
    }

    /// One was turned away before its time. A last one that lies in the future was counted by a clock that ran ahead: the
    /// wait begins anew by this clock, once, and then ends.
    #[must_use]
    pub fn turned_away(self, now: DateTime<Utc>) -> Self {
        Self { last: self.last.map(|last| last.min(now)), ..self }
    }

    /// When the last wrong one was; none: there was none.
    pub fn last(self) -> Option<DateTime<Utc>> {
        self.last
    }

    /// How many are heard before a wait.
    pub fn left(self, now: DateTime<Utc>) -> u32 {
        if self.wait_until(now).is_some() { 0 } else { TRIES - self.wrong % TRIES }
    }

    /// When the next one is heard; none: at once. Each wait is twice as long as the one before. Setting the clock back does not
    /// shorten it; setting it ahead does, and gains five tries of a million million.
    pub fn wait_until(self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if self.wrong == 0 || !self.wrong.is_multiple_of(TRIES) {
            return None;
        }
        let waits = self.wrong / TRIES - 1;
        let wait = (FIRST_WAIT * (1 << waits.min(8))).min(LONGEST_WAIT);
        let until = self.last?.min(now) + wait;
        (until > now).then_some(until)
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
