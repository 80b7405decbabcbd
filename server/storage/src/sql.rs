//! # What both databases understand
//!
//! The queries are written once, in the SQL that SQLite and PostgreSQL share, and compiled once: a statement is text and
//! values (`statement`, `builder`, `value`) until it is asked of a connection (`connection`), which is to one of the two.
//! The few words that differ stand in `dialect`.
//!
//! Each noun has a file; its functions take a connection, so that the store reads through a pool and a transaction
//! through its own. What [`SqlStore`] and [`SqlTransaction`] do of the noun's traits stands below them. Parameters are
//! `$1, $2, …`; truth is `= TRUE`, never a number; an upsert names the table before a column that `excluded` has too.

mod announcements;
mod attachments;
mod audiences;
mod audit;
mod builder;
mod campaigns;
mod changes;
mod codes;
mod columns;
mod complaints;
mod connection;
mod dialect;
mod dump;
mod factors;
mod fingerprints;
mod form_pictures;
mod former;
mod forms;
mod grids;
mod hazards;
mod heartbeats;
mod imports;
mod inspections;
mod jobs;
mod keys;
mod last_answers;
mod ledger;
mod lists;
mod login_attempts;
mod loose_bytes;
mod notices;
mod numbers;
mod operations;
mod outlines;
mod overview;
mod parties;
mod people;
mod phrases;
mod places;
mod public_reports;
mod push_subscriptions;
mod quarantine;
mod quotas;
mod records;
mod row;
mod rows;
mod scoped;
mod sealed_orders;
mod search;
mod sessions;
mod settings;
mod signing_keys;
mod sites;
mod spot_checks;
mod statement;
mod tasks;
mod text;
mod uploads;
mod value;
mod visits;

use crate::{
    Result, Store, Transaction, address::DatabaseAddress, dump::Row, postgres::PostgresPools,
    sqlite::SqlitePools,
};
use async_trait::async_trait;
use builder::QueryBuilder;
use connection::Connection as Conn;
use domain::list::PAGE_SIZE;
pub(crate) use rows::PREPARED;
use statement::{query, query_as, query_scalar};
use tokio::sync::mpsc;

/// Rows of one commit when all are taken in.
const LOADED_AT_ONCE: usize = 4096;

/// Rows of one page of any list.
const PAGE: u32 = PAGE_SIZE;

/// The store, in whichever database.
#[derive(Debug, Clone)]
pub struct SqlStore {
    pools: Pools,
}

#[derive(Debug, Clone)]
enum Pools {
    Sqlite(SqlitePools),
    Postgres(PostgresPools),
}

/// One write transaction.
struct SqlTransaction(Conn);

impl SqlStore {
    /// Connects, and brings the tables up to date. A file that is not there is made if `create`, else it is
    /// [`Unavailable`](crate::StoreError::Unavailable).
    pub async fn open(address: &DatabaseAddress, create: bool) -> Result<Self> {
        let pools = match address {
            DatabaseAddress::Sqlite(file) => Pools::Sqlite(SqlitePools::open(file, create).await?),
            DatabaseAddress::Postgres(url) => Pools::Postgres(PostgresPools::open(url).await?),
        };
        Ok(Self { pools })
    }

    /// For one read.
    async fn reader(&self) -> Result<Conn> {
        Ok(match &self.pools {
            Pools::Sqlite(pools) => pools.reader().await?.into(),
            Pools::Postgres(pools) => pools.reader().await?.into(),
        })
    }

    /// One state of the database for several reads.
    async fn snapshot(&self) -> Result<Conn> {
        Ok(match &self.pools {
            Pools::Sqlite(pools) => pools.snapshot().await?.into(),
            Pools::Postgres(pools) => pools.snapshot().await?.into(),
        })
    }

    /// A write transaction, one at a time among all servers.
    async fn begin_write(&self) -> Result<Conn> {
        Ok(match &self.pools {
            Pools::Sqlite(pools) => pools.begin_write().await?.into(),
            Pools::Postgres(pools) => pools.begin_write().await?.into(),
        })
    }

    /// For taking jobs: on SQLite the one write transaction like any other, on PostgreSQL beside whoever has it.
    async fn claim(&self) -> Result<Conn> {
        Ok(match &self.pools {
            Pools::Sqlite(pools) => pools.begin_write().await?.into(),
            Pools::Postgres(pools) => pools.claim().await?.into(),
        })
    }
}

#[async_trait]
impl Store for SqlStore {
    async fn write(&self) -> Result<Box<dyn Transaction>> {
        Ok(Box::new(SqlTransaction(self.begin_write().await?)))
    }

    async fn ready(&self) -> Result<()> {
        query("SELECT count(*) FROM office").execute(&mut self.reader().await?).await?;
        match &self.pools {
            // Whether there is room shows only when something is written.
            Pools::Sqlite(_) => Ok(()),
            Pools::Postgres(pools) => pools.takes_writes().await,
        }
    }

    async fn close(&self) {
        match &self.pools {
            Pools::Sqlite(pools) => pools.close().await,
            Pools::Postgres(pools) => pools.close().await,
        }
    }

    async fn dump(&self, to: mpsc::Sender<Row>) -> Result<()> {
        dump::read(&mut self.snapshot().await?, &to).await
    }

    async fn load(&self, mut from: mpsc::Receiver<Row>) -> Result<u64> {
        let mut waiting: Vec<Row> = Vec::with_capacity(LOADED_AT_ONCE);
        let mut loaded = 0;
        loop {
            let next = from.recv().await;
            let table = waiting.first().map(|row| row.table);
            let belongs = next.as_ref().is_some_and(|row| table.is_none_or(|table| table == row.table));
            if let (Some(table), false) = (table, belongs && waiting.len() < LOADED_AT_ONCE) {
                let mut tx = self.begin_write().await?;
                dump::write(&mut tx, table, &waiting).await?;
                tx.commit().await?;
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
        let version = query_scalar("SELECT max(version) FROM _sqlx_migrations");
        Ok(version.fetch_one(&mut self.reader().await?).await?)
    }
}

#[async_trait]
impl Transaction for SqlTransaction {
    async fn commit(self: Box<Self>) -> Result<()> {
        Ok(self.0.commit().await?)
    }
}
