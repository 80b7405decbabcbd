//! What a database error means to the caller: later, or never.

use super::StoreError;
use sqlx::{error::DatabaseError, postgres::PgDatabaseError};

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
            sqlx::Error::Database(trouble) => passes(trouble.as_ref()),
            _ => false,
        };
        if passes { Self::Unavailable(words) } else { Self::Corrupt(words) }
    }
}

fn passes(trouble: &dyn DatabaseError) -> bool {
    let Some(code) = trouble.code() else { return false };
    if trouble.try_downcast_ref::<PgDatabaseError>().is_some() {
        return code == READ_ONLY || PASSING_IN_POSTGRES.iter().any(|class| code.starts_with(class));
    }
    // The low byte is the primary code, the rest says more of it.
    code.parse::<u32>().is_ok_and(|code| PASSING_IN_SQLITE.contains(&(code & 0xff)))
}

/// Says in the caller's words that a unique column is taken.
pub(super) fn or_taken(what: &'static str) -> impl Fn(sqlx::Error) -> StoreError {
    move |error| match &error {
        sqlx::Error::Database(trouble) if trouble.is_unique_violation() => StoreError::Taken(what),
        _ => error.into(),
    }
}
