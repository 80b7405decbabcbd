//! What people send on a day: one row for each, written in the turn that takes it.

use super::{
    Conn, QueryBuilder, SqlTransaction,
    columns::{count, day as word},
    query,
    rows::{IDS_AT_ONCE, power_of_two_chunks, push_in},
};
use crate::{Result, WriteQuotas};
use async_trait::async_trait;
use chrono::{Days, NaiveDate};
use domain::{id::PersonId, quota::Usage};
use std::collections::HashMap;
use uuid::Uuid;

/// Days for which a row is kept, so that an administrator can see who used the space.
const KEPT: Days = Days::new(31);

type UsageRow = (Uuid, i64, i64, i64, i64, i64, i64);

pub(super) async fn some(
    conn: &mut Conn,
    people: &[PersonId],
    day: NaiveDate,
) -> Result<HashMap<PersonId, Usage>> {
    let mut usage: HashMap<_, _> = people.iter().map(|person| (*person, Usage::default())).collect();
    let ids: Vec<_> = people.iter().map(|person| person.0).collect();
    for ids in ids.chunks(IDS_AT_ONCE) {
        let mut sql = QueryBuilder::new(
            "SELECT person, operations, bytes, photos, photo_bytes, pieces, quarantine FROM quota WHERE day = ",
        );
        sql.push_bind(word(day)).push(" AND person");
        push_in(&mut sql, ids);
        let rows: Vec<UsageRow> = sql.build_query_as().fetch_all(&mut *conn).await?;
        for (person, operations, bytes, photos, photo_bytes, pieces, quarantine) in rows {
            let row = Usage {
                operations: count(operations),
                bytes: count(bytes),
                photos: count(photos),
                photo_bytes: count(photo_bytes),
                pieces: count(pieces),
                quarantine: count(quarantine),
            };
            usage.insert(PersonId(person), row);
        }
    }
    Ok(usage)
}

pub(super) async fn put(conn: &mut Conn, day: NaiveDate, usage: &[(PersonId, Usage)]) -> Result<()> {
    let long = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    for chunk in power_of_two_chunks(usage) {
        let mut sql = QueryBuilder::new(
            "INSERT INTO quota (person, day, operations, bytes, photos, photo_bytes, pieces, quarantine) ",
        );
        sql.push_values(chunk, |mut row, (person, usage)| {
            row.push_bind(person.0).push_bind(word(day));
            row.push_bind(long(usage.operations)).push_bind(long(usage.bytes));
            row.push_bind(long(usage.photos)).push_bind(long(usage.photo_bytes));
            row.push_bind(long(usage.pieces)).push_bind(long(usage.quarantine));
        });
        sql.push(
            " ON CONFLICT (person, day) DO UPDATE SET operations = excluded.operations, bytes = excluded.bytes,
                 photos = excluded.photos, photo_bytes = excluded.photo_bytes, pieces = excluded.pieces,
                 quarantine = excluded.quarantine",
        );
        sql.build().execute_later(&mut *conn).await?;
    }
    // Once a day is often enough.
    if usage.iter().any(|(_, usage)| usage.operations + usage.pieces == 1)
        && let Some(long_ago) = day.checked_sub_days(KEPT)
    {
        query("DELETE FROM quota WHERE day < $1").bind(word(long_ago)).execute(conn).await?;
    }
    Ok(())
}

#[async_trait]
impl WriteQuotas for SqlTransaction {
    async fn usage(&mut self, people: &[PersonId], day: NaiveDate) -> Result<HashMap<PersonId, Usage>> {
        some(&mut self.0, people, day).await
    }

    async fn put_usage(&mut self, day: NaiveDate, usage: &[(PersonId, Usage)]) -> Result<()> {
        put(&mut self.0, day, usage).await
    }
}
