//! 变更: what phones have to learn of. Each record's newest change, once for each audience that may see it.
//!
//! Announcing a record takes the office's next number and writes it into the record's row of every audience. An audience that
//! saw the record before and does not any more keeps a row that says so: its phones are told that the record is gone, while
//! those that see it by another audience are sent it. A phone reads the rows of its own audiences behind the number where it
//! stands; each is a range of one index.

use super::{
    Conn, QueryBuilder, SqlStore, SqlTransaction,
    announcements::{self, Announcement},
    columns::{day, ms},
    numbers, query, query_as, query_scalar,
    rows::{IDS_AT_ONCE, power_of_two_chunks, push_words},
};
use crate::{
    ChangeQuery, ChangeSweep, Changed, Changes, Live, ReadChanges, Record, Result, SweptChanges, WriteChanges,
};
use async_trait::async_trait;
use domain::{
    audience::Audience,
    id::{ChecklistId, HazardId, OfficeId, SiteId, VisitId},
    sync::RecordKind,
};
use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

const SERIES: &str = "change";

/// Audiences of one statement. SQLite joins five hundred queries at the most, and whoever answers for as many sites as
/// anybody may has one audience more.
const AUDIENCES_AT_ONCE: usize = 256;

/// A record's kind and its id, as they lie there.
pub(super) type Key = (&'static str, String);

pub(super) fn key(record: &Record) -> Key {
    let (kind, id) = record.named();
    (kind.as_str(), id)
}

/// None: of a kind that this version does not know, or of an id that is none.
pub(super) fn record(kind: &str, id: &str) -> Option<Record> {
    Some(match RecordKind::parse(kind)? {
        RecordKind::Directory => Record::Directory,
        RecordKind::Site => Record::Site(id.parse().ok()?),
        RecordKind::Checklist => Record::Checklist(ChecklistId::from(id)),
        RecordKind::Hazard => Record::Hazard(id.parse().ok()?),
        RecordKind::Visit => Record::Visit(id.parse().ok()?),
    })
}

/// Announces records as their rows stand. Whoever saw one before and does not any more is told that it is gone.
pub(super) async fn touch(conn: &mut Conn, office: OfficeId, records: &[Record]) -> Result<()> {
    let announced = announcements::of(&mut *conn, office, records).await?;
    let before = before(&mut *conn, office, records).await?;
    put(conn, office, &announced, &before).await
}

/// The same of records that are new, or lie where they lay: nobody has to be asked who saw them before.
pub(super) async fn touch_in_place(conn: &mut Conn, office: OfficeId, records: &[Record]) -> Result<()> {
    let announced = announcements::of(&mut *conn, office, records).await?;
    put(conn, office, &announced, &HashMap::new()).await
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

/// Announces those of these records that any phone may have. What ended long ago has no rows, and nobody is told of it.
pub(super) async fn touch_known(conn: &mut Conn, office: OfficeId, records: Vec<Record>) -> Result<()> {
    let known = before(&mut *conn, office, &records).await?;
    let known: Vec<_> = records.into_iter().filter(|record| known.contains_key(&key(record))).collect();
    touch(conn, office, &known).await
}

/// The audiences that see these records as of their last announcement.
async fn before(conn: &mut Conn, office: OfficeId, records: &[Record]) -> Result<HashMap<Key, Vec<String>>> {
    let mut by_kind = BTreeMap::<&'static str, Vec<String>>::new();
    for (kind, id) in records.iter().map(key) {
        by_kind.entry(kind).or_default().push(id);
    }
    let mut before = HashMap::<Key, Vec<String>>::new();
    for (kind, ids) in by_kind {
        for ids in ids.chunks(IDS_AT_ONCE) {
            let mut sql = QueryBuilder::new(
                "SELECT id, audience FROM change_audience WHERE gone = FALSE AND office = ",
            );
            sql.push_bind(office.0).push(" AND kind = ").push_bind(kind).push(" AND id");
            push_words(&mut sql, ids);
            let rows: Vec<(String, String)> = sql.build_query_as().fetch_all(&mut *conn).await?;
            for (id, audience) in rows {
                before.entry((kind, id)).or_default().push(audience);
            }
        }
    }
    Ok(before)
}

/// A row to be written: the record, the audience, the number, when it ended, whether the audience has lost it.
type Row = (Key, String, i64, Option<i64>, bool);

async fn put(
    conn: &mut Conn,
    office: OfficeId,
    announced: &[Announcement],
    before: &HashMap<Key, Vec<String>>,
) -> Result<()> {
    let mut seen = HashSet::new();
    let announced: Vec<_> = announced.iter().filter(|one| seen.insert(&one.record)).collect();
    if announced.is_empty() {
        return Ok(());
    }
    let first = numbers::next(&mut *conn, office, SERIES, announced.len()).await?;
    let mut rows: Vec<Row> = vec![];
    for (seq, one) in (first..).zip(announced) {
        let (key, words) = (key(&one.record), one.words());
        let lost = before.get(&key).into_iter().flatten().filter(|word| !words.contains(word));
        rows.extend(lost.map(|word| (key.clone(), word.clone(), seq, one.ended_at, true)));
        rows.extend(words.iter().map(|word| (key.clone(), word.clone(), seq, one.ended_at, false)));
    }
    for chunk in power_of_two_chunks(&rows) {
        let mut sql = QueryBuilder::new(
            "INSERT INTO change_audience (office, kind, id, audience, seq, ended_at, gone) ",
        );
        sql.push_values(chunk, |mut row, ((kind, id), audience, seq, ended_at, gone)| {
            row.push_bind(office.0).push_bind(*kind).push_bind(id.clone()).push_bind(audience.clone());
            row.push_bind(*seq).push_bind(*ended_at).push_bind(*gone);
        });
        sql.push(
            " ON CONFLICT (office, kind, id, audience) DO UPDATE SET seq = excluded.seq,
                 ended_at = excluded.ended_at, gone = excluded.gone",
        );
        sql.build().execute(&mut *conn).await?;
    }
    Ok(())
}

/// Within one snapshot: what stands there up to the newest number, which is told too.
pub(super) async fn after(conn: &mut Conn, office: OfficeId, query: &ChangeQuery) -> Result<Changes> {
    let head: Option<(i64, Option<i64>)> = query_as(
        "SELECT o.epoch, s.last FROM office o
         LEFT JOIN sequence s ON s.office = o.id AND s.series = $1 AND s.year = 0 WHERE o.id = $2",
    )
    .bind(SERIES)
    .bind(office.0)
    .fetch_optional(&mut *conn)
    .await?;
    let (epoch, head) = head.unwrap_or_default();
    let head = head.unwrap_or_default();
    let mut rows: Vec<(i64, String, String)> = vec![];
    for audiences in query.audiences.chunks(AUDIENCES_AT_ONCE) {
        rows.extend(of_audiences(&mut *conn, office, audiences, query).await?);
    }
    // Each statement gave its first ones, so the first ones of all are among them.
    rows.sort_unstable_by_key(|(seq, _, _)| *seq);
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = rows.len() >= limit;
    rows.truncate(limit);
    let changed =
        |(seq, kind, id): (i64, String, String)| Changed { seq, record: record(&kind, &id), kind, id };
    let mut rows: Vec<_> = rows.into_iter().map(changed).collect();
    // By several audiences the same record is heard of once: its rows have one number.
    rows.dedup_by_key(|row| row.seq);
    Ok(Changes { rows, more, head, epoch })
}

/// Number, kind and id of the first rows of these audiences, in order.
async fn of_audiences(
    conn: &mut Conn,
    office: OfficeId,
    audiences: &[Audience],
    query: &ChangeQuery,
) -> Result<Vec<(i64, String, String)>> {
    let limit = i64::from(query.limit);
    let mut sql = QueryBuilder::new("");
    for (n, audience) in audiences.iter().enumerate() {
        sql.push(if n == 0 { "" } else { " UNION ALL " });
        sql.push("SELECT seq, kind, id FROM (SELECT seq, kind, id FROM change_audience WHERE office = ");
        sql.push_bind(office.0).push(" AND audience = ").push_bind(audience.word());
        sql.push(" AND seq > ").push_bind(query.after);
        if let Some(live) = &query.live {
            push_live(&mut sql, live);
        }
        sql.push(" ORDER BY seq LIMIT ").push_bind(limit).push(") AS one");
    }
    sql.push(" ORDER BY seq LIMIT ").push_bind(limit);
    Ok(sql.build_query_as().fetch_all(conn).await?)
}

/// ` AND …`: newer than that, or live. What of a later version has ended is for that version to judge.
fn push_live(sql: &mut QueryBuilder, live: &Live) {
    sql.push(" AND (seq > ").push_bind(live.until);
    sql.push(" OR (gone = FALSE AND (ended_at IS NULL OR kind NOT IN ('hazard', 'visit')");
    sql.push(" OR (kind = 'hazard' AND ended_at >= ").push_bind(ms(live.hazards_since));
    sql.push(") OR (kind = 'visit' AND ended_at >= ").push_bind(ms(live.visits_since));
    sql.push("))))");
}

/// Notes where the changes stand today, and forgets a slice of what no phone can want any more. Both statements that look for
/// rows say literally what the index `change_by_end` is of, else SQLite does not use it.
pub(super) async fn sweep(
    conn: &mut Conn,
    office: OfficeId,
    sweep: &ChangeSweep,
    after: i64,
    most: u32,
) -> Result<SweptChanges> {
    query(
        "INSERT INTO change_mark (office, day, seq)
         SELECT office, $1, last FROM sequence WHERE office = $2 AND series = $3 AND year = 0
         ON CONFLICT (office, day) DO NOTHING",
    )
    .bind(day(sweep.today))
    .bind(office.0)
    .bind(SERIES)
    .execute(&mut *conn)
    .await?;
    let old: Option<i64> = query_scalar("SELECT max(seq) FROM change_mark WHERE office = $1 AND day <= $2")
        .bind(office.0)
        .bind(day(sweep.written_until))
        .fetch_one(&mut *conn)
        .await?;
    let Some(old) = old else { return Ok(SweptChanges::default()) };
    let last: Option<i64> = query_scalar(
        "SELECT seq FROM change_audience WHERE office = $1 AND seq > $2 AND seq <= $3
             AND (gone = TRUE OR ended_at IS NOT NULL) ORDER BY seq LIMIT 1 OFFSET $4",
    )
    .bind(office.0)
    .bind(after)
    .bind(old)
    .bind(i64::from(most.max(1)) - 1)
    .fetch_optional(&mut *conn)
    .await?;
    let gone = query(
        "DELETE FROM change_audience WHERE office = $1 AND seq > $2 AND seq <= $3
             AND (gone = TRUE OR ended_at IS NOT NULL)
             AND (gone = TRUE OR (kind = 'hazard' AND ended_at < $4) OR (kind = 'visit' AND ended_at < $5))",
    )
    .bind(office.0)
    .bind(after)
    .bind(last.unwrap_or(old))
    .bind(ms(sweep.hazards_before))
    .bind(ms(sweep.visits_before))
    .execute(&mut *conn)
    .await?;
    if last.is_none() {
        query("DELETE FROM change_mark WHERE office = $1 AND day < $2")
            .bind(office.0)
            .bind(day(sweep.written_until))
            .execute(conn)
            .await?;
    }
    Ok(SweptChanges { gone: gone.rows_affected(), next: last })
}

#[async_trait]
impl ReadChanges for SqlStore {
    async fn changes(&self, office: OfficeId, query: &ChangeQuery) -> Result<Changes> {
        after(&mut self.snapshot().await?, office, query).await
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
        self::sweep(&mut self.0, office, sweep, after, most).await
    }
}
