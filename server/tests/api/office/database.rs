//! A database of the test's own.

use server::storage::{self, Store};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection};
use std::{path::Path, sync::Arc};
use test_support::postgres;

/// A database of the test's own.
pub struct Database {
    pub address: String,
}

impl Database {
    /// SQLite, or what `XUNAN_TEST_STORE` says: the whole API is tried on each.
    pub async fn new(folder: &Path) -> Self {
        match std::env::var("XUNAN_TEST_STORE").as_deref() {
            Ok("postgres") => Self::postgres().await,
            Ok(other) => panic!("XUNAN_TEST_STORE={other}: there is sqlite, unsaid, and postgres"),
            Err(_) => Self::sqlite(folder),
        }
    }

    pub fn sqlite(folder: &Path) -> Self {
        Self { address: format!("sqlite://{}", folder.join("xunan.sqlite").display()) }
    }

    pub async fn postgres() -> Self {
        Self { address: postgres::database().await }
    }

    pub async fn open(&self) -> Arc<dyn Store> {
        storage::open(&self.address.parse().unwrap(), true).await.unwrap()
    }

    /// Bytes in a statement.
    pub fn bytes(&self, bytes: &[u8]) -> String {
        let hex = hex::encode(bytes);
        if self.address.starts_with("sqlite") { format!("x'{hex}'") } else { format!(r"'\x{hex}'") }
    }

    /// Behind the product's back.
    pub async fn execute(&self, sql: &str) {
        let sql = AssertSqlSafe(sql.to_owned());
        if self.address.starts_with("sqlite") {
            SqliteConnection::connect(&self.address).await.unwrap().execute(sql).await.unwrap();
        } else {
            PgConnection::connect(&self.address).await.unwrap().execute(sql).await.unwrap();
        }
    }

    /// One column of text.
    pub async fn texts(&self, sql: &str) -> Vec<String> {
        let texts = sqlx::query_scalar(AssertSqlSafe(sql.to_owned()));
        if self.address.starts_with("sqlite") {
            texts.fetch_all(&mut SqliteConnection::connect(&self.address).await.unwrap()).await.unwrap()
        } else {
            let texts = sqlx::query_scalar(AssertSqlSafe(sql.to_owned()));
            texts.fetch_all(&mut PgConnection::connect(&self.address).await.unwrap()).await.unwrap()
        }
    }
}
