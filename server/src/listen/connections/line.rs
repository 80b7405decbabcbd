//! One connection, as far as the choice of who goes needs to know it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

/// A connection on which no request became whole for so long was closed for its silence.
const SILENT: Duration = Duration::from_secs(29);

/// An answer that takes longer is one that nobody reads.
const UNREAD: Duration = Duration::from_secs(60);

/// How easily a connection can be spared; the first go first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// No whole request yet, or the body of somebody unknown that still comes.
    Unfinished,
    /// Between two requests.
    Idle,
    /// Somebody known sends a body.
    Sending,
    /// Nobody reads the answer.
    Unread,
}

#[derive(Debug)]
pub struct Line {
    since: Instant,
    asked: AtomicBool,
    known: AtomicBool,
    /// Requests whose answer is not out yet.
    active: AtomicU32,
    /// Requests whose body is not in yet.
    reading: AtomicU32,
    /// Seconds after `since` of the last request.
    last: AtomicU32,
}

impl Default for Line {
    fn default() -> Self {
        Self {
            since: Instant::now(),
            asked: AtomicBool::new(false),
            known: AtomicBool::new(false),
            active: AtomicU32::new(0),
            reading: AtomicU32::new(0),
            last: AtomicU32::new(0),
        }
    }
}

impl Line {
    /// A request has come, as far as its head goes.
    pub fn asks(self: &Arc<Self>) -> Asking {
        self.asked.store(true, Ordering::Relaxed);
        self.active.fetch_add(1, Ordering::Relaxed);
        let seconds = u32::try_from(self.since.elapsed().as_secs()).unwrap_or(u32::MAX);
        self.last.store(seconds, Ordering::Relaxed);
        Asking(Arc::clone(self))
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

    /// None where it must stay.
    pub(super) fn standing(&self) -> Option<Standing> {
        let known = self.known.load(Ordering::Relaxed);
        let active = self.active.load(Ordering::Relaxed) > 0;
        let reading = self.reading.load(Ordering::Relaxed) > 0;
        match (active, reading) {
            (_, true) if !known => Some(Standing::Unfinished),
            (_, true) => Some(Standing::Sending),
            (false, false) if !self.asked.load(Ordering::Relaxed) => Some(Standing::Unfinished),
            (false, false) => Some(Standing::Idle),
            (true, false) => {
                let last = Duration::from_secs(self.last.load(Ordering::Relaxed).into());
                (self.since.elapsed().saturating_sub(last) > UNREAD).then_some(Standing::Unread)
            }
        }
    }

    pub(super) fn never_asked_in_time(&self) -> bool {
        !self.asked.load(Ordering::Relaxed) && self.since.elapsed() > SILENT
    }
}

/// A request under way, its answer included.
#[derive(Debug)]
pub struct Asking(Arc<Line>);

impl Drop for Asking {
    fn drop(&mut self) {
        self.0.active.fetch_sub(1, Ordering::Relaxed);
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
