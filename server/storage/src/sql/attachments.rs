//! 附件: what is known of them, who told of them, and which records show photos.

use super::{
    Conn, QueryBuilder, SqlStore, SqlTransaction,
    columns::{body, ms, parse, time, word},
    fingerprints, query, query_as,
    rows::power_of_two_chunks,
};
use crate::{Brought, NamedPhoto, ReadAttachments, Result, StoredAttachment, WriteAttachments};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    attachment::{AttachmentFacts, AttachmentHash, AttachmentKind},
    id::{DepartmentId, GridId, OfficeId, PersonId, SiteId},
    photo::PhotoHash,
    role::ResourceScope,
    sector::Sector,
};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

fn stored(row: Option<(String, Option<i64>)>) -> Result<Option<StoredAttachment>> {
    let attachment = |(facts, received_at): (String, Option<i64>)| {
        let received_at = received_at.map(time).transpose()?;
        Ok(StoredAttachment { facts: parse("an attachment's facts", &facts)?, received_at })
    };
    row.map(attachment).transpose()
}

pub(super) async fn get(
    conn: &mut Conn,
    office: OfficeId,
    hash: &AttachmentHash,
) -> Result<Option<StoredAttachment>> {
    let row = query_as("SELECT body, received_at FROM attachment WHERE office = $1 AND hash = $2")
        .bind(office.0)
        .bind(hash.as_str())
        .fetch_optional(conn)
        .await?;
    stored(row)
}

/// As this person told of it, and whether their bytes came.
pub(super) async fn announced_by(
    conn: &mut Conn,
    office: OfficeId,
    hash: &AttachmentHash,
    person: PersonId,
) -> Result<Option<StoredAttachment>> {
    let row = query_as(
        "SELECT body, received_at FROM announcement WHERE office = $1 AND hash = $2 AND person = $3",
    )
    .bind(office.0)
    .bind(hash.as_str())
    .bind(person.0)
    .fetch_optional(conn)
    .await?;
    stored(row)
}

/// Who has told of which of these attachments as one of this kind.
pub(super) async fn announcers(
    conn: &mut Conn,
    office: OfficeId,
    kind: AttachmentKind,
    hashes: &[AttachmentHash],
) -> Result<HashSet<(AttachmentHash, PersonId)>> {
    let mut announced = HashSet::new();
    for chunk in power_of_two_chunks(hashes) {
        let mut sql = QueryBuilder::new("SELECT hash, person FROM announcement WHERE office = ");
        sql.push_bind(office.0).push(" AND kind = ").push_bind(kind.as_str()).push(" AND hash IN (");
        push_hashes(&mut sql, chunk);
        let rows: Vec<(String, Uuid)> = sql.build_query_as().fetch_all(&mut *conn).await?;
        for (hash, person) in rows {
            announced.insert((fingerprints::hash_of(&hash)?, PersonId(person)));
        }
    }
    Ok(announced)
}

/// The first who tells of an attachment gives the office its facts, until somebody's bytes come.
pub(super) async fn put(conn: &mut Conn, office: OfficeId, facts: &[AttachmentFacts]) -> Result<()> {
    for chunk in power_of_two_chunks(facts) {
        let bodies: Vec<_> = chunk.iter().map(body).collect::<Result<_>>()?;
        let mut sql =
            QueryBuilder::new("INSERT INTO attachment (office, hash, kind, media_type, original, body) ");
        sql.push_values(chunk.iter().zip(&bodies), |mut row, (facts, body)| {
            row.push_bind(office.0).push_bind(facts.hash().to_string()).push_bind(facts.kind().as_str());
            row.push_bind(facts.media_type().to_owned());
            row.push_bind(facts.original().map(ToString::to_string)).push_bind(body.clone());
        });
        sql.push(" ON CONFLICT DO NOTHING");
        sql.build().execute(&mut *conn).await?;
        let mut sql = QueryBuilder::new("INSERT INTO announcement (office, hash, person, kind, body) ");
        sql.push_values(chunk.iter().zip(bodies), |mut row, (facts, body)| {
            row.push_bind(office.0).push_bind(facts.hash().to_string());
            row.push_bind(facts.by().0).push_bind(facts.kind().as_str()).push_bind(body);
        });
        sql.push(" ON CONFLICT DO NOTHING");
        sql.build().execute(&mut *conn).await?;
    }
    Ok(())
}

/// What came without an account: nobody announced it, and its bytes are here.
async fn put_brought(
    conn: &mut Conn,
    office: OfficeId,
    facts: &AttachmentFacts,
    now: DateTime<Utc>,
) -> Result<()> {
    query(
        "INSERT INTO attachment (office, hash, kind, media_type, original, received_at, body)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (office, hash) DO UPDATE SET kind = excluded.kind, media_type = excluded.media_type,
             original = excluded.original, received_at = excluded.received_at, body = excluded.body
         WHERE attachment.received_at IS NULL",
    )
    .bind(office.0)
    .bind(facts.hash().as_str())
    .bind(facts.kind().as_str())
    .bind(facts.media_type())
    .bind(facts.original().map(AttachmentHash::as_str))
    .bind(ms(now))
    .bind(body(facts)?)
    .execute(conn)
    .await?;
    Ok(())
}

/// Bytes that came and fit. What the first who brought them says of the attachment is what the office goes by.
pub(super) async fn received(
    conn: &mut Conn,
    office: OfficeId,
    brought: &[Brought],
    now: DateTime<Utc>,
) -> Result<()> {
    for Brought { hash, person } in brought {
        query(
            "UPDATE announcement SET received_at = $1
             WHERE office = $2 AND hash = $3 AND person = $4 AND received_at IS NULL",
        )
        .bind(ms(now))
        .bind(office.0)
        .bind(hash.as_str())
        .bind(person.0)
        .execute(&mut *conn)
        .await?;
        let Some(own) = announced_by(conn, office, hash, *person).await? else { continue };
        query(
            "UPDATE attachment SET received_at = $1, kind = $2, media_type = $3, original = $4, body = $5
             WHERE office = $6 AND hash = $7 AND received_at IS NULL",
        )
        .bind(ms(now))
        .bind(own.facts.kind().as_str())
        .bind(own.facts.media_type())
        .bind(own.facts.original().map(AttachmentHash::as_str))
        .bind(body(&own.facts)?)
        .bind(office.0)
        .bind(hash.as_str())
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

pub(super) async fn name(conn: &mut Conn, office: OfficeId, named: &[NamedPhoto]) -> Result<()> {
    for chunk in power_of_two_chunks(named) {
        let mut sql =
            QueryBuilder::new("INSERT INTO photo_citation (office, hash, record, id, author, seen) ");
        sql.push_values(chunk, |mut row, named| {
            let (record, id) = fingerprints::parts(named.by);
            row.push_bind(office.0).push_bind(named.hash.to_string()).push_bind(record).push_bind(id);
            row.push_bind(named.author.0).push_bind(named.seen);
        });
        sql.push(" ON CONFLICT DO NOTHING");
        sql.build().execute(&mut *conn).await?;
    }
    Ok(())
}

/// Where the records are seen that show these photos. A record shows what its author has brought, or could see already.
pub(super) async fn places(
    conn: &mut Conn,
    office: OfficeId,
    hashes: &[PhotoHash],
) -> Result<HashMap<PhotoHash, Vec<ResourceScope>>> {
    type PlaceRow = (String, Uuid, Uuid, Option<Uuid>, String);
    let mut places: HashMap<PhotoHash, Vec<ResourceScope>> = HashMap::new();
    for chunk in power_of_two_chunks(hashes) {
        // `Hazard::seen_in`
        let mut sql = QueryBuilder::new(
            "SELECT DISTINCT n.hash, CASE WHEN h.open = TRUE THEN h.grid ELSE w.grid END, h.site, h.department, h.sector",
        );
        let joined = " JOIN hazard h ON h.id = n.id JOIN site w ON w.id = h.site";
        push_shows(&mut sql, office, chunk, "hazard", joined);
        // `Visit::seen_at`
        sql.push(" UNION SELECT n.hash, s.grid, s.id, s.department, s.sector");
        push_shows(
            &mut sql,
            office,
            chunk,
            "visit",
            " JOIN visit i ON i.id = n.id JOIN site s ON s.id = i.site",
        );
        // The door of a site that was made on the spot.
        sql.push(" UNION SELECT n.hash, s.grid, s.id, s.department, s.sector");
        push_shows(&mut sql, office, chunk, "site", " JOIN site s ON s.id = n.id");
        let rows: Vec<PlaceRow> = sql.build_query_as().fetch_all(&mut *conn).await?;
        for (hash, grid, site, department, sector) in rows {
            places.entry(fingerprints::hash_of(&hash)?).or_default().push(ResourceScope {
                grid: GridId(grid),
                site: SiteId(site),
                department: department.map(DepartmentId),
                sector: word("a record's sector", &sector, Sector::parse)?,
            });
        }
    }
    Ok(places)
}

fn push_shows(
    sql: &mut QueryBuilder,
    office: OfficeId,
    hashes: &[PhotoHash],
    record: &'static str,
    joined: &'static str,
) {
    sql.push(" FROM photo_citation n").push(joined).push(" WHERE n.office = ").push_bind(office.0);
    sql.push(" AND n.record = ").push_bind(record).push(" AND n.hash IN (");
    push_hashes(sql, hashes);
    sql.push(
        " AND (n.seen = TRUE OR EXISTS (SELECT 1 FROM announcement a WHERE a.office = n.office
             AND a.hash = n.hash AND a.person = n.author AND a.received_at IS NOT NULL))",
    );
}

/// The list and its end.
fn push_hashes(sql: &mut QueryBuilder, hashes: &[PhotoHash]) {
    let mut list = sql.separated(", ");
    for hash in hashes {
        list.push_bind(hash.to_string());
    }
    sql.push(")");
}

#[async_trait]
impl ReadAttachments for SqlStore {
    async fn attachment(&self, office: OfficeId, hash: &AttachmentHash) -> Result<Option<StoredAttachment>> {
        get(&mut self.reader().await?, office, hash).await
    }

    async fn announcement(
        &self,
        office: OfficeId,
        hash: &AttachmentHash,
        person: PersonId,
    ) -> Result<Option<StoredAttachment>> {
        announced_by(&mut self.reader().await?, office, hash, person).await
    }

    async fn photo_places(&self, office: OfficeId, hash: &PhotoHash) -> Result<Vec<ResourceScope>> {
        let hashes = std::slice::from_ref(hash);
        let places = places(&mut self.reader().await?, office, hashes).await?;
        Ok(places.into_values().flatten().collect())
    }
}

#[async_trait]
impl WriteAttachments for SqlTransaction {
    async fn announcers(
        &mut self,
        office: OfficeId,
        kind: AttachmentKind,
        hashes: &[AttachmentHash],
    ) -> Result<HashSet<(AttachmentHash, PersonId)>> {
        announcers(&mut self.0, office, kind, hashes).await
    }

    async fn photo_places(
        &mut self,
        office: OfficeId,
        hashes: &[PhotoHash],
    ) -> Result<HashMap<PhotoHash, Vec<ResourceScope>>> {
        places(&mut self.0, office, hashes).await
    }

    async fn name_photos(&mut self, office: OfficeId, named: &[NamedPhoto]) -> Result<()> {
        name(&mut self.0, office, named).await?;
        fingerprints::name(&mut self.0, office, named).await
    }

    async fn put_attachments(&mut self, office: OfficeId, facts: &[AttachmentFacts]) -> Result<()> {
        put(&mut self.0, office, facts).await
    }

    async fn put_brought(
        &mut self,
        office: OfficeId,
        facts: &AttachmentFacts,
        now: DateTime<Utc>,
    ) -> Result<()> {
        put_brought(&mut self.0, office, facts, now).await
    }

    async fn attachments_received(
        &mut self,
        office: OfficeId,
        brought: &[Brought],
        now: DateTime<Utc>,
    ) -> Result<()> {
        received(&mut self.0, office, brought, now).await
    }
}
