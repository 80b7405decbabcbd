//! # PostgreSQL
//!
//! For several servers on one database. Writers take turns here too: a transaction that writes first takes one advisory
//! lock and keeps it to its end, whichever server it belongs to. So what it read still holds when it writes, no two can
//! lock each other out, and what makes commits cheap is how much goes into one (a batch is one transaction), not how many
//! run side by side.
//!
//! Changes reach readers without gaps for the same reason: a number is given and its commit becomes visible before the
//! next write transaction begins, so nobody can see a later number first. Numbers that people see come from the same rows
//! (`sequence`), which a rolled-back turn leaves untouched, and not from PostgreSQL's own sequences, which leave holes.
//!
//! Commits are synced (`synchronous_commit`), whatever the database was set to, because a phone throws its copy away on
//! the strength of a receipt; where a standby is named, the commit waits for it as the database says.

use crate::{
    error::{Result, StoreError, migrated},
    sql::PREPARED,
};
use sqlx::{
    PgPool, Postgres,
    migrate::Migrator,
    pool::PoolConnection,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{sync::LazyLock, time::Duration};

/// A newer server beside this one may have gone ahead: tables grow first and shrink releases later.
static MIGRATIONS: LazyLock<Migrator> = LazyLock::new(|| {
    let mut all = sqlx::migrate!("migrations/postgres");
    all.set_ignore_missing(true);
    all
});

/// How long a request waits for a connection, and a writer for the writers before it.
const PATIENCE: Duration = Duration::from_secs(10);

/// Connections of one server: those that wait for a turn must not keep others from reading.
const WRITERS: u32 = 4;
const READERS: u32 = 12;

/// A server that vanished must not keep its turn, nor a query run for ever; PostgreSQL notices within a minute.
const NOTICED: [(&str, &str); 5] = [
    ("statement_timeout", "60s"),
    ("tcp_keepalives_idle", "15"),
    ("tcp_keepalives_interval", "5"),
    ("tcp_keepalives_count", "3"),
    ("tcp_user_timeout", "30s"),
];

/// The key of the writers' advisory lock; an arbitrary number.
const WRITER_LOCK: i64 = 0x7875_6e61_6e00_0001;

/// The connections to an installation's records in a PostgreSQL database.
#[derive(Debug, Clone)]
pub(crate) struct PostgresPools {
    writers: PgPool,
    readers: PgPool,
}

impl PostgresPools {
    /// Connects to `postgres://…` and brings its tables up to date. Servers that start together do so one after another.
    pub async fn open(url: &str) -> Result<Self> {
        let options: PgConnectOptions = url.parse()?;
        let options = options.options(NOTICED).statement_cache_capacity(PREPARED);
        let patience = format!("{}s", PATIENCE.as_secs());
        let writing = options.clone().options([
            ("synchronous_commit", "on"),
            ("lock_timeout", patience.as_str()),
            ("idle_in_transaction_session_timeout", "30s"),
        ]);
        let writers = PgPoolOptions::new()
            .max_connections(WRITERS)
            .acquire_timeout(PATIENCE)
            .connect_with(writing)
            .await?;
        migrated(MIGRATIONS.run(&writers).await)?;
        let reading = options.options([("default_transaction_read_only", "on")]);
        let readers = PgPoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(PATIENCE)
            .connect_with(reading)
            .await?;
        Ok(Self { writers, readers })
    }

    pub async fn reader(&self) -> Result<PoolConnection<Postgres>> {
        Ok(self.readers.acquire().await?)
    }

    /// One state of the database for several reads.
    pub async fn snapshot(&self) -> Result<sqlx::Transaction<'static, Postgres>> {
        Ok(self.readers.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ").await?)
    }

    /// A write transaction, among all servers.
    pub async fn begin_write(&self) -> Result<sqlx::Transaction<'static, Postgres>> {
        let mut tx = self.writers.begin().await?;
        sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(WRITER_LOCK).execute(&mut *tx).await?;
        Ok(tx)
    }

    /// For taking jobs, beside whoever has the turn: nothing but the rows that it locks has to hold until its end.
    pub async fn claim(&self) -> Result<sqlx::Transaction<'static, Postgres>> {
        Ok(self.writers.begin().await?)
    }

    /// Not so a standby, until it is promoted.
    pub async fn takes_writes(&self) -> Result<()> {
        let standby: bool = sqlx::query_scalar("SELECT pg_is_in_recovery()").fetch_one(&self.writers).await?;
        if standby { Err(StoreError::Unavailable("the database is a standby".to_owned())) } else { Ok(()) }
    }

    pub async fn close(&self) {
        self.readers.close().await;
        self.writers.close().await;
    }
}
