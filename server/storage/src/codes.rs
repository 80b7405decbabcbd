//! 短码: what opens a hazard or a site for whoever has no account, and what parties say by it.

use crate::Result;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    code::{CodeSubject, ComplaintMark, ComplaintState},
    id::{CodeId, HazardId, OfficeId, PersonId, SiteId},
};
use std::fmt;
use uuid::Uuid;

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

/// What a party says of a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitComplaint {
    /// Made with the form, so that the same form counts once.
    pub id: Uuid,
    pub site: SiteId,
    pub hazard: Option<HazardId>,
    pub code: CodeId,
    /// The party's name as it was then.
    pub by_name: String,
    pub words: String,
    pub at: DateTime<Utc>,
    /// What the office did about it; none: nobody has looked at it.
    pub mark: Option<ComplaintMark>,
}

/// Codes, of whichever office where they are looked for by what somebody typed.
#[async_trait]
pub trait ReadCodes: Send + Sync {
    /// Whatever became of it.
    async fn code_of_mark(&self, mark: &CodeMark) -> Result<Option<StoredCode>>;
    async fn code(&self, id: CodeId) -> Result<Option<StoredCode>>;
    /// Of these hazards and sites, those that nobody ended; the newest first.
    async fn codes_of(&self, office: OfficeId, subjects: &[CodeSubject]) -> Result<Vec<StoredCode>>;
    /// Those that have come so far, or all, the newest first, at the most so many.
    async fn visit_complaints(
        &self,
        office: OfficeId,
        state: Option<ComplaintState>,
        most: u32,
    ) -> Result<Vec<VisitComplaint>>;
    /// Those that came by this code, the newest first, at the most so many.
    async fn complaints_of_code(&self, code: CodeId, most: u32) -> Result<Vec<VisitComplaint>>;
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
    /// Once, however often it comes.
    async fn put_visit_complaint(&mut self, office: OfficeId, complaint: &VisitComplaint) -> Result<()>;
    async fn visit_complaint(&mut self, office: OfficeId, id: Uuid) -> Result<Option<VisitComplaint>>;
    /// Says what the office did about it, over what was said before.
    async fn mark_complaint(&mut self, office: OfficeId, id: Uuid, mark: &ComplaintMark) -> Result<()>;
}
