//! Wrong tries on a phone, slowed by its clock, which anybody can set.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

/// How many were wrong, and when the last one was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct WrongTries {
    #[serde(default)]
    wrong: u32,
    #[serde(default)]
    last: Option<DateTime<Utc>>,
}

impl WrongTries {
    pub fn count(self) -> u32 {
        self.wrong
    }

    /// When the last one was; none: there was none.
    pub fn last(self) -> Option<DateTime<Utc>> {
        self.last
    }

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

    /// When so long a wait after the last one is over; none: it is. Setting the clock back does not shorten it.
    pub fn over_at(self, wait: Duration, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let until = self.last?.min(now) + wait;
        (until > now).then_some(until)
    }
}
