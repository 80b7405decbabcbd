//! Lists before and after they were written.

use super::{
    Conn, SqlStore, SqlTransaction,
    columns::{ms, number, time, word},
    query, query_as,
};
use crate::{ReadImports, Result, StoredImport, StoredPlan, Undone, WriteImports};
use async_trait::async_trait;
use chrono::{DateTime, Days, Utc};
use domain::{
    id::{OfficeId, PersonId},
    import::ImportKind,
};
use uuid::Uuid;

/// How long it is remembered what a list changed.
const REMEMBERED: Days = Days::new(30);

pub(super) async fn plan(
    conn: &mut Conn,
    office: OfficeId,
    person: PersonId,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<StoredPlan>> {
    let row: Option<(String, String, i64, String)> = query_as(
        "SELECT what, file, expires, body FROM import_plan
         WHERE id = $1 AND office = $2 AND person = $3 AND expires > $4",
    )
    .bind(id)
    .bind(office.0)
    .bind(person.0)
    .bind(ms(now))
    .fetch_optional(conn)
    .await?;
    row.map(|(what, file, expires, body)| {
        let what = word("a kind of list", &what, ImportKind::parse)?;
        Ok(StoredPlan { id, office, person, what, file, expires: time(expires)?, body })
    })
    .transpose()
}

/// In the place of the person's last one; forgets whose day is over.
pub(super) async fn put_plan(conn: &mut Conn, plan: &StoredPlan, now: DateTime<Utc>) -> Result<()> {
    query("DELETE FROM import_plan WHERE (person = $1 AND id <> $2) OR expires <= $3")
        .bind(plan.person.0)
        .bind(plan.id)
        .bind(ms(now))
        .execute(&mut *conn)
        .await?;
    query(
        "INSERT INTO import_plan (id, office, person, what, file, expires, body) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (id) DO UPDATE SET expires = excluded.expires, body = excluded.body
         WHERE import_plan.person = excluded.person",
    )
    .bind(plan.id)
    .bind(plan.office.0)
    .bind(plan.person.0)
    .bind(plan.what.as_str())
    .bind(&plan.file)
    .bind(ms(plan.expires))
    .bind(&plan.body)
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn end_plan(conn: &mut Conn, person: PersonId, id: Uuid) -> Result<()> {
    query("DELETE FROM import_plan WHERE id = $1 AND person = $2")
        .bind(id)
        .bind(person.0)
        .execute(conn)
        .await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct ImportRow {
    id: Uuid,
    file: String,
    by_name: String,
    at: i64,
    body: String,
    undone_at: Option<i64>,
    undone_by: Option<String>,
    kept: Option<i64>,
}

/// The newest of this kind.
pub(super) async fn last(
    conn: &mut Conn,
    office: OfficeId,
    what: ImportKind,
) -> Result<Option<StoredImport>> {
    let row: Option<ImportRow> = query_as(
        "SELECT id, file, by_name, at, body, undone_at, undone_by, kept FROM import
         WHERE office = $1 AND what = $2 ORDER BY at DESC, id DESC LIMIT 1",
    )
    .bind(office.0)
    .bind(what.as_str())
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        let undone = match (row.undone_at, row.undone_by, row.kept) {
            (Some(at), Some(by), Some(kept)) => {
                Some(Undone { at: time(at)?, by, kept: number("rows that an undone import kept", kept)? })
            }
            _ => None,
        };
        let at = time(row.at)?;
        Ok(StoredImport {
            id: row.id,
            office,
            what,
            file: row.file,
            by: row.by_name,
            at,
            body: row.body,
            undone,
        })
    })
    .transpose()
}

/// Forgets those that are long past.
pub(super) async fn put(conn: &mut Conn, import: &StoredImport) -> Result<()> {
    let past = import.at.checked_sub_days(REMEMBERED).unwrap_or(import.at);
    query("DELETE FROM import WHERE office = $1 AND at < $2")
        .bind(import.office.0)
        .bind(ms(past))
        .execute(&mut *conn)
        .await?;
    query(
        "INSERT INTO import (id, office, what, file, by_name, at, body) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(import.id)
    .bind(import.office.0)
    .bind(import.what.as_str())
    .bind(&import.file)
    .bind(&import.by)
    .bind(ms(import.at))
    .bind(&import.body)
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn undone(conn: &mut Conn, office: OfficeId, id: Uuid, undone: &Undone) -> Result<()> {
    query("UPDATE import SET undone_at = $1, undone_by = $2, kept = $3 WHERE office = $4 AND id = $5")
        .bind(ms(undone.at))
        .bind(&undone.by)
        .bind(i64::try_from(undone.kept).unwrap_or(i64::MAX))
        .bind(office.0)
        .bind(id)
        .execute(conn)
        .await?;
    Ok(())
}

#[async_trait]
impl ReadImports for SqlStore {
    async fn import_plan(
        &self,
        office: OfficeId,
        person: PersonId,
        id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Option<StoredPlan>> {
        plan(&mut self.reader().await?, office, person, id, now).await
    }

    async fn last_import(&self, office: OfficeId, what: ImportKind) -> Result<Option<StoredImport>> {
        last(&mut self.reader().await?, office, what).await
    }
}

#[async_trait]
impl WriteImports for SqlTransaction {
    async fn put_import_plan(&mut self, plan: &StoredPlan, now: DateTime<Utc>) -> Result<()> {
        put_plan(&mut self.0, plan, now).await
    }

    async fn end_import_plan(&mut self, person: PersonId, id: Uuid) -> Result<()> {
        end_plan(&mut self.0, person, id).await
    }

    async fn put_import(&mut self, import: &StoredImport) -> Result<()> {
        put(&mut self.0, import).await
    }

    async fn import_undone(&mut self, office: OfficeId, id: Uuid, undone: &Undone) -> Result<()> {
        self::undone(&mut self.0, office, id, undone).await
    }
}
