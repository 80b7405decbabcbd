//! 对上门的意见: what parties say of visits.

use super::{
    Conn, QueryBuilder, SqlStore, SqlTransaction,
    columns::{ms, time, word},
    lists::{self, ListQuery},
    query,
    scoped::{OF_SITE, push_days, push_equal, push_scope},
    search::Sought,
};
use crate::{ReadComplaints, Result, WriteComplaints};
use async_trait::async_trait;
use domain::{
    code::{
        ComplaintFilter, ComplaintHazard, ComplaintMark, ComplaintPage, ComplaintRow, ComplaintState,
        VisitComplaint,
    },
    id::{CodeId, HazardId, OfficeId, PersonId, SiteId, VisitId},
    role::Scope,
};
use tokio::sync::mpsc;
use uuid::Uuid;

/// A hazard keeps its words and its number wherever it lies.
const SELECT: &str =
    "SELECT v.id, v.site, v.hazard, v.code, v.by_name, v.words, v.at, v.state, v.marked_by, v.marked_by_name,
        v.marked_at, v.answer, s.name AS site_name, h.number AS hazard_number, h.what AS hazard_what,
        h.visit AS hazard_visit
     FROM visit_complaint v JOIN site s ON s.id = v.site
        LEFT JOIN hazard h ON h.id = v.hazard AND h.office = v.office";

#[derive(sqlx::FromRow)]
pub(super) struct StoredComplaint {
    id: Uuid,
    site: Uuid,
    hazard: Option<Uuid>,
    code: Uuid,
    by_name: String,
    words: String,
    at: i64,
    state: Option<String>,
    marked_by: Option<Uuid>,
    marked_by_name: Option<String>,
    marked_at: Option<i64>,
    answer: Option<String>,
    site_name: String,
    hazard_number: Option<String>,
    hazard_what: Option<String>,
    hazard_visit: Option<Uuid>,
}

impl StoredComplaint {
    fn read(self) -> Result<ComplaintRow> {
        let mark = match (self.state, self.marked_by, self.marked_at) {
            (Some(state), Some(by), Some(at)) => Some(ComplaintMark {
                state: word("how far a complaint has come", &state, ComplaintState::parse)?,
                by: PersonId(by),
                by_name: self.marked_by_name.unwrap_or_default(),
                at: time(at)?,
                answer: self.answer.unwrap_or_default(),
            }),
            (_, _, _) => None,
        };
        let (number, visit) = (self.hazard_number, self.hazard_visit.map(VisitId));
        Ok(ComplaintRow {
            complaint: VisitComplaint {
                id: self.id,
                site: SiteId(self.site),
                hazard: self.hazard.map(HazardId),
                code: CodeId(self.code),
                by_name: self.by_name,
                words: self.words,
                at: time(self.at)?,
                mark,
            },
            site_name: self.site_name,
            hazard: self.hazard_what.map(|what| ComplaintHazard { number, what, visit }),
        })
    }
}

/// Complaints as a filter and a scope narrow them, the newest first.
pub(super) struct ComplaintQuery<'a> {
    office: OfficeId,
    scope: &'a Scope,
    filter: &'a ComplaintFilter,
    sought: Sought,
}

impl<'a> ComplaintQuery<'a> {
    pub async fn of(
        conn: &mut Conn,
        office: OfficeId,
        scope: &'a Scope,
        filter: &'a ComplaintFilter,
    ) -> Result<Self> {
        let sought = Sought::among(conn, office, &filter.query).await?;
        Ok(Self { office, scope, filter, sought })
    }
}

impl ListQuery for ComplaintQuery<'_> {
    type Stored = StoredComplaint;
    type Row = ComplaintRow;

    const ID: &'static str = "v.id";

    fn push_select(&self, sql: &mut QueryBuilder) {
        sql.push(SELECT);
    }

    fn push_from(&self, sql: &mut QueryBuilder) {
        let Self { office, scope, filter, sought } = self;
        sql.push(" FROM visit_complaint v JOIN site s ON s.id = v.site WHERE v.office = ");
        sql.push_bind(office.0);
        push_scope(sql, scope, &OF_SITE);
        match filter.state {
            None => {}
            Some(ComplaintState::Open) => {
                sql.push(" AND v.state IS NULL");
            }
            Some(state @ (ComplaintState::InHand | ComplaintState::Answered)) => {
                push_equal(sql, "v.state", Some(state.as_str()));
            }
        }
        push_days(sql, "v.at", filter.from, filter.to);
        sought.push(sql, "v.site", &["v.by_name", "v.words", "v.answer"]);
    }

    fn order(&self) -> &'static str {
        " ORDER BY v.at DESC, v.id"
    }

    fn row(&self, stored: StoredComplaint) -> Result<ComplaintRow> {
        stored.read()
    }
}

async fn read(conn: &mut Conn, mut sql: QueryBuilder) -> Result<Vec<ComplaintRow>> {
    let rows: Vec<StoredComplaint> = sql.build_query_as().fetch_all(conn).await?;
    rows.into_iter().map(StoredComplaint::read).collect()
}

async fn seen(conn: &mut Conn, office: OfficeId, scope: &Scope, id: Uuid) -> Result<Option<ComplaintRow>> {
    let mut sql = QueryBuilder::new(SELECT);
    sql.push(" WHERE v.office = ").push_bind(office.0).push(" AND v.id = ").push_bind(id);
    push_scope(&mut sql, scope, &OF_SITE);
    Ok(read(conn, sql).await?.pop())
}

async fn of_code(conn: &mut Conn, code: CodeId, most: u32) -> Result<Vec<VisitComplaint>> {
    let mut sql = QueryBuilder::new(SELECT);
    sql.push(" WHERE v.code = ").push_bind(code.0);
    sql.push(" ORDER BY v.at DESC, v.id LIMIT ").push_bind(i64::from(most));
    Ok(read(conn, sql).await?.into_iter().map(|row| row.complaint).collect())
}

async fn put(conn: &mut Conn, office: OfficeId, complaint: &VisitComplaint) -> Result<()> {
    query(
        "INSERT INTO visit_complaint (id, office, site, hazard, code, by_name, words, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
    )
    .bind(complaint.id)
    .bind(office.0)
    .bind(complaint.site.0)
    .bind(complaint.hazard.map(|hazard| hazard.0))
    .bind(complaint.code.0)
    .bind(&complaint.by_name)
    .bind(&complaint.words)
    .bind(ms(complaint.at))
    .execute(conn)
    .await?;
    Ok(())
}

async fn put_mark(conn: &mut Conn, office: OfficeId, id: Uuid, mark: &ComplaintMark) -> Result<()> {
    let answer = Some(mark.answer.clone()).filter(|answer| !answer.is_empty());
    query(
        "UPDATE visit_complaint SET state = $1, marked_by = $2, marked_by_name = $3, marked_at = $4, answer = $5
         WHERE office = $6 AND id = $7",
    )
    .bind(mark.state.as_str())
    .bind(mark.by.0)
    .bind(&mark.by_name)
    .bind(ms(mark.at))
    .bind(answer)
    .bind(office.0)
    .bind(id)
    .execute(conn)
    .await?;
    Ok(())
}

#[async_trait]
impl ReadComplaints for SqlStore {
    async fn visit_complaints(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &ComplaintFilter,
    ) -> Result<ComplaintPage> {
        let mut conn = self.snapshot().await?;
        let query = ComplaintQuery::of(&mut conn, office, scope, filter).await?;
        lists::page(&mut conn, &query, filter.page).await
    }

    async fn send_visit_complaints(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &ComplaintFilter,
        most: u32,
        to: mpsc::Sender<ComplaintRow>,
    ) -> Result<u32> {
        let mut conn = self.snapshot().await?;
        let query = ComplaintQuery::of(&mut conn, office, scope, filter).await?;
        lists::send(&mut conn, &query, most, &to).await
    }

    async fn visit_complaint(
        &self,
        office: OfficeId,
        scope: &Scope,
        id: Uuid,
    ) -> Result<Option<ComplaintRow>> {
        seen(&mut self.reader().await?, office, scope, id).await
    }

    async fn complaints_of_code(&self, code: CodeId, most: u32) -> Result<Vec<VisitComplaint>> {
        of_code(&mut self.reader().await?, code, most).await
    }
}

#[async_trait]
impl WriteComplaints for SqlTransaction {
    async fn put_visit_complaint(&mut self, office: OfficeId, complaint: &VisitComplaint) -> Result<()> {
        put(&mut self.0, office, complaint).await
    }

    async fn visit_complaint(
        &mut self,
        office: OfficeId,
        scope: &Scope,
        id: Uuid,
    ) -> Result<Option<VisitComplaint>> {
        Ok(seen(&mut self.0, office, scope, id).await?.map(|row| row.complaint))
    }

    async fn mark_complaint(&mut self, office: OfficeId, id: Uuid, mark: &ComplaintMark) -> Result<()> {
        put_mark(&mut self.0, office, id, mark).await
    }
}
