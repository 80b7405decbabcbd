//! 两步验证: a person's second factor, and whether the office asks for one.

use crate::{Result, TokenHash};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::id::{OfficeId, PersonId};
use std::fmt;

/// A person's second factor as it is kept.
#[derive(Clone)]
pub struct StoredFactor {
    /// Sealed.
    pub secret: Vec<u8>,
    /// None until its first code was right.
    pub since: Option<DateTime<Utc>>,
    /// The newest half minute whose code was taken.
    pub last_step: i64,
}

impl fmt::Debug for StoredFactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredFactor").field("since", &self.since).finish_non_exhaustive()
    }
}

/// Who has a second factor, and who must.
#[async_trait]
pub trait ReadFactors: Send + Sync {
    async fn second_factor(&self, person: PersonId) -> Result<Option<StoredFactor>>;
    /// Whether those who answer for the whole office sign in with a second factor.
    async fn asks_second_factor(&self, office: OfficeId) -> Result<bool>;
}

/// Setting a second factor up, using it, and doing without.
#[async_trait]
pub trait WriteFactors: Send {
    async fn second_factor(&mut self, person: PersonId) -> Result<Option<StoredFactor>>;
    /// In the place of the one before; not in force until its first code was right.
    async fn put_second_factor(&mut self, person: PersonId, secret: &[u8]) -> Result<()>;
    /// Its code of this half minute was right: it is in force, and the code is none any more.
    async fn second_factor_used(&mut self, person: PersonId, step: i64, now: DateTime<Utc>) -> Result<()>;
    async fn end_second_factor(&mut self, person: PersonId) -> Result<()>;
    /// In the place of those before.
    async fn put_recovery_codes(&mut self, person: PersonId, codes: &[TokenHash]) -> Result<()>;
    /// Whether it was one; it is none afterwards.
    async fn take_recovery_code(&mut self, person: PersonId, code: &TokenHash) -> Result<bool>;
    async fn ask_second_factor(&mut self, office: OfficeId, asks: bool) -> Result<()>;
}
