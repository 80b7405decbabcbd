//! The ways out of the house, and what goes by them.

use super::NOTICE;
use crate::{
    DeliveryCount, Result, StoreError, StoredChannel, StoredDelivery,
    sql::{
        Conn, QueryBuilder,
        columns::{body, count, ms, number, parse, time, word},
        query, query_as, query_scalar,
        rows::{power_of_two_chunks, push_in},
    },
};
use chrono::{DateTime, Utc};
use domain::{
    id::{NoticeChannelId, NoticeDeliveryId, NoticeId, OfficeId},
    notice::{DeliveryRow, DeliveryState, NoticeChannel, NoticeDelivery, NoticeKind},
};
use uuid::Uuid;

const CHANNEL: &str = "a channel of notices";

/// Those that can be read: one that cannot keeps the others from nothing.
pub(super) async fn all(conn: &mut Conn, office: OfficeId) -> Result<Vec<StoredChannel>> {
    let rows: Vec<(String, Vec<u8>)> =
        query_as("SELECT body, secret FROM notice_channel WHERE office = $1 ORDER BY id")
            .bind(office.0)
            .fetch_all(conn)
            .await?;
    let stored = |(body, secret): (String, Vec<u8>)| -> Result<StoredChannel> {
        Ok(StoredChannel { channel: parse(CHANNEL, &body)?, secret })
    };
    let told = |read: Result<StoredChannel>| {
        read.inspect_err(|error| tracing::error!(%error, "nothing goes this way; xunan verify")).ok()
    };
    let mut all: Vec<StoredChannel> = rows.into_iter().map(stored).filter_map(told).collect();
    all.sort_by(|one, other| one.channel.name.cmp(&other.channel.name));
    Ok(all)
}

pub(super) async fn put(conn: &mut Conn, office: OfficeId, stored: &StoredChannel) -> Result<()> {
    query(
        "INSERT INTO notice_channel (id, office, body, secret) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO UPDATE SET body = excluded.body, secret = excluded.secret
         WHERE notice_channel.office = excluded.office",
    )
    .bind(stored.channel.id.0)
    .bind(office.0)
    .bind(body(&stored.channel)?)
    .bind(stored.secret.clone())
    .execute(conn)
    .await?;
    Ok(())
}

/// State, when it ended, and what went wrong, as the columns have them.
pub(super) fn columns(state: &DeliveryState) -> (&'static str, Option<i64>, Option<String>) {
    let failure = Some(state.failure().to_owned()).filter(|failure| !failure.is_empty());
    (state.as_str(), state.ended_at().map(ms), failure)
}

pub(super) fn state(name: &str, ended_at: Option<i64>, failure: Option<String>) -> Result<DeliveryState> {
    let failure = failure.unwrap_or_default();
    match (name, ended_at) {
        ("waiting", None) => Ok(DeliveryState::Waiting { failure }),
        ("sent", Some(at)) => Ok(DeliveryState::Sent { at: time(at)? }),
        ("failed", Some(at)) => Ok(DeliveryState::Failed { at: time(at)?, failure }),
        (other, _) => Err(StoreError::Unreadable(format!("what became of a notice: `{other}`"))),
    }
}

pub(super) async fn put_deliveries(
    conn: &mut Conn,
    office: OfficeId,
    deliveries: &[NoticeDelivery],
) -> Result<()> {
    for chunk in power_of_two_chunks(deliveries) {
        let mut sql = QueryBuilder::new(
            "INSERT INTO notice_delivery (id, office, channel, notice, first_at, next_at, attempts, state,
                 ended_at, failure) ",
        );
        sql.push_values(chunk, |mut row, delivery| {
            let (state, ended_at, failure) = columns(&delivery.state);
            row.push_bind(delivery.id.0).push_bind(office.0);
            row.push_bind(delivery.channel.0).push_bind(delivery.notice.0);
            row.push_bind(ms(delivery.first_at)).push_bind(ms(delivery.next_at));
            row.push_bind(i64::from(delivery.attempts)).push_bind(state);
            row.push_bind(ended_at).push_bind(failure);
        });
        sql.push(" ON CONFLICT (channel, notice) DO NOTHING");
        sql.build().execute(&mut *conn).await?;
    }
    Ok(())
}

/// Id, channel, first moment, tries, and the notice with its id and when it was seen.
type Waiting = (Uuid, Uuid, i64, i64, Uuid, Option<i64>, String);

pub(super) async fn take(
    conn: &mut Conn,
    office: OfficeId,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
    most: u32,
) -> Result<Vec<StoredDelivery>> {
    let rows: Vec<Waiting> = query_as(
        "SELECT d.id, d.channel, d.first_at, d.attempts, n.id, n.seen_at, n.body
         FROM notice_delivery d JOIN notice n ON n.id = d.notice
         WHERE d.office = $1 AND d.ended_at IS NULL AND d.next_at <= $2
         ORDER BY d.first_at, d.id LIMIT $3",
    )
    .bind(office.0)
    .bind(ms(now))
    .bind(i64::from(most))
    .fetch_all(&mut *conn)
    .await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.0).collect();
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let mut sql = QueryBuilder::new("UPDATE notice_delivery SET attempts = attempts + 1, next_at = ");
    sql.push_bind(ms(until)).push(" WHERE ended_at IS NULL AND id");
    push_in(&mut sql, &ids);
    sql.build().execute(&mut *conn).await?;
    let mut taken = vec![];
    for (id, channel, first_at, attempts, told, seen_at, body) in rows {
        let mut delivery = NoticeDelivery {
            id: NoticeDeliveryId(id),
            notice: NoticeId(told),
            channel: NoticeChannelId(channel),
            first_at: time(first_at)?,
            next_at: until,
            attempts: number("tries of a notice", attempts + 1)?,
            state: DeliveryState::Waiting { failure: String::new() },
        };
        match super::notice(&body, seen_at) {
            Ok(notice) => taken.push(StoredDelivery { delivery, notice }),
            Err(error) => {
                tracing::error!(%error, "a notice cannot be read and is sent to nobody; xunan verify");
                delivery.state = DeliveryState::Failed { at: now, failure: NOTICE.to_owned() };
                settle(&mut *conn, office, &[delivery]).await?;
            }
        }
    }
    Ok(taken)
}

pub(super) async fn settle(conn: &mut Conn, office: OfficeId, deliveries: &[NoticeDelivery]) -> Result<()> {
    for delivery in deliveries {
        let (state, ended_at, failure) = columns(&delivery.state);
        query(
            "UPDATE notice_delivery SET state = $1, next_at = $2, ended_at = $3, failure = $4
             WHERE id = $5 AND office = $6 AND ended_at IS NULL",
        )
        .bind(state)
        .bind(ms(delivery.next_at))
        .bind(ended_at)
        .bind(failure)
        .bind(delivery.id.0)
        .bind(office.0)
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// What waits for a channel that is there no more.
pub(super) async fn end(
    conn: &mut Conn,
    office: OfficeId,
    channel: NoticeChannelId,
    at: DateTime<Utc>,
    failure: &str,
) -> Result<Vec<(NoticeId, NoticeKind)>> {
    let rows: Vec<(Uuid, String)> = query_as(
        "SELECT n.id, n.kind FROM notice_delivery d JOIN notice n ON n.id = d.notice
         WHERE d.office = $1 AND d.channel = $2 AND d.ended_at IS NULL ORDER BY d.first_at, d.id",
    )
    .bind(office.0)
    .bind(channel.0)
    .fetch_all(&mut *conn)
    .await?;
    query(
        "UPDATE notice_delivery SET state = 'failed', ended_at = $1, failure = $2
         WHERE office = $3 AND channel = $4 AND ended_at IS NULL",
    )
    .bind(ms(at))
    .bind(failure)
    .bind(office.0)
    .bind(channel.0)
    .execute(conn)
    .await?;
    let ended =
        |(id, kind): (Uuid, String)| Ok((NoticeId(id), word("a kind of notice", &kind, NoticeKind::parse)?));
    rows.into_iter().map(ended).collect()
}

#[derive(sqlx::FromRow)]
struct Row {
    channel: Uuid,
    channel_body: String,
    kind: String,
    made_at: i64,
    next_at: i64,
    attempts: i64,
    state: String,
    ended_at: Option<i64>,
    failure: Option<String>,
}

impl Row {
    fn read(self) -> Result<DeliveryRow> {
        let channel: NoticeChannel = parse(CHANNEL, &self.channel_body)?;
        Ok(DeliveryRow {
            channel: NoticeChannelId(self.channel),
            channel_name: channel.name,
            channel_kind: channel.kind,
            kind: word("a kind of notice", &self.kind, NoticeKind::parse)?,
            made_at: time(self.made_at)?,
            next_at: time(self.next_at)?,
            attempts: number("tries of a notice", self.attempts)?,
            state: state(&self.state, self.ended_at, self.failure)?,
        })
    }
}

pub(super) async fn newest(conn: &mut Conn, office: OfficeId, most: u32) -> Result<Vec<DeliveryRow>> {
    let rows: Vec<Row> = query_as(
        "SELECT d.channel, c.body AS channel_body, n.kind, n.made_at, d.next_at, d.attempts, d.state, d.ended_at,
             d.failure
         FROM notice_delivery d JOIN notice n ON n.id = d.notice JOIN notice_channel c ON c.id = d.channel
         WHERE d.office = $1 ORDER BY d.first_at DESC, d.id DESC LIMIT $2",
    )
    .bind(office.0)
    .bind(i64::from(most))
    .fetch_all(conn)
    .await?;
    let read = rows.into_iter().filter_map(|row| {
        let read = row.read();
        read.inspect_err(|error| tracing::error!(%error, "cannot be read and is left out; xunan verify")).ok()
    });
    Ok(read.collect())
}

pub(super) async fn counts(conn: &mut Conn, office: OfficeId) -> Result<Vec<DeliveryCount>> {
    let rows: Vec<(Uuid, String, i64)> = query_as(
        "SELECT channel, state, count(*) FROM notice_delivery WHERE office = $1 AND state <> 'sent'
         GROUP BY channel, state ORDER BY channel, state",
    )
    .bind(office.0)
    .fetch_all(conn)
    .await?;
    let mut counts: Vec<DeliveryCount> = vec![];
    for (channel, state, rows) in rows {
        let channel = NoticeChannelId(channel);
        if counts.last().is_none_or(|last| last.channel != channel) {
            counts.push(DeliveryCount { channel, waiting: 0, failed: 0 });
        }
        if let Some(last) = counts.last_mut() {
            match state.as_str() {
                "waiting" => last.waiting = count(rows),
                _ => last.failed = count(rows),
            }
        }
    }
    Ok(counts)
}

pub(super) async fn offices(conn: &mut Conn, now: DateTime<Utc>) -> Result<Vec<OfficeId>> {
    let ids: Vec<Uuid> = query_scalar(
        "SELECT DISTINCT office FROM notice_delivery WHERE ended_at IS NULL AND next_at <= $1 ORDER BY office",
    )
    .bind(ms(now))
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().map(OfficeId).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_became_of_a_notice_is_read_as_it_was_written() {
        let at = DateTime::UNIX_EPOCH;
        for one in [
            DeliveryState::Waiting { failure: String::new() },
            DeliveryState::Waiting { failure: "no answer".to_owned() },
            DeliveryState::Sent { at },
            DeliveryState::Failed { at, failure: "no answer".to_owned() },
        ] {
            let (name, ended_at, failure) = columns(&one);
            assert_eq!(state(name, ended_at, failure).unwrap(), one);
        }
        assert!(state("later", None, None).is_err());
    }
}
