//! Work that waits for the administrator's word.

use super::{
    Conn, QueryBuilder, SqlStore, SqlTransaction,
    columns::{body, ms, parse, person, time},
    lists::{self, ListQuery},
    query, query_as, query_scalar,
    rows::power_of_two_chunks,
};
use crate::{ReadQuarantine, Result, StoredOperation, WriteQuarantine};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    id::{OfficeId, OperationId, PersonId},
    quarantine::{Decision, QuarantineFilter, QuarantineList, QuarantineState, QuarantinedOperation},
    sync::{Operation, Outcome, Refusal},
};
use tokio::sync::mpsc;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
pub(super) struct QuarantineRow {
    operation: Uuid,
    person_name: String,
    reason: String,
    number: String,
    received_at: i64,
    decided_at: Option<i64>,
    decided_by: Option<String>,
    taken: Option<bool>,
    raw: String,
    bringer: Option<String>,
}

impl QuarantineRow {
    fn quarantine(self) -> Result<QuarantinedOperation> {
        let decision = match (self.decided_at, self.decided_by, self.taken) {
            (Some(at), Some(by), Some(taken)) => Some(Decision { at: time(at)?, by, taken }),
            _ => None,
        };
        let made: Operation = parse("an operation", &self.raw)?;
        Ok(QuarantinedOperation {
            operation: OperationId(self.operation),
            person_name: self.person_name,
            made_at: made.at,
            payload: made.payload,
            reason: parse("a reason", &self.reason)?,
            number: self.number,
            received_at: time(self.received_at)?,
            decision,
            brought_by: self.bringer.map(|body| person(&body, None)).transpose()?.map(|person| person.name),
        })
    }
}

/// What waits for the administrator, and what was decided, as a filter narrows it.
pub(super) struct QuarantineQuery<'a> {
    pub office: OfficeId,
    pub filter: &'a QuarantineFilter,
}

impl ListQuery for QuarantineQuery<'_> {
    type Stored = QuarantineRow;
    type Row = QuarantinedOperation;

    const ID: &'static str = "s.operation";

    fn push_select(&self, sql: &mut QueryBuilder) {
        sql.push(
            "SELECT s.operation, s.person_name, s.reason, s.number, s.received_at, s.decided_at, s.decided_by,
                s.taken, o.raw, b.body AS bringer
             FROM quarantine s JOIN operation o ON o.id = s.operation LEFT JOIN person b ON b.id = o.brought_by",
        );
    }

    fn push_from(&self, sql: &mut QueryBuilder) {
        sql.push(" FROM quarantine s WHERE s.office = ").push_bind(self.office.0);
        sql.push(match self.filter.state {
            None => "",
            Some(QuarantineState::Waiting) => " AND s.decided_at IS NULL",
            Some(QuarantineState::Accepted) => " AND s.decided_at IS NOT NULL AND s.taken = TRUE",
            Some(QuarantineState::Rejected) => " AND s.decided_at IS NOT NULL AND s.taken = FALSE",
        });
    }

    /// Waiting first, as they came: what is done to a hazard can be taken after its finding only. Then what was decided,
    /// newest first.
    fn order(&self) -> &'static str {
        " ORDER BY s.decided_at IS NOT NULL, s.decided_at DESC, s.received_at, s.operation"
    }

    fn row(&self, stored: QuarantineRow) -> Result<QuarantinedOperation> {
        stored.quarantine()
    }
}

/// One that waits, as it came.
pub(super) async fn waiting(
    conn: &mut Conn,
    office: OfficeId,
    id: OperationId,
) -> Result<Option<StoredOperation>> {
    let row: Option<(Uuid, Uuid, i64, String)> = query_as(
        "SELECT o.person, o.device, o.received_at, o.raw FROM quarantine s JOIN operation o ON o.id = s.operation
         WHERE s.office = $1 AND s.operation = $2 AND s.decided_at IS NULL",
    )
    .bind(office.0)
    .bind(id.0)
    .fetch_optional(conn)
    .await?;
    row.map(|(person, device, received_at, raw)| {
        let received_at = time(received_at)?;
        Ok(StoredOperation { person: PersonId(person), device: device.into(), received_at, raw })
    })
    .transpose()
}

pub(super) async fn put(conn: &mut Conn, office: OfficeId, waiting: &[QuarantinedOperation]) -> Result<()> {
    for chunk in power_of_two_chunks(waiting) {
        let reasons: Vec<String> = chunk.iter().map(|one| body(&one.reason)).collect::<Result<_>>()?;
        let mut sql = QueryBuilder::new(
            "INSERT INTO quarantine (operation, office, person_name, reason, number, received_at) ",
        );
        sql.push_values(chunk.iter().zip(reasons), |mut row, (one, reason)| {
            row.push_bind(one.operation.0).push_bind(office.0).push_bind(one.person_name.clone());
            row.push_bind(reason).push_bind(one.number.clone()).push_bind(ms(one.received_at));
        });
        sql.build().execute(&mut *conn).await?;
    }
    Ok(())
}

pub(super) async fn decide(
    conn: &mut Conn,
    office: OfficeId,
    id: OperationId,
    by: &str,
    at: DateTime<Utc>,
    taken: bool,
) -> Result<()> {
    query(
        "UPDATE quarantine SET decided_at = $1, decided_by = $2, taken = $3
         WHERE office = $4 AND operation = $5 AND decided_at IS NULL",
    )
    .bind(ms(at))
    .bind(by)
    .bind(taken)
    .bind(office.0)
    .bind(id.0)
    .execute(&mut *conn)
    .await?;
    if !taken {
        return Ok(());
    }
    let outcome: String =
        query_scalar("SELECT outcome FROM operation WHERE id = $1").bind(id.0).fetch_one(&mut *conn).await?;
    if let Outcome::Refused { refusal: Refusal { kept: Some(receipt), .. } } = parse("an outcome", &outcome)?
    {
        query("UPDATE operation SET outcome = $1 WHERE id = $2")
            .bind(body(&Outcome::Received { receipt })?)
            .bind(id.0)
            .execute(conn)
            .await?;
    }
    Ok(())
}

#[async_trait]
impl ReadQuarantine for SqlStore {
    async fn quarantine(&self, office: OfficeId, filter: &QuarantineFilter) -> Result<QuarantineList> {
        lists::page(&mut self.snapshot().await?, &QuarantineQuery { office, filter }, filter.page).await
    }

    async fn send_quarantine(
        &self,
        office: OfficeId,
        filter: &QuarantineFilter,
        most: u32,
        to: mpsc::Sender<QuarantinedOperation>,
    ) -> Result<u32> {
        lists::send(&mut self.snapshot().await?, &QuarantineQuery { office, filter }, most, &to).await
    }
}

#[async_trait]
impl WriteQuarantine for SqlTransaction {
    async fn put_quarantine(&mut self, office: OfficeId, waiting: &[QuarantinedOperation]) -> Result<()> {
        put(&mut self.0, office, waiting).await
    }

    async fn quarantine(&mut self, office: OfficeId, id: OperationId) -> Result<Option<StoredOperation>> {
        waiting(&mut self.0, office, id).await
    }

    async fn decide_quarantine(
        &mut self,
        office: OfficeId,
        id: OperationId,
        by: &str,
        at: DateTime<Utc>,
        taken: bool,
    ) -> Result<()> {
        decide(&mut self.0, office, id, by, at, taken).await
    }
}
