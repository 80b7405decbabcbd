//! 示例图: which attachments are pictures of forms.

use super::{Conn, SqlStore, SqlTransaction, columns::ms, fingerprints::hash_of, query, query_scalar};
use crate::{ReadFormPictures, Result, WriteFormPictures};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{id::OfficeId, photo::PhotoHash};
use std::collections::BTreeSet;

pub(super) async fn all(conn: &mut Conn, office: OfficeId) -> Result<BTreeSet<PhotoHash>> {
    let hashes: Vec<String> = query_scalar("SELECT hash FROM form_picture WHERE office = $1")
        .bind(office.0)
        .fetch_all(conn)
        .await?;
    hashes.iter().map(|hash| hash_of(hash)).collect()
}

pub(super) async fn is_one(conn: &mut Conn, office: OfficeId, hash: &PhotoHash) -> Result<bool> {
    let found: Option<String> = query_scalar("SELECT hash FROM form_picture WHERE office = $1 AND hash = $2")
        .bind(office.0)
        .bind(hash.as_str())
        .fetch_optional(conn)
        .await?;
    Ok(found.is_some())
}

pub(super) async fn put(
    conn: &mut Conn,
    office: OfficeId,
    hash: &PhotoHash,
    now: DateTime<Utc>,
) -> Result<()> {
    query("INSERT INTO form_picture (office, hash, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .bind(office.0)
        .bind(hash.as_str())
        .bind(ms(now))
        .execute(conn)
        .await?;
    Ok(())
}

#[async_trait]
impl ReadFormPictures for SqlStore {
    async fn form_pictures(&self, office: OfficeId) -> Result<BTreeSet<PhotoHash>> {
        all(&mut self.reader().await?, office).await
    }

    async fn is_form_picture(&self, office: OfficeId, hash: &PhotoHash) -> Result<bool> {
        is_one(&mut self.reader().await?, office, hash).await
    }
}

#[async_trait]
impl WriteFormPictures for SqlTransaction {
    async fn put_form_picture(
        &mut self,
        office: OfficeId,
        hash: &PhotoHash,
        now: DateTime<Utc>,
    ) -> Result<()> {
        put(&mut self.0, office, hash, now).await
    }
}
