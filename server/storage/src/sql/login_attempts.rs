//! Login attempts, until one succeeds.

use super::{
    Conn, QueryBuilder, SqlTransaction,
    columns::{ms, time},
    query, query_scalar,
};
use crate::{Result, WriteLoginAttempts};
use async_trait::async_trait;
use chrono::{DateTime, Utc};

pub(super) async fn since(conn: &mut Conn, key: &str, since: DateTime<Utc>) -> Result<Vec<DateTime<Utc>>> {
    let times: Vec<i64> = query_scalar("SELECT at FROM sign_in_try WHERE key = $1 AND at >= $2 ORDER BY at")
        .bind(key)
        .bind(ms(since))
        .fetch_all(conn)
        .await?;
    times.into_iter().map(time).collect()
}

pub(super) async fn put(
    conn: &mut Conn,
    keys: &[&str],
    at: DateTime<Utc>,
    since: DateTime<Utc>,
) -> Result<()> {
    query("DELETE FROM sign_in_try WHERE at < $1").bind(ms(since)).execute(&mut *conn).await?;
    let mut sql = QueryBuilder::new("INSERT INTO sign_in_try (key, at) ");
    sql.push_values(keys, |mut row, key| {
        row.push_bind((*key).to_owned()).push_bind(ms(at));
    });
    sql.build().execute(conn).await?;
    Ok(())
}

pub(super) async fn forget(conn: &mut Conn, key: &str) -> Result<()> {
    query("DELETE FROM sign_in_try WHERE key = $1").bind(key).execute(conn).await?;
    Ok(())
}

pub(super) async fn take_back(conn: &mut Conn, key: &str, at: DateTime<Utc>) -> Result<()> {
    query("DELETE FROM sign_in_try WHERE key = $1 AND at = $2").bind(key).bind(ms(at)).execute(conn).await?;
    Ok(())
}

#[async_trait]
impl WriteLoginAttempts for SqlTransaction {
    async fn login_attempts(&mut self, key: &str, since: DateTime<Utc>) -> Result<Vec<DateTime<Utc>>> {
        self::since(&mut self.0, key, since).await
    }

    async fn put_login_attempt(
        &mut self,
        keys: &[&str],
        at: DateTime<Utc>,
        since: DateTime<Utc>,
    ) -> Result<()> {
        put(&mut self.0, keys, at, since).await
    }

    async fn forget_login_attempts(&mut self, key: &str) -> Result<()> {
        forget(&mut self.0, key).await
    }

    async fn take_back_login_attempt(&mut self, key: &str, at: DateTime<Utc>) -> Result<()> {
        take_back(&mut self.0, key, at).await
    }
}
