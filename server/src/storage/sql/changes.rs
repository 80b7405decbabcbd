//! 变更: what devices have to learn of, each record's newest change only.

use super::{Conn, operations::next};
use crate::storage::{Record, Result, StoreError};
use domain::id::{ChecklistId, OfficeId};

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

pub(super) async fn touch(conn: &mut Conn, office: OfficeId, record: &Record) -> Result<()> {
    let seq = next(conn, office, SERIES, 0).await?;
    let (kind, id) = key(record);
    sqlx::query(
        "INSERT INTO change (office, kind, id, seq) VALUES ($1, $2, $3, $4)
         ON CONFLICT (office, kind, id) DO UPDATE SET seq = excluded.seq",
    )
    .bind(office.0)
    .bind(kind)
    .bind(id)
    .bind(seq)
    .execute(conn)
    .await?;
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
