//! 变更: what devices have to learn of, each record's newest change only.

use super::{Conn, QueryBuilder, SqlStore, SqlTransaction, numbers, query_as, rows::portions};
use crate::{Changed, ReadChanges, Record, Result, WriteChanges};
use async_trait::async_trait;
use domain::{
    id::{ChecklistId, OfficeId},
    sync::RecordKind,
};
use std::collections::HashSet;

const SERIES: &str = "change";

fn key(record: &Record) -> (&'static str, String) {
    match record {
        Record::Directory => (RecordKind::Directory.as_str(), String::new()),
        Record::Site(id) => (RecordKind::Site.as_str(), id.to_string()),
        Record::Checklist(id) => (RecordKind::Checklist.as_str(), id.to_string()),
        Record::Hazard(id) => (RecordKind::Hazard.as_str(), id.to_string()),
        Record::Inspection(id) => (RecordKind::Inspection.as_str(), id.to_string()),
    }
}

/// None: of a kind that this version does not know, or of an id that is none.
fn record(kind: &str, id: &str) -> Option<Record> {
    Some(match RecordKind::parse(kind)? {
        RecordKind::Directory => Record::Directory,
        RecordKind::Site => Record::Site(id.parse().ok()?),
        RecordKind::Checklist => Record::Checklist(ChecklistId::from(id)),
        RecordKind::Hazard => Record::Hazard(id.parse().ok()?),
        RecordKind::Inspection => Record::Inspection(id.parse().ok()?),
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
        let mut sql = QueryBuilder::new("INSERT INTO change (office, kind, id, seq) ");
        sql.push_values(portion, |mut row, (seq, (kind, id))| {
            row.push_bind(office.0).push_bind(*kind).push_bind(id.clone()).push_bind(*seq);
        });
        sql.push(" ON CONFLICT (office, kind, id) DO UPDATE SET seq = excluded.seq");
        sql.build().execute(&mut *conn).await?;
    }
    Ok(())
}

pub(super) async fn after(conn: &mut Conn, office: OfficeId, after: i64, limit: u32) -> Result<Vec<Changed>> {
    let rows: Vec<(i64, String, String)> =
        query_as("SELECT seq, kind, id FROM change WHERE office = $1 AND seq > $2 ORDER BY seq LIMIT $3")
            .bind(office.0)
            .bind(after)
            .bind(i64::from(limit))
            .fetch_all(conn)
            .await?;
    let changed =
        |(seq, kind, id): (i64, String, String)| Changed { seq, record: record(&kind, &id), kind, id };
    Ok(rows.into_iter().map(changed).collect())
}

#[async_trait]
impl ReadChanges for SqlStore {
    async fn changes(&self, office: OfficeId, after: i64, limit: u32) -> Result<Vec<Changed>> {
        self::after(&mut self.reader().await?, office, after, limit).await
    }
}

#[async_trait]
impl WriteChanges for SqlTransaction {
    async fn touch(&mut self, office: OfficeId, records: &[Record]) -> Result<()> {
        touch(&mut self.0, office, records).await
    }
}
