//! 两步验证: a person's second factor, and whether the office asks for one.

use super::{
    Conn, QueryBuilder, SqlStore, SqlTransaction,
    columns::{ms, time},
    query, query_as, query_scalar,
    rows::power_of_two_chunks,
};
use crate::{ReadFactors, Result, StoredFactor, TokenHash, WriteFactors};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::id::{OfficeId, PersonId};

pub(super) async fn get(conn: &mut Conn, person: PersonId) -> Result<Option<StoredFactor>> {
    let row: Option<(Vec<u8>, Option<i64>, i64)> =
        query_as("SELECT secret, since, last_step FROM second_factor WHERE person = $1")
            .bind(person.0)
            .fetch_optional(conn)
            .await?;
    row.map(|(secret, since, last_step)| {
        Ok(StoredFactor { secret, since: since.map(time).transpose()?, last_step })
    })
    .transpose()
}

/// In the place of the one before.
pub(super) async fn put(conn: &mut Conn, person: PersonId, secret: &[u8]) -> Result<()> {
    query(
        "INSERT INTO second_factor (person, secret, last_step) VALUES ($1, $2, 0)
         ON CONFLICT (person) DO UPDATE SET secret = excluded.secret, since = NULL, last_step = 0",
    )
    .bind(person.0)
    .bind(secret)
    .execute(conn)
    .await?;
    Ok(())
}

/// Its code of this half minute was right; with the first one it is in force.
pub(super) async fn used(conn: &mut Conn, person: PersonId, step: i64, now: DateTime<Utc>) -> Result<()> {
    query("UPDATE second_factor SET last_step = $1, since = coalesce(since, $2) WHERE person = $3")
        .bind(step)
        .bind(ms(now))
        .bind(person.0)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn end(conn: &mut Conn, person: PersonId) -> Result<()> {
    query("DELETE FROM recovery_code WHERE person = $1").bind(person.0).execute(&mut *conn).await?;
    query("DELETE FROM second_factor WHERE person = $1").bind(person.0).execute(conn).await?;
    Ok(())
}

/// In the place of those before.
pub(super) async fn put_codes(conn: &mut Conn, person: PersonId, codes: &[TokenHash]) -> Result<()> {
    query("DELETE FROM recovery_code WHERE person = $1").bind(person.0).execute(&mut *conn).await?;
    for chunk in power_of_two_chunks(codes) {
        let mut sql = QueryBuilder::new("INSERT INTO recovery_code (person, hash) ");
        sql.push_values(chunk, |mut row, code| {
            row.push_bind(person.0).push_bind(code.0.to_vec());
        });
        sql.build().execute(&mut *conn).await?;
    }
    Ok(())
}

/// Whether it was one; it is none afterwards.
pub(super) async fn take_code(conn: &mut Conn, person: PersonId, code: &TokenHash) -> Result<bool> {
    let taken = query("DELETE FROM recovery_code WHERE person = $1 AND hash = $2")
        .bind(person.0)
        .bind(code.0.as_slice())
        .execute(conn)
        .await?;
    Ok(taken.rows_affected() > 0)
}

pub(super) async fn ask(conn: &mut Conn, office: OfficeId, asks: bool) -> Result<()> {
    query("UPDATE office SET second_factor = $1 WHERE id = $2")
        .bind(asks)
        .bind(office.0)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn asks(conn: &mut Conn, office: OfficeId) -> Result<bool> {
    let asks: Option<bool> = query_scalar("SELECT second_factor FROM office WHERE id = $1")
        .bind(office.0)
        .fetch_optional(conn)
        .await?;
    Ok(asks.unwrap_or_default())
}

#[async_trait]
impl ReadFactors for SqlStore {
    async fn second_factor(&self, person: PersonId) -> Result<Option<StoredFactor>> {
        get(&mut self.reader().await?, person).await
    }

    async fn asks_second_factor(&self, office: OfficeId) -> Result<bool> {
        asks(&mut self.reader().await?, office).await
    }
}

#[async_trait]
impl WriteFactors for SqlTransaction {
    async fn second_factor(&mut self, person: PersonId) -> Result<Option<StoredFactor>> {
        get(&mut self.0, person).await
    }

    async fn put_second_factor(&mut self, person: PersonId, secret: &[u8]) -> Result<()> {
        put(&mut self.0, person, secret).await
    }

    async fn second_factor_used(&mut self, person: PersonId, step: i64, now: DateTime<Utc>) -> Result<()> {
        used(&mut self.0, person, step, now).await
    }

    async fn end_second_factor(&mut self, person: PersonId) -> Result<()> {
        end(&mut self.0, person).await
    }

    async fn put_recovery_codes(&mut self, person: PersonId, codes: &[TokenHash]) -> Result<()> {
        put_codes(&mut self.0, person, codes).await
    }

    async fn take_recovery_code(&mut self, person: PersonId, code: &TokenHash) -> Result<bool> {
        take_code(&mut self.0, person, code).await
    }

    async fn ask_second_factor(&mut self, office: OfficeId, asks: bool) -> Result<()> {
        ask(&mut self.0, office, asks).await
    }
}
