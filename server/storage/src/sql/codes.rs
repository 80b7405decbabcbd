//! 短码: what opens a hazard or a site for whoever has no account.

use super::{
    Conn, QueryBuilder, SqlStore, SqlTransaction,
    columns::{ms, time},
    query,
    rows::{IDS_AT_ONCE, power_of_two_chunks, push_in},
};
use crate::{CodeMark, ReadCodes, Result, StoreError, StoredCode, WriteCodes};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    code::CodeSubject,
    id::{CodeId, OfficeId, PersonId},
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
}
