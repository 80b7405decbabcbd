//! 心跳: what waits on phones, as they said themselves.

use super::{
    Conn, QueryBuilder, SqlStore, SqlTransaction,
    columns::{begins, body, count, ms, parse, person, time},
    lists::{self, ListQuery, Reader},
    query,
    rows::{self, power_of_two_chunks},
    scoped::{push_id, push_in},
    search::{Searched, push_words},
};
use crate::{NewHeartbeat, PHONES_OF_ONE, ReadHeartbeats, Result, WriteHeartbeats};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    device::heartbeat::{UnsentFilter, UnsentPage, UnsentRow, UnsentState, UnsentSums},
    id::{DeviceId, HeartbeatId, OfficeId, PersonId},
    list::ListPage,
    role::Scope,
    time::office_day,
};
use tokio::sync::mpsc;
use uuid::Uuid;

/// Phones with what waits on them, as a filter and a scope narrow them: what has waited longest first.
pub(super) struct HeartbeatQuery<'a> {
    pub reader: Reader<'a>,
    pub filter: &'a UnsentFilter,
}

/// The id, person and phone; when it was heard, since when something waits; the app, what was said, and the person's body.
type Stored = (Uuid, Uuid, Uuid, i64, Option<i64>, String, String, String);

fn row((id, whose, device, heard_at, since, app, said, known): Stored) -> Result<UnsentRow> {
    let known = person(&known, None)?;
    Ok(UnsentRow {
        id: HeartbeatId(id),
        person: PersonId(whose),
        person_name: known.name,
        role: known.role,
        telephone: known.phone,
        department: known.department,
        communities: known.communities,
        grids: known.grids,
        device: DeviceId(device),
        heartbeat: parse("a heartbeat", &said)?,
        since: since.map(time).transpose()?,
        heard_at: time(heard_at)?,
        app,
    })
}

/// A row as it is told.
const SELECT: &str = "SELECT b.id, b.person, b.device, b.heard_at, b.since, b.app, b.body, p.body
             FROM heartbeat b JOIN person p ON p.id = b.person";

impl ListQuery for HeartbeatQuery<'_> {
    type Stored = Stored;
    type Row = UnsentRow;

    const ID: &'static str = "b.id";

    fn push_select(&self, sql: &mut QueryBuilder) {
        sql.push(SELECT);
    }

    fn push_from(&self, sql: &mut QueryBuilder) {
        let Self { reader: Reader { office, scope, now }, filter } = self;
        sql.push(" FROM heartbeat b JOIN person p ON p.id = b.person WHERE b.office = ");
        sql.push_bind(office.0);
        match scope {
            Scope::Office => {}
            Scope::Grids(grids) => {
                sql.push(" AND EXISTS (SELECT 1 FROM person_grid pg WHERE pg.person = b.person");
                push_in(sql, " AND ", "pg.grid", grids.iter().map(|grid| grid.0));
                sql.push(")");
            }
            Scope::Department { department, .. } => {
                sql.push(" AND p.department = ").push_bind(department.0);
            }
            Scope::Sites(_) => {
                sql.push(" AND FALSE");
            }
        }
        match filter.state {
            None => {}
            Some(UnsentState::Holding) => {
                sql.push(" AND b.since IS NOT NULL");
            }
            Some(UnsentState::Long) => {
                let lately = begins(UnsentState::lately_from(office_day(*now)));
                sql.push(" AND b.since < ").push_bind(lately);
            }
            Some(UnsentState::Refused) => {
                sql.push(" AND b.refused > 0");
            }
            Some(UnsentState::Sent) => {
                sql.push(" AND b.since IS NULL");
            }
        }
        if let Some(community) = filter.community {
            sql.push(" AND EXISTS (SELECT 1 FROM person_grid pg JOIN grid g ON g.id = pg.grid");
            sql.push(" WHERE pg.person = b.person AND g.community = ").push_bind(community.0).push(")");
        }
        push_id(sql, "b.person", filter.person.map(|id| id.0));
        let name = Searched::Said(|sql| {
            sql.push_name_of_person();
        });
        let phone = Searched::Said(|sql| {
            sql.push_phone_of_person();
        });
        push_words(sql, &filter.query, &[name, phone]);
    }

    fn order(&self) -> &'static str {
        " ORDER BY b.since IS NULL, b.since, b.heard_at DESC, b.id"
    }

    fn row(&self, stored: Stored) -> Result<UnsentRow> {
        row(stored)
    }
}

async fn sums(conn: &mut Conn, query: &HeartbeatQuery<'_>) -> Result<(u64, UnsentSums)> {
    let mut sql = QueryBuilder::new(
        "SELECT count(*), CAST(COALESCE(sum(b.unsent), 0) AS BIGINT),
             CAST(COALESCE(sum(b.photos), 0) AS BIGINT), CAST(COALESCE(sum(b.photo_bytes), 0) AS BIGINT)",
    );
    query.push_from(&mut sql);
    let (total, things, photos, bytes): (i64, i64, i64, i64) = sql.build_query_as().fetch_one(conn).await?;
    let sums = UnsentSums { things: count(things), photos: count(photos), photo_bytes: count(bytes) };
    Ok((count(total), sums))
}

async fn waiting_since(conn: &mut Conn, office: OfficeId, since: DateTime<Utc>) -> Result<Vec<UnsentRow>> {
    let mut sql = QueryBuilder::new(SELECT);
    sql.push(" WHERE b.office = ").push_bind(office.0);
    sql.push(" AND b.since <= ").push_bind(ms(since)).push(" ORDER BY b.since, b.id");
    let rows: Vec<Stored> = sql.build_query_as().fetch_all(conn).await?;
    let told = |read: Result<UnsentRow>| {
        read.inspect_err(|error| tracing::error!(%error, "cannot be read and is left out; xunan verify")).ok()
    };
    Ok(rows.into_iter().map(row).filter_map(told).collect())
}

/// As a column has it.
fn long(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

async fn put(
    conn: &mut Conn,
    office: OfficeId,
    heartbeats: &[NewHeartbeat],
    now: DateTime<Utc>,
) -> Result<()> {
    for chunk in power_of_two_chunks(heartbeats) {
        let bodies: Vec<_> = chunk.iter().map(|new| body(&new.heartbeat)).collect::<Result<_>>()?;
        let mut sql = QueryBuilder::new(
            "INSERT INTO heartbeat (id, office, person, device, number, heard_at, oldest, since, unsent, refused,
                 photos, photo_bytes, app, body) ",
        );
        sql.push_values(chunk.iter().zip(bodies), |mut row, (new, body)| {
            let (heartbeat, unsent) = (&new.heartbeat, &new.heartbeat.unsent);
            row.push_bind(new.id.0).push_bind(office.0).push_bind(new.person.0).push_bind(new.device.0);
            row.push_bind(long(heartbeat.number)).push_bind(ms(now));
            row.push_bind(heartbeat.oldest.map(ms)).push_bind(new.since.map(ms));
            row.push_bind(long(unsent.things())).push_bind(i64::from(unsent.refused));
            row.push_bind(i64::from(unsent.photos)).push_bind(long(unsent.photo_bytes));
            row.push_bind(&new.app).push_bind(body);
        });
        // The same thing has waited since it was first told of, whatever the phone's clock says by now.
        sql.push(
            " ON CONFLICT (person, device) DO UPDATE SET number = excluded.number, heard_at = excluded.heard_at,
                 since = CASE WHEN heartbeat.oldest = excluded.oldest AND heartbeat.since < excluded.since
                     THEN heartbeat.since ELSE excluded.since END,
                 oldest = excluded.oldest, unsent = excluded.unsent, refused = excluded.refused,
                 photos = excluded.photos, photo_bytes = excluded.photo_bytes, app = excluded.app,
                 body = excluded.body
             WHERE heartbeat.office = excluded.office AND heartbeat.number < excluded.number",
        );
        sql.build().execute(&mut *conn).await?;
        let mut sql = QueryBuilder::new("DELETE FROM heartbeat WHERE office = ");
        sql.push_bind(office.0);
        sql.push(" AND person");
        let people: Vec<Uuid> = chunk.iter().map(|new| new.person.0).collect();
        rows::push_in(&mut sql, &people);
        sql.push(
            " AND (SELECT count(*) FROM heartbeat newer WHERE newer.person = heartbeat.person
                 AND (newer.heard_at > heartbeat.heard_at
                     OR (newer.heard_at = heartbeat.heard_at AND newer.id > heartbeat.id))) >= ",
        );
        sql.push_bind(i64::from(PHONES_OF_ONE));
        sql.build().execute(&mut *conn).await?;
    }
    Ok(())
}

async fn forget(conn: &mut Conn, office: OfficeId, person: PersonId, device: DeviceId) -> Result<()> {
    query("DELETE FROM heartbeat WHERE office = $1 AND person = $2 AND device = $3")
        .bind(office.0)
        .bind(person.0)
        .bind(device.0)
        .execute(conn)
        .await?;
    Ok(())
}

#[async_trait]
impl ReadHeartbeats for SqlStore {
    async fn unsent(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &UnsentFilter,
        now: DateTime<Utc>,
    ) -> Result<UnsentPage> {
        let mut conn = self.snapshot().await?;
        let query = HeartbeatQuery { reader: Reader { office, scope, now }, filter };
        let (total, summary) = sums(&mut conn, &query).await?;
        let ListPage { rows, unreadable, .. } = lists::rows_of_page(&mut conn, &query, filter.page).await?;
        Ok(UnsentPage { rows, total, unreadable, summary })
    }

    async fn send_unsent(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &UnsentFilter,
        now: DateTime<Utc>,
        most: u32,
        to: mpsc::Sender<UnsentRow>,
    ) -> Result<u32> {
        let query = HeartbeatQuery { reader: Reader { office, scope, now }, filter };
        lists::send(&mut self.reader().await?, &query, most, &to).await
    }

    async fn unsent_since(&self, office: OfficeId, since: DateTime<Utc>) -> Result<Vec<UnsentRow>> {
        waiting_since(&mut self.reader().await?, office, since).await
    }
}

#[async_trait]
impl WriteHeartbeats for SqlTransaction {
    async fn put_heartbeats(
        &mut self,
        office: OfficeId,
        heartbeats: &[NewHeartbeat],
        now: DateTime<Utc>,
    ) -> Result<()> {
        put(&mut self.0, office, heartbeats, now).await
    }

    async fn forget_heartbeat(&mut self, office: OfficeId, person: PersonId, device: DeviceId) -> Result<()> {
        forget(&mut self.0, office, person, device).await
    }
}
