//! Photos that come in pieces.

use super::{
    Conn, SqlStore, SqlTransaction,
    columns::{body, ms, number, parse, time},
    query, query_as,
};
use crate::{ReadUploads, Result, StoreError, StoredUpload, WriteUploads};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    id::{OfficeId, PersonId},
    photo::PhotoHash,
};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct UploadRow {
    id: Uuid,
    office: Uuid,
    person: Uuid,
    hash: String,
    bytes: i64,
    reached: i64,
    parts: String,
    about: String,
    expires: i64,
}

impl UploadRow {
    fn upload(self) -> Result<StoredUpload> {
        let hash =
            PhotoHash::try_from(self.hash).map_err(|error| StoreError::Unreadable(error.to_string()))?;
        Ok(StoredUpload {
            id: self.id,
            office: OfficeId(self.office),
            person: PersonId(self.person),
            hash,
            bytes: number("an upload's bytes", self.bytes)?,
            reached: number("an upload's bytes that are here", self.reached)?,
            parts: parse("an upload's parts", &self.parts)?,
            about: self.about,
            expires: time(self.expires)?,
        })
    }
}

const COLUMNS: &str = "SELECT id, office, person, hash, bytes, reached, parts, about, expires FROM upload ";

pub(super) async fn get(conn: &mut Conn, id: Uuid) -> Result<Option<StoredUpload>> {
    let sql = AssertSqlSafe(format!("{COLUMNS} WHERE id = $1"));
    let row: Option<UploadRow> = query_as(sql).bind(id).fetch_optional(conn).await?;
    row.map(UploadRow::upload).transpose()
}

pub(super) async fn of(
    conn: &mut Conn,
    person: PersonId,
    hash: &PhotoHash,
) -> Result<Option<(Uuid, Result<StoredUpload>)>> {
    let sql = AssertSqlSafe(format!("{COLUMNS} WHERE person = $1 AND hash = $2"));
    let row: Option<UploadRow> =
        query_as(sql).bind(person.0).bind(hash.as_str()).fetch_optional(conn).await?;
    Ok(row.map(|row| (row.id, row.upload())))
}

pub(super) async fn of_all(conn: &mut Conn, hash: &PhotoHash) -> Result<Vec<StoredUpload>> {
    let sql = AssertSqlSafe(format!("{COLUMNS} WHERE hash = $1"));
    let rows: Vec<UploadRow> = query_as(sql).bind(hash.as_str()).fetch_all(conn).await?;
    rows.into_iter().map(UploadRow::upload).collect()
}

pub(super) async fn put(conn: &mut Conn, upload: &StoredUpload) -> Result<()> {
    let long = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    query(
        "INSERT INTO upload (id, office, person, hash, bytes, reached, parts, about, expires)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (id) DO UPDATE SET reached = excluded.reached, parts = excluded.parts,
             expires = excluded.expires",
    )
    .bind(upload.id)
    .bind(upload.office.0)
    .bind(upload.person.0)
    .bind(upload.hash.as_str())
    .bind(long(upload.bytes))
    .bind(long(upload.reached))
    .bind(body(&upload.parts)?)
    .bind(&upload.about)
    .bind(ms(upload.expires))
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn end(conn: &mut Conn, id: Uuid) -> Result<()> {
    query("DELETE FROM upload WHERE id = $1").bind(id).execute(conn).await?;
    Ok(())
}

pub(super) async fn expired(
    conn: &mut Conn,
    now: DateTime<Utc>,
    most: u32,
) -> Result<Vec<(Uuid, Result<StoredUpload>)>> {
    let sql = AssertSqlSafe(format!("{COLUMNS} WHERE expires < $1 ORDER BY expires LIMIT $2"));
    let rows: Vec<UploadRow> = query_as(sql).bind(ms(now)).bind(i64::from(most)).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.upload())).collect())
}

#[async_trait]
impl ReadUploads for SqlStore {
    async fn upload(&self, id: Uuid) -> Result<Option<StoredUpload>> {
        get(&mut self.reader().await?, id).await
    }

    async fn uploads_of(&self, hash: &PhotoHash) -> Result<Vec<StoredUpload>> {
        of_all(&mut self.reader().await?, hash).await
    }
}

#[async_trait]
impl WriteUploads for SqlTransaction {
    async fn upload(&mut self, id: Uuid) -> Result<Option<StoredUpload>> {
        get(&mut self.0, id).await
    }

    async fn upload_of(
        &mut self,
        person: PersonId,
        hash: &PhotoHash,
    ) -> Result<Option<(Uuid, Result<StoredUpload>)>> {
        of(&mut self.0, person, hash).await
    }

    async fn put_upload(&mut self, upload: &StoredUpload) -> Result<()> {
        put(&mut self.0, upload).await
    }

    async fn end_upload(&mut self, id: Uuid) -> Result<()> {
        end(&mut self.0, id).await
    }

    async fn expired_uploads(
        &mut self,
        now: DateTime<Utc>,
        most: u32,
    ) -> Result<Vec<(Uuid, Result<StoredUpload>)>> {
        expired(&mut self.0, now, most).await
    }
}
