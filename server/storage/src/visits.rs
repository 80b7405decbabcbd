//! 检查: sealed records.

use crate::Result;
use async_trait::async_trait;
use chrono::{DateTime, Datelike as _, Utc};
use domain::{
    id::{OfficeId, VisitId},
    inspection::Inspected,
    role::Scope,
    time::{happened, office_day},
    visit::{SiteSnapshot, Visit, VisitFilter, VisitPage, VisitRow, VisitSummary},
};
use std::collections::{HashMap, HashSet};
use tokio::sync::mpsc;

/// A sealed visit with what the server added.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredVisit {
    pub number: String,
    pub received_at: DateTime<Utc>,
    pub inspector_name: String,
    /// As the office knew it when the visit was sealed.
    pub site: SiteSnapshot,
    pub visit: Visit,
}

impl StoredVisit {
    /// When it was submitted, as far as the office can say.
    pub fn happened(&self) -> DateTime<Utc> {
        happened(self.visit.submitted_at, Some(self.received_at))
    }

    /// Whom an inspection counts for: whoever answered for the site when it was received.
    pub fn inspected(&self) -> Inspected {
        let party = self.site.party.as_ref();
        party.map_or(Inspected::Site(self.visit.site), |party| Inspected::Party(party.id))
    }

    /// The calendar year of the office's day on which it began.
    pub fn year(&self) -> i32 {
        office_day(happened(self.visit.started_at, Some(self.received_at))).year()
    }
}

/// Visits, whole, in short, and listed.
#[async_trait]
pub trait ReadVisits: Send + Sync {
    async fn visit(&self, office: OfficeId, id: VisitId) -> Result<Option<StoredVisit>>;
    async fn visit_summary(&self, office: OfficeId, id: VisitId) -> Result<Option<VisitSummary>>;
    async fn visits(&self, office: OfficeId, scope: &Scope, filter: &VisitFilter) -> Result<VisitPage>;
    /// All of them, at most `most`, as of one moment; how many of them could not be read.
    async fn send_visits(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &VisitFilter,
        most: u32,
        to: mpsc::Sender<VisitRow>,
    ) -> Result<u32>;
}

/// Visits that others refer to, and new ones.
#[async_trait]
pub trait WriteVisits: Send {
    /// Those of these visits that are there, of whatever office.
    async fn known_visits(&mut self, ids: &[VisitId]) -> Result<HashSet<VisitId>>;
    /// Those of these visits that this office has.
    async fn visits(&mut self, office: OfficeId, ids: &[VisitId]) -> Result<HashMap<VisitId, Visit>>;
    /// Writes sealed visits once and moves the last visits of the sites where something was checked. Announces both.
    async fn put_visits(&mut self, office: OfficeId, visits: &[StoredVisit]) -> Result<()>;
}
