//! Bytes of pictures that no record names yet, or any more.

use super::{
    Conn, SqlTransaction,
    columns::ms,
    fingerprints::{self, hash_of},
    query, query_scalar,
};
use crate::{LooseBytes, Result, WriteLooseBytes};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{id::OfficeId, photo::PhotoHash};
use uuid::Uuid;

async fn put(conn: &mut Conn, hash: &PhotoHash, now: DateTime<Utc>) -> Result<()> {
    query(
        "INSERT INTO loose_bytes (hash, at) VALUES ($1, $2)
         ON CONFLICT (hash) DO UPDATE SET at = excluded.at",
    )
    .bind(hash.as_str())
    .bind(ms(now))
    .execute(conn)
    .await?;
    Ok(())
}

/// The picture is no attachment of the office any more, if it was one for the forms' sake alone: nobody told of it as theirs, and no
/// record shows it.
pub(super) async fn let_go(
    conn: &mut Conn,
    office: OfficeId,
    hash: &PhotoHash,
    now: DateTime<Utc>,
) -> Result<()> {
    let gone = query(
        "DELETE FROM attachment WHERE office = $1 AND hash = $2 AND kind = 'photo'
             AND NOT EXISTS (SELECT 1 FROM announcement n WHERE n.office = $1 AND n.hash = $2)
             AND NOT EXISTS (SELECT 1 FROM photo_use u WHERE u.office = $1 AND u.hash = $2)
             AND NOT EXISTS (SELECT 1 FROM photo_citation c WHERE c.office = $1 AND c.hash = $2)",
    )
    .bind(office.0)
    .bind(hash.as_str())
    .execute(&mut *conn)
    .await?;
    if gone.rows_affected() == 0 {
        return Ok(());
    }
    fingerprints::forget(&mut *conn, office, hash).await?;
    put(conn, hash, now).await
}

/// Whatever may name them, office by office, since their indexes begin with it. Of a report by the public only the first photo has
/// a column.
async fn are_named(conn: &mut Conn, hash: &PhotoHash) -> Result<bool> {
    let office: Option<Uuid> = query_scalar(
        "SELECT o.id FROM office o
         WHERE EXISTS (SELECT 1 FROM attachment a WHERE a.office = o.id AND a.hash = $1)
             OR EXISTS (SELECT 1 FROM announcement n WHERE n.office = o.id AND n.hash = $1)
             OR EXISTS (SELECT 1 FROM form_picture p WHERE p.office = o.id AND p.hash = $1)
             OR EXISTS (SELECT 1 FROM photo_use u WHERE u.office = o.id AND u.hash = $1)
             OR EXISTS (SELECT 1 FROM photo_citation c WHERE c.office = o.id AND c.hash = $1)
             OR EXISTS (SELECT 1 FROM upload l WHERE l.office = o.id AND l.hash = $1)
             OR EXISTS (SELECT 1 FROM public_report r WHERE r.office = o.id AND r.body LIKE $2)
         LIMIT 1",
    )
    .bind(hash.as_str())
    .bind(format!("%{hash}%"))
    .fetch_optional(conn)
    .await?;
    Ok(office.is_some())
}

#[async_trait]
impl WriteLooseBytes for SqlTransaction {
    async fn await_bytes(&mut self, hash: &PhotoHash, now: DateTime<Utc>) -> Result<()> {
        put(&mut self.0, hash, now).await
    }

    async fn loose_bytes(&mut self, before: DateTime<Utc>) -> Result<Option<LooseBytes>> {
        let hash: Option<String> =
            query_scalar("SELECT hash FROM loose_bytes WHERE at < $1 ORDER BY at, hash LIMIT 1")
                .bind(ms(before))
                .fetch_optional(&mut self.0)
                .await?;
        let Some(hash) = hash else { return Ok(None) };
        let hash = hash_of(&hash)?;
        let named = are_named(&mut self.0, &hash).await?;
        Ok(Some(LooseBytes { hash, named }))
    }

    async fn settle_bytes(&mut self, hash: &PhotoHash) -> Result<()> {
        query("DELETE FROM loose_bytes WHERE hash = $1").bind(hash.as_str()).execute(&mut self.0).await?;
        Ok(())
    }
}
