//! 照片: what is known of them, and who may see them.

use super::Conn;
use super::columns::{body, ms, parse, time};
use crate::storage::{Result, StoredPhoto};
use chrono::{DateTime, Utc};
use domain::{
    id::{OfficeId, SiteId},
    photo::{PhotoFacts, PhotoHash},
};
use uuid::Uuid;

pub(super) async fn get(conn: &mut Conn, office: OfficeId, hash: &PhotoHash) -> Result<Option<StoredPhoto>> {
    let row: Option<(String, Option<i64>)> =
        sqlx::query_as("SELECT body, received_at FROM photo WHERE office = $1 AND hash = $2")
            .bind(office.0)
            .bind(hash.as_str())
            .fetch_optional(&mut *conn)
            .await?;
    let Some((facts, received_at)) = row else { return Ok(None) };
    let sites: Vec<Uuid> = sqlx::query_scalar("SELECT site FROM photo_site WHERE office = $1 AND hash = $2")
        .bind(office.0)
        .bind(hash.as_str())
        .fetch_all(conn)
        .await?;
    Ok(Some(StoredPhoto {
        facts: parse("a photo's facts", &facts)?,
        received_at: received_at.map(time).transpose()?,
        sites: sites.into_iter().map(SiteId).collect(),
    }))
}

pub(super) async fn put(conn: &mut Conn, office: OfficeId, facts: &PhotoFacts) -> Result<()> {
    sqlx::query("INSERT INTO photo (office, hash, body) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .bind(office.0)
        .bind(facts.hash.as_str())
        .bind(body(facts)?)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn received(
    conn: &mut Conn,
    office: OfficeId,
    hash: &PhotoHash,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query("UPDATE photo SET received_at = $1 WHERE office = $2 AND hash = $3 AND received_at IS NULL")
        .bind(ms(now))
        .bind(office.0)
        .bind(hash.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn name(
    conn: &mut Conn,
    office: OfficeId,
    site: SiteId,
    photos: &[PhotoHash],
) -> Result<()> {
    for hash in photos {
        sqlx::query("INSERT INTO photo_site (office, hash, site) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
            .bind(office.0)
            .bind(hash.as_str())
            .bind(site.0)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}
