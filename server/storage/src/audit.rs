//! 操作记录: added, read, never changed.

use crate::Result;
use async_trait::async_trait;
use domain::{
    audit::{AuditEntry, AuditFilter, AuditPage},
    id::OfficeId,
};
use tokio::sync::mpsc;

/// What was done, and by whom.
#[async_trait]
pub trait ReadAudit: Send + Sync {
    /// The office's entries, and those of the installation that belong to no office.
    async fn audit(&self, office: OfficeId, filter: &AuditFilter) -> Result<AuditPage>;
    /// All of them, at most `most`, as of one moment; how many of them could not be read.
    async fn send_audit(
        &self,
        office: OfficeId,
        filter: &AuditFilter,
        most: u32,
        to: mpsc::Sender<AuditEntry>,
    ) -> Result<u32>;
}

/// Telling of what a transaction does.
#[async_trait]
pub trait WriteAudit: Send {
    /// Tells of what this transaction does; once written, an entry stays as it is.
    async fn put_audit(&mut self, entry: &AuditEntry) -> Result<()>;
}
