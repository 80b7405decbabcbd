//! 行政检查: the office's rules, and who was inspected how often in a year.

use super::{
    Conn, QueryBuilder, SqlStore, SqlTransaction, changes,
    columns::{body, number, parse},
    query, query_as, query_scalar,
    rows::power_of_two_chunks,
};
use crate::{ReadInspections, Record, Result, StoredVisit, WriteInspections};
use async_trait::async_trait;
use domain::{
    id::{OfficeId, PartyId, SiteId},
    inspection::{CountedInspections, Inspected, InspectionRules},
};
use uuid::Uuid;

async fn rules(conn: &mut Conn, office: OfficeId) -> Result<InspectionRules> {
    let stored: Option<String> = query_scalar("SELECT body FROM inspection_rules WHERE office = $1")
        .bind(office.0)
        .fetch_optional(conn)
        .await?;
    let stored = stored.map(|stored| parse("an office's rules of inspections", &stored));
    Ok(stored.transpose()?.unwrap_or_default())
}

async fn put_rules(conn: &mut Conn, office: OfficeId, rules: &InspectionRules) -> Result<()> {
    query(
        "INSERT INTO inspection_rules (office, body) VALUES ($1, $2)
         ON CONFLICT (office) DO UPDATE SET body = excluded.body",
    )
    .bind(office.0)
    .bind(body(rules)?)
    .execute(conn)
    .await?;
    Ok(())
}

/// As the columns have them.
fn columns(of: Inspected) -> (bool, Uuid) {
    match of {
        Inspected::Party(id) => (true, id.0),
        Inspected::Site(id) => (false, id.0),
    }
}

async fn counted(conn: &mut Conn, office: OfficeId, year: i32) -> Result<Vec<CountedInspections>> {
    let rows: Vec<(bool, Uuid, i64)> = query_as(
        "SELECT of_party, subject, count(*) FROM administrative_inspection
         WHERE office = $1 AND year = $2 AND counted = TRUE GROUP BY of_party, subject ORDER BY of_party, subject",
    )
    .bind(office.0)
    .bind(i64::from(year))
    .fetch_all(conn)
    .await?;
    let counted = |(of_party, subject, count)| {
        let of = if of_party { Inspected::Party(PartyId(subject)) } else { Inspected::Site(SiteId(subject)) };
        Ok(CountedInspections { of, year, count: number("a count of inspections", count)? })
    };
    rows.into_iter().map(counted).collect()
}

async fn count(conn: &mut Conn, office: OfficeId, of: Inspected, year: i32) -> Result<u32> {
    let (of_party, subject) = columns(of);
    let count: Option<i64> = query_scalar(
        "SELECT count(*) FROM administrative_inspection
         WHERE office = $1 AND year = $2 AND of_party = $3 AND subject = $4 AND counted = TRUE",
    )
    .bind(office.0)
    .bind(i64::from(year))
    .bind(of_party)
    .bind(subject)
    .fetch_optional(conn)
    .await?;
    number("a count of inspections", count.unwrap_or_default())
}

async fn move_to(conn: &mut Conn, office: OfficeId, from: Inspected, to: Inspected) -> Result<()> {
    let ((of_party, subject), (to_party, other)) = (columns(from), columns(to));
    let moved = query(
        "UPDATE administrative_inspection SET of_party = $1, subject = $2
         WHERE office = $3 AND of_party = $4 AND subject = $5",
    )
    .bind(to_party)
    .bind(other)
    .bind(office.0)
    .bind(of_party)
    .bind(subject)
    .execute(&mut *conn)
    .await?;
    if moved.rows_affected() == 0 {
        return Ok(());
    }
    changes::touch(conn, office, &[Record::Directory]).await
}

/// Those of these visits that are administrative inspections. Whoever may inspect learns how often there was one already.
pub(super) async fn put(conn: &mut Conn, office: OfficeId, visits: &[StoredVisit]) -> Result<()> {
    let inspections: Vec<_> =
        visits.iter().filter_map(|stored| Some((stored, stored.site.inspection.as_ref()?.counts))).collect();
    if inspections.is_empty() {
        return Ok(());
    }
    for chunk in power_of_two_chunks(&inspections) {
        let mut sql = QueryBuilder::new(
            "INSERT INTO administrative_inspection (visit, office, of_party, subject, year, counted) ",
        );
        sql.push_values(chunk, |mut row, (stored, counts)| {
            let (of_party, subject) = columns(stored.inspected());
            row.push_bind(stored.visit.id.0).push_bind(office.0).push_bind(of_party).push_bind(subject);
            row.push_bind(i64::from(stored.year())).push_bind(*counts);
        });
        sql.build().execute(&mut *conn).await?;
    }
    changes::touch(conn, office, &[Record::Directory]).await
}

#[async_trait]
impl ReadInspections for SqlStore {
    async fn inspection_rules(&self, office: OfficeId) -> Result<InspectionRules> {
        rules(&mut self.reader().await?, office).await
    }

    async fn counted_inspections(&self, office: OfficeId, year: i32) -> Result<Vec<CountedInspections>> {
        counted(&mut self.reader().await?, office, year).await
    }

    async fn count_inspections(&self, office: OfficeId, of: Inspected, year: i32) -> Result<u32> {
        count(&mut self.reader().await?, office, of, year).await
    }
}

#[async_trait]
impl WriteInspections for SqlTransaction {
    async fn inspection_rules(&mut self, office: OfficeId) -> Result<InspectionRules> {
        rules(&mut self.0, office).await
    }

    async fn count_inspections(&mut self, office: OfficeId, of: Inspected, year: i32) -> Result<u32> {
        count(&mut self.0, office, of, year).await
    }

    async fn move_inspections(&mut self, office: OfficeId, from: Inspected, to: Inspected) -> Result<()> {
        move_to(&mut self.0, office, from, to).await
    }

    async fn put_inspection_rules(&mut self, office: OfficeId, rules: &InspectionRules) -> Result<()> {
        put_rules(&mut self.0, office, rules).await
    }
}
