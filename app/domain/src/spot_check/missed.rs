//! 没有开展: what became of the checks of a plan, by the day. Nothing of it is stored, so that nothing can be forgotten.

use super::{SpotCheck, SpotCheckState};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// How many checks of a plan stand how; together they are all of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckProgress {
    pub done: u32,
    /// Sent, and their last day is not over.
    pub under_way: u32,
    /// Sent, and nobody was there by the end of their last day.
    pub missed: u32,
    pub withdrawn: u32,
}

impl CheckProgress {
    pub fn of<'a>(checks: impl IntoIterator<Item = &'a SpotCheck>, now: DateTime<Utc>) -> Self {
        let mut progress = Self::default();
        for check in checks {
            match check.state {
                SpotCheckState::Done { .. } => progress.done += 1,
                SpotCheckState::Withdrawn { .. } => progress.withdrawn += 1,
                SpotCheckState::Sent if check.is_missed(now) => progress.missed += 1,
                SpotCheckState::Sent => progress.under_way += 1,
            }
        }
        progress
    }

    /// Nothing more is to come.
    pub fn is_over(&self) -> bool {
        self.under_way == 0
    }
}

/// The checks that nobody carried out, the longest over first.
pub fn missed<'a>(checks: impl IntoIterator<Item = &'a SpotCheck>, now: DateTime<Utc>) -> Vec<&'a SpotCheck> {
    let mut missed: Vec<_> = checks.into_iter().filter(|check| check.is_missed(now)).collect();
    missed.sort_by_key(|check| (check.until, check.opens_at, check.id));
    missed
}
