//! What people send on a day: one row for each, written in the turn that takes it.

use super::{
    Conn, SqlTransaction,
    columns::{count, day as word},
    query, query_as,
};
use crate::{Result, WriteQuotas};
use async_trait::async_trait;
use chrono::{Days, NaiveDate};
use domain::{id::PersonId, quota::Usage};

/// Days for which a row is kept, so that an administrator can see who used the space.
const KEPT: Days = Days::new(31);

type UsageRow = (i64, i64, i64, i64, i64, i64);

pub(super) async fn get(conn: &mut Conn, person: PersonId, day: NaiveDate) -> Result<Usage> {
    let row: Option<UsageRow> = query_as(
        "SELECT operations, bytes, photos, photo_bytes, pieces, quarantine FROM quota
         WHERE person = $1 AND day = $2",
    )
    .bind(person.0)
    .bind(word(day))
    .fetch_optional(conn)
    .await?;
    let Some((operations, bytes, photos, photo_bytes, pieces, quarantine)) = row else {
        return Ok(Usage::default());
    };
    Ok(Usage {
        operations: count(operations),
        bytes: count(bytes),
        photos: count(photos),
        photo_bytes: count(photo_bytes),
        pieces: count(pieces),
        quarantine: count(quarantine),
    })
}

pub(super) async fn put(conn: &mut Conn, person: PersonId, day: NaiveDate, usage: &Usage) -> Result<()> {
    let long = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    query(
        "INSERT INTO quota (person, day, operations, bytes, photos, photo_bytes, pieces, quarantine)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (person, day) DO UPDATE SET operations = excluded.operations, bytes = excluded.bytes,
             photos = excluded.photos, photo_bytes = excluded.photo_bytes, pieces = excluded.pieces,
             quarantine = excluded.quarantine",
    )
    .bind(person.0)
    .bind(word(day))
    .bind(long(usage.operations))
    .bind(long(usage.bytes))
    .bind(long(usage.photos))
    .bind(long(usage.photo_bytes))
    .bind(long(usage.pieces))
    .bind(long(usage.quarantine))
    .execute(&mut *conn)
    .await?;
    // Once a day is often enough.
    if usage.operations + usage.pieces == 1
        && let Some(long_ago) = day.checked_sub_days(KEPT)
    {
        query("DELETE FROM quota WHERE day < $1").bind(word(long_ago)).execute(conn).await?;
    }
    Ok(())
}

#[async_trait]
impl WriteQuotas for SqlTransaction {
    async fn usage(&mut self, person: PersonId, day: NaiveDate) -> Result<Usage> {
        get(&mut self.0, person, day).await
    }

    async fn put_usage(&mut self, person: PersonId, day: NaiveDate, usage: &Usage) -> Result<()> {
        put(&mut self.0, person, day, usage).await
    }
}
