//! The state of the connection to the server: kept by the engine in memory only.

use super::failure::Failure;
use chrono::{DateTime, Duration, Utc};

/// The longest wait between two tries.
pub const LONGEST_WAIT: Duration = Duration::minutes(10);

/// A time further ahead than this was written by a clock that ran ahead then.
const FURTHEST: Duration = Duration::hours(2);

/// Failures in a row after which operations go one at a time, so that the one that breaks the line is found.
const ALONE_AFTER: u32 = 3;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ConnectionState {
    /// In a row.
    pub failures: u32,
    /// No answer at all until then.
    pub quiet_until: Option<DateTime<Utc>>,
    pub pull_wanted: bool,
    /// Pulls in a row that the server could not answer, while the line is well.
    pub pull_failures: u32,
    /// No pull until then.
    pub pull_not_before: Option<DateTime<Utc>>,
    pub signed_out: bool,
}

impl ConnectionState {
    /// Something new waits, the network came back, or a person asked.
    pub fn wake(&mut self) {
        self.failures = 0;
        self.quiet_until = None;
        self.pull_wanted = true;
        self.pull_failures = 0;
        self.pull_not_before = None;
    }

    /// What changed has come.
    pub fn pulled(&mut self, more: bool) {
        self.pull_wanted = more;
        self.pull_failures = 0;
        self.pull_not_before = None;
    }

    /// The server answers and could not read what changed: operations and photos go on meanwhile. `jitter` in `0..=1`.
    pub fn pull_missed(&mut self, now: DateTime<Utc>, jitter: f64) {
        self.pull_wanted = true;
        self.pull_failures = self.pull_failures.saturating_add(1);
        self.pull_not_before = Some(now + back_off(self.pull_failures, jitter));
    }

    pub fn reached(&mut self) {
        self.failures = 0;
        self.quiet_until = None;
        self.signed_out = false;
    }

    /// `jitter` in `0..=1`.
    pub fn missed(&mut self, failure: Failure, now: DateTime<Utc>, jitter: f64) {
        if failure == Failure::SignIn {
            self.signed_out = true;
            return;
        }
        self.failures = self.failures.saturating_add(1);
        let asked = match failure {
            Failure::RetryAfter { after_seconds: Some(seconds) } => {
                Duration::seconds(seconds.min(3600).into())
            }
            Failure::RetryAfter { after_seconds: None }
            | Failure::NoAnswer
            | Failure::SignIn
            | Failure::Refused { .. }
            | Failure::Conflict
            | Failure::Gone
            | Failure::Server { .. }
            | Failure::Unwritable => Duration::zero(),
        };
        self.quiet_until = Some(now + back_off(self.failures, jitter).max(asked));
    }

    /// Operations go one at a time.
    pub fn is_shaky(&self) -> bool {
        self.failures >= ALONE_AFTER
    }
}

/// Whether a time to wait for has come. Clocks jump: one that lies too far ahead counts as come.
pub fn has_come(time: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    time.is_none_or(|time| time <= now || time > now + FURTHEST)
}

/// How long to wait after this many failures in a row: doubling from two seconds, capped, spread by `jitter` in `0..=1`
/// over the upper half, so that a street of phones does not come back in the same second.
pub fn back_off(failures: u32, jitter: f64) -> Duration {
    let doubled = Duration::seconds(2 << failures.saturating_sub(1).min(10));
    let full = doubled.min(LONGEST_WAIT).num_milliseconds();
    // Half is certain, half is chance.
    let spread = (full as f64 / 2.0 * jitter.clamp(0.0, 1.0)) as i64;
    Duration::milliseconds(full / 2 + spread)
}
