//! 消息: what people are told, and what became of it on its ways out of the house.

mod channels;
mod facts;
mod party;

use super::{
    Conn, QueryBuilder, SqlStore, SqlTransaction, changes,
    columns::{body, count, ms, parse, readable, time},
    query, query_as, query_scalar,
    rows::{IDS_AT_ONCE, power_of_two_chunks, push_in},
};
use crate::{
    DeliveryCount, NewNotice, ReadNotices, Record, Result, StoredChannel, StoredDelivery, WriteNotices,
};
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    id::{NoticeChannelId, NoticeId, OfficeId, PersonId},
    notice::{DeliveryRow, Notice, NoticeDelivery, NoticeFacts, NoticeKind, NoticeSettings},
};
use std::collections::HashSet;
use uuid::Uuid;

const NOTICE: &str = "a notice";

/// A notice by its body, with what a column knows better.
fn notice(body: &str, seen_at: Option<i64>) -> Result<Notice> {
    let notice: Notice = parse(NOTICE, body)?;
    Ok(Notice { seen_at: seen_at.map(time).transpose()?, ..notice })
}

/// Each as far as it can be read; what is not there is not in the answer.
pub(super) async fn some(
    conn: &mut Conn,
    office: OfficeId,
    ids: &[NoticeId],
) -> Result<Vec<(NoticeId, Result<Notice>)>> {
    let mut all = vec![];
    for ids in ids.chunks(IDS_AT_ONCE) {
        let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
        let mut sql = QueryBuilder::new("SELECT id, seen_at, body FROM notice WHERE office = ");
        sql.push_bind(office.0).push(" AND id");
        push_in(&mut sql, &ids);
        let rows: Vec<(Uuid, Option<i64>, String)> = sql.build_query_as().fetch_all(&mut *conn).await?;
        all.extend(rows.into_iter().map(|(id, seen_at, body)| (NoticeId(id), notice(&body, seen_at))));
    }
    Ok(all)
}

/// Of the office, since that millisecond.
pub(super) async fn made_since(conn: &mut Conn, office: OfficeId, since: i64) -> Result<Vec<NoticeId>> {
    let ids: Vec<Uuid> = query_scalar("SELECT id FROM notice WHERE office = $1 AND made_at >= $2")
        .bind(office.0)
        .bind(since)
        .fetch_all(conn)
        .await?;
    Ok(ids.into_iter().map(NoticeId).collect())
}

async fn settings(conn: &mut Conn, office: OfficeId) -> Result<NoticeSettings> {
    let stored: Option<String> = query_scalar("SELECT body FROM notice_settings WHERE office = $1")
        .bind(office.0)
        .fetch_optional(conn)
        .await?;
    let stored = stored.map(|stored| parse("an office's rules of notices", &stored));
    Ok(stored.transpose()?.unwrap_or_default())
}

async fn put_settings(conn: &mut Conn, office: OfficeId, settings: &NoticeSettings) -> Result<()> {
    query(
        "INSERT INTO notice_settings (office, body) VALUES ($1, $2)
         ON CONFLICT (office) DO UPDATE SET body = excluded.body",
    )
    .bind(office.0)
    .bind(body(settings)?)
    .execute(conn)
    .await?;
    Ok(())
}

async fn of_person(
    conn: &mut Conn,
    office: OfficeId,
    person: PersonId,
    most: u32,
) -> Result<Vec<(Option<i64>, String)>> {
    Ok(query_as(
        "SELECT seen_at, body FROM notice WHERE office = $1 AND person = $2
         ORDER BY made_at DESC, id DESC LIMIT $3",
    )
    .bind(office.0)
    .bind(person.0)
    .bind(i64::from(most))
    .fetch_all(conn)
    .await?)
}

async fn put(conn: &mut Conn, office: OfficeId, notices: &[NewNotice]) -> Result<Vec<NoticeId>> {
    let mut new = vec![];
    for chunk in power_of_two_chunks(notices) {
        let bare = |new: &NewNotice| body(&Notice { seen_at: None, ..new.notice.clone() });
        let bodies: Vec<String> = chunk.iter().map(bare).collect::<Result<_>>()?;
        let mut sql =
            QueryBuilder::new("INSERT INTO notice (id, office, person, key, kind, made_at, seen_at, body) ");
        sql.push_values(chunk.iter().zip(bodies), |mut row, (NewNotice { key, notice }, body)| {
            row.push_bind(notice.id.0).push_bind(office.0).push_bind(notice.person.0).push_bind(key);
            row.push_bind(notice.kind.as_str()).push_bind(ms(notice.made_at));
            row.push_bind(notice.seen_at.map(ms)).push_bind(body);
        });
        sql.push(" ON CONFLICT (office, key) DO NOTHING RETURNING id");
        let ids: Vec<Uuid> = sql.build_query_scalar().fetch_all(&mut *conn).await?;
        new.extend(ids.into_iter().map(NoticeId));
    }
    announce(conn, office, &new).await?;
    Ok(new)
}

async fn known(conn: &mut Conn, office: OfficeId, keys: &[String]) -> Result<HashSet<String>> {
    let mut known = HashSet::new();
    for keys in keys.chunks(IDS_AT_ONCE) {
        let mut sql = QueryBuilder::new("SELECT key FROM notice WHERE office = ");
        sql.push_bind(office.0).push(" AND key");
        push_in(&mut sql, keys);
        let keys: Vec<String> = sql.build_query_scalar().fetch_all(&mut *conn).await?;
        known.extend(keys);
    }
    Ok(known)
}

async fn see(
    conn: &mut Conn,
    office: OfficeId,
    person: PersonId,
    ids: &[NoticeId],
    at: DateTime<Utc>,
) -> Result<u64> {
    let mut seen = vec![];
    for ids in ids.chunks(IDS_AT_ONCE) {
        let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
        let mut sql = QueryBuilder::new("UPDATE notice SET seen_at = ");
        sql.push_bind(ms(at)).push(" WHERE seen_at IS NULL AND office = ").push_bind(office.0);
        sql.push(" AND person = ").push_bind(person.0).push(" AND id");
        push_in(&mut sql, &ids);
        sql.push(" RETURNING id");
        let ids: Vec<Uuid> = sql.build_query_scalar().fetch_all(&mut *conn).await?;
        seen.extend(ids.into_iter().map(NoticeId));
    }
    announce(conn, office, &seen).await?;
    Ok(seen.len() as u64)
}

async fn forget(conn: &mut Conn, office: OfficeId, before: DateTime<Utc>, most: u32) -> Result<u64> {
    let ids: Vec<Uuid> = query_scalar(
        "SELECT id FROM notice WHERE office = $1 AND made_at < $2 ORDER BY made_at, id LIMIT $3",
    )
    .bind(office.0)
    .bind(ms(before))
    .bind(i64::from(most))
    .fetch_all(&mut *conn)
    .await?;
    for ids in ids.chunks(IDS_AT_ONCE) {
        for table in ["DELETE FROM notice_delivery WHERE notice", "DELETE FROM notice WHERE id"] {
            let mut sql = QueryBuilder::new(table);
            push_in(&mut sql, ids);
            sql.build().execute(&mut *conn).await?;
        }
    }
    let records = ids.iter().map(|id| Record::Notice(NoticeId(*id))).collect();
    changes::touch_known(conn, office, records).await?;
    Ok(ids.len() as u64)
}

async fn announce(conn: &mut Conn, office: OfficeId, ids: &[NoticeId]) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let records: Vec<_> = ids.iter().copied().map(Record::Notice).collect();
    changes::touch(conn, office, &records).await
}

#[async_trait]
impl ReadNotices for SqlStore {
    async fn notice_settings(&self, office: OfficeId) -> Result<NoticeSettings> {
        settings(&mut self.reader().await?, office).await
    }

    async fn notice_facts(
        &self,
        office: OfficeId,
        since: DateTime<Utc>,
        until: NaiveDate,
    ) -> Result<NoticeFacts> {
        facts::of(&mut self.snapshot().await?, office, since, until).await
    }

    async fn known_notices(&self, office: OfficeId, keys: &[String]) -> Result<HashSet<String>> {
        known(&mut self.reader().await?, office, keys).await
    }

    async fn notices(&self, office: OfficeId, person: PersonId, most: u32) -> Result<Vec<Notice>> {
        let rows = of_person(&mut self.reader().await?, office, person, most).await?;
        let read = rows.into_iter().filter_map(|(seen_at, body)| {
            let notice: Notice = readable(NOTICE, &[body]).pop()?;
            Some(Notice { seen_at: seen_at.and_then(|at| time(at).ok()), ..notice })
        });
        Ok(read.collect())
    }

    async fn unseen_notices(&self, office: OfficeId, person: PersonId) -> Result<u64> {
        let unseen = "SELECT count(*) FROM notice WHERE office = $1 AND person = $2 AND seen_at IS NULL";
        let rows: i64 =
            query_scalar(unseen).bind(office.0).bind(person.0).fetch_one(&mut self.reader().await?).await?;
        Ok(count(rows))
    }

    async fn notice_channels(&self, office: OfficeId) -> Result<Vec<StoredChannel>> {
        channels::all(&mut self.reader().await?, office).await
    }

    async fn notice_deliveries(&self, office: OfficeId, most: u32) -> Result<Vec<DeliveryRow>> {
        channels::newest(&mut self.reader().await?, office, most).await
    }

    async fn delivery_counts(&self, office: OfficeId) -> Result<Vec<DeliveryCount>> {
        channels::counts(&mut self.reader().await?, office).await
    }

    async fn offices_to_deliver(&self, now: DateTime<Utc>) -> Result<Vec<OfficeId>> {
        channels::offices(&mut self.reader().await?, now).await
    }
}

#[async_trait]
impl WriteNotices for SqlTransaction {
    async fn notice_settings(&mut self, office: OfficeId) -> Result<NoticeSettings> {
        settings(&mut self.0, office).await
    }

    async fn put_notice_settings(&mut self, office: OfficeId, settings: &NoticeSettings) -> Result<()> {
        put_settings(&mut self.0, office, settings).await
    }

    async fn put_notices(&mut self, office: OfficeId, notices: &[NewNotice]) -> Result<Vec<NoticeId>> {
        put(&mut self.0, office, notices).await
    }

    async fn see_notices(
        &mut self,
        office: OfficeId,
        person: PersonId,
        notices: &[NoticeId],
        at: DateTime<Utc>,
    ) -> Result<u64> {
        see(&mut self.0, office, person, notices, at).await
    }

    async fn notice_channels(&mut self, office: OfficeId) -> Result<Vec<StoredChannel>> {
        channels::all(&mut self.0, office).await
    }

    async fn put_notice_channel(&mut self, office: OfficeId, channel: &StoredChannel) -> Result<()> {
        channels::put(&mut self.0, office, channel).await
    }

    async fn put_deliveries(&mut self, office: OfficeId, deliveries: &[NoticeDelivery]) -> Result<()> {
        channels::put_deliveries(&mut self.0, office, deliveries).await
    }

    async fn take_deliveries(
        &mut self,
        office: OfficeId,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
        most: u32,
    ) -> Result<Vec<StoredDelivery>> {
        channels::take(&mut self.0, office, now, until, most).await
    }

    async fn settle_deliveries(&mut self, office: OfficeId, deliveries: &[NoticeDelivery]) -> Result<()> {
        channels::settle(&mut self.0, office, deliveries).await
    }

    async fn end_deliveries(
        &mut self,
        office: OfficeId,
        channel: NoticeChannelId,
        at: DateTime<Utc>,
        failure: &str,
    ) -> Result<Vec<(NoticeId, NoticeKind)>> {
        channels::end(&mut self.0, office, channel, at, failure).await
    }

    async fn forget_notices(&mut self, office: OfficeId, before: DateTime<Utc>, most: u32) -> Result<u64> {
        forget(&mut self.0, office, before, most).await
    }
}
