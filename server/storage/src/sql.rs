//! # What both databases understand
//!
//! The queries are written once, in the SQL that SQLite and PostgreSQL share, and compiled twice: `sqlite.rs` and
//! `postgres.rs` each take this module in with their own [`Db`] and [`Conn`]. Generic code would have to repeat sqlx's
//! bounds at every function and would say the same; the few words that differ are each side's `dialect`.
//!
//! Each noun has a file; its functions take a connection, so that the store reads through a pool and a transaction
//! through its own. Parameters are `$1, $2, …`; truth is `= TRUE`, never a number; an upsert names the table before a
//! column that `excluded` has too.

mod audit;
mod changes;
mod checklists;
mod columns;
mod dump;
mod factors;
mod former;
mod hazards;
mod imports;
mod inspections;
mod jobs;
mod keys;
mod ledger;
mod looks;
mod numbers;
mod operations;
mod overview;
mod people;
mod photos;
mod places;
mod quotas;
mod rows;
mod scoped;
mod search;
mod sessions;
mod set_aside;
mod signing_keys;
mod sites;
mod transaction;
mod tries;
mod uploads;

use super::{Conn, Db, Opened, dialect};
use crate::storage::{
    Account, Changed, Places, Result, Session, Store, StoredFactor, StoredImport, StoredInspection,
    StoredPhoto, StoredPlan, StoredUpload, TokenHash, Transaction, dump::Row,
};
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    audit::{AuditFilter, AuditPage},
    checklist::Checklist,
    hazard::Hazard,
    id::{ChecklistId, HazardId, InspectionId, OfficeId, PersonId, SiteId},
    import::ImportKind,
    inspection::{InspectionFilter, InspectionPage, InspectionSummary},
    integrity::{Shown, Sight},
    ledger::{LedgerFilter, LedgerPage},
    overview::Overview,
    person::Person,
    photo::{Look, PhotoHash},
    place::{FormerPlace, Office, PlaceId, command::Living},
    role::{Placement, Scope},
    set_aside::SetAsidePage,
    site::{Site, SiteFilter, SitePage},
};
use std::collections::BTreeMap;
use tokio::sync::mpsc;
use transaction::Turn;
use uuid::Uuid;

/// Rows of one commit when all are taken in.
const LOADED_AT_ONCE: usize = 4096;

/// Rows of one page of any list.
const PAGE: u32 = LedgerFilter::PAGE_SIZE;

#[async_trait]
impl Store for Opened {
    async fn write(&self) -> Result<Box<dyn Transaction>> {
        Ok(Box::new(Turn::new(self.turn().await?)))
    }

    async fn ready(&self) -> Result<()> {
        sqlx::query("SELECT count(*) FROM office").execute(&mut *self.reader().await?).await?;
        self.takes_writes().await
    }

    async fn close(&self) {
        self.let_go().await;
    }

    async fn offices(&self) -> Result<Vec<Office>> {
        places::offices(&mut *self.reader().await?).await
    }

    async fn places(&self, office: OfficeId) -> Result<Places> {
        places::all(&mut *self.snapshot().await?, office).await
    }
    async fn living(&self, office: OfficeId) -> Result<BTreeMap<PlaceId, Living>> {
        former::living(&mut *self.snapshot().await?, office).await
    }
    async fn former_places(&self, office: OfficeId) -> Result<Vec<FormerPlace>> {
        former::all(&mut *self.reader().await?, office).await
    }

    async fn account(&self, username: &str) -> Result<Option<Account>> {
        people::account(&mut *self.reader().await?, username).await
    }

    async fn session(&self, token: &TokenHash, now: DateTime<Utc>) -> Result<Option<Session>> {
        sessions::by_token(&mut *self.reader().await?, token, now).await
    }

    async fn sessions_of(&self, person: PersonId, now: DateTime<Utc>) -> Result<Vec<Session>> {
        sessions::of_person(&mut *self.reader().await?, person, now).await
    }

    async fn people(&self, office: OfficeId) -> Result<Vec<Person>> {
        people::all(&mut *self.reader().await?, office).await
    }

    async fn second_factor(&self, person: PersonId) -> Result<Option<StoredFactor>> {
        factors::get(&mut *self.reader().await?, person).await
    }

    async fn asks_second_factor(&self, office: OfficeId) -> Result<bool> {
        factors::asks(&mut *self.reader().await?, office).await
    }

    async fn next_job(&self) -> Result<Option<DateTime<Utc>>> {
        jobs::next(&mut *self.reader().await?).await
    }

    async fn checklists(&self, office: OfficeId) -> Result<Vec<Checklist>> {
        checklists::newest(&mut *self.reader().await?, office).await
    }

    async fn newest_checklist(&self, office: OfficeId, id: &ChecklistId) -> Result<Option<Checklist>> {
        checklists::newest_of(&mut *self.reader().await?, office, id).await
    }

    async fn checklist(&self, office: OfficeId, id: &ChecklistId, version: u32) -> Result<Option<Checklist>> {
        checklists::get(&mut *self.reader().await?, office, id, version).await
    }

    async fn all_sites(&self, office: OfficeId) -> Result<Vec<Site>> {
        sites::all(&mut *self.reader().await?, office).await
    }

    async fn sites(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &SiteFilter,
        now: DateTime<Utc>,
    ) -> Result<SitePage> {
        sites::page(&mut *self.snapshot().await?, office, scope, filter, now).await
    }

    async fn sites_of_code(
        &self,
        office: OfficeId,
        scope: &Scope,
        code: &str,
    ) -> Result<Vec<(SiteId, String)>> {
        keys::sites(&mut *self.reader().await?, office, scope, code).await
    }
    async fn hazards_of_number(
        &self,
        office: OfficeId,
        scope: &Scope,
        number: &str,
    ) -> Result<Vec<(HazardId, String)>> {
        keys::hazards(&mut *self.reader().await?, office, scope, number).await
    }
    async fn site(&self, office: OfficeId, id: SiteId) -> Result<Option<Site>> {
        sites::get(&mut *self.reader().await?, office, id).await
    }

    async fn hazard(&self, office: OfficeId, id: HazardId) -> Result<Option<Hazard>> {
        hazards::get(&mut *self.snapshot().await?, office, id).await
    }

    async fn ledger(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &LedgerFilter,
        today: NaiveDate,
    ) -> Result<LedgerPage> {
        ledger::page(&mut *self.snapshot().await?, office, scope, filter, today).await
    }

    async fn overview(&self, office: OfficeId, scope: &Scope, now: DateTime<Utc>) -> Result<Overview> {
        overview::of(&mut *self.snapshot().await?, office, scope, now).await
    }

    async fn inspection(&self, office: OfficeId, id: InspectionId) -> Result<Option<StoredInspection>> {
        inspections::get(&mut *self.reader().await?, office, id).await
    }

    async fn inspection_summary(
        &self,
        office: OfficeId,
        id: InspectionId,
    ) -> Result<Option<InspectionSummary>> {
        inspections::summary(&mut *self.reader().await?, office, id).await
    }

    async fn inspections(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &InspectionFilter,
    ) -> Result<InspectionPage> {
        inspections::page(&mut *self.snapshot().await?, office, scope, filter).await
    }

    async fn photo(&self, office: OfficeId, hash: &PhotoHash) -> Result<Option<StoredPhoto>> {
        photos::get(&mut *self.reader().await?, office, hash).await
    }
    async fn announcement(
        &self,
        office: OfficeId,
        hash: &PhotoHash,
        person: PersonId,
    ) -> Result<Option<StoredPhoto>> {
        photos::announced_by(&mut *self.reader().await?, office, hash, person).await
    }
    async fn photo_places(&self, office: OfficeId, hash: &PhotoHash) -> Result<Vec<Placement>> {
        let hashes = std::slice::from_ref(hash);
        let places = photos::places(&mut *self.reader().await?, office, hashes).await?;
        Ok(places.into_values().flatten().collect())
    }
    async fn sight(&self, office: OfficeId, hash: &PhotoHash) -> Result<Sight> {
        looks::get(&mut *self.reader().await?, office, hash).await
    }
    async fn looks_near(&self, office: OfficeId, look: &Look) -> Result<Vec<(PhotoHash, Look)>> {
        looks::near(&mut *self.snapshot().await?, office, look).await
    }
    async fn shown(&self, office: OfficeId, hash: &PhotoHash) -> Result<Vec<Shown>> {
        looks::shown(&mut *self.reader().await?, office, hash).await
    }
    async fn photos_without_look(&self, most: u32) -> Result<Vec<(OfficeId, PhotoHash)>> {
        looks::wanting(&mut *self.reader().await?, most).await
    }
    async fn set_aside(&self, office: OfficeId, page: u32) -> Result<SetAsidePage> {
        set_aside::page(&mut *self.snapshot().await?, office, page).await
    }
    async fn upload(&self, id: Uuid) -> Result<Option<StoredUpload>> {
        uploads::get(&mut *self.reader().await?, id).await
    }

    async fn uploads_of(&self, hash: &PhotoHash) -> Result<Vec<StoredUpload>> {
        uploads::of_all(&mut *self.reader().await?, hash).await
    }
    async fn audit(&self, office: OfficeId, filter: &AuditFilter) -> Result<AuditPage> {
        audit::page(&mut *self.snapshot().await?, office, filter).await
    }
    async fn signing_key(&self) -> Result<Option<Vec<u8>>> {
        signing_keys::newest(&mut *self.reader().await?).await
    }
    async fn signing_keys(&self) -> Result<Vec<Vec<u8>>> {
        signing_keys::all(&mut *self.reader().await?).await
    }

    async fn import_plan(
        &self,
        office: OfficeId,
        person: PersonId,
        id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Option<StoredPlan>> {
        imports::plan(&mut *self.reader().await?, office, person, id, now).await
    }
    async fn last_import(&self, office: OfficeId, what: ImportKind) -> Result<Option<StoredImport>> {
        imports::last(&mut *self.reader().await?, office, what).await
    }

    async fn changes(&self, office: OfficeId, after: i64, limit: u32) -> Result<Vec<Changed>> {
        changes::after(&mut *self.reader().await?, office, after, limit).await
    }
    async fn dump(&self, to: mpsc::Sender<Row>) -> Result<()> {
        dump::read(&mut *self.snapshot().await?, &to).await
    }

    async fn load(&self, mut from: mpsc::Receiver<Row>) -> Result<u64> {
        let mut waiting: Vec<Row> = Vec::with_capacity(LOADED_AT_ONCE);
        let mut loaded = 0;
        loop {
            let next = from.recv().await;
            let table = waiting.first().map(|row| row.table);
            let belongs = next.as_ref().is_some_and(|row| table.is_none_or(|table| table == row.table));
            if let (Some(table), false) = (table, belongs && waiting.len() < LOADED_AT_ONCE) {
                let mut turn = self.turn().await?;
                dump::write(&mut turn, table, &waiting).await?;
                turn.commit().await?;
                loaded += waiting.len() as u64;
                waiting.clear();
            }
            match next {
                Some(row) => waiting.push(row),
                None => return Ok(loaded),
            }
        }
    }

    async fn version(&self) -> Result<i64> {
        let version = sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations");
        Ok(version.fetch_one(&mut *self.reader().await?).await?)
    }
}
