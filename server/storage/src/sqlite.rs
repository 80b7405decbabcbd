//! # SQLite
//!
//! One file, two pools. All writing goes through one connection whose transactions begin with `BEGIN IMMEDIATE`: a
//! deferred one that reads before it writes fails under load with `BUSY_SNAPSHOT`, and no timeout helps against that.
//! Reading has connections of its own that cannot write. The log is written ahead (WAL) and every commit is synced
//! (`synchronous=FULL`), because a phone throws its copy away on the strength of a receipt.
//!
//! Changes reach readers without gaps: there is one writer, so numbers become visible in the order in which they were
//! given.

use crate::{
    error::{Result, StoreError, migrated},
    sql::PREPARED,
};
use sqlx::{
    Sqlite, SqlitePool,
    migrate::{MigrateError, Migrator},
    pool::PoolConnection,
    sqlite::{
        SqliteConnectOptions, SqliteJournalMode, SqliteLockingMode, SqlitePoolOptions, SqliteSynchronous,
    },
};
use std::{path::Path, sync::LazyLock, time::Duration};
use thiserror::Error;

/// A newer server beside this one may have gone ahead: tables grow first and shrink releases later.
static MIGRATIONS: LazyLock<Migrator> = LazyLock::new(|| {
    let mut all = sqlx::migrate!("migrations/sqlite");
    all.set_ignore_missing(true);
    all
});

/// How long a writer waits for the writers before it.
const PATIENCE: Duration = Duration::from_secs(10);

/// Connections that read at the same time.
const READERS: u32 = 8;

/// The connections to an office's records in one SQLite file.
#[derive(Debug, Clone)]
pub(crate) struct SqlitePools {
    writer: SqlitePool,
    readers: SqlitePool,
}

impl SqlitePools {
    /// Opens the file and brings its tables up to date. Where there is none it is made if `create`, else
    /// [`StoreError::Unavailable`].
    pub async fn open(path: &Path, create: bool) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            .statement_cache_capacity(PREPARED)
            .pragma("journal_size_limit", "67108864");
        match Self::share(&options, create).await {
            Err(error) if path.exists() && lacks_room(&error) => {
                let alone = Self::alone(&options).await.map_err(|_| error)?;
                tracing::error!("the disk is full: records can be read, by this program alone");
                Ok(alone)
            }
            opened => Ok(opened?),
        }
    }

    async fn share(options: &SqliteConnectOptions, create: bool) -> Result<Self, OpenError> {
        let writer = one(options.clone().create_if_missing(create)).await?;
        // What the planner knows of the tables is renewed where it is old; where there is no room it stays as it is.
        let _ = sqlx::query("PRAGMA optimize=0x10002").execute(&writer).await;
        MIGRATIONS.run(&writer).await?;
        let readers = pool(READERS).connect_with(options.clone().pragma("query_only", "ON")).await?;
        Ok(Self { writer, readers })
    }

    /// Without the file that several share, for which a full disk has no room: one connection, which keeps its index of the
    /// log in memory and everybody else out.
    async fn alone(options: &SqliteConnectOptions) -> Result<Self, OpenError> {
        let only = one(options.clone().locking_mode(SqliteLockingMode::Exclusive)).await?;
        MIGRATIONS.run(&only).await?;
        Ok(Self { writer: only.clone(), readers: only })
    }

    pub async fn reader(&self) -> Result<PoolConnection<Sqlite>> {
        Ok(self.readers.acquire().await?)
    }

    /// One state of the database for several reads.
    pub async fn snapshot(&self) -> Result<sqlx::Transaction<'static, Sqlite>> {
        begin(&self.readers, "BEGIN").await
    }

    /// The one write transaction. A deferred transaction would fail where it first writes.
    pub async fn begin_write(&self) -> Result<sqlx::Transaction<'static, Sqlite>> {
        begin(&self.writer, "BEGIN IMMEDIATE").await
    }

    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// A file does not hang up: a connection is tried when it is given back, and not once more when it is lent.
fn pool(connections: u32) -> SqlitePoolOptions {
    let options = SqlitePoolOptions::new().max_connections(connections);
    options.acquire_timeout(PATIENCE).test_before_acquire(false)
}

async fn one(options: SqliteConnectOptions) -> sqlx::Result<SqlitePool> {
    pool(1).connect_with(options).await
}

/// What opening can end with.
#[derive(Debug, Error)]
enum OpenError {
    #[error(transparent)]
    Sql(#[from] sqlx::Error),
    #[error(transparent)]
    Migrate(#[from] MigrateError),
}

impl From<OpenError> for StoreError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Sql(error) => error.into(),
            OpenError::Migrate(error) => match migrated(Err(error)) {
                Ok(()) => Self::Corrupt("the tables could not be brought up to date".to_owned()),
                Err(error) => error,
            },
        }
    }
}

/// IOERR, FULL, CANTOPEN: what SQLite says where a file cannot grow.
fn lacks_room(error: &OpenError) -> bool {
    let error = match error {
        OpenError::Sql(error) | OpenError::Migrate(MigrateError::Execute(error)) => error,
        OpenError::Migrate(_) => return false,
    };
    let code = error.as_database_error().and_then(|cause| cause.code()?.parse::<u32>().ok());
    code.is_some_and(|code| [10, 13, 14].contains(&(code & 0xff)))
}

/// When a disk is full, SQLite itself takes a transaction back; the connection that still believes to be in one is let go.
async fn begin(pool: &SqlitePool, how: &'static str) -> Result<sqlx::Transaction<'static, Sqlite>> {
    match pool.begin_with(how).await {
        Err(sqlx::Error::InvalidSavePointStatement) => {
            pool.acquire().await?.close().await?;
            Ok(pool.begin_with(how).await?)
        }
        begun => Ok(begun?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_commit_is_synced() {
        let folder = tempfile::tempdir().unwrap();
        let pools = SqlitePools::open(&folder.path().join("a.sqlite"), true).await.unwrap();
        let full: i64 = sqlx::query_scalar("PRAGMA synchronous").fetch_one(&pools.writer).await.unwrap();
        let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&pools.writer).await.unwrap();
        assert_eq!((full, mode.as_str()), (2, "wal"));
    }
}
