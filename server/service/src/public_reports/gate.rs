//! How many strangers are served at a time, and how many from one network. Counted by each server for itself; nothing of it is
//! kept.

use super::near::Around;
use chrono::{DateTime, Utc};
use domain::id::OfficeId;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::{Instant, timeout},
};

/// Reports that are taken in at the same time: the rest of the server is for inspectors.
const AT_ONCE: usize = 2;

/// Reports that wait for their turn.
const WAITING: usize = 32;

/// How long one waits for a turn.
const PATIENCE: Duration = Duration::from_secs(5);

/// Seconds in which tries are counted together.
const WINDOW: i64 = 15 * 60;

/// Networks that are remembered; when there are more, those whose quarter of an hour is over are forgotten.
const MOST_KEYS: usize = 8_192;

#[derive(Debug, Clone)]
pub struct Gate(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    turns: Semaphore,
    queue: Semaphore,
    tries: Mutex<HashMap<String, Tries>>,
    around: Mutex<HashMap<OfficeId, (Instant, Arc<Around>)>>,
}

#[derive(Debug, Clone, Copy)]
struct Tries {
    began: i64,
    count: u32,
}

/// One is served, or waits.
#[derive(Debug)]
pub struct Pass<'a> {
    _turn: SemaphorePermit<'a>,
    _place: SemaphorePermit<'a>,
}

impl Default for Gate {
    fn default() -> Self {
        Self(Arc::new(Shared {
            turns: Semaphore::new(AT_ONCE),
            queue: Semaphore::new(AT_ONCE + WAITING),
            tries: Mutex::default(),
            around: Mutex::default(),
        }))
    }
}

impl Gate {
    /// None where so many wait already, or it takes too long.
    pub async fn turn(&self) -> Option<Pass<'_>> {
        let place = self.0.queue.try_acquire().ok()?;
        let turn = timeout(PATIENCE, self.0.turns.acquire()).await.ok()?.ok()?;
        Some(Pass { _turn: turn, _place: place })
    }

    /// Counts a try under this key, and gives how many there were within the quarter of an hour.
    pub fn count(&self, key: &str, now: DateTime<Utc>) -> u32 {
        let second = now.timestamp();
        // A clock that was set back begins anew, too.
        let is_over = |began: i64| !(0..WINDOW).contains(&(second - began));
        let mut all = self.0.tries.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST_KEYS {
            all.retain(|_, tries| !is_over(tries.began));
        }
        if all.len() >= MOST_KEYS && !all.contains_key(key) {
            // More networks than anybody has: nobody new before some are forgotten.
            return u32::MAX;
        }
        let tries = all.entry(key.to_owned()).or_insert(Tries { began: second, count: 0 });
        if is_over(tries.began) {
            *tries = Tries { began: second, count: 0 };
        }
        tries.count = tries.count.saturating_add(1);
        tries.count
    }

    /// Seconds after which the count begins anew, at the most.
    pub const fn window_seconds() -> u64 {
        WINDOW.unsigned_abs()
    }

    pub(super) fn known(&self, office: OfficeId, age: Duration) -> Option<Arc<Around>> {
        let around = self.0.around.lock().unwrap_or_else(PoisonError::into_inner);
        let (read, known) = around.get(&office)?;
        (read.elapsed() < age).then(|| Arc::clone(known))
    }

    pub(super) fn keep(&self, office: OfficeId, around: Arc<Around>) {
        let mut all = self.0.around.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(office, (Instant::now(), around));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Duration as Span, TimeZone};

    #[test]
    fn a_network_is_counted_for_a_quarter_of_an_hour_and_no_other_with_it() {
        let (gate, now) = (Gate::default(), Utc.with_ymd_and_hms(2026, 11, 24, 2, 0, 0).unwrap());
        assert_eq!([gate.count("a", now), gate.count("a", now), gate.count("b", now)], [1, 2, 1]);
        assert_eq!(gate.count("a", now + Span::seconds(WINDOW - 1)), 3);
        assert_eq!(gate.count("a", now + Span::seconds(WINDOW)), 1);
    }

    #[tokio::test]
    async fn more_than_may_wait_are_sent_away_at_once() {
        let gate = Gate::default();
        let served: Vec<_> = [gate.turn().await, gate.turn().await].into_iter().flatten().collect();
        assert_eq!(served.len(), AT_ONCE);
        let waiting: Vec<_> = (0..WAITING).filter_map(|_| gate.0.queue.try_acquire().ok()).collect();
        assert_eq!(waiting.len(), WAITING);
        assert!(gate.turn().await.is_none());
        drop((served, waiting));
        assert!(gate.turn().await.is_some());
    }
}
