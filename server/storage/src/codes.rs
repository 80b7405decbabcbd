//! 短码: what opens a hazard or a site for whoever has no account.

use crate::Result;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    code::CodeSubject,
    id::{CodeId, OfficeId, PersonId},
};
use std::fmt;

/// What the installation's secret makes of a code: by which it is found, and from which nobody comes back to the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CodeMark(pub [u8; 32]);

/// A code as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredCode {
    pub id: CodeId,
    pub office: OfficeId,
    pub subject: CodeSubject,
    pub mark: CodeMark,
    /// The code, sealed by the installation's own secret.
    pub sealed: Vec<u8>,
    pub made_at: DateTime<Utc>,
    pub made_by: PersonId,
    /// As they were called then.
    pub made_by_name: String,
    /// From when on it opens nothing; none: it hangs on a wall.
    pub expires_at: Option<DateTime<Utc>>,
    pub revoked_at: Option<DateTime<Utc>>,
    /// When it was opened first.
    pub opened_at: Option<DateTime<Utc>>,
}

impl StoredCode {
    /// Whether it opens anything, as far as its own row says.
    pub fn is_in_force(&self, now: DateTime<Utc>) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|expires| now < expires)
    }
}

impl fmt::Debug for StoredCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredCode")
            .field("id", &self.id)
            .field("subject", &self.subject)
            .finish_non_exhaustive()
    }
}

/// Codes, of whichever office where they are looked for by what somebody typed.
#[async_trait]
pub trait ReadCodes: Send + Sync {
    /// Whatever became of it.
    async fn code_of_mark(&self, mark: &CodeMark) -> Result<Option<StoredCode>>;
    async fn code(&self, id: CodeId) -> Result<Option<StoredCode>>;
    /// Of these hazards and sites, those that nobody ended; the newest first.
    async fn codes_of(&self, office: OfficeId, subjects: &[CodeSubject]) -> Result<Vec<StoredCode>>;
}

/// Giving codes out and ending them. Announces nothing: phones hear of what comes by them.
#[async_trait]
pub trait WriteCodes: Send {
    async fn put_codes(&mut self, codes: &[StoredCode]) -> Result<()>;
    /// Ends every code of these, where nobody has.
    async fn revoke_codes(
        &mut self,
        office: OfficeId,
        subjects: &[CodeSubject],
        now: DateTime<Utc>,
    ) -> Result<()>;
    /// Notes when it was opened, where nothing was noted before.
    async fn code_opened(&mut self, id: CodeId, now: DateTime<Utc>) -> Result<()>;
}
