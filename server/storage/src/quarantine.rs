//! 搁置: work that waits for the administrator's word.

use crate::{Result, StoredOperation};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    id::{OfficeId, OperationId},
    set_aside::{QuarantineFilter, SetAside, SetAsidePage},
};
use tokio::sync::mpsc;

/// What waits, and what was decided.
#[async_trait]
pub trait ReadSetAside: Send + Sync {
    /// What waits for the administrator first, then what was decided lately.
    async fn set_aside(&self, office: OfficeId, filter: &QuarantineFilter) -> Result<SetAsidePage>;
    /// All of it, at most `most`, as of one moment; how many of them could not be read.
    async fn send_quarantine(
        &self,
        office: OfficeId,
        filter: &QuarantineFilter,
        most: u32,
        to: mpsc::Sender<SetAside>,
    ) -> Result<u32>;
}

/// Setting work aside, and deciding on it.
#[async_trait]
pub trait WriteSetAside: Send {
    /// Of operations that were recorded.
    async fn put_set_aside(&mut self, office: OfficeId, waiting: &[SetAside]) -> Result<()>;
    /// One that waits; none where it was decided.
    async fn set_aside(&mut self, office: OfficeId, id: OperationId) -> Result<Option<StoredOperation>>;
    /// What was taken is received from then on, for whoever sends it again.
    async fn decide_set_aside(
        &mut self,
        office: OfficeId,
        id: OperationId,
        by: &str,
        at: DateTime<Utc>,
        taken: bool,
    ) -> Result<()>;
}
