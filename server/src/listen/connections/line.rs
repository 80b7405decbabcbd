//! One connection, as far as the choice of who goes needs to know it.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

/// A connection on which no request became whole for so long was closed for its silence.
const SILENT: Duration = Duration::from_secs(29);

/// An answer of which nothing was sent for so long counts as unread.
pub(super) const UNREAD: Duration = Duration::from_mins(1);

/// How easily a connection can be spared; the first go first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SparePriority {
    /// No complete request yet, or a body of an unknown sender that is still coming.
    Unfinished,
    /// Between two requests.
    Idle,
    /// A signed-in person is sending a body.
    Sending,
    /// The answer is not being read.
    Unread,
}

#[derive(Debug)]
pub struct Line {
    since: Instant,
    asked: AtomicBool,
    known: AtomicBool,
    /// Requests whose answer is not out yet, and when each last went on.
    under_way: Mutex<UnderWay>,
    /// Requests whose body is not in yet.
    reading: AtomicU32,
}

#[derive(Debug, Default)]
struct UnderWay {
    next: u64,
    went_on: BTreeMap<u64, Instant>,
}

impl Default for Line {
    fn default() -> Self {
        Self {
            since: Instant::now(),
            asked: AtomicBool::new(false),
            known: AtomicBool::new(false),
            under_way: Mutex::default(),
            reading: AtomicU32::new(0),
        }
    }
}

impl Line {
    /// A request has come, as far as its head goes.
    pub fn asks(self: &Arc<Self>) -> Asking {
        self.asked.store(true, Ordering::Relaxed);
        let id = self.under_way(|under_way| {
            let id = under_way.next;
            under_way.next += 1;
            under_way.went_on.insert(id, Instant::now());
            id
        });
        Asking { line: Arc::clone(self), id }
    }

    fn under_way<T>(&self, of: impl FnOnce(&mut UnderWay) -> T) -> T {
        of(&mut self.under_way.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Its body comes.
    pub fn reads(self: &Arc<Self>) -> Reading {
        self.reading.fetch_add(1, Ordering::Relaxed);
        Reading(Arc::clone(self))
    }

    /// Whoever is at the other end has a session.
    pub fn knows_its_person(&self) {
        self.known.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_known(&self) -> bool {
        self.known.load(Ordering::Relaxed)
    }

    /// None where it must stay. What counts is the answer that has stood still longest: new requests beside it are no sign
    /// that anybody reads it.
    pub(super) fn priority(&self, now: Instant) -> Option<SparePriority> {
        let known = self.is_known();
        let oldest = self.under_way(|under_way| under_way.went_on.values().min().copied());
        let active = oldest.is_some();
        let reading = self.reading.load(Ordering::Relaxed) > 0;
        match (active, reading) {
            (_, true) if !known => Some(SparePriority::Unfinished),
            (_, true) => Some(SparePriority::Sending),
            (false, false) if !self.asked.load(Ordering::Relaxed) => Some(SparePriority::Unfinished),
            (false, false) => Some(SparePriority::Idle),
            (true, false) => {
                let still = oldest.map_or(Duration::ZERO, |oldest| now.saturating_duration_since(oldest));
                (still > UNREAD).then_some(SparePriority::Unread)
            }
        }
    }

    pub(super) fn never_asked_in_time(&self) -> bool {
        !self.asked.load(Ordering::Relaxed) && self.since.elapsed() > SILENT
    }
}

/// A request under way, its answer included.
#[derive(Debug)]
pub struct Asking {
    line: Arc<Line>,
    id: u64,
}

impl Asking {
    /// Another piece of its answer is taken.
    pub(super) fn goes_on(&self, now: Instant) {
        self.line.under_way(|under_way| {
            under_way.went_on.insert(self.id, now);
        });
    }
}

impl Drop for Asking {
    fn drop(&mut self) {
        self.line.under_way(|under_way| {
            under_way.went_on.remove(&self.id);
        });
    }
}

/// A body under way.
#[derive(Debug)]
pub struct Reading(Arc<Line>);

impl Drop for Reading {
    fn drop(&mut self) {
        self.0.reading.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_nobody_reads_is_one_however_much_is_asked_beside_it() {
        let line = Arc::new(Line::default());
        let (unread, fresh) = (line.asks(), line.asks());
        assert_eq!(line.priority(Instant::now()), None);
        let later = Instant::now() + UNREAD + Duration::from_secs(1);
        fresh.goes_on(later);
        assert_eq!(line.priority(later), Some(SparePriority::Unread));
        unread.goes_on(later);
        assert_eq!(line.priority(later), None, "read after all");
        drop((unread, fresh));
        assert_eq!(line.priority(later), Some(SparePriority::Idle));
    }
}
