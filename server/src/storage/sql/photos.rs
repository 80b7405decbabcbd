//! 照片: what is known of them, and who may see them.

use super::{
    Conn, Db,
    columns::{body, ms, parse, time},
    rows::portions,
};
use crate::storage::{NamedPhoto, Result, StoredPhoto};
use chrono::{DateTime, Utc};
use domain::{
    id::{OfficeId, SiteId},
    photo::{PhotoFacts, PhotoHash},
};
use sqlx::QueryBuilder;
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

pub(super) async fn put(conn: &mut Conn, office: OfficeId, facts: &[PhotoFacts]) -> Result<()> {
    for portion in portions(facts) {
        let bodies: Vec<_> = portion.iter().map(body).collect::<Result<_>>()?;
        let mut sql = QueryBuilder::<Db>::new("INSERT INTO photo (office, hash, original, body) ");
        sql.push_values(portion.iter().zip(bodies), |mut row, (facts, body)| {
            row.push_bind(office.0).push_bind(facts.hash.to_string());
            row.push_bind(facts.original.as_ref().map(ToString::to_string)).push_bind(body);
        });
        sql.push(" ON CONFLICT DO NOTHING");
        sql.build().execute(&mut *conn).await?;
    }
    Ok(())
}

pub(super) async fn received(
    conn: &mut Conn,
    office: OfficeId,
    hashes: &[PhotoHash],
    now: DateTime<Utc>,
) -> Result<()> {
    for portion in portions(hashes) {
        let mut sql = QueryBuilder::<Db>::new("UPDATE photo SET received_at = ");
        sql.push_bind(ms(now)).push(" WHERE received_at IS NULL AND office = ").push_bind(office.0);
        sql.push(" AND hash IN (");
        let mut list = sql.separated(", ");
        for hash in portion {
            list.push_bind(hash.to_string());
        }
        sql.push(")");
        sql.build().execute(&mut *conn).await?;
    }
    Ok(())
}

pub(super) async fn name(conn: &mut Conn, office: OfficeId, named: &[NamedPhoto]) -> Result<()> {
    for portion in portions(named) {
        let mut sql = QueryBuilder::<Db>::new("INSERT INTO photo_site (office, hash, site) ");
        sql.push_values(portion, |mut row, named| {
            row.push_bind(office.0).push_bind(named.hash.to_string()).push_bind(named.site.0);
        });
        sql.push(" ON CONFLICT DO NOTHING");
        sql.build().execute(&mut *conn).await?;
    }
    Ok(())
}
