//! 抽查: plans of spot checks with what happened to them, and the checks that were sent.

mod checks;
mod facts;
mod list;
mod plans;

pub(super) use list::SpotCheckQuery;

use super::{
    SqlStore, SqlTransaction,
    columns::{parse, readable},
    lists::{self, Reader},
};
use crate::{ReadSpotChecks, Result, WriteSpotChecks};
use async_trait::async_trait;
use checks::{CHECK, check, checks_at, checks_of, put_checks, sent};
use chrono::{DateTime, Utc};
use domain::{
    id::{OfficeId, SiteId, SpotCheckId, SpotCheckPlanId},
    role::Scope,
    spot_check::{
        SiteFacts, SpotCheck, SpotCheckFilter, SpotCheckPage, SpotCheckRow,
        plan::{PlanEventRecord, SpotCheckPlan},
    },
};
use plans::{PLAN, log, plan, plan_of_anybody, put_plan, unsent};
use tokio::sync::mpsc;

#[async_trait]
impl ReadSpotChecks for SqlStore {
    async fn spot_check_plan(&self, office: OfficeId, id: SpotCheckPlanId) -> Result<Option<SpotCheckPlan>> {
        plan(&mut self.reader().await?, office, id).await
    }

    async fn spot_check_plan_of_anybody(&self, id: SpotCheckPlanId) -> Result<Option<SpotCheckPlan>> {
        plan_of_anybody(&mut self.reader().await?, id).await
    }

    async fn spot_check_log(&self, office: OfficeId, id: SpotCheckPlanId) -> Result<Vec<PlanEventRecord>> {
        log(&mut self.reader().await?, office, id).await
    }

    async fn spot_checks_of(&self, office: OfficeId, plan: SpotCheckPlanId) -> Result<Vec<SpotCheck>> {
        checks_of(&mut self.reader().await?, office, plan).await
    }

    async fn spot_check(&self, office: OfficeId, id: SpotCheckId) -> Result<Option<SpotCheck>> {
        check(&mut self.reader().await?, office, id).await
    }

    async fn spot_checks_at(&self, office: OfficeId, sites: &[SiteId]) -> Result<Vec<SpotCheck>> {
        checks_at(&mut self.reader().await?, office, sites).await
    }

    async fn spot_check_plans(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &SpotCheckFilter,
        now: DateTime<Utc>,
    ) -> Result<SpotCheckPage> {
        let query = SpotCheckQuery { reader: Reader { office, scope, now }, filter };
        lists::page(&mut self.snapshot().await?, &query, filter.page).await
    }

    async fn send_spot_check_plans(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &SpotCheckFilter,
        now: DateTime<Utc>,
        most: u32,
        to: mpsc::Sender<SpotCheckRow>,
    ) -> Result<u32> {
        let query = SpotCheckQuery { reader: Reader { office, scope, now }, filter };
        lists::send(&mut self.snapshot().await?, &query, most, &to).await
    }

    async fn site_facts(&self, office: OfficeId, since: DateTime<Utc>) -> Result<Vec<SiteFacts>> {
        facts::site_facts(&mut self.reader().await?, office, since).await
    }

    async fn sent_spot_checks(&self, office: OfficeId) -> Result<Vec<SpotCheck>> {
        let rows = sent(&mut self.reader().await?, office).await?;
        rows.iter().map(|row| parse(CHECK, row)).collect()
    }
}

#[async_trait]
impl WriteSpotChecks for SqlTransaction {
    async fn spot_check_plan(
        &mut self,
        office: OfficeId,
        id: SpotCheckPlanId,
    ) -> Result<Option<SpotCheckPlan>> {
        plan(&mut self.0, office, id).await
    }

    async fn put_spot_check_plan(
        &mut self,
        office: OfficeId,
        plan: &SpotCheckPlan,
        leader_name: &str,
        event: &PlanEventRecord,
    ) -> Result<()> {
        put_plan(&mut self.0, office, plan, leader_name, event).await
    }

    async fn unsent_spot_check_plans(&mut self, office: OfficeId) -> Result<Vec<SpotCheckPlan>> {
        Ok(readable(PLAN, &unsent(&mut self.0, office).await?))
    }

    async fn spot_checks_of(&mut self, office: OfficeId, plan: SpotCheckPlanId) -> Result<Vec<SpotCheck>> {
        checks_of(&mut self.0, office, plan).await
    }

    async fn spot_checks_at(&mut self, office: OfficeId, sites: &[SiteId]) -> Result<Vec<SpotCheck>> {
        checks_at(&mut self.0, office, sites).await
    }

    async fn sent_spot_checks(&mut self, office: OfficeId) -> Result<Vec<SpotCheck>> {
        Ok(readable(CHECK, &sent(&mut self.0, office).await?))
    }

    async fn put_spot_checks(&mut self, office: OfficeId, checks: &[SpotCheck]) -> Result<()> {
        put_checks(&mut self.0, office, checks).await
    }
}
