//! # SQLite
//!
//! One file, two pools. All writing goes through one connection whose transactions begin with `BEGIN IMMEDIATE`: a
//! deferred one that reads before it writes fails under load with `BUSY_SNAPSHOT`, and no timeout helps against that.
//! Reading has connections of its own that cannot write. The log is written ahead (WAL) and every commit is synced
//! (`synchronous=FULL`), because a phone throws its copy away on the strength of a receipt.
//!
//! Each noun has a file; its functions take a connection, so that the store reads through a pool and a transaction
//! through its own.

mod changes;
mod checklists;
mod columns;
mod hazards;
mod inspections;
mod ledger;
mod operations;
mod overview;
mod people;
mod photos;
mod places;
mod scoped;
mod search;
mod sessions;
mod sites;
mod transaction;
mod trouble;

use super::{
    Account, Places, Record, Result, Session, Store, StoreError, StoredInspection, StoredPhoto, TokenHash,
    Transaction,
};
use app::backend::{InspectionFilter, InspectionPage, SiteFilter, SitePage};
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    checklist::Checklist,
    hazard::Hazard,
    id::{ChecklistId, HazardId, InspectionId, OfficeId, PersonId, SiteId},
    inspection::InspectionSummary,
    ledger::{LedgerFilter, LedgerPage},
    overview::Overview,
    person::Person,
    photo::PhotoHash,
    place::Office,
    role::Scope,
    site::Site,
};
use sqlx::{
    Sqlite, SqlitePool,
    migrate::Migrator,
    pool::PoolConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{path::Path, time::Duration};
use transaction::SqliteTransaction;

static MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");

/// How long a writer waits for the writers before it.
const PATIENCE: Duration = Duration::from_secs(10);

/// Connections that read at the same time.
const READERS: u32 = 8;

/// Rows of one page of any list.
pub(super) const PAGE: u32 = LedgerFilter::PAGE_SIZE;

/// An office's records in one SQLite file.
#[derive(Debug, Clone)]
pub struct SqliteStore {
    writer: SqlitePool,
    readers: SqlitePool,
}

impl SqliteStore {
    /// Opens the file, given as a path or as `sqlite://path`, and brings its tables up to date. Where there is none it is
    /// made if `create`, else [`StoreError::Unavailable`].
    pub async fn open(file: &str, create: bool) -> Result<Self> {
        let path = file.strip_prefix("sqlite://").unwrap_or(file);
        let options = SqliteConnectOptions::new()
            .filename(Path::new(path))
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            .pragma("journal_size_limit", "67108864");
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(PATIENCE)
            .connect_with(options.clone().create_if_missing(create))
            .await?;
        MIGRATIONS.run(&writer).await.map_err(|error| match error {
            sqlx::migrate::MigrateError::Execute(error) => StoreError::from(error),
            other => StoreError::Corrupt(other.to_string()),
        })?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(PATIENCE)
            .connect_with(options.pragma("query_only", "ON"))
            .await?;
        Ok(Self { writer, readers })
    }

    async fn reader(&self) -> Result<PoolConnection<Sqlite>> {
        Ok(self.readers.acquire().await?)
    }

    /// One state of the database for several reads.
    async fn snapshot(&self) -> Result<sqlx::Transaction<'static, Sqlite>> {
        Ok(self.readers.begin().await?)
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn write(&self) -> Result<Box<dyn Transaction>> {
        let transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        Ok(Box::new(SqliteTransaction::new(transaction)))
    }

    async fn ready(&self) -> Result<()> {
        sqlx::query("SELECT count(*) FROM office").execute(&mut *self.reader().await?).await?;
        Ok(())
    }

    async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    async fn offices(&self) -> Result<Vec<Office>> {
        places::offices(&mut *self.reader().await?).await
    }

    async fn places(&self, office: OfficeId) -> Result<Places> {
        places::all(&mut *self.snapshot().await?, office).await
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

    async fn checklists(&self, office: OfficeId) -> Result<Vec<Checklist>> {
        checklists::newest(&mut *self.reader().await?, office).await
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
        photos::get(&mut *self.snapshot().await?, office, hash).await
    }

    async fn changes(&self, office: OfficeId, after: i64, limit: u32) -> Result<Vec<(i64, Record)>> {
        changes::after(&mut *self.reader().await?, office, after, limit).await
    }
}
