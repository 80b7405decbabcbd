//! 检查表: every version that was ever published.

use crate::Result;
use async_trait::async_trait;
use domain::{
    checklist::Checklist,
    id::{ChecklistId, OfficeId},
    sector::Sector,
};

/// Checklists, the newest or a certain one.
#[async_trait]
pub trait ReadChecklists: Send + Sync {
    /// The newest version of every checklist.
    async fn checklists(&self, office: OfficeId) -> Result<Vec<Checklist>>;
    async fn checklist(&self, office: OfficeId, id: &ChecklistId, version: u32) -> Result<Option<Checklist>>;
}

/// Checklists as a visit refers to them, and new ones.
#[async_trait]
pub trait WriteChecklists: Send {
    async fn checklist(
        &mut self,
        office: OfficeId,
        id: &ChecklistId,
        version: u32,
    ) -> Result<Option<Checklist>>;
    /// The sector of a checklist, whichever of its versions.
    async fn sector_of(&mut self, office: OfficeId, id: &ChecklistId) -> Result<Option<Sector>>;
    /// A version, once written, never changes. Announces it.
    async fn put_checklist(&mut self, office: OfficeId, checklist: &Checklist) -> Result<()>;
}
