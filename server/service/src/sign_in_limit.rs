//! # Limits on login attempts
//!
//! Tries stand in the store, so that several servers count together; each is counted before it is checked, so that many at
//! once are no way round, and taken back when it was right.
//!
//! A stranger has few tries at an account from one address, so that nobody elsewhere is kept out by them; more at an
//! account from everywhere; and more from an address, behind which a whole office may sit. A device that has signed in to
//! the account before is counted by itself and by nothing else: no stranger's tries keep it out.
//!
//! Six digits are soon tried through by whoever has months for it and a code from a wall: of a code's tries those of a whole
//! day are counted, too.

use crate::storage::{Store, StoreError, Transaction};
use chrono::{DateTime, Duration, Utc};
use std::net::{IpAddr, Ipv6Addr};

const WINDOW: Duration = Duration::minutes(15);

/// The longest that any try counts.
const DAY: Duration = Duration::days(1);

const OF_ACCOUNT_HERE: usize = 8;
const OF_ACCOUNT: usize = 40;
const OF_ADDRESS: usize = 60;
const OF_KNOWN_DEVICE: usize = 20;
const OF_SET_UP: usize = 10;
const OF_CODE_HERE: usize = 5;
const OF_CODE: usize = 20;
/// Within [`DAY`], from everywhere: so a year's tries are one in thirty of all there are.
const OF_CODE_A_DAY: usize = 100;
const OF_CODES_FROM_ADDRESS: usize = 30;

/// Clocks of several servers differ by less; what lies further ahead was noted by a clock that has been put right.
const AHEAD: Duration = Duration::minutes(1);

/// The part of an IPv6 address that a household or an office has; the rest anybody there may choose.
const NETWORK: u128 = !0 << 64;

/// The keys that a login attempt is counted under: account, address or known device.
#[derive(Debug)]
pub struct LoginThrottle {
    /// The first is forgotten when a try was right.
    limits: Vec<Limit>,
}

/// How often something may be tried.
#[derive(Debug, PartialEq, Eq)]
struct Limit {
    /// As it stands in the store.
    key: String,
    most: usize,
    within: Duration,
}

impl Limit {
    /// Within the usual window.
    fn new(key: String, most: usize) -> Self {
        Self { key, most, within: WINDOW }
    }

    /// Attempts that count. One dated ahead of the clock does not.
    fn counting<'a>(
        &self,
        tries: &'a [DateTime<Utc>],
        now: DateTime<Utc>,
    ) -> impl Iterator<Item = &'a DateTime<Utc>> {
        let within = self.within;
        tries.iter().filter(move |time| now - **time < within && **time - now <= AHEAD)
    }

    /// Until the oldest of the last that are allowed counts no more; never longer than any does.
    fn wait(&self, tries: &[DateTime<Utc>], now: DateTime<Utc>) -> Option<Duration> {
        let recent: Vec<_> = self.counting(tries, now).collect();
        let oldest_counting =
            recent.len().checked_sub(self.most).and_then(|position| recent.get(position))?;
        Some((**oldest_counting + self.within - now).min(self.within))
    }
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
            return Self { limits: vec![Limit::new(format!("device {device} {account}"), OF_KNOWN_DEVICE)] };
        }
        let network = network(address);
        Self {
            limits: vec![
                Limit::new(format!("account {account} {network}"), OF_ACCOUNT_HERE),
                Limit::new(format!("account {account}"), OF_ACCOUNT),
                Limit::new(format!("address {network}"), OF_ADDRESS),
            ],
        }
    }

    /// Counts attempts of a signed-in person who is asked for the password or a code again.
    pub fn of_session(mark: &str) -> Self {
        Self { limits: vec![Limit::new(format!("session {mark}"), OF_ACCOUNT_HERE)] }
    }

    /// Somebody who says the console's code, of which there are so many that nobody guesses it: no stranger's tries keep
    /// the operator out.
    pub fn of_set_up(address: Option<IpAddr>) -> Self {
        Self { limits: vec![Limit::new(format!("set-up {}", network(address)), OF_SET_UP)] }
    }

    /// Somebody who types a short code and six digits. `code`: what the store finds the code by; none where what was typed is no
    /// code at all. The same for codes that nobody gave out: how many tries are left tells nobody whether there is one.
    pub fn of_code(code: Option<&str>, address: Option<IpAddr>) -> Self {
        let network = network(address);
        let from_here = Limit::new(format!("codes {network}"), OF_CODES_FROM_ADDRESS);
        let of_code = code.map(|code| {
            [
                Limit::new(format!("code {code} {network}"), OF_CODE_HERE),
                Limit::new(format!("code {code}"), OF_CODE),
                Limit { key: format!("code of the day {code}"), most: OF_CODE_A_DAY, within: DAY },
            ]
        });
        Self { limits: of_code.into_iter().flatten().chain([from_here]).collect() }
    }

    /// What somebody sends by a code: as many as nobody needs at once.
    pub fn of_answers(code: &str) -> Self {
        Self { limits: vec![Limit::new(format!("answers {code}"), OF_ACCOUNT_HERE)] }
    }

    /// Counts a try, unless there is none left.
    pub async fn begin(&self, store: &dyn Store, now: DateTime<Utc>) -> Result<ThrottleDecision, StoreError> {
        let mut tx = store.write().await?;
        let (mut longest, mut last) = (None, false);
        for limit in &self.limits {
            let tries = tx.login_attempts(&limit.key, now - limit.within).await?;
            longest = longest.max(limit.wait(&tries, now));
            last |= limit.counting(&tries, now).count() + 1 == limit.most;
        }
        if let Some(wait) = longest {
            return Ok(ThrottleDecision::Wait(wait));
        }
        let keys: Vec<_> = self.limits.iter().map(|limit| limit.key.as_str()).collect();
        tx.put_login_attempt(&keys, now, now - DAY).await?;
        tx.commit().await?;
        Ok(if last { ThrottleDecision::Last } else { ThrottleDecision::Allowed })
    }

    /// Forgets the attempts after a right password: all of this person's own, and of those counted with others the one of `now`,
    /// when it [began](Self::begin), and none that others have made since.
    pub async fn right(&self, tx: &mut dyn Transaction, now: DateTime<Utc>) -> Result<(), StoreError> {
        for (position, Limit { key, .. }) in self.limits.iter().enumerate() {
            if position == 0 {
                tx.forget_login_attempts(key).await?;
            } else {
                tx.take_back_login_attempt(key, now).await?;
            }
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
    let once = Limit::new(key, 1);
    let told = tx.login_attempts(&once.key, now - once.within).await?;
    if once.counting(&told, now).next().is_some() {
        return Ok(false);
    }
    tx.put_login_attempt(&[once.key.as_str()], now, now - DAY).await?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn the_ninth_guess_waits_and_the_wait_ends() {
        let start = Utc.with_ymd_and_hms(2026, 11, 24, 1, 0, 0).unwrap();
        let tries = |count| vec![start; count];
        let wait = |tries: &[DateTime<Utc>], most, now| Limit::new(String::new(), most).wait(tries, now);
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
        let wait = |tries: &[DateTime<Utc>], most, now| Limit::new(String::new(), most).wait(tries, now);
        assert_eq!(wait(&tries, OF_ACCOUNT_HERE, start), None);
        let other_servers_clock = vec![start + Duration::seconds(30); OF_ACCOUNT_HERE];
        assert_eq!(wait(&other_servers_clock, OF_ACCOUNT_HERE, start), Some(WINDOW));
    }

    #[test]
    fn a_code_is_not_guessed_by_whoever_has_months_for_it() {
        let start = Utc.with_ymd_and_hms(2026, 11, 24, 1, 0, 0).unwrap();
        let limits = LoginThrottle::of_code(Some("ab"), None).limits;
        let waits = |tries: &[DateTime<Utc>], now| {
            limits.iter().filter_map(move |limit| limit.wait(tries, now)).max()
        };
        // Nineteen within each quarter of an hour, from ever other networks.
        let tries: Vec<_> = (0..100).map(|n| start + WINDOW * (n / 19)).collect();
        let hours = Duration::hours(3);
        assert_eq!(waits(&tries[..99], start + hours), None);
        assert_eq!(waits(&tries, start + hours), Some(DAY - hours));
        assert_eq!(waits(&tries, start + DAY), None, "and nobody waits longer than a day");
    }

    #[test]
    fn an_ipv6_network_is_one_address() {
        let keys = |address: &str| LoginThrottle::new("a", Some(address.parse().unwrap()), None).limits;
        assert_eq!(keys("2001:db8:1:2::1"), keys("2001:db8:1:2:ffff::9"));
        assert_ne!(keys("2001:db8:1:2::1"), keys("2001:db8:1:3::1"));
        let codes = |address: &str| LoginThrottle::of_code(Some("ab"), Some(address.parse().unwrap())).limits;
        assert_eq!(codes("2001:db8:1:2::1"), codes("2001:db8:1:2:ffff::9"));
        assert_eq!(codes("192.0.2.1")[1..3], codes("192.0.2.2")[1..3], "a code has its own, from everywhere");
        let set_up = |address: &str| LoginThrottle::of_set_up(Some(address.parse().unwrap())).limits;
        assert_ne!(set_up("2001:db8:1:2::1"), set_up("2001:db8:1:3::1"));
    }
}
