//! 搁置: operations in quarantine, which wait for the administrator's decision.

use crate::{Result, StoredOperation};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    id::{OfficeId, OperationId},
    quarantine::{QuarantineFilter, QuarantineList, QuarantinedOperation},
};
use tokio::sync::mpsc;

/// What waits, and what was decided.
#[async_trait]
pub trait ReadQuarantine: Send + Sync {
    /// What waits for the administrator first, then what was decided lately.
    async fn quarantine(&self, office: OfficeId, filter: &QuarantineFilter) -> Result<QuarantineList>;
    /// All of it, at most `most`, as of one moment; how many of them could not be read.
    async fn send_quarantine(
        &self,
        office: OfficeId,
        filter: &QuarantineFilter,
        most: u32,
        to: mpsc::Sender<QuarantinedOperation>,
    ) -> Result<u32>;
}

/// Puts operations into quarantine, and records the decision.
#[async_trait]
pub trait WriteQuarantine: Send {
    /// Of operations that were recorded.
    async fn put_quarantine(&mut self, office: OfficeId, waiting: &[QuarantinedOperation]) -> Result<()>;
    /// One that waits; none where it was decided.
    async fn quarantine(&mut self, office: OfficeId, id: OperationId) -> Result<Option<StoredOperation>>;
    /// What was taken is received from then on, for whoever sends it again.
    async fn decide_quarantine(
        &mut self,
        office: OfficeId,
        id: OperationId,
        by: &str,
        at: DateTime<Utc>,
        taken: bool,
    ) -> Result<()>;
}
