//! 登录: where people are signed in.

use super::{
    Conn, SqlStore, SqlTransaction,
    columns::{ms, person, time, word},
    places, query, query_as, query_scalar, settings,
};
use crate::{NewSession, Purpose, ReadSessions, Result, Session, TokenHash, WriteSessions};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    id::{OfficeId, PersonId},
    place::Office,
};
use sqlx::FromRow;
use uuid::Uuid;

/// Bytes of a token's hash that its session is called by.
const MARK: usize = 4;

/// Of one person. The oldest make room: a sweep by the clock would end everybody's when the clock is wrong.
const MOST: i64 = 30;

#[derive(FromRow)]
struct SessionRow {
    id: i64,
    token: Vec<u8>,
    half: Option<Vec<u8>>,
    purpose: String,
    device_name: String,
    since: i64,
    last_seen: i64,
    confirmed_at: i64,
    office: Uuid,
    office_name: String,
    demo: bool,
    asks_factor: bool,
    has_factor: bool,
    person: String,
    person_seen: Option<i64>,
    password_due: bool,
    settings: Option<String>,
    department: Option<Uuid>,
    department_name: Option<String>,
    sectors: Option<String>,
}

/// Live sessions of accounts that are not disabled; the condition follows.
macro_rules! live {
    ($condition:literal) => {
        concat!(
            "SELECT t.id, t.token, t.half, t.purpose, t.device_name, t.since, t.last_seen, t.confirmed_at,
                    o.id AS office, o.name AS office_name, o.demo, o.second_factor AS asks_factor, o.settings,
                    f.since IS NOT NULL AS has_factor, p.body AS person, p.last_seen AS person_seen,
                    p.password_due, d.id AS department, d.name AS department_name, d.sectors
             FROM session t
             JOIN person p ON p.id = t.person
             JOIN office o ON o.id = p.office
             LEFT JOIN department d ON d.id = p.department
             LEFT JOIN second_factor f ON f.person = p.id
             WHERE p.disabled = FALSE AND t.expires > $1 AND t.ends > $1 AND ",
            $condition
        )
    };
}

impl SessionRow {
    fn session(self) -> Result<Session> {
        let department = match (self.department, self.department_name, self.sectors) {
            (Some(id), Some(name), Some(sectors)) => Some(places::department(id, name, &sectors)?),
            _ => None,
        };
        Ok(Session {
            id: self.id,
            mark: hex::encode(self.token.get(..MARK).unwrap_or_default()),
            half: self.half.and_then(|half| half.try_into().ok()).map(TokenHash),
            purpose: word("what a session is for", &self.purpose, Purpose::parse)?,
            office: Office { id: OfficeId(self.office), name: self.office_name, demo: self.demo },
            person: person(&self.person, self.person_seen)?,
            password_due: self.password_due,
            asks_factor: self.asks_factor,
            has_factor: self.has_factor,
            department,
            community_grids: vec![],
            permissions: settings::read(self.settings.as_deref())?.permissions,
            device_name: self.device_name,
            since: time(self.since)?,
            last_seen: time(self.last_seen)?,
            confirmed_at: time(self.confirmed_at)?,
        })
    }
}

pub(super) async fn by_token(
    conn: &mut Conn,
    token: &TokenHash,
    now: DateTime<Utc>,
) -> Result<Option<Session>> {
    let row: Option<SessionRow> = query_as(live!("t.token = $2"))
        .bind(ms(now))
        .bind(token.0.as_slice())
        .fetch_optional(&mut *conn)
        .await?;
    let Some(session) = row.map(SessionRow::session).transpose()? else { return Ok(None) };
    with_grids(conn, session).await.map(Some)
}

/// Grids come and go with their community: they are looked up, and only for those whose scope they are.
async fn with_grids(conn: &mut Conn, session: Session) -> Result<Session> {
    if session.person.communities.is_empty() {
        return Ok(session);
    }
    let mut community_grids = places::grids(conn, session.office.id).await?;
    community_grids.retain(|grid| session.person.communities.contains(&grid.community));
    Ok(Session { community_grids, ..session })
}

pub(super) async fn of_person(conn: &mut Conn, person: PersonId, now: DateTime<Utc>) -> Result<Vec<Session>> {
    let rows: Vec<SessionRow> = query_as(live!("t.person = $2 ORDER BY t.last_seen DESC, t.id DESC"))
        .bind(ms(now))
        .bind(person.0)
        .fetch_all(&mut *conn)
        .await?;
    let mut sessions = vec![];
    for row in rows {
        sessions.push(with_grids(conn, row.session()?).await?);
    }
    Ok(sessions)
}

pub(super) async fn put(conn: &mut Conn, session: &NewSession) -> Result<()> {
    query(
        "INSERT INTO session (token, half, person, purpose, device_name, since, last_seen, confirmed_at, expires, ends)
         VALUES ($1, $2, $3, $4, $5, $6, $6, $6, $7, $8)",
    )
    .bind(session.token.0.as_slice())
    .bind(session.half.as_ref().map(|half| half.0.as_slice()))
    .bind(session.person.0)
    .bind(session.purpose.as_str())
    .bind(&session.device_name)
    .bind(ms(session.now))
    .bind(ms(session.expires))
    .bind(ms(session.ends))
    .execute(&mut *conn)
    .await?;
    query(
        "DELETE FROM session WHERE person = $1 AND id NOT IN
             (SELECT id FROM session WHERE person = $1 ORDER BY id DESC LIMIT $2)",
    )
    .bind(session.person.0)
    .bind(MOST)
    .execute(&mut *conn)
    .await?;
    person_seen(conn, session.person, session.now).await
}

/// A session lives as long after it was last seen as it did after it began.
pub(super) async fn seen(conn: &mut Conn, session: i64, now: DateTime<Utc>) -> Result<()> {
    let person: Option<Uuid> = query_scalar(
        "UPDATE session SET expires = expires + ($1 - last_seen), last_seen = $1
         WHERE id = $2 AND last_seen < $1 RETURNING person",
    )
    .bind(ms(now))
    .bind(session)
    .fetch_optional(&mut *conn)
    .await?;
    match person {
        Some(person) => person_seen(conn, PersonId(person), now).await,
        None => Ok(()),
    }
}

async fn person_seen(conn: &mut Conn, person: PersonId, now: DateTime<Utc>) -> Result<()> {
    query("UPDATE person SET last_seen = $1 WHERE id = $2")
        .bind(ms(now))
        .bind(person.0)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn confirm(conn: &mut Conn, session: i64, now: DateTime<Utc>) -> Result<()> {
    query("UPDATE session SET confirmed_at = $1 WHERE id = $2")
        .bind(ms(now))
        .bind(session)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn end(conn: &mut Conn, person: PersonId, session: i64) -> Result<()> {
    query("DELETE FROM session WHERE id = $1 AND person = $2")
        .bind(session)
        .bind(person.0)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn end_token(conn: &mut Conn, token: &TokenHash) -> Result<()> {
    query("DELETE FROM session WHERE token = $1").bind(token.0.as_slice()).execute(conn).await?;
    Ok(())
}

pub(super) async fn end_all(conn: &mut Conn, person: PersonId, but: Option<i64>) -> Result<()> {
    // Numbers of sessions are positive.
    query("DELETE FROM session WHERE person = $1 AND id <> $2")
        .bind(person.0)
        .bind(but.unwrap_or(0))
        .execute(conn)
        .await?;
    Ok(())
}

#[async_trait]
impl ReadSessions for SqlStore {
    async fn session(&self, token: &TokenHash, now: DateTime<Utc>) -> Result<Option<Session>> {
        by_token(&mut self.reader().await?, token, now).await
    }

    async fn sessions_of(&self, person: PersonId, now: DateTime<Utc>) -> Result<Vec<Session>> {
        of_person(&mut self.reader().await?, person, now).await
    }
}

#[async_trait]
impl WriteSessions for SqlTransaction {
    async fn put_session(&mut self, session: &NewSession) -> Result<()> {
        put(&mut self.0, session).await
    }

    async fn confirm_session(&mut self, session: i64, now: DateTime<Utc>) -> Result<()> {
        confirm(&mut self.0, session, now).await
    }

    async fn end_token(&mut self, token: &TokenHash) -> Result<()> {
        end_token(&mut self.0, token).await
    }

    async fn seen(&mut self, session: i64, now: DateTime<Utc>) -> Result<()> {
        seen(&mut self.0, session, now).await
    }

    async fn end_session(&mut self, person: PersonId, session: i64) -> Result<()> {
        end(&mut self.0, person, session).await
    }

    async fn end_sessions_of(&mut self, person: PersonId, but: Option<i64>) -> Result<()> {
        end_all(&mut self.0, person, but).await
    }
}
