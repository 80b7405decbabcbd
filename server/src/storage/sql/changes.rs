//! 变更: what devices have to learn of, each record's newest change only.

use super::{Conn, Db, numbers, rows::portions};
use crate::storage::{Record, Result, StoreError};
use domain::id::{ChecklistId, OfficeId};
use sqlx::QueryBuilder;
use std::collections::HashSet;

const SERIES: &str = "change";

fn key(record: &Record) -> (&'static str, String) {
    match record {
        Record::Directory => ("directory", String::new()),
        Record::Site(id) => ("site", id.to_string()),
        Record::Checklist(id) => ("checklist", id.to_string()),
        Record::Hazard(id) => ("hazard", id.to_string()),
        Record::Inspection(id) => ("inspection", id.to_string()),
    }
}

fn record(kind: &str, id: &str) -> Option<Record> {
    Some(match kind {
        "directory" => Record::Directory,
        "site" => Record::Site(id.parse().ok()?),
        "checklist" => Record::Checklist(ChecklistId::from(id)),
        "hazard" => Record::Hazard(id.parse().ok()?),
        "inspection" => Record::Inspection(id.parse().ok()?),
        _ => return None,
    })
}

pub(super) async fn touch(conn: &mut Conn, office: OfficeId, records: &[Record]) -> Result<()> {
    let mut seen = HashSet::new();
    let records: Vec<_> = records.iter().filter(|record| seen.insert(*record)).collect();
    if records.is_empty() {
        return Ok(());
    }
    let first = numbers::next(conn, office, SERIES, records.len()).await?;
    let rows: Vec<_> = (first..).zip(records.into_iter().map(key)).collect();
    for portion in portions(&rows) {
        let mut sql = QueryBuilder::<Db>::new("INSERT INTO change (office, kind, id, seq) ");
        sql.push_values(portion, |mut row, (seq, (kind, id))| {
            row.push_bind(office.0).push_bind(*kind).push_bind(id.clone()).push_bind(*seq);
        });
        sql.push(" ON CONFLICT (office, kind, id) DO UPDATE SET seq = excluded.seq");
        sql.build().execute(&mut *conn).await?;
    }
    Ok(())
}

pub(super) async fn after(
    conn: &mut Conn,
    office: OfficeId,
    after: i64,
    limit: u32,
) -> Result<Vec<(i64, Record)>> {
    let rows: Vec<(i64, String, String)> = sqlx::query_as(
        "SELECT seq, kind, id FROM change WHERE office = $1 AND seq > $2 ORDER BY seq LIMIT $3",
    )
    .bind(office.0)
    .bind(after)
    .bind(i64::from(limit))
    .fetch_all(conn)
    .await?;
    let unknown = |kind: &str, id: &str| StoreError::Corrupt(format!("a change of {kind} {id}"));
    let read = |(seq, kind, id): (i64, String, String)| {
        Ok((seq, record(&kind, &id).ok_or_else(|| unknown(&kind, &id))?))
    };
    rows.into_iter().map(read).collect()
}
