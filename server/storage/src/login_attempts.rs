//! Login attempts, counted until one succeeds or they are old.

use crate::Result;
use async_trait::async_trait;
use chrono::{DateTime, Utc};

/// Limits on guessing passwords.
#[async_trait]
pub trait WriteLoginAttempts: Send {
    /// Times of the login attempts under this key since then, oldest first.
    async fn login_attempts(&mut self, key: &str, since: DateTime<Utc>) -> Result<Vec<DateTime<Utc>>>;
    /// Records a login attempt; deletes all attempts before `since`.
    async fn put_login_attempt(
        &mut self,
        keys: &[&str],
        at: DateTime<Utc>,
        since: DateTime<Utc>,
    ) -> Result<()>;
    /// Deletes all attempts under this key.
    async fn forget_login_attempts(&mut self, key: &str) -> Result<()>;
    /// Deletes the attempt of that moment under this key, and none that was made since.
    async fn take_back_login_attempt(&mut self, key: &str, at: DateTime<Utc>) -> Result<()>;
}
