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

/// Keys that are remembered of one kind of tries. When there are more, the older half is forgotten: whoever comes from thousands of
/// networks keeps nobody else out by it.
const MOST_KEYS: usize = 8_192;

/// Under which keys somebody has tried, and how often.
type Counted = HashMap<String, Tries>;

#[derive(Debug, Clone)]
pub struct Gate(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    turns: Semaphore,
    queue: Semaphore,
    /// Of each kind by itself: no kind takes the room of another.
    tries: Mutex<HashMap<&'static str, Counted>>,
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

    /// Counts a try of this kind under this key, and gives how many there were within the quarter of an hour.
    pub fn count(&self, kind: &'static str, key: &str, now: DateTime<Utc>) -> u32 {
        let second = now.timestamp();
        // A clock that was set back begins anew, too.
        let is_over = |began: i64| !(0..WINDOW).contains(&(second - began));
        let mut all = self.0.tries.lock().unwrap_or_else(PoisonError::into_inner);
        let counted = all.entry(kind).or_default();
        if counted.len() >= MOST_KEYS && !counted.contains_key(key) {
            counted.retain(|_, tries| !is_over(tries.began));
            make_room(counted);
        }
        let tries = counted.entry(key.to_owned()).or_insert(Tries { began: second, count: 0 });
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

/// Forgets the older half of what is full.
fn make_room(counted: &mut Counted) {
    if counted.len() < MOST_KEYS {
        return;
    }
    let mut began: Vec<i64> = counted.values().map(|tries| tries.began).collect();
    began.sort_unstable();
    let Some(middle) = began.get(MOST_KEYS / 2).copied() else { return };
    counted.retain(|_, tries| tries.began > middle);
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Duration as Span, TimeZone};

    #[test]
    fn a_network_is_counted_for_a_quarter_of_an_hour_and_no_other_with_it() {
        let (gate, now) = (Gate::default(), Utc.with_ymd_and_hms(2026, 11, 24, 2, 0, 0).unwrap());
        let count = |key, after| gate.count("sends", key, now + Span::seconds(after));
        assert_eq!([count("a", 0), count("a", 0), count("b", 0)], [1, 2, 1]);
        assert_eq!(gate.count("near", "a", now), 1, "what is of another kind is counted by itself");
        assert_eq!(count("a", WINDOW - 1), 3);
        assert_eq!(count("a", WINDOW), 1);
    }

    #[test]
    fn whoever_comes_from_thousands_of_networks_keeps_nobody_else_out() {
        let (gate, now) = (Gate::default(), Utc.with_ymd_and_hms(2026, 11, 24, 2, 0, 0).unwrap());
        for n in 0..MOST_KEYS {
            gate.count("number", &n.to_string(), now);
        }
        assert_eq!(gate.count("words", "a holder", now), 1, "of another kind");
        let later = now + Span::seconds(9);
        assert_eq!(gate.count("number", "a neighbour", later), 1, "and of the same");
        assert_eq!(gate.count("number", "a neighbour", later), 2);
        for n in 0..3 * MOST_KEYS {
            gate.count("number", &format!("more {n}"), later + Span::seconds(n as i64 / 100));
        }
        let all = gate.0.tries.lock().unwrap();
        assert!(all["number"].len() <= MOST_KEYS, "{}", all["number"].len());
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
