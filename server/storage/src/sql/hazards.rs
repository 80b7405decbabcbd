//! 隐患: the folded state in one row, the events in rows of their own.
//!
//! A row says by which version of the fold it was made. One of another version is folded from its events whenever it is
//! read, so that nothing is ever done to a hazard as an earlier version saw it; its columns, by which lists find it, stay as
//! they are until something happens to it or [`rebuild`](rebuild::rebuild) comes by.

mod load;
mod rebuild;
mod save;

pub(super) use load::{each, get, some};
pub(super) use save::put_states;

use super::{
    SqlStore, SqlTransaction, changes, former, keys,
    ledger::{self, LedgerQuery},
    lists::{self, Reader},
};
use crate::{OpenHazards, OpenHazardsOf, ReadHazards, Rebuilt, Record, Result, WriteHazards};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    hazard::Hazard,
    id::{DepartmentId, HazardId, OfficeId},
    ledger::{LedgerFilter, LedgerPage, LedgerRow},
    role::{ResourceScope, Scope},
};
use std::collections::{HashMap, HashSet};
use tokio::sync::mpsc;

#[async_trait]
impl ReadHazards for SqlStore {
    async fn hazard(&self, office: OfficeId, id: HazardId) -> Result<Option<Hazard>> {
        get(&mut self.snapshot().await?, office, id).await
    }

    async fn hazards_of_number(
        &self,
        office: OfficeId,
        scope: &Scope,
        number: &str,
    ) -> Result<Vec<(HazardId, String)>> {
        keys::hazards(&mut self.reader().await?, office, scope, number).await
    }

    async fn ledger(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &LedgerFilter,
        now: DateTime<Utc>,
    ) -> Result<LedgerPage> {
        ledger::page(&mut self.snapshot().await?, Reader { office, scope, now }, filter).await
    }

    async fn send_ledger(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &LedgerFilter,
        now: DateTime<Utc>,
        most: u32,
        to: mpsc::Sender<LedgerRow>,
    ) -> Result<u32> {
        let mut conn = self.snapshot().await?;
        let query = LedgerQuery::of(&mut conn, Reader { office, scope, now }, filter).await?;
        lists::send(&mut conn, &query, most, &to).await
    }
}

#[async_trait]
impl WriteHazards for SqlTransaction {
    async fn hazards(&mut self, office: OfficeId, ids: &[HazardId]) -> Result<HashMap<HazardId, Hazard>> {
        some(&mut self.0, office, ids).await
    }

    async fn known_hazards(&mut self, ids: &[HazardId]) -> Result<HashSet<HazardId>> {
        load::known(&mut self.0, ids).await
    }

    async fn put_hazards(&mut self, office: OfficeId, hazards: &[Hazard], now: DateTime<Utc>) -> Result<()> {
        save::put(&mut self.0, office, hazards, now).await
    }

    async fn rebuild_hazards(&mut self, after: Option<HazardId>, most: u32) -> Result<Rebuilt> {
        rebuild::rebuild(&mut self.0, after, most).await
    }

    async fn open_hazards(&mut self, office: OfficeId, of: OpenHazardsOf) -> Result<OpenHazards> {
        load::open(&mut self.0, office, of).await
    }

    async fn relocate_unreadable(
        &mut self,
        office: OfficeId,
        hazard: HazardId,
        to: &ResourceScope,
    ) -> Result<()> {
        former::lay(&mut self.0, office, hazard, to).await?;
        changes::touch(&mut self.0, office, &[Record::Hazard(hazard)]).await
    }

    async fn hand_over_hazards(
        &mut self,
        office: OfficeId,
        from: DepartmentId,
        into: DepartmentId,
    ) -> Result<Vec<HazardId>> {
        former::hand_over(&mut self.0, office, from, into).await
    }
}
