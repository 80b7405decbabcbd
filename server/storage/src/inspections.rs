//! 行政检查: what an office holds its administrative inspections to, and how often whom it inspected. The inspections themselves
//! are visits.

use crate::Result;
use async_trait::async_trait;
use domain::{
    id::OfficeId,
    inspection::{CountedInspections, Inspected, InspectionRules},
};

/// The rules, and the counts against the yearly cap.
#[async_trait]
pub trait ReadInspections: Send + Sync {
    /// As they usually are, where the office has decided nothing.
    async fn inspection_rules(&self, office: OfficeId) -> Result<InspectionRules>;
    /// Everybody who was inspected in this calendar year, as far as it counts.
    async fn counted_inspections(&self, office: OfficeId, year: i32) -> Result<Vec<CountedInspections>>;
    /// How often this one was.
    async fn count_inspections(&self, office: OfficeId, of: Inspected, year: i32) -> Result<u32>;
}

/// The same in a transaction, and other rules.
#[async_trait]
pub trait WriteInspections: Send {
    async fn inspection_rules(&mut self, office: OfficeId) -> Result<InspectionRules>;
    async fn count_inspections(&mut self, office: OfficeId, of: Inspected, year: i32) -> Result<u32>;
    /// What was counted for the one counts for the other, in whatever year; whoever may inspect learns of it.
    async fn move_inspections(&mut self, office: OfficeId, from: Inspected, to: Inspected) -> Result<()>;
    async fn put_inspection_rules(&mut self, office: OfficeId, rules: &InspectionRules) -> Result<()>;
}
