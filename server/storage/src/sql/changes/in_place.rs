//! Records that are new, or lie where they lay: nobody has to be asked who saw them before.

use super::{SERIES, UPSERT, key};
use crate::{
    Record, Result,
    sql::{Conn, QueryBuilder, numbers, rows::power_of_two_chunks},
};
use domain::{
    id::{OfficeId, SiteId},
    sync::RecordKind,
};

/// A site, or a record that lies where its site lies.
#[derive(Debug)]
pub(in crate::sql) struct InPlace {
    pub record: Record,
    pub site: SiteId,
    /// Milliseconds: when it ceased to be live.
    pub ended_at: Option<i64>,
}

/// Announces them, each a record of its own. Their places are read where they are written; of a site that is retired nobody has
/// to hear.
pub(in crate::sql) async fn touch_in_place(
    conn: &mut Conn,
    office: OfficeId,
    records: &[InPlace],
) -> Result<()> {
    if records.is_empty() {
        return Ok(());
    }
    numbers::go_on(&mut *conn, office, SERIES, records.len()).await?;
    // Back from the last number, which is read where they are written.
    let count = i64::try_from(records.len()).unwrap_or(i64::MAX);
    let numbered: Vec<_> = (1 - count..).zip(records).collect();
    for chunk in power_of_two_chunks(&numbered) {
        // Both databases call the columns of a list of values column1, column2.
        let mut sql = QueryBuilder::new(
            "INSERT INTO change (office, seq, kind, id, grid, site, department, sector, ended_at)
             SELECT s.office, q.last + v.column1, v.column2, v.column3, s.grid, s.id, s.department, s.sector, v.column5
             FROM (",
        );
        sql.push_values(chunk, |mut row, (back, one)| {
            let (kind, id) = key(&one.record);
            row.push_bind(*back).push_bind(kind).push_bind(id);
            row.push_bind(one.site.0).push_bind(one.ended_at);
        });
        sql.push(
            ") AS v JOIN site s ON s.id = v.column4 JOIN sequence q ON q.office = s.office AND q.year = 0",
        );
        sql.push(" AND q.series = ").push_bind(SERIES).push(" WHERE s.office = ").push_bind(office.0);
        sql.push(" AND (s.retired = FALSE OR v.column2 <> ").push_bind(RecordKind::Site.as_str()).push(")");
        sql.push(UPSERT);
        sql.build().execute_later(&mut *conn).await?;
    }
    Ok(())
}
