//! What parties are told of their hazards.

use super::channels::{columns, state};
use crate::{
    ReadPartyNotices, Result, StoredPartyNotice, WritePartyNotices,
    sql::{
        Conn, QueryBuilder, SqlStore, SqlTransaction,
        columns::{count, day, ms, number, time, word},
        hazards, query, query_scalar,
        rows::{IDS_AT_ONCE, power_of_two_chunks, push_in},
    },
};
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    hazard::Hazard,
    id::{CodeId, HazardId, OfficeId, PartyNoticeId},
    notice::{PartyNotice, PartyNoticeKind},
};
use std::collections::HashSet;
use uuid::Uuid;

const COLUMNS: &str =
    "SELECT n.id, n.hazard, n.key, n.kind, n.phone, n.number, n.made_at, n.first_at, n.next_at, n.attempts,
         n.state, n.ended_at, n.failure, n.code, c.opened_at
     FROM party_notice n LEFT JOIN short_code c ON c.id = n.code";

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    hazard: Uuid,
    key: String,
    kind: String,
    phone: String,
    number: Option<Vec<u8>>,
    made_at: i64,
    first_at: i64,
    next_at: i64,
    attempts: i64,
    state: String,
    ended_at: Option<i64>,
    failure: Option<String>,
    code: Option<Uuid>,
    opened_at: Option<i64>,
}

impl Row {
    fn read(self) -> Result<StoredPartyNotice> {
        let notice = PartyNotice {
            id: PartyNoticeId(self.id),
            hazard: HazardId(self.hazard),
            kind: word("a kind of message to a party", &self.kind, PartyNoticeKind::parse)?,
            phone: self.phone,
            made_at: time(self.made_at)?,
            first_at: time(self.first_at)?,
            next_at: time(self.next_at)?,
            attempts: number("tries of a message", self.attempts)?,
            state: state(&self.state, self.ended_at, self.failure)?,
            code: self.code.map(CodeId),
            opened_at: self.opened_at.map(time).transpose()?,
        };
        Ok(StoredPartyNotice { key: self.key, number: self.number, notice })
    }
}

async fn to_tell(
    conn: &mut Conn,
    office: OfficeId,
    since: DateTime<Utc>,
    (first, last): (NaiveDate, NaiveDate),
) -> Result<Vec<Hazard>> {
    let ids: Vec<Uuid> = query_scalar(
        "SELECT id FROM hazard WHERE office = $1 AND open = TRUE AND status IN ('found', 'assigned')
             AND ((due >= $2 AND due <= $3) OR status_since >= $4)
         ORDER BY id",
    )
    .bind(office.0)
    .bind(day(first))
    .bind(day(last))
    .bind(ms(since))
    .fetch_all(&mut *conn)
    .await?;
    let ids: Vec<HazardId> = ids.into_iter().map(HazardId).collect();
    let mut told = vec![];
    for ids in ids.chunks(IDS_AT_ONCE) {
        let read = hazards::each(&mut *conn, office, ids).await?.into_iter().filter_map(|one| {
            let read = one.hazard;
            read.inspect_err(|error| tracing::error!(%error, "no party is told of it; xunan verify")).ok()
        });
        told.extend(read);
    }
    Ok(told)
}

async fn known(conn: &mut Conn, office: OfficeId, keys: &[String]) -> Result<HashSet<String>> {
    let mut known = HashSet::new();
    for keys in keys.chunks(IDS_AT_ONCE) {
        let mut sql = QueryBuilder::new("SELECT key FROM party_notice WHERE office = ");
        sql.push_bind(office.0).push(" AND key");
        push_in(&mut sql, keys);
        let keys: Vec<String> = sql.build_query_scalar().fetch_all(&mut *conn).await?;
        known.extend(keys);
    }
    Ok(known)
}

async fn of_hazard(
    conn: &mut Conn,
    office: OfficeId,
    hazard: HazardId,
    most: u32,
) -> Result<Vec<PartyNotice>> {
    let mut sql = QueryBuilder::new(COLUMNS);
    sql.push(" WHERE n.office = ").push_bind(office.0).push(" AND n.hazard = ").push_bind(hazard.0);
    sql.push(" ORDER BY n.made_at DESC, n.id DESC LIMIT ").push_bind(i64::from(most));
    let rows: Vec<Row> = sql.build_query_as().fetch_all(conn).await?;
    rows.into_iter().map(|row| Ok(row.read()?.notice)).collect()
}

async fn sent(conn: &mut Conn, office: OfficeId, to: &[u8], since: DateTime<Utc>) -> Result<u64> {
    let rows: i64 = query_scalar(
        "SELECT count(*) FROM party_notice
         WHERE office = $1 AND number = $2 AND state = 'sent' AND ended_at >= $3",
    )
    .bind(office.0)
    .bind(to)
    .bind(ms(since))
    .fetch_one(conn)
    .await?;
    Ok(count(rows))
}

async fn offices(conn: &mut Conn, now: DateTime<Utc>) -> Result<Vec<OfficeId>> {
    let ids: Vec<Uuid> = query_scalar(
        "SELECT DISTINCT office FROM party_notice WHERE ended_at IS NULL AND next_at <= $1 ORDER BY office",
    )
    .bind(ms(now))
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().map(OfficeId).collect())
}

async fn put(conn: &mut Conn, office: OfficeId, notices: &[StoredPartyNotice]) -> Result<u64> {
    let mut made = 0;
    for chunk in power_of_two_chunks(notices) {
        let mut sql = QueryBuilder::new(
            "INSERT INTO party_notice (id, office, hazard, key, kind, phone, number, made_at, first_at, next_at,
                 attempts, state, ended_at, failure, code) ",
        );
        sql.push_values(chunk, |mut row, StoredPartyNotice { key, number, notice }| {
            let (state, ended_at, failure) = columns(&notice.state);
            row.push_bind(notice.id.0).push_bind(office.0).push_bind(notice.hazard.0);
            row.push_bind(key).push_bind(notice.kind.as_str()).push_bind(&notice.phone);
            row.push_bind(number.clone()).push_bind(ms(notice.made_at));
            row.push_bind(ms(notice.first_at)).push_bind(ms(notice.next_at));
            row.push_bind(i64::from(notice.attempts)).push_bind(state);
            row.push_bind(ended_at).push_bind(failure).push_bind(notice.code.map(|code| code.0));
        });
        sql.push(" ON CONFLICT (office, key) DO NOTHING RETURNING id");
        let ids: Vec<Uuid> = sql.build_query_scalar().fetch_all(&mut *conn).await?;
        made += ids.len() as u64;
    }
    Ok(made)
}

async fn take(
    conn: &mut Conn,
    office: OfficeId,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
    most: u32,
) -> Result<Vec<StoredPartyNotice>> {
    let mut sql = QueryBuilder::new(COLUMNS);
    sql.push(" WHERE n.office = ").push_bind(office.0).push(" AND n.ended_at IS NULL AND n.next_at <= ");
    sql.push_bind(ms(now)).push(" ORDER BY n.first_at, n.id LIMIT ").push_bind(i64::from(most));
    let rows: Vec<Row> = sql.build_query_as().fetch_all(&mut *conn).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let mut sql = QueryBuilder::new("UPDATE party_notice SET attempts = attempts + 1, next_at = ");
    sql.push_bind(ms(until)).push(" WHERE ended_at IS NULL AND id");
    push_in(&mut sql, &ids);
    sql.build().execute(&mut *conn).await?;
    let taken = rows.into_iter().map(|row| {
        let mut stored = row.read()?;
        stored.notice.attempts += 1;
        stored.notice.next_at = until;
        Ok(stored)
    });
    taken.collect()
}

async fn settle(conn: &mut Conn, office: OfficeId, stored: &StoredPartyNotice) -> Result<()> {
    let notice = &stored.notice;
    let (state, ended_at, failure) = columns(&notice.state);
    query(
        "UPDATE party_notice SET state = $1, first_at = $2, next_at = $3, ended_at = $4, failure = $5, phone = $6,
             number = $7, code = $8
         WHERE id = $9 AND office = $10 AND ended_at IS NULL",
    )
    .bind(state)
    .bind(ms(notice.first_at))
    .bind(ms(notice.next_at))
    .bind(ended_at)
    .bind(failure)
    .bind(&notice.phone)
    .bind(stored.number.clone())
    .bind(notice.code.map(|code| code.0))
    .bind(notice.id.0)
    .bind(office.0)
    .execute(conn)
    .await?;
    Ok(())
}

#[async_trait]
impl ReadPartyNotices for SqlStore {
    async fn hazards_to_tell(
        &self,
        office: OfficeId,
        since: DateTime<Utc>,
        due: (NaiveDate, NaiveDate),
    ) -> Result<Vec<Hazard>> {
        to_tell(&mut self.snapshot().await?, office, since, due).await
    }

    async fn known_party_notices(&self, office: OfficeId, keys: &[String]) -> Result<HashSet<String>> {
        known(&mut self.reader().await?, office, keys).await
    }

    async fn party_notices(&self, office: OfficeId, hazard: HazardId, most: u32) -> Result<Vec<PartyNotice>> {
        of_hazard(&mut self.reader().await?, office, hazard, most).await
    }

    async fn party_notices_sent(&self, office: OfficeId, number: &[u8], since: DateTime<Utc>) -> Result<u64> {
        sent(&mut self.reader().await?, office, number, since).await
    }

    async fn offices_to_tell_parties(&self, now: DateTime<Utc>) -> Result<Vec<OfficeId>> {
        offices(&mut self.reader().await?, now).await
    }
}

#[async_trait]
impl WritePartyNotices for SqlTransaction {
    async fn put_party_notices(&mut self, office: OfficeId, notices: &[StoredPartyNotice]) -> Result<u64> {
        put(&mut self.0, office, notices).await
    }

    async fn take_party_notices(
        &mut self,
        office: OfficeId,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
        most: u32,
    ) -> Result<Vec<StoredPartyNotice>> {
        take(&mut self.0, office, now, until, most).await
    }

    async fn settle_party_notice(&mut self, office: OfficeId, notice: &StoredPartyNotice) -> Result<()> {
        settle(&mut self.0, office, notice).await
    }
}
