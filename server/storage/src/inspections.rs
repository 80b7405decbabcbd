//! 检查: sealed records.

use crate::Result;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    id::{InspectionId, OfficeId},
    inspection::{Inspection, InspectionFilter, InspectionPage, InspectionRow, InspectionSummary},
    role::Scope,
    time::happened,
};
use std::collections::{HashMap, HashSet};
use tokio::sync::mpsc;

/// A sealed inspection with what the server added.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredInspection {
    pub number: String,
    pub received_at: DateTime<Utc>,
    pub inspector_name: String,
    pub inspection: Inspection,
}

impl StoredInspection {
    /// When it was submitted, as far as the office can say.
    pub fn happened(&self) -> DateTime<Utc> {
        happened(self.inspection.submitted_at, Some(self.received_at))
    }
}

/// Inspections, whole, in short, and listed.
#[async_trait]
pub trait ReadInspections: Send + Sync {
    async fn inspection(&self, office: OfficeId, id: InspectionId) -> Result<Option<StoredInspection>>;
    async fn inspection_summary(
        &self,
        office: OfficeId,
        id: InspectionId,
    ) -> Result<Option<InspectionSummary>>;
    async fn inspections(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &InspectionFilter,
    ) -> Result<InspectionPage>;
    /// All of them, at most `most`, as of one moment; how many of them could not be read.
    async fn send_inspections(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &InspectionFilter,
        most: u32,
        to: mpsc::Sender<InspectionRow>,
    ) -> Result<u32>;
}

/// Inspections that others refer to, and new ones.
#[async_trait]
pub trait WriteInspections: Send {
    /// Those of these inspections that are there, of whatever office.
    async fn known_inspections(&mut self, ids: &[InspectionId]) -> Result<HashSet<InspectionId>>;
    /// Those of these inspections that this office has.
    async fn inspections(
        &mut self,
        office: OfficeId,
        ids: &[InspectionId],
    ) -> Result<HashMap<InspectionId, Inspection>>;
    /// Writes sealed inspections once and moves their sites' last visits. Announces both.
    async fn put_inspections(&mut self, office: OfficeId, inspections: &[StoredInspection]) -> Result<()>;
}
