//! Lists as they are kept.

use chrono::{DateTime, Utc};
use domain::{
    id::{OfficeId, PersonId},
    import::ImportKind,
};
use uuid::Uuid;

/// A list that was sent and not written yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPlan {
    pub id: Uuid,
    pub office: OfficeId,
    pub person: PersonId,
    pub what: ImportKind,
    pub file: String,
    pub expires: DateTime<Utc>,
    pub body: String,
}

/// A list that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredImport {
    pub id: Uuid,
    pub office: OfficeId,
    pub what: ImportKind,
    pub file: String,
    pub by: String,
    pub at: DateTime<Utc>,
    /// What it changed, as JSON.
    pub body: String,
    pub undone: Option<Undone>,
}

/// By whom and when it was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    pub at: DateTime<Utc>,
    pub by: String,
    /// Records that had changed since, and stayed.
    pub kept: usize,
}
