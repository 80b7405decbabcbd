//! How often somebody may guess: few tries an account, more an address, since a whole office may share one. Failed tries
//! stand in the store, so that several servers count together.

use crate::storage::{Store, StoreError};
use chrono::{DateTime, Duration, Utc};

const WINDOW: Duration = Duration::minutes(15);
const OF_ACCOUNT: usize = 8;
const OF_ADDRESS: usize = 60;

/// Who tries.
#[derive(Debug)]
pub struct Trier {
    account: String,
    address: String,
}

impl Trier {
    pub fn new(username: &str, address: &str) -> Self {
        Self {
            account: format!("account {}", username.to_lowercase()),
            address: format!("address {address}"),
        }
    }

    /// How long to wait before the next try, if one must.
    pub async fn wait(&self, store: &dyn Store, now: DateTime<Utc>) -> Result<Option<Duration>, StoreError> {
        let since = now - WINDOW;
        let account = store.failed_tries(&self.account, since).await?;
        let address = store.failed_tries(&self.address, since).await?;
        Ok(wait(&account, OF_ACCOUNT, now).max(wait(&address, OF_ADDRESS, now)))
    }

    pub async fn failed(&self, store: &dyn Store, now: DateTime<Utc>) -> Result<(), StoreError> {
        let mut tx = store.write().await?;
        tx.put_failed_try(&[self.account.clone(), self.address.clone()], now, now - WINDOW).await?;
        tx.commit().await
    }

    /// The account as it stands in the store.
    pub fn account(&self) -> &str {
        &self.account
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
}
