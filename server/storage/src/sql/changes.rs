//! 变更: what phones have to learn of. Each record's newest change, once, with the place, or the person,
//! that says who sees the record.
//!
//! Announcing a record takes the office's next number and writes it into the record's one row. An audience is a column of it
//! with an index, so that a phone reads the rows of its own audiences behind the number where it stands ([`pull`]). An audience
//! that saw the record before and does not any more gets a row of its own that says so: its phones are told that the record is
//! gone, while those that see it by another audience are sent it. In time they are forgotten ([`sweep`]).

mod in_place;
mod key;
mod pull;
mod sweep;

pub(super) use in_place::{InPlace, touch_in_place};
pub(super) use key::{Key, key, record};

use super::{
    Conn, QueryBuilder, SqlStore, SqlTransaction,
    announcements::{self, Announcement, Place, Seen},
    numbers, query, query_scalar,
    rows::{IDS_AT_ONCE, power_of_two_chunks, push_in},
};
use crate::{ChangeQuery, ChangeSweep, Changes, ReadChanges, Record, Result, SweptChanges, WriteChanges};
use async_trait::async_trait;
use domain::id::{HazardId, OfficeId, PersonId, SiteId, VisitId};
use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

const SERIES: &str = "change";

/// What an announcement writes over the one before it.
const UPSERT: &str = " ON CONFLICT (office, kind, id) DO UPDATE SET seq = excluded.seq, grid = excluded.grid,
     site = excluded.site, department = excluded.department, sector = excluded.sector, person = excluded.person,
     ended_at = excluded.ended_at";

/// Grid, site, department, sector, person, as a row has them.
pub(super) type SeenColumns = (Option<Uuid>, Option<Uuid>, Option<Uuid>, Option<String>, Option<Uuid>);

/// A record's id, and who sees it.
type Standing = (Vec<u8>, Option<Uuid>, Option<Uuid>, Option<Uuid>, Option<String>, Option<Uuid>);

/// Who sees what has such a row.
pub(super) fn seen((grid, site, department, sector, person): SeenColumns) -> Seen {
    match (person, grid, site) {
        (Some(person), ..) => Seen::ByPerson(PersonId(person)),
        (None, Some(grid), Some(site)) => Seen::Of(Place { grid, site, department, sector }),
        (None, ..) => Seen::ByEverybody,
    }
}

/// Announces records as their rows stand. Whoever saw one before and does not any more is told that it is gone.
pub(super) async fn touch(conn: &mut Conn, office: OfficeId, records: &[Record]) -> Result<()> {
    let announced = announcements::of(&mut *conn, office, records).await?;
    let before = before(&mut *conn, office, records).await?;
    put(conn, office, &announced, &before).await
}

/// The site lies elsewhere: so do its visits and the hazards that have ended.
pub(super) async fn site_moved(conn: &mut Conn, office: OfficeId, site: SiteId) -> Result<()> {
    let visits: Vec<Uuid> = query_scalar("SELECT id FROM visit WHERE office = $1 AND site = $2")
        .bind(office.0)
        .bind(site.0)
        .fetch_all(&mut *conn)
        .await?;
    let ended: Vec<Uuid> =
        query_scalar("SELECT id FROM hazard WHERE office = $1 AND site = $2 AND open = FALSE")
            .bind(office.0)
            .bind(site.0)
            .fetch_all(&mut *conn)
            .await?;
    let visits = visits.into_iter().map(|id| Record::Visit(VisitId(id)));
    let ended = ended.into_iter().map(|id| Record::Hazard(HazardId(id)));
    touch_known(conn, office, visits.chain(ended).collect()).await
}

/// Announces those of these records that any phone may have. What ended long ago has no row, and nobody is told of it.
pub(super) async fn touch_known(conn: &mut Conn, office: OfficeId, records: Vec<Record>) -> Result<()> {
    let known = before(&mut *conn, office, &records).await?;
    let known: Vec<_> = records.into_iter().filter(|record| known.contains_key(&key(record))).collect();
    touch(conn, office, &known).await
}

/// Who sees these records as of their last announcement.
async fn before(conn: &mut Conn, office: OfficeId, records: &[Record]) -> Result<HashMap<Key, Seen>> {
    let mut by_kind = BTreeMap::<&'static str, Vec<Vec<u8>>>::new();
    for (kind, id) in records.iter().map(key) {
        by_kind.entry(kind).or_default().push(id);
    }
    let mut before = HashMap::<Key, Seen>::new();
    for (kind, ids) in by_kind {
        for ids in ids.chunks(IDS_AT_ONCE) {
            let mut sql = QueryBuilder::new(
                "SELECT id, grid, site, department, sector, person FROM change WHERE office = ",
            );
            sql.push_bind(office.0).push(" AND kind = ").push_bind(kind).push(" AND id");
            push_in(&mut sql, ids);
            let rows: Vec<Standing> = sql.build_query_as().fetch_all(&mut *conn).await?;
            for (id, grid, site, department, sector, person) in rows {
                before.insert((kind, id), seen((grid, site, department, sector, person)));
            }
        }
    }
    Ok(before)
}

/// Numbers and writes them, each record once. What nobody sees has no row, and nobody has to hear of what nobody saw before.
async fn put(
    conn: &mut Conn,
    office: OfficeId,
    announced: &[Announcement],
    before: &HashMap<Key, Seen>,
) -> Result<()> {
    let mut once = HashSet::new();
    let announced: Vec<_> = announced
        .iter()
        .filter(|one| once.insert(&one.record))
        .map(|one| (key(&one.record), one))
        .filter(|(key, one)| one.seen != Seen::ByNobody || before.contains_key(key))
        .collect();
    if announced.is_empty() {
        return Ok(());
    }
    let first = numbers::next(&mut *conn, office, SERIES, announced.len()).await?;
    let (mut rows, mut lost, mut unseen) = (vec![], vec![], BTreeMap::<&'static str, Vec<Vec<u8>>>::new());
    for (seq, (key, one)) in (first..).zip(announced) {
        let now = one.seen.audiences();
        let was = before.get(&key).map(Seen::audiences).unwrap_or_default();
        lost.extend(
            was.into_iter().filter(|audience| !now.contains(audience)).map(|one| (one, seq, key.clone())),
        );
        match &one.seen {
            Seen::ByNobody => unseen.entry(key.0).or_default().push(key.1),
            Seen::ByEverybody => rows.push((seq, key, None, None, one.ended_at)),
            Seen::ByPerson(person) => rows.push((seq, key, None, Some(person.0), one.ended_at)),
            Seen::Of(place) => rows.push((seq, key, Some(place), None, one.ended_at)),
        }
    }
    for chunk in power_of_two_chunks(&rows) {
        let mut sql = QueryBuilder::new(
            "INSERT INTO change (office, seq, kind, id, grid, site, department, sector, person, ended_at) ",
        );
        sql.push_values(chunk, |mut row, (seq, (kind, id), place, person, ended_at)| {
            row.push_bind(office.0).push_bind(*seq).push_bind(*kind).push_bind(id.clone());
            row.push_bind(place.map(|place| place.grid)).push_bind(place.map(|place| place.site));
            row.push_bind(place.and_then(|place| place.department));
            row.push_bind(place.and_then(|place| place.sector.clone())).push_bind(*person);
            row.push_bind(*ended_at);
        });
        sql.push(UPSERT);
        sql.build().execute(&mut *conn).await?;
    }
    for (kind, ids) in unseen {
        for ids in ids.chunks(IDS_AT_ONCE) {
            let mut sql = QueryBuilder::new("DELETE FROM change WHERE office = ");
            sql.push_bind(office.0).push(" AND kind = ").push_bind(kind).push(" AND id");
            push_in(&mut sql, ids);
            sql.build().execute(&mut *conn).await?;
        }
    }
    for chunk in power_of_two_chunks(&lost) {
        let mut sql = QueryBuilder::new("INSERT INTO change_gone (office, audience, seq, kind, id) ");
        sql.push_values(chunk, |mut row, (audience, seq, (kind, id))| {
            row.push_bind(office.0).push_bind(audience.word()).push_bind(*seq);
            row.push_bind(*kind).push_bind(id.clone());
        });
        sql.build().execute(&mut *conn).await?;
    }
    Ok(())
}

#[async_trait]
impl ReadChanges for SqlStore {
    async fn changes(&self, office: OfficeId, query: &ChangeQuery) -> Result<Changes> {
        pull::after(&mut self.snapshot().await?, office, query).await
    }
}

#[async_trait]
impl WriteChanges for SqlTransaction {
    async fn touch(&mut self, office: OfficeId, records: &[Record]) -> Result<()> {
        touch(&mut self.0, office, records).await
    }

    async fn begin_epoch(&mut self, office: OfficeId, epoch: i64) -> Result<()> {
        query("UPDATE office SET epoch = $1 WHERE id = $2")
            .bind(epoch)
            .bind(office.0)
            .execute(&mut self.0)
            .await?;
        Ok(())
    }

    async fn sweep_changes(
        &mut self,
        office: OfficeId,
        sweep: &ChangeSweep,
        after: i64,
        most: u32,
    ) -> Result<SweptChanges> {
        sweep::sweep(&mut self.0, office, sweep, after, most).await
    }
}
