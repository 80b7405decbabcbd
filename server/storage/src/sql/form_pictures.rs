//! 示例图: which attachments are pictures of forms.

use super::{
    Conn, SqlStore, SqlTransaction, columns::ms, fingerprints::hash_of, loose_bytes, query, query_as,
    query_scalar,
};
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

/// What versions of forms and drafts of the office name, of all that may be a picture's hash.
async fn named(conn: &mut Conn, office: OfficeId) -> Result<BTreeSet<PhotoHash>> {
    let bodies: Vec<String> = query_scalar(
        "SELECT body FROM form WHERE office = $1
         UNION ALL SELECT body FROM form_draft WHERE office = $1",
    )
    .bind(office.0)
    .fetch_all(conn)
    .await?;
    Ok(bodies.iter().flat_map(|body| hashes(body)).collect())
}

/// A draft may hold anything, and names a picture by the name of its file: whatever looks like a hash counts.
fn hashes(body: &str) -> impl Iterator<Item = PhotoHash> {
    let words = body.split(|letter: char| !letter.is_ascii_hexdigit());
    words.filter(|word| word.len() == 64).filter_map(|word| word.to_ascii_lowercase().parse().ok())
}

/// Marks what is named by nothing, and clears what was so already before.
async fn sweep(
    conn: &mut Conn,
    office: OfficeId,
    now: DateTime<Utc>,
    unused_before: DateTime<Utc>,
) -> Result<BTreeSet<PhotoHash>> {
    let held: Vec<(String, Option<i64>)> =
        query_as("SELECT hash, unused_since FROM form_picture WHERE office = $1 ORDER BY hash")
            .bind(office.0)
            .fetch_all(&mut *conn)
            .await?;
    if held.is_empty() {
        return Ok(BTreeSet::new());
    }
    let named = named(&mut *conn, office).await?;
    let mut cleared = BTreeSet::new();
    for (hash, unused_since) in held {
        let hash = hash_of(&hash)?;
        match (named.contains(&hash), unused_since) {
            (true, None) => {}
            (true, Some(_)) => mark(&mut *conn, office, &hash, None).await?,
            (false, None) => mark(&mut *conn, office, &hash, Some(now)).await?,
            (false, Some(since)) if since >= ms(unused_before) => {}
            (false, Some(_)) => {
                query("DELETE FROM form_picture WHERE office = $1 AND hash = $2")
                    .bind(office.0)
                    .bind(hash.as_str())
                    .execute(&mut *conn)
                    .await?;
                loose_bytes::let_go(&mut *conn, office, &hash, now).await?;
                cleared.insert(hash);
            }
        }
    }
    Ok(cleared)
}

/// `since`: when it was found that nothing names it; None: something does.
async fn mark(
    conn: &mut Conn,
    office: OfficeId,
    hash: &PhotoHash,
    since: Option<DateTime<Utc>>,
) -> Result<()> {
    query("UPDATE form_picture SET unused_since = $3 WHERE office = $1 AND hash = $2")
        .bind(office.0)
        .bind(hash.as_str())
        .bind(since.map(ms))
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
    async fn form_pictures(&mut self, office: OfficeId) -> Result<BTreeSet<PhotoHash>> {
        all(&mut self.0, office).await
    }

    async fn put_form_picture(
        &mut self,
        office: OfficeId,
        hash: &PhotoHash,
        now: DateTime<Utc>,
    ) -> Result<()> {
        put(&mut self.0, office, hash, now).await
    }

    async fn sweep_form_pictures(
        &mut self,
        office: OfficeId,
        now: DateTime<Utc>,
        unused_before: DateTime<Utc>,
    ) -> Result<BTreeSet<PhotoHash>> {
        sweep(&mut self.0, office, now, unused_before).await
    }
}
