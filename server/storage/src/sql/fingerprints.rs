//! What photos look like, how nearly the same ones are found, and which records show them.

use super::{
    Conn, QueryBuilder, SqlStore, SqlTransaction,
    columns::{ms, time, word},
    query, query_as,
    rows::power_of_two_chunks,
};
use crate::{NamedPhoto, ReadFingerprints, Result, StoreError, WriteFingerprints};
use async_trait::async_trait;
use domain::{
    id::{HazardId, OfficeId, SiteId, VisitId},
    integrity::{FingerprintState, PhotoUse, RecordRef, SimilarUse},
    photo::{ImageFingerprint, PhotoHash},
};
use std::collections::{BTreeSet, HashSet};
use uuid::Uuid;

/// A short name within the indexes; the whole hash is compared wherever it counts.
fn number(hash: &PhotoHash) -> i64 {
    let first = hash.as_str().get(..16).and_then(|digits| u64::from_str_radix(digits, 16).ok());
    (first.unwrap_or_default() >> 1).cast_signed()
}

pub(super) fn parts(by: RecordRef) -> (&'static str, Uuid) {
    match by {
        RecordRef::Hazard(id) => ("hazard", id.0),
        RecordRef::Visit(id) => ("visit", id.0),
        RecordRef::Site(id) => ("site", id.0),
    }
}

pub(super) async fn name(conn: &mut Conn, office: OfficeId, named: &[NamedPhoto]) -> Result<()> {
    for chunk in power_of_two_chunks(named) {
        let mut sql = QueryBuilder::new("INSERT INTO photo_use (office, hash, record, id, at) ");
        sql.push_values(chunk, |mut row, named| {
            let (record, id) = parts(named.by);
            row.push_bind(office.0).push_bind(named.hash.to_string()).push_bind(record).push_bind(id);
            row.push_bind(ms(named.at));
        });
        sql.push(" ON CONFLICT DO NOTHING");
        sql.build().execute(&mut *conn).await?;
    }
    Ok(())
}

/// Writes down what it looks like, and which others are nearly the same.
pub(super) async fn put(
    conn: &mut Conn,
    office: OfficeId,
    hash: &PhotoHash,
    fingerprint: Option<&ImageFingerprint>,
    alike: &[(PhotoHash, u32)],
) -> Result<()> {
    query(
        "INSERT INTO photo_fingerprint (office, photo, hash, fingerprint, damaged) VALUES ($1, $2, $3, $4, FALSE)
         ON CONFLICT DO NOTHING",
    )
    .bind(office.0)
    .bind(number(hash))
    .bind(hash.as_str())
    .bind(fingerprint.map(ImageFingerprint::to_bytes))
    .execute(&mut *conn)
    .await?;
    let keys: Vec<(i32, u64)> = fingerprint.map(ImageFingerprint::keys).into_iter().flatten().collect();
    for chunk in power_of_two_chunks(&keys) {
        let mut sql = QueryBuilder::new("INSERT INTO photo_key (key, photo, coarse) ");
        sql.push_values(chunk, |mut row, (key, coarse)| {
            row.push_bind(*key).push_bind(number(hash)).push_bind(coarse.cast_signed());
        });
        sql.push(" ON CONFLICT DO NOTHING");
        sql.build().execute(&mut *conn).await?;
    }
    for chunk in power_of_two_chunks(alike) {
        let mut sql = QueryBuilder::new("INSERT INTO photo_alike (office, hash, other, bits) ");
        sql.push_values(chunk, |mut row, (other, bits)| {
            row.push_bind(office.0).push_bind(hash.to_string()).push_bind(other.to_string());
            row.push_bind(i64::from(*bits));
        });
        sql.push(" ON CONFLICT DO NOTHING");
        sql.build().execute(&mut *conn).await?;
    }
    Ok(())
}

async fn put_damaged(conn: &mut Conn, office: OfficeId, hash: &PhotoHash) -> Result<()> {
    query(
        "INSERT INTO photo_fingerprint (office, photo, hash, fingerprint, damaged) VALUES ($1, $2, $3, NULL, TRUE)
         ON CONFLICT DO NOTHING",
    )
    .bind(office.0)
    .bind(number(hash))
    .bind(hash.as_str())
    .execute(conn)
    .await?;
    Ok(())
}

/// What the photo looks like, whatever is known of it: where it is brought again it is looked at again.
pub(super) async fn forget(conn: &mut Conn, office: OfficeId, hash: &PhotoHash) -> Result<()> {
    let keys = match get(&mut *conn, office, hash).await {
        Ok(state) => state.fingerprint().map(ImageFingerprint::keys).unwrap_or_default(),
        // Its keys lead to nothing, which is no harm.
        Err(StoreError::Unreadable(_)) => BTreeSet::new(),
        Err(error) => return Err(error),
    };
    for (key, coarse) in keys {
        query(
            "DELETE FROM photo_key WHERE key = $1 AND photo = $2 AND coarse = $3
                 AND NOT EXISTS (SELECT 1 FROM office o JOIN photo_fingerprint l ON l.office = o.id
                     WHERE l.photo = $2 AND l.office <> $4)",
        )
        .bind(key)
        .bind(number(hash))
        .bind(coarse.cast_signed())
        .bind(office.0)
        .execute(&mut *conn)
        .await?;
    }
    query("DELETE FROM photo_fingerprint WHERE office = $1 AND hash = $2")
        .bind(office.0)
        .bind(hash.as_str())
        .execute(&mut *conn)
        .await?;
    query("DELETE FROM photo_alike WHERE office = $1 AND (hash = $2 OR other = $2)")
        .bind(office.0)
        .bind(hash.as_str())
        .execute(&mut *conn)
        .await?;
    Ok(())
}

async fn damaged(conn: &mut Conn, office: OfficeId, hashes: &[PhotoHash]) -> Result<HashSet<PhotoHash>> {
    let mut damaged = HashSet::new();
    for chunk in power_of_two_chunks(hashes) {
        let mut sql = QueryBuilder::new("SELECT hash FROM photo_fingerprint WHERE office = ");
        sql.push_bind(office.0).push(" AND damaged = TRUE AND hash IN (");
        let mut list = sql.separated(", ");
        for hash in chunk {
            list.push_bind(hash.to_string());
        }
        sql.push(")");
        let rows: Vec<(String,)> = sql.build_query_as().fetch_all(&mut *conn).await?;
        for (hash,) in rows {
            damaged.insert(hash_of(&hash)?);
        }
    }
    Ok(damaged)
}

pub(super) async fn get(conn: &mut Conn, office: OfficeId, hash: &PhotoHash) -> Result<FingerprintState> {
    let row: Option<(Option<Vec<u8>>, bool)> =
        query_as("SELECT fingerprint, damaged FROM photo_fingerprint WHERE office = $1 AND hash = $2")
            .bind(office.0)
            .bind(hash.as_str())
            .fetch_optional(conn)
            .await?;
    Ok(match row {
        None => FingerprintState::Pending,
        Some((_, true)) => FingerprintState::Damaged,
        Some((None, false)) => FingerprintState::Unavailable,
        Some((Some(bytes), false)) => FingerprintState::Known(Box::new(read(&bytes)?)),
    })
}

fn read(bytes: &[u8]) -> Result<ImageFingerprint> {
    ImageFingerprint::from_bytes(bytes)
        .ok_or_else(|| StoreError::Unreadable("a photo's fingerprint".to_owned()))
}

/// Those that share a band or nearly one, first by their coarse bits, which lie in the index itself.
pub(super) async fn near(
    conn: &mut Conn,
    office: OfficeId,
    fingerprint: &ImageFingerprint,
) -> Result<Vec<(PhotoHash, ImageFingerprint)>> {
    let mut numbers = BTreeSet::new();
    let keys: Vec<i32> = fingerprint.probe_keys().into_iter().collect();
    for chunk in power_of_two_chunks(&keys) {
        let mut sql = QueryBuilder::new("SELECT photo, coarse FROM photo_key WHERE key IN (");
        let mut list = sql.separated(", ");
        for key in chunk {
            list.push_bind(*key);
        }
        sql.push(")");
        let rows: Vec<(i64, i64)> = sql.build_query_as().fetch_all(&mut *conn).await?;
        numbers.extend(
            rows.into_iter()
                .filter(|(_, coarse)| fingerprint.may_be_near(coarse.cast_unsigned()))
                .map(|(photo, _)| photo),
        );
    }
    let numbers: Vec<i64> = numbers.into_iter().collect();
    let mut near = vec![];
    for chunk in power_of_two_chunks(&numbers) {
        let mut sql = QueryBuilder::new("SELECT hash, fingerprint FROM photo_fingerprint WHERE office = ");
        sql.push_bind(office.0).push(" AND fingerprint IS NOT NULL AND photo IN (");
        let mut list = sql.separated(", ");
        for number in chunk {
            list.push_bind(*number);
        }
        sql.push(")");
        let rows: Vec<(String, Vec<u8>)> = sql.build_query_as().fetch_all(&mut *conn).await?;
        for (hash, fingerprint) in rows {
            near.push((hash_of(&hash)?, read(&fingerprint)?));
        }
    }
    Ok(near)
}

pub(super) fn hash_of(text: &str) -> Result<PhotoHash> {
    word("a photo's hash", text, |text| text.parse().ok())
}

pub(super) async fn shown(conn: &mut Conn, office: OfficeId, hash: &PhotoHash) -> Result<Vec<SimilarUse>> {
    type UseRow = (String, String, Uuid, i64, Option<i64>);
    let rows: Vec<UseRow> = query_as(
        "SELECT u.hash, u.record, u.id, u.at, CAST(NULL AS BIGINT) FROM photo_use u
         WHERE u.office = $1 AND u.hash = $2
         UNION ALL
         SELECT u.hash, u.record, u.id, u.at, CAST(NULL AS BIGINT) FROM attachment p
             JOIN attachment o ON o.office = p.office AND o.original = p.original AND o.hash <> p.hash
             JOIN photo_use u ON u.office = o.office AND u.hash = o.hash
         WHERE p.office = $1 AND p.hash = $2
         UNION ALL
         SELECT u.hash, u.record, u.id, u.at, a.bits FROM photo_alike a
             JOIN photo_use u ON u.office = a.office AND u.hash = a.other
         WHERE a.office = $1 AND a.hash = $2
         UNION ALL
         SELECT u.hash, u.record, u.id, u.at, a.bits FROM photo_alike a
             JOIN photo_use u ON u.office = a.office AND u.hash = a.hash
         WHERE a.office = $1 AND a.other = $2",
    )
    .bind(office.0)
    .bind(hash.as_str())
    .fetch_all(conn)
    .await?;
    let shown = |(hash, record, id, at, bits): UseRow| {
        let by = word("a photo's use", &record, |record| match record {
            "hazard" => Some(RecordRef::Hazard(HazardId(id))),
            "visit" => Some(RecordRef::Visit(VisitId(id))),
            "site" => Some(RecordRef::Site(SiteId(id))),
            _ => None,
        })?;
        let record = PhotoUse { photo: hash_of(&hash)?, by };
        Ok(SimilarUse { record, at: time(at)?, bits: bits.and_then(|bits| u32::try_from(bits).ok()) })
    };
    rows.into_iter().map(shown).collect()
}

pub(super) async fn wanting(
    conn: &mut Conn,
    after: Option<&(OfficeId, PhotoHash)>,
    most: u32,
    job: &str,
) -> Result<Vec<(OfficeId, PhotoHash)>> {
    let (office, hash) = after.map_or((Uuid::nil(), ""), |(office, hash)| (office.0, hash.as_str()));
    let rows: Vec<(Uuid, String)> = query_as(
        "SELECT p.office, p.hash FROM attachment p
         WHERE p.kind = 'photo' AND p.received_at IS NOT NULL AND (p.office, p.hash) > ($3, $4)
             AND NOT EXISTS (SELECT 1 FROM photo_fingerprint l WHERE l.office = p.office AND l.hash = p.hash)
             AND NOT EXISTS (SELECT 1 FROM job j WHERE j.office = p.office AND j.name = $2 AND j.key = p.hash)
         ORDER BY p.office, p.hash LIMIT $1",
    )
    .bind(i64::from(most))
    .bind(job)
    .bind(office)
    .bind(hash)
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(|(office, hash)| Ok((OfficeId(office), hash_of(&hash)?))).collect()
}

#[async_trait]
impl ReadFingerprints for SqlStore {
    async fn fingerprint(&self, office: OfficeId, hash: &PhotoHash) -> Result<FingerprintState> {
        get(&mut self.reader().await?, office, hash).await
    }

    async fn fingerprints_near(
        &self,
        office: OfficeId,
        fingerprint: &ImageFingerprint,
    ) -> Result<Vec<(PhotoHash, ImageFingerprint)>> {
        near(&mut self.snapshot().await?, office, fingerprint).await
    }

    async fn shown(&self, office: OfficeId, hash: &PhotoHash) -> Result<Vec<SimilarUse>> {
        shown(&mut self.reader().await?, office, hash).await
    }

    async fn photos_without_fingerprint(
        &self,
        after: Option<&(OfficeId, PhotoHash)>,
        most: u32,
        job: &str,
    ) -> Result<Vec<(OfficeId, PhotoHash)>> {
        wanting(&mut self.reader().await?, after, most, job).await
    }
}

#[async_trait]
impl WriteFingerprints for SqlTransaction {
    async fn put_fingerprint(
        &mut self,
        office: OfficeId,
        hash: &PhotoHash,
        fingerprint: Option<&ImageFingerprint>,
        alike: &[(PhotoHash, u32)],
    ) -> Result<()> {
        put(&mut self.0, office, hash, fingerprint, alike).await
    }

    async fn put_damaged_photo(&mut self, office: OfficeId, hash: &PhotoHash) -> Result<()> {
        put_damaged(&mut self.0, office, hash).await
    }

    async fn damaged_photos(&mut self, office: OfficeId, hashes: &[PhotoHash]) -> Result<HashSet<PhotoHash>> {
        damaged(&mut self.0, office, hashes).await
    }
}
