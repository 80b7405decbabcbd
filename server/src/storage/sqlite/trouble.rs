//! What a database error means to the caller: later, or never.

use crate::storage::StoreError;

/// SQLite's primary result codes that another moment, more room or a mended disk can cure: BUSY, LOCKED, READONLY,
/// IOERR, FULL, CANTOPEN.
const PASSING: [u32; 6] = [5, 6, 8, 10, 13, 14];

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let words = error.to_string();
        match &error {
            sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::Io(_) => Self::Unavailable(words),
            sqlx::Error::Database(trouble) => {
                // The low byte is the primary code, the rest says more of it.
                let code = trouble.code().and_then(|code| code.parse::<u32>().ok()).map(|code| code & 0xff);
                if code.is_some_and(|code| PASSING.contains(&code)) {
                    Self::Unavailable(words)
                } else {
                    Self::Corrupt(words)
                }
            }
            _ => Self::Corrupt(words),
        }
    }
}

/// Says in the caller's words that a unique column is taken.
pub(super) fn or_taken(what: &'static str) -> impl Fn(sqlx::Error) -> StoreError {
    move |error| match &error {
        sqlx::Error::Database(trouble) if trouble.is_unique_violation() => StoreError::Taken(what),
        _ => error.into(),
    }
}
