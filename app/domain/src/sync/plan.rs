//! What the engine does next, as a function of what waits.
//!
//! The planner sees sizes, tries and times, never contents, and returns one [`Step`]; the shell carries it out, records
//! what came of it and asks again. Records go before photos and in the order they were made (a deed presupposes the one
//! before it); photos of what waits longest go small before large. Whatever failed waits by itself and holds up nothing
//! else.

use super::LARGEST_BATCH;
use crate::{id::OperationId, photo::PhotoHash};
use chrono::{DateTime, Duration, Utc};

/// Bytes of records in one request: about half a minute on a bad 2G line.
const BATCH_BYTES: u64 = 96 * 1024;

/// How often an idle device asks for news.
const PULL_EVERY: Duration = Duration::minutes(5);

/// The longest wait between two tries.
const LONGEST_WAIT: Duration = Duration::minutes(10);

/// An operation that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingOperation {
    pub id: OperationId,
    pub bytes: u64,
    pub not_before: Option<DateTime<Utc>>,
}

/// A photo whose bytes wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingPhoto {
    pub hash: PhotoHash,
    pub bytes: u64,
    /// Its facts have a receipt; the server takes no bytes that it has not been told of.
    pub announced: bool,
    pub not_before: Option<DateTime<Utc>>,
}

/// Everything the decision needs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Queue {
    /// Oldest first.
    pub operations: Vec<WaitingOperation>,
    /// Oldest first.
    pub photos: Vec<WaitingPhoto>,
    /// Small pictures of open hazards that are not on the device yet.
    pub thumbnails: Vec<PhotoHash>,
    pub last_pull: Option<DateTime<Utc>>,
    /// The server said that there is more to pull, or somebody asked.
    pub pull_wanted: bool,
    /// The whole line is down until then: no answer at all.
    pub quiet_until: Option<DateTime<Utc>>,
    /// The session has ended; only a person can mend that.
    pub signed_out: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Send these, in this order, and pull.
    Sync {
        operations: Vec<OperationId>,
    },
    Upload {
        photo: PhotoHash,
    },
    /// Fetch a small picture, so that lists show it offline.
    Fetch {
        photo: PhotoHash,
    },
    /// Nothing to do before then, unless something wakes the engine.
    WaitUntil(DateTime<Utc>),
    /// Nothing to do until somebody signs in.
    NeedsSignIn,
}

impl Queue {
    pub fn next(&self, now: DateTime<Utc>) -> Step {
        if self.signed_out {
            return Step::NeedsSignIn;
        }
        if let Some(until) = self.quiet_until.filter(|until| *until > now) {
            return Step::WaitUntil(until);
        }
        let ready = |not_before: Option<DateTime<Utc>>| not_before.is_none_or(|time| time <= now);
        let operations = self.batch(ready);
        let pull_due =
            self.pull_wanted || self.last_pull.is_none_or(|last| last + PULL_EVERY <= now || last > now);
        if !operations.is_empty() || pull_due {
            return Step::Sync { operations };
        }
        let photo = self.photos.iter().filter(|photo| photo.announced && ready(photo.not_before));
        match photo.min_by_key(|photo| photo.bytes) {
            Some(photo) => Step::Upload { photo: photo.hash.clone() },
            None => match self.thumbnails.first() {
                Some(photo) => Step::Fetch { photo: photo.clone() },
                None => Step::WaitUntil(self.next_time(now)),
            },
        }
    }

    fn batch(&self, ready: impl Fn(Option<DateTime<Utc>>) -> bool) -> Vec<OperationId> {
        let mut bytes = 0;
        let waiting = self.operations.iter().filter(|operation| ready(operation.not_before));
        let fitting = waiting.enumerate().take_while(|(position, operation)| {
            bytes += operation.bytes;
            *position == 0 || bytes <= BATCH_BYTES
        });
        fitting.map(|(_, operation)| operation.id).take(LARGEST_BATCH).collect()
    }

    fn next_time(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let next_pull = self.last_pull.map_or(now, |last| last + PULL_EVERY);
        let of_operations = self.operations.iter().filter_map(|operation| operation.not_before);
        let announced = self.photos.iter().filter(|photo| photo.announced);
        let of_photos = announced.filter_map(|photo| photo.not_before);
        let earliest = of_operations.chain(of_photos).filter(|time| *time > now).min();
        earliest.map_or(next_pull, |time| time.min(next_pull))
    }
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
