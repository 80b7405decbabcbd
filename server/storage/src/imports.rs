//! Lists as they are kept, before and after they were written.

use crate::Result;
use async_trait::async_trait;
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

/// The list that somebody is at, and the last that was written.
#[async_trait]
pub trait ReadImports: Send + Sync {
    /// The person's own list, while its day lasts.
    async fn import_plan(
        &self,
        office: OfficeId,
        person: PersonId,
        id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Option<StoredPlan>>;
    /// The newest list of this kind that was written.
    async fn last_import(&self, office: OfficeId, what: ImportKind) -> Result<Option<StoredImport>>;
}

/// Keeping lists, writing them, and taking them back.
#[async_trait]
pub trait WriteImports: Send {
    /// In the place of the person's last one.
    async fn put_import_plan(&mut self, plan: &StoredPlan, now: DateTime<Utc>) -> Result<()>;
    async fn end_import_plan(&mut self, person: PersonId, id: Uuid) -> Result<()>;
    async fn put_import(&mut self, import: &StoredImport) -> Result<()>;
    async fn import_undone(&mut self, office: OfficeId, id: Uuid, undone: &Undone) -> Result<()>;
}
