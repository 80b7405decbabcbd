//! How often somebody may guess: few tries an account, more an address, since a whole office may share one. Tries stand
//! in the store, so that several servers count together; each is counted before it is judged, so that many at once are no
//! way round, and taken back when it was right.

use crate::storage::{Store, StoreError};
use chrono::{DateTime, Duration, Utc};
use std::net::{IpAddr, Ipv6Addr};

const WINDOW: Duration = Duration::minutes(15);
const OF_ACCOUNT: usize = 8;
const OF_ADDRESS: usize = 60;

/// The part of an IPv6 address that a household or an office has; the rest anybody there may choose.
const NETWORK: u128 = !0 << 64;

/// Who tries.
#[derive(Debug)]
pub struct Trier {
    /// As they stand in the store.
    pub account: String,
    pub address: String,
}

impl Trier {
    pub fn new(username: &str, address: Option<IpAddr>) -> Self {
        let network = match address {
            Some(IpAddr::V6(address)) => Some(IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & NETWORK))),
            other => other,
        };
        let network = network.map(|address| address.to_string()).unwrap_or_default();
        Self {
            account: format!("account {}", username.to_lowercase()),
            address: format!("address {network}"),
        }
    }

    /// Counts a try, or says how long to wait before the next.
    pub async fn begin(
        &self,
        store: &dyn Store,
        now: DateTime<Utc>,
    ) -> Result<Result<(), Duration>, StoreError> {
        let since = now - WINDOW;
        let mut tx = store.write().await?;
        let account = wait(&tx.tries(&self.account, since).await?, OF_ACCOUNT, now);
        let address = wait(&tx.tries(&self.address, since).await?, OF_ADDRESS, now);
        if let Some(wait) = account.max(address) {
            return Ok(Err(wait));
        }
        tx.put_try(&[&self.account, &self.address], now, since).await?;
        tx.commit().await?;
        Ok(Ok(()))
    }
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
        let start = Utc.with_ymd_and_hms(2026, 11, 24, 1, 0, 0).unwrap();
        let failures = |count| vec![start; count];
        assert_eq!(wait(&failures(OF_ACCOUNT - 1), OF_ACCOUNT, start), None);
        assert_eq!(wait(&failures(OF_ACCOUNT), OF_ACCOUNT, start), Some(WINDOW));
        assert_eq!(
            wait(&failures(OF_ACCOUNT), OF_ADDRESS, start),
            None,
            "others behind the same address go on"
        );
        assert_eq!(wait(&failures(OF_ACCOUNT), OF_ACCOUNT, start + WINDOW), None);
    }

    #[test]
    fn an_ipv6_network_is_one_address() {
        let key = |address: &str| Trier::new("a", Some(address.parse().unwrap())).address;
        assert_eq!(key("2001:db8:1:2::1"), key("2001:db8:1:2:ffff::9"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
    }
}
