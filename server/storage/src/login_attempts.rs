//! Tries to sign in, counted until they succeed or are old.

use crate::Result;
use async_trait::async_trait;
use chrono::{DateTime, Utc};

/// What slows down whoever guesses.
#[async_trait]
pub trait WriteTries: Send {
    /// Times of the tries to sign in under this key since then, oldest first.
    async fn tries(&mut self, key: &str, since: DateTime<Utc>) -> Result<Vec<DateTime<Utc>>>;
    /// A try to sign in; forgets those before `since`, whoever's.
    async fn put_try(&mut self, keys: &[&str], at: DateTime<Utc>, since: DateTime<Utc>) -> Result<()>;
    /// Takes tries under this key back, since then.
    async fn forget_tries(&mut self, key: &str, since: DateTime<Utc>) -> Result<()>;
}
