//! 抽查: plans of spot checks with what happened to them, and the checks that were sent.

use crate::Result;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    id::{OfficeId, SiteId, SpotCheckId, SpotCheckPlanId},
    role::Scope,
    spot_check::{
        SiteFacts, SpotCheck, SpotCheckFilter, SpotCheckPage, SpotCheckRow,
        plan::{PlanEventRecord, SpotCheckPlan},
    },
};
use tokio::sync::mpsc;

/// Plans and checks. Whom they may be shown to is the caller's to ask.
#[async_trait]
pub trait ReadSpotChecks: Send + Sync {
    async fn spot_check_plan(&self, office: OfficeId, id: SpotCheckPlanId) -> Result<Option<SpotCheckPlan>>;
    /// Of whatever office: for what anybody may know of a draw.
    async fn spot_check_plan_of_anybody(&self, id: SpotCheckPlanId) -> Result<Option<SpotCheckPlan>>;
    /// What happened to it, from the first event on.
    async fn spot_check_log(&self, office: OfficeId, id: SpotCheckPlanId) -> Result<Vec<PlanEventRecord>>;
    /// Those of a plan, in the order of its sites.
    async fn spot_checks_of(&self, office: OfficeId, plan: SpotCheckPlanId) -> Result<Vec<SpotCheck>>;
    async fn spot_check(&self, office: OfficeId, id: SpotCheckId) -> Result<Option<SpotCheck>>;
    /// Those at these sites that were not withdrawn; one that cannot be read is left out.
    async fn spot_checks_at(&self, office: OfficeId, sites: &[SiteId]) -> Result<Vec<SpotCheck>>;
    /// Plans as a filter narrows them, for whoever sees the whole office; others see none.
    async fn spot_check_plans(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &SpotCheckFilter,
        now: DateTime<Utc>,
    ) -> Result<SpotCheckPage>;
    /// All of them, at most `most`, as of one moment; how many of them could not be read.
    async fn send_spot_check_plans(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &SpotCheckFilter,
        now: DateTime<Utc>,
        most: u32,
        to: mpsc::Sender<SpotCheckRow>,
    ) -> Result<u32>;
    /// Every site, as rules and draws look at it; hazards count that were found since, and reports that came since.
    async fn site_facts(&self, office: OfficeId, since: DateTime<Utc>) -> Result<Vec<SiteFacts>>;
    /// Sent, and neither carried out nor withdrawn.
    async fn sent_spot_checks(&self, office: OfficeId) -> Result<Vec<SpotCheck>>;
}

/// Making plans and sending them.
#[async_trait]
pub trait WriteSpotChecks: Send {
    async fn spot_check_plan(
        &mut self,
        office: OfficeId,
        id: SpotCheckPlanId,
    ) -> Result<Option<SpotCheckPlan>>;
    /// The plan as the event has left it, and the event behind those before it.
    async fn put_spot_check_plan(
        &mut self,
        office: OfficeId,
        plan: &SpotCheckPlan,
        leader_name: &str,
        event: &PlanEventRecord,
    ) -> Result<()>;
    /// Those that are being drawn up, frozen or drawn. One that cannot be read is left out: it keeps no account in use.
    async fn unsent_spot_check_plans(&mut self, office: OfficeId) -> Result<Vec<SpotCheckPlan>>;
    /// Those of a plan, in the order of its sites.
    async fn spot_checks_of(&mut self, office: OfficeId, plan: SpotCheckPlanId) -> Result<Vec<SpotCheck>>;
    /// Those at these sites that were not withdrawn. One that cannot be read is left out: it stops nobody's visit.
    async fn spot_checks_at(&mut self, office: OfficeId, sites: &[SiteId]) -> Result<Vec<SpotCheck>>;
    /// Sent, and neither carried out nor withdrawn. One that cannot be read is left out: it keeps no account in use.
    async fn sent_spot_checks(&mut self, office: OfficeId) -> Result<Vec<SpotCheck>>;
    /// New ones of a plan in the order of its sites, and those that have changed. [`Taken`](crate::StoreError::Taken) where a number is
    /// another's.
    async fn put_spot_checks(&mut self, office: OfficeId, checks: &[SpotCheck]) -> Result<()>;
}
