//! How often somebody may guess: few tries an account, more an address, since a whole office may share one.

use chrono::{DateTime, Duration, Utc};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

const WINDOW: Duration = Duration::minutes(15);
const OF_ACCOUNT: usize = 8;
const OF_ADDRESS: usize = 60;

/// Keys remembered at the most; beyond that, those without a recent failure are forgotten first.
const MOST_KEYS: usize = 20_000;

/// Failed tries of late, in the memory of this server.
#[derive(Debug, Default)]
pub struct SignInLimit(Mutex<HashMap<String, Vec<DateTime<Utc>>>>);

impl SignInLimit {
    /// How long to wait before the next try, if one must.
    pub fn wait(&self, account: &str, address: &str, now: DateTime<Utc>) -> Option<Duration> {
        let failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let of = |key: String, most| failures.get(&key).and_then(|times| wait(times, most, now));
        of(account_key(account), OF_ACCOUNT).max(of(address_key(address), OF_ADDRESS))
    }

    pub fn failed(&self, account: &str, address: &str, now: DateTime<Utc>) {
        let mut failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() > MOST_KEYS {
            failures.retain(|_, times| times.last().is_some_and(|last| now - *last < WINDOW));
        }
        for key in [account_key(account), address_key(address)] {
            let times = failures.entry(key).or_default();
            times.retain(|time| now - *time < WINDOW);
            times.push(now);
        }
    }

    pub fn succeeded(&self, account: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&account_key(account));
    }
}

fn account_key(account: &str) -> String {
    format!("account {}", account.to_lowercase())
}

fn address_key(address: &str) -> String {
    format!("address {address}")
}

/// Until the oldest of the last `most` failures leaves the window.
fn wait(failures: &[DateTime<Utc>], most: usize, now: DateTime<Utc>) -> Option<Duration> {
    let recent: Vec<_> = failures.iter().filter(|time| now - **time < WINDOW).collect();
    let oldest_counting = recent.len().checked_sub(most).and_then(|position| recent.get(position))?;
    Some(**oldest_counting + WINDOW - now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn the_ninth_guess_waits_and_the_wait_ends() {
        let limit = SignInLimit::default();
        let start = Utc.with_ymd_and_hms(2026, 11, 24, 1, 0, 0).unwrap();
        for n in 0..OF_ACCOUNT {
            assert_eq!(limit.wait("李敏", "10.0.0.1", start), None, "try {n}");
            limit.failed("李敏", "10.0.0.1", start);
        }
        assert_eq!(limit.wait("李敏", "10.0.0.2", start), Some(WINDOW));
        assert_eq!(limit.wait("王磊", "10.0.0.1", start), None, "others behind the same address go on");
        assert_eq!(limit.wait("李敏", "10.0.0.1", start + WINDOW), None);
        limit.succeeded("李敏");
        assert_eq!(limit.wait("李敏", "10.0.0.1", start), None);
    }
}
