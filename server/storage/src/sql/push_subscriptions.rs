//! 手机提醒: where the browsers of an office's phones take messages.

use super::{
    Conn, SqlStore, SqlTransaction,
    columns::{ms, number, time},
    query, query_as,
};
use crate::{
    NewPushSubscription, PUSH_FAILURES, PushOutcome, ReadPushSubscriptions, Result, StoredPushSubscription,
    WritePushSubscriptions,
};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    id::{OfficeId, PersonId},
    text::Lang,
};
use sqlx::FromRow;
use uuid::Uuid;

#[derive(FromRow)]
struct PushRow {
    session: i64,
    person: Uuid,
    endpoint: String,
    p256dh: Vec<u8>,
    auth: Vec<u8>,
    lang: String,
    since: i64,
    last_success: Option<i64>,
    failures: i64,
}

impl PushRow {
    fn stored(self) -> Result<StoredPushSubscription> {
        Ok(StoredPushSubscription {
            person: PersonId(self.person),
            subscription: NewPushSubscription {
                session: self.session,
                endpoint: self.endpoint,
                p256dh: self.p256dh,
                auth: self.auth,
                lang: Lang::from_tags(&self.lang),
                since: time(self.since)?,
            },
            last_success: self.last_success.map(time).transpose()?,
            failures: number("how often a phone could not be told", self.failures)?,
        })
    }
}

async fn of_office(
    conn: &mut Conn,
    office: OfficeId,
    now: DateTime<Utc>,
) -> Result<Vec<StoredPushSubscription>> {
    let rows: Vec<PushRow> = query_as(
        "SELECT s.session, t.person, s.endpoint, s.p256dh, s.auth, s.lang, s.since, s.last_success, s.failures
         FROM push_subscription s
         JOIN session t ON t.id = s.session
         JOIN person p ON p.id = t.person
         WHERE p.office = $1 AND p.disabled = FALSE AND t.expires > $2 AND t.ends > $2
         ORDER BY s.session",
    )
    .bind(office.0)
    .bind(ms(now))
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(PushRow::stored).collect()
}

async fn put(conn: &mut Conn, new: &NewPushSubscription) -> Result<()> {
    query("DELETE FROM push_subscription WHERE endpoint = $1 AND session <> $2")
        .bind(&new.endpoint)
        .bind(new.session)
        .execute(&mut *conn)
        .await?;
    // Another browser begins anew; of the same one it stays known how it went.
    query(
        "DELETE FROM push_subscription WHERE session = $1
             AND (endpoint <> $2 OR p256dh <> $3 OR auth <> $4)",
    )
    .bind(new.session)
    .bind(&new.endpoint)
    .bind(new.p256dh.as_slice())
    .bind(new.auth.as_slice())
    .execute(&mut *conn)
    .await?;
    query(
        "INSERT INTO push_subscription (session, endpoint, p256dh, auth, lang, since)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (session) DO UPDATE SET lang = excluded.lang",
    )
    .bind(new.session)
    .bind(&new.endpoint)
    .bind(new.p256dh.as_slice())
    .bind(new.auth.as_slice())
    .bind(new.lang.tag())
    .bind(ms(new.since))
    .execute(conn)
    .await?;
    Ok(())
}

async fn end(conn: &mut Conn, session: i64) -> Result<()> {
    query("DELETE FROM push_subscription WHERE session = $1").bind(session).execute(conn).await?;
    Ok(())
}

async fn tried(
    conn: &mut Conn,
    session: i64,
    endpoint: &str,
    outcome: PushOutcome,
    now: DateTime<Utc>,
) -> Result<()> {
    match outcome {
        PushOutcome::Taken => {
            query(
                "UPDATE push_subscription SET last_success = $1, failures = 0
                 WHERE session = $2 AND endpoint = $3",
            )
            .bind(ms(now))
            .bind(session)
            .bind(endpoint)
            .execute(conn)
            .await?;
        }
        PushOutcome::Failed => {
            query(
                "UPDATE push_subscription SET failures = failures + 1 WHERE session = $1 AND endpoint = $2",
            )
            .bind(session)
            .bind(endpoint)
            .execute(&mut *conn)
            .await?;
            query("DELETE FROM push_subscription WHERE session = $1 AND failures >= $2")
                .bind(session)
                .bind(i64::from(PUSH_FAILURES))
                .execute(conn)
                .await?;
        }
        PushOutcome::Gone => {
            query("DELETE FROM push_subscription WHERE session = $1 AND endpoint = $2")
                .bind(session)
                .bind(endpoint)
                .execute(conn)
                .await?;
        }
    }
    Ok(())
}

#[async_trait]
impl ReadPushSubscriptions for SqlStore {
    async fn push_subscriptions(
        &self,
        office: OfficeId,
        now: DateTime<Utc>,
    ) -> Result<Vec<StoredPushSubscription>> {
        of_office(&mut self.reader().await?, office, now).await
    }
}

#[async_trait]
impl WritePushSubscriptions for SqlTransaction {
    async fn put_push_subscription(&mut self, subscription: &NewPushSubscription) -> Result<()> {
        put(&mut self.0, subscription).await
    }

    async fn end_push_subscription(&mut self, session: i64) -> Result<()> {
        end(&mut self.0, session).await
    }

    async fn push_tried(
        &mut self,
        session: i64,
        endpoint: &str,
        outcome: PushOutcome,
        now: DateTime<Utc>,
    ) -> Result<()> {
        tried(&mut self.0, session, endpoint, outcome, now).await
    }
}
