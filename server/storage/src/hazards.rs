//! 隐患: the folded state and the events behind it.

use crate::Result;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    hazard::Hazard,
    id::{DepartmentId, HazardId, OfficeId, SiteId},
    ledger::{LedgerFilter, LedgerPage, LedgerRow},
    role::{ResourceScope, Scope},
};
use std::collections::{HashMap, HashSet};
use tokio::sync::mpsc;

/// Whose open hazards are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenHazardsOf {
    Site(SiteId),
    Department(DepartmentId),
}

/// Hazards that somebody still has to see to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OpenHazards {
    /// In the order of their making.
    pub hazards: Vec<Hazard>,
    /// Those that cannot be read, and where they lie all the same.
    pub unreadable: Vec<(HazardId, ResourceScope)>,
}

/// What came of folding a page of hazards anew.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// Behind this one the next page begins; none: there was none left.
    pub last: Option<HazardId>,
    pub folded: u64,
    /// Those of them whose state is another one now.
    pub changed: u64,
    /// Those that were left as they are, and what is wrong with them.
    pub unreadable: Vec<(HazardId, String)>,
}

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

/// Hazards as a decision finds them, and as it leaves them.
#[async_trait]
pub trait WriteHazards: Send {
    async fn hazards(&mut self, office: OfficeId, ids: &[HazardId]) -> Result<HashMap<HazardId, Hazard>>;
    /// Those of these hazards that are there, of whatever office.
    async fn known_hazards(&mut self, ids: &[HazardId]) -> Result<HashSet<HazardId>>;
    /// Writes hazards, all different, and appends the events that are new. Announces them.
    async fn put_hazards(&mut self, office: OfficeId, hazards: &[Hazard], now: DateTime<Utc>) -> Result<()>;
    /// Folds hazards of whatever office anew, those with ids behind this one, at the most so many. Announces those whose
    /// state has changed by it, as far as any phone may have them.
    async fn rebuild_hazards(&mut self, after: Option<HazardId>, most: u32) -> Result<Rebuilt>;
    async fn open_hazards(&mut self, office: OfficeId, of: OpenHazardsOf) -> Result<OpenHazards>;
    /// Puts a hazard that cannot be read into this grid and department. Its log, to which nothing can be added now, does not
    /// tell of it; lists find it there, and so does whoever mends it. Announces it.
    async fn relocate_unreadable(
        &mut self,
        office: OfficeId,
        hazard: HazardId,
        to: &ResourceScope,
    ) -> Result<()>;
    /// What one department was to see to and has ended is another's. Announces it. Gives those that cannot be read, which
    /// are handed over like the others.
    async fn hand_over_hazards(
        &mut self,
        office: OfficeId,
        from: DepartmentId,
        into: DepartmentId,
    ) -> Result<Vec<HazardId>>;
}
