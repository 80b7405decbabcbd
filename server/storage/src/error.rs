//! What can go wrong below the seam, and what a database's error means to the caller: later, or never.

use sqlx::{error::DatabaseError, migrate::MigrateError, postgres::PgDatabaseError};
use thiserror::Error;

#[derive(Debug, Clone, Error)]
pub enum StoreError {
    /// Try again later: locked, full, unreachable.
    #[error("the database does not answer: {0}")]
    Unavailable(String),
    /// A bug or damage: a person must look.
    #[error("the database holds something unexpected: {0}")]
    Corrupt(String),
    /// One row's value cannot be read; what stands in other rows can.
    #[error("a row cannot be read: {0}")]
    Unreadable(String),
    /// A unique name is taken; the caller says so in its own words.
    #[error("`{0}` is taken")]
    Taken(&'static str),
}

pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// SQLite's primary result codes that another moment, more room or a mended disk can cure: BUSY, LOCKED, READONLY,
/// IOERR, FULL, CANTOPEN.
const PASSING_IN_SQLITE: [u32; 6] = [5, 6, 8, 10, 13, 14];

/// PostgreSQL's classes of the same kind: connection, rollback by the database, lock not to be had, resources (disk,
/// memory, connections), an operator's doing (shutting down, starting up), the system below.
const PASSING_IN_POSTGRES: [&str; 6] = ["08", "40", "55", "53", "57", "58"];

/// A database that only reads, as a standby is until it is promoted.
const READ_ONLY: &str = "25006";

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let words = error.to_string();
        let passes = match &error {
            sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::Io(_)
            | sqlx::Error::Tls(_) => true,
            sqlx::Error::Database(cause) => passes(cause.as_ref()),
            _ => false,
        };
        if passes { Self::Unavailable(words) } else { Self::Corrupt(words) }
    }
}

fn passes(cause: &dyn DatabaseError) -> bool {
    let Some(code) = cause.code() else { return false };
    if cause.try_downcast_ref::<PgDatabaseError>().is_some() {
        return code == READ_ONLY || PASSING_IN_POSTGRES.iter().any(|class| code.starts_with(class));
    }
    // The low byte is the primary code, the rest says more of it.
    code.parse::<u32>().is_ok_and(|code| PASSING_IN_SQLITE.contains(&(code & 0xff)))
}

/// What the migrations' outcome means to whoever opens the store.
pub(crate) fn migrated(outcome: Result<(), MigrateError>) -> Result<()> {
    outcome.map_err(|error| match error {
        MigrateError::Execute(error) => StoreError::from(error),
        other => StoreError::Corrupt(other.to_string()),
    })
}

/// Says in the caller's words that a unique column is taken.
pub(crate) fn map_unique_violation(what: &'static str) -> impl Fn(sqlx::Error) -> StoreError {
    move |error| match &error {
        sqlx::Error::Database(cause) if cause.is_unique_violation() => StoreError::Taken(what),
        _ => error.into(),
    }
}
