//! # Limits on login attempts
//!
//! Tries stand in the store, so that several servers count together; each is counted before it is checked, so that many at
//! once are no way round, and taken back when it was right.
//!
//! A stranger has few tries at an account from one address, so that nobody elsewhere is kept out by them; more at an
//! account from everywhere; and more from an address, behind which a whole office may sit. A device that has signed in to
//! the account before is counted by itself and by nothing else: no stranger's tries keep it out.

use crate::storage::{Store, StoreError, Transaction};
use chrono::{DateTime, Duration, Utc};
use std::net::{IpAddr, Ipv6Addr};

const WINDOW: Duration = Duration::minutes(15);
const OF_ACCOUNT_HERE: usize = 8;
const OF_ACCOUNT: usize = 40;
const OF_ADDRESS: usize = 60;
const OF_KNOWN_DEVICE: usize = 20;
const OF_SET_UP: usize = 10;
const OF_CODE_HERE: usize = 5;
const OF_CODE: usize = 20;
const OF_CODES_FROM_ADDRESS: usize = 30;

/// Clocks of several servers differ by less; what lies further ahead was noted by a clock that has been put right.
const AHEAD: Duration = Duration::minutes(1);

/// The part of an IPv6 address that a household or an office has; the rest anybody there may choose.
const NETWORK: u128 = !0 << 64;

/// The keys that a login attempt is counted under: account, address or known device.
#[derive(Debug)]
pub struct LoginThrottle {
    /// As they stand in the store, each with how many are allowed. The first is forgotten when a try was right.
    keys: Vec<(String, usize)>,
}

/// Whether a further attempt is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThrottleDecision {
    Allowed,
    /// The last one for now.
    Last,
    Wait(Duration),
}

impl LoginThrottle {
    /// `device`: the name of a device that has signed in to this account before.
    pub fn new(username: &str, address: Option<IpAddr>, device: Option<&str>) -> Self {
        let account = username.to_lowercase();
        if let Some(device) = device {
            return Self { keys: vec![(format!("device {device} {account}"), OF_KNOWN_DEVICE)] };
        }
        let network = network(address);
        Self {
            keys: vec![
                (format!("account {account} {network}"), OF_ACCOUNT_HERE),
                (format!("account {account}"), OF_ACCOUNT),
                (format!("address {network}"), OF_ADDRESS),
            ],
        }
    }

    /// Counts attempts of a signed-in person who is asked for the password or a code again.
    pub fn of_session(mark: &str) -> Self {
        Self { keys: vec![(format!("session {mark}"), OF_ACCOUNT_HERE)] }
    }

    /// Somebody who says the console's code, of which there are so many that nobody guesses it: no stranger's tries keep
    /// the operator out.
    pub fn of_set_up(address: Option<IpAddr>) -> Self {
        Self { keys: vec![(format!("set-up {}", network(address)), OF_SET_UP)] }
    }

    /// Somebody who types a short code and six digits. `code`: what the store finds the code by; none where what was typed is no
    /// code at all. The same for codes that nobody gave out: how many tries are left tells nobody whether there is one.
    pub fn of_code(code: Option<&str>, address: Option<IpAddr>) -> Self {
        let network = network(address);
        let from_here = (format!("codes {network}"), OF_CODES_FROM_ADDRESS);
        let of_code = code.map(|code| {
            [(format!("code {code} {network}"), OF_CODE_HERE), (format!("code {code}"), OF_CODE)]
        });
        Self { keys: of_code.into_iter().flatten().chain([from_here]).collect() }
    }

    /// What somebody sends by a code: as many as nobody needs at once.
    pub fn of_answers(code: &str) -> Self {
        Self { keys: vec![(format!("answers {code}"), OF_ACCOUNT_HERE)] }
    }

    /// Counts a try, unless there is none left.
    pub async fn begin(&self, store: &dyn Store, now: DateTime<Utc>) -> Result<ThrottleDecision, StoreError> {
        let since = now - WINDOW;
        let mut tx = store.write().await?;
        let (mut longest, mut last) = (None, false);
        for (key, most) in &self.keys {
            let tries = tx.login_attempts(key, since).await?;
            longest = longest.max(wait(&tries, *most, now));
            last |= counting(&tries, now).count() + 1 == *most;
        }
        if let Some(wait) = longest {
            return Ok(ThrottleDecision::Wait(wait));
        }
        let keys: Vec<_> = self.keys.iter().map(|(key, _)| key.as_str()).collect();
        tx.put_login_attempt(&keys, now, since).await?;
        tx.commit().await?;
        Ok(if last { ThrottleDecision::Last } else { ThrottleDecision::Allowed })
    }

    /// Forgets the attempts after a right password: all of this person's own, and this one of those counted with others.
    pub async fn right(&self, tx: &mut dyn Transaction, now: DateTime<Utc>) -> Result<(), StoreError> {
        for (position, (key, _)) in self.keys.iter().enumerate() {
            let since = if position == 0 { DateTime::UNIX_EPOCH } else { now };
            tx.forget_login_attempts(key, since).await?;
        }
        Ok(())
    }
}

/// As which an address counts.
fn network(address: Option<IpAddr>) -> String {
    let network = match address {
        Some(IpAddr::V6(address)) => Some(IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & NETWORK))),
        other => other,
    };
    network.map(|address| address.to_string()).unwrap_or_default()
}

/// Whether nothing of this kind was told of this account and network within the window: what strangers do again and again
/// is written down once, for it stays for ever.
pub async fn is_news(
    tx: &mut dyn Transaction,
    what: &str,
    username: &str,
    address: Option<IpAddr>,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let key = format!("told {what} {} {}", username.to_lowercase(), network(address));
    let since = now - WINDOW;
    let told = tx.login_attempts(&key, since).await?;
    if counting(&told, now).next().is_some() {
        return Ok(false);
    }
    tx.put_login_attempt(&[key.as_str()], now, since).await?;
    Ok(true)
}

/// Attempts within the window. One dated ahead of the clock does not count.
fn counting(tries: &[DateTime<Utc>], now: DateTime<Utc>) -> impl Iterator<Item = &DateTime<Utc>> {
    tries.iter().filter(move |time| now - **time < WINDOW && **time - now <= AHEAD)
}

/// Until the oldest of the last `most` leaves the window; never longer than the window.
fn wait(tries: &[DateTime<Utc>], most: usize, now: DateTime<Utc>) -> Option<Duration> {
    let recent: Vec<_> = counting(tries, now).collect();
    let oldest_counting = recent.len().checked_sub(most).and_then(|position| recent.get(position))?;
    Some((**oldest_counting + WINDOW - now).min(WINDOW))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn the_ninth_guess_waits_and_the_wait_ends() {
        let start = Utc.with_ymd_and_hms(2026, 11, 24, 1, 0, 0).unwrap();
        let tries = |count| vec![start; count];
        assert_eq!(wait(&tries(OF_ACCOUNT_HERE - 1), OF_ACCOUNT_HERE, start), None);
        assert_eq!(wait(&tries(OF_ACCOUNT_HERE), OF_ACCOUNT_HERE, start), Some(WINDOW));
        assert_eq!(
            wait(&tries(OF_ACCOUNT_HERE), OF_ADDRESS, start),
            None,
            "others behind the same address go on"
        );
        assert_eq!(wait(&tries(OF_ACCOUNT_HERE), OF_ACCOUNT_HERE, start + WINDOW), None);
    }

    #[test]
    fn a_clock_that_was_a_day_ahead_locks_nobody_out() {
        let start = Utc.with_ymd_and_hms(2026, 11, 24, 1, 0, 0).unwrap();
        let tries = vec![start + Duration::days(1); OF_ACCOUNT];
        assert_eq!(wait(&tries, OF_ACCOUNT_HERE, start), None);
        let other_servers_clock = vec![start + Duration::seconds(30); OF_ACCOUNT_HERE];
        assert_eq!(wait(&other_servers_clock, OF_ACCOUNT_HERE, start), Some(WINDOW));
    }

    #[test]
    fn an_ipv6_network_is_one_address() {
        let keys = |address: &str| LoginThrottle::new("a", Some(address.parse().unwrap()), None).keys;
        assert_eq!(keys("2001:db8:1:2::1"), keys("2001:db8:1:2:ffff::9"));
        assert_ne!(keys("2001:db8:1:2::1"), keys("2001:db8:1:3::1"));
        let codes = |address: &str| LoginThrottle::of_code(Some("ab"), Some(address.parse().unwrap())).keys;
        assert_eq!(codes("2001:db8:1:2::1"), codes("2001:db8:1:2:ffff::9"));
        assert_eq!(codes("192.0.2.1")[1..2], codes("192.0.2.2")[1..2], "a code has its own, from everywhere");
        let set_up = |address: &str| LoginThrottle::of_set_up(Some(address.parse().unwrap())).keys;
        assert_ne!(set_up("2001:db8:1:2::1"), set_up("2001:db8:1:3::1"));
    }
}
