//! 短码: what opens a hazard or a site for whoever has no account.

use super::{
    Conn, QueryBuilder, SqlStore, SqlTransaction,
    columns::{ms, time, word},
    query,
    rows::{IDS_AT_ONCE, power_of_two_chunks, push_in},
};
use crate::{CodeMark, ReadCodes, Result, StoreError, StoredCode, VisitComplaint, WriteCodes};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    code::{CodeSubject, ComplaintMark, ComplaintState},
    id::{CodeId, HazardId, OfficeId, PersonId, SiteId},
};
use std::collections::HashSet;
use uuid::Uuid;

/// Id, office, what it opens and which, mark, sealed, made when and by whom, its end, its ending, its first opening.
type Row =
    (Uuid, Uuid, String, Uuid, Vec<u8>, Vec<u8>, i64, Uuid, String, Option<i64>, Option<i64>, Option<i64>);

const COLUMNS: &str =
    "SELECT id, office, subject, subject_id, mark, sealed, made_at, made_by, made_by_name, expires_at,
     revoked_at, opened_at FROM short_code";

fn stored(row: Row) -> Result<StoredCode> {
    let (
        id,
        office,
        subject,
        subject_id,
        mark,
        sealed,
        made_at,
        made_by,
        made_by_name,
        expires,
        revoked,
        opened,
    ) = row;
    let subject = CodeSubject::parse(&subject, subject_id)
        .ok_or_else(|| StoreError::Unreadable(format!("what a code opens: `{subject}`")))?;
    let mark = mark.try_into().map(CodeMark);
    Ok(StoredCode {
        id: CodeId(id),
        office: OfficeId(office),
        subject,
        mark: mark.map_err(|_| StoreError::Unreadable("the mark of a code".to_owned()))?,
        sealed,
        made_at: time(made_at)?,
        made_by: PersonId(made_by),
        made_by_name,
        expires_at: expires.map(time).transpose()?,
        revoked_at: revoked.map(time).transpose()?,
        opened_at: opened.map(time).transpose()?,
    })
}

async fn of_mark(conn: &mut Conn, mark: &CodeMark) -> Result<Option<StoredCode>> {
    let mut sql = QueryBuilder::new(COLUMNS);
    sql.push(" WHERE mark = ").push_bind(mark.0.to_vec());
    let row: Option<Row> = sql.build_query_as().fetch_optional(conn).await?;
    row.map(stored).transpose()
}

async fn get(conn: &mut Conn, id: CodeId) -> Result<Option<StoredCode>> {
    let mut sql = QueryBuilder::new(COLUMNS);
    sql.push(" WHERE id = ").push_bind(id.0);
    let row: Option<Row> = sql.build_query_as().fetch_optional(conn).await?;
    row.map(stored).transpose()
}

async fn of_subjects(conn: &mut Conn, office: OfficeId, subjects: &[CodeSubject]) -> Result<Vec<StoredCode>> {
    let wanted: HashSet<CodeSubject> = subjects.iter().copied().collect();
    let mut all = vec![];
    for chunk in subjects.chunks(IDS_AT_ONCE) {
        let ids: Vec<Uuid> = chunk.iter().map(|subject| subject.id()).collect();
        let mut sql = QueryBuilder::new(COLUMNS);
        sql.push(" WHERE office = ").push_bind(office.0).push(" AND revoked_at IS NULL AND subject_id");
        push_in(&mut sql, &ids);
        sql.push(" ORDER BY made_at DESC, id");
        let rows: Vec<Row> = sql.build_query_as().fetch_all(&mut *conn).await?;
        all.extend(rows.into_iter().map(stored).collect::<Result<Vec<_>>>()?);
    }
    all.retain(|code| wanted.contains(&code.subject));
    Ok(all)
}

async fn put(conn: &mut Conn, codes: &[StoredCode]) -> Result<()> {
    for chunk in power_of_two_chunks(codes) {
        let mut sql = QueryBuilder::new(
            "INSERT INTO short_code (id, office, subject, subject_id, mark, sealed, made_at, made_by, made_by_name,
                 expires_at, revoked_at, opened_at) ",
        );
        sql.push_values(chunk, |mut row, code| {
            row.push_bind(code.id.0).push_bind(code.office.0);
            row.push_bind(code.subject.as_str()).push_bind(code.subject.id());
            row.push_bind(code.mark.0.to_vec()).push_bind(code.sealed.clone());
            row.push_bind(ms(code.made_at)).push_bind(code.made_by.0).push_bind(&code.made_by_name);
            row.push_bind(code.expires_at.map(ms)).push_bind(code.revoked_at.map(ms));
            row.push_bind(code.opened_at.map(ms));
        });
        sql.build().execute(&mut *conn).await?;
    }
    Ok(())
}

async fn revoke(
    conn: &mut Conn,
    office: OfficeId,
    subjects: &[CodeSubject],
    now: DateTime<Utc>,
) -> Result<()> {
    for subject in subjects {
        query(
            "UPDATE short_code SET revoked_at = $1
             WHERE office = $2 AND subject = $3 AND subject_id = $4 AND revoked_at IS NULL",
        )
        .bind(ms(now))
        .bind(office.0)
        .bind(subject.as_str())
        .bind(subject.id())
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

const COMPLAINTS: &str =
    "SELECT id, site, hazard, code, by_name, words, at, state, marked_by, marked_by_name, marked_at, answer
     FROM visit_complaint WHERE ";

#[derive(sqlx::FromRow)]
struct ComplaintRow {
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
}

impl ComplaintRow {
    fn read(self) -> Result<VisitComplaint> {
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
        Ok(VisitComplaint {
            id: self.id,
            site: SiteId(self.site),
            hazard: self.hazard.map(HazardId),
            code: CodeId(self.code),
            by_name: self.by_name,
            words: self.words,
            at: time(self.at)?,
            mark,
        })
    }
}

async fn complaints(conn: &mut Conn, mut sql: QueryBuilder) -> Result<Vec<VisitComplaint>> {
    let rows: Vec<ComplaintRow> = sql.build_query_as().fetch_all(conn).await?;
    rows.into_iter().map(ComplaintRow::read).collect()
}

/// Those of the office that have come so far, or all.
fn of_office(office: OfficeId, state: Option<ComplaintState>, most: u32) -> QueryBuilder {
    let mut sql = QueryBuilder::new(COMPLAINTS);
    sql.push("office = ").push_bind(office.0);
    match state {
        None => {}
        Some(ComplaintState::Open) => {
            sql.push(" AND state IS NULL");
        }
        Some(state @ (ComplaintState::InHand | ComplaintState::Answered)) => {
            sql.push(" AND state = ").push_bind(state.as_str());
        }
    }
    sql.push(" ORDER BY at DESC, id LIMIT ").push_bind(i64::from(most));
    sql
}

async fn mark_complaint(conn: &mut Conn, office: OfficeId, id: Uuid, mark: &ComplaintMark) -> Result<()> {
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

async fn put_complaint(conn: &mut Conn, office: OfficeId, complaint: &VisitComplaint) -> Result<()> {
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

#[async_trait]
impl ReadCodes for SqlStore {
    async fn code_of_mark(&self, mark: &CodeMark) -> Result<Option<StoredCode>> {
        of_mark(&mut self.reader().await?, mark).await
    }

    async fn code(&self, id: CodeId) -> Result<Option<StoredCode>> {
        get(&mut self.reader().await?, id).await
    }

    async fn codes_of(&self, office: OfficeId, subjects: &[CodeSubject]) -> Result<Vec<StoredCode>> {
        of_subjects(&mut self.reader().await?, office, subjects).await
    }

    async fn visit_complaints(
        &self,
        office: OfficeId,
        state: Option<ComplaintState>,
        most: u32,
    ) -> Result<Vec<VisitComplaint>> {
        complaints(&mut self.reader().await?, of_office(office, state, most)).await
    }

    async fn complaints_of_code(&self, code: CodeId, most: u32) -> Result<Vec<VisitComplaint>> {
        let mut sql = QueryBuilder::new(COMPLAINTS);
        sql.push("code = ").push_bind(code.0).push(" ORDER BY at DESC, id LIMIT ").push_bind(i64::from(most));
        complaints(&mut self.reader().await?, sql).await
    }
}

#[async_trait]
impl WriteCodes for SqlTransaction {
    async fn put_codes(&mut self, codes: &[StoredCode]) -> Result<()> {
        put(&mut self.0, codes).await
    }

    async fn revoke_codes(
        &mut self,
        office: OfficeId,
        subjects: &[CodeSubject],
        now: DateTime<Utc>,
    ) -> Result<()> {
        revoke(&mut self.0, office, subjects, now).await
    }

    async fn code_opened(&mut self, id: CodeId, now: DateTime<Utc>) -> Result<()> {
        query("UPDATE short_code SET opened_at = $1 WHERE id = $2 AND opened_at IS NULL")
            .bind(ms(now))
            .bind(id.0)
            .execute(&mut self.0)
            .await?;
        Ok(())
    }

    async fn put_visit_complaint(&mut self, office: OfficeId, complaint: &VisitComplaint) -> Result<()> {
        put_complaint(&mut self.0, office, complaint).await
    }

    async fn visit_complaint(&mut self, office: OfficeId, id: Uuid) -> Result<Option<VisitComplaint>> {
        let mut sql = QueryBuilder::new(COMPLAINTS);
        sql.push("office = ").push_bind(office.0).push(" AND id = ").push_bind(id);
        Ok(complaints(&mut self.0, sql).await?.pop())
    }

    async fn mark_complaint(&mut self, office: OfficeId, id: Uuid, mark: &ComplaintMark) -> Result<()> {
        mark_complaint(&mut self.0, office, id, mark).await
    }
}
