//! 隐患: the folded state and the log behind it.

use crate::Result;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    hazard::Hazard,
    id::{DepartmentId, HazardId, OfficeId},
    ledger::{LedgerFilter, LedgerPage, LedgerRow},
    role::Scope,
};
use std::collections::{HashMap, HashSet};
use tokio::sync::mpsc;

/// One hazard, those of a number, and the ledger.
#[async_trait]
pub trait ReadHazards: Send + Sync {
    async fn hazard(&self, office: OfficeId, id: HazardId) -> Result<Option<Hazard>>;
    /// The one of this number, else those whose number ends so: at most a handful.
    async fn hazards_of_number(
        &self,
        office: OfficeId,
        scope: &Scope,
        number: &str,
    ) -> Result<Vec<(HazardId, String)>>;
    async fn ledger(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &LedgerFilter,
        now: DateTime<Utc>,
    ) -> Result<LedgerPage>;
    /// All rows of the ledger, at most `most`, as of one moment; how many of them could not be read.
    async fn send_ledger(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &LedgerFilter,
        now: DateTime<Utc>,
        most: u32,
        to: mpsc::Sender<LedgerRow>,
    ) -> Result<u32>;
}

/// Hazards as they are judged, and as they are then.
#[async_trait]
pub trait WriteHazards: Send {
    async fn hazards(&mut self, office: OfficeId, ids: &[HazardId]) -> Result<HashMap<HazardId, Hazard>>;
    /// Those of these hazards that are there, of whatever office.
    async fn known_hazards(&mut self, ids: &[HazardId]) -> Result<HashSet<HazardId>>;
    /// Writes hazards, all different, and appends the log entries that are new. Announces them.
    async fn put_hazards(&mut self, office: OfficeId, hazards: &[Hazard], now: DateTime<Utc>) -> Result<()>;
    /// What one department was to see to is another's. Announces it.
    async fn hand_over_hazards(
        &mut self,
        office: OfficeId,
        from: DepartmentId,
        into: DepartmentId,
    ) -> Result<()>;
}
