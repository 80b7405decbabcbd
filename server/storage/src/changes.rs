//! 变更: what devices have to learn of.
//!
//! A record keeps only its newest number, so a fresh device and one that was away read the same list from different places.

use crate::Result;
use async_trait::async_trait;
use domain::id::{ChecklistId, HazardId, InspectionId, OfficeId, SiteId};

/// A record that changed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Record {
    /// The office's places, departments, intervals: sent whole.
    Directory,
    Site(SiteId),
    Checklist(ChecklistId),
    Hazard(HazardId),
    Inspection(InspectionId),
}

/// A line of the list of changes, as it lies there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    pub seq: i64,
    pub kind: String,
    pub id: String,
    /// None: of a kind of a later version, or damaged.
    pub record: Option<Record>,
}

/// The list of changes, as devices go along it.
#[async_trait]
pub trait ReadChanges: Send + Sync {
    /// Records changed after `after`, in order, at most `limit`, each with its sequence number; not yet scoped.
    async fn changes(&self, office: OfficeId, after: i64, limit: u32) -> Result<Vec<Changed>>;
}

/// The office's next numbers for what changed.
#[async_trait]
pub trait WriteChanges: Send {
    /// Announces changes to every device, each record once.
    async fn touch(&mut self, office: OfficeId, records: &[Record]) -> Result<()>;
}
