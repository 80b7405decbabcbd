//! Running numbers: those that people see, and those of changes.

use super::{Conn, QueryBuilder, SqlTransaction, query_as, query_scalar};
use crate::{Numbers, Result, WriteNumbers};
use async_trait::async_trait;
use domain::id::OfficeId;

const RECEIPT: &str = "receipt";
const HAZARD: &str = "hazard";
const VISIT: &str = "visit";
const SPOT_CHECK: &str = "spot_check";

pub(super) async fn all(conn: &mut Conn, office: OfficeId, year: i32) -> Result<Numbers> {
    let rows: Vec<(String, i64)> =
        query_as("SELECT series, last FROM sequence WHERE office = $1 AND year = $2")
            .bind(office.0)
            .bind(year)
            .fetch_all(conn)
            .await?;
    let last = |series: &str| {
        let known = rows.iter().find(|(known, _)| known == series);
        known.map_or(0, |(_, last)| last.unsigned_abs())
    };
    Ok(Numbers {
        receipt: last(RECEIPT),
        hazard: last(HAZARD),
        visit: last(VISIT),
        spot_check: last(SPOT_CHECK),
    })
}

/// A number only ever grows.
pub(super) async fn put(conn: &mut Conn, office: OfficeId, year: i32, numbers: &Numbers) -> Result<()> {
    let rows = [
        (RECEIPT, numbers.receipt),
        (HAZARD, numbers.hazard),
        (VISIT, numbers.visit),
        (SPOT_CHECK, numbers.spot_check),
    ];
    let mut sql = QueryBuilder::new("INSERT INTO sequence (office, series, year, last) ");
    sql.push_values(rows, |mut row, (series, last)| {
        row.push_bind(office.0).push_bind(series).push_bind(year);
        row.push_bind(i64::try_from(last).unwrap_or(i64::MAX));
    });
    sql.push(
        " ON CONFLICT (office, series, year) DO UPDATE SET last = excluded.last
          WHERE excluded.last > sequence.last",
    );
    sql.build().execute_later(conn).await?;
    Ok(())
}

/// A series of the whole office goes on by `count` numbers, which end with its last.
pub(super) async fn go_on(
    conn: &mut Conn,
    office: OfficeId,
    series: &'static str,
    count: usize,
) -> Result<()> {
    let mut sql = QueryBuilder::new("INSERT INTO sequence (office, series, year, last) VALUES (");
    let mut row = sql.separated(", ");
    row.push_bind(office.0).push_bind(series).push("0").push_bind(i64::try_from(count).unwrap_or(i64::MAX));
    sql.push(") ON CONFLICT (office, series, year) DO UPDATE SET last = sequence.last + excluded.last");
    sql.build().execute_later(conn).await?;
    Ok(())
}

/// The first of the next `count` numbers of a series of the whole office.
pub(super) async fn next(conn: &mut Conn, office: OfficeId, series: &str, count: usize) -> Result<i64> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let last: i64 = query_scalar(
        "INSERT INTO sequence (office, series, year, last) VALUES ($1, $2, 0, $3)
         ON CONFLICT (office, series, year) DO UPDATE SET last = sequence.last + excluded.last
         RETURNING last",
    )
    .bind(office.0)
    .bind(series)
    .bind(count)
    .fetch_one(conn)
    .await?;
    Ok(last - count + 1)
}

#[async_trait]
impl WriteNumbers for SqlTransaction {
    async fn numbers(&mut self, office: OfficeId, year: i32) -> Result<Numbers> {
        all(&mut self.0, office, year).await
    }

    async fn put_numbers(&mut self, office: OfficeId, year: i32, numbers: &Numbers) -> Result<()> {
        put(&mut self.0, office, year, numbers).await
    }
}
