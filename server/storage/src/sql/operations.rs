//! What devices sent, and how it was answered.

use super::{
    Conn, QueryBuilder, SqlTransaction,
    columns::{body, ms, parse},
    rows::{power_of_two_chunks, push_in},
};
use crate::{NewOperation, Recorded, Result, WriteOperations};
use async_trait::async_trait;
use domain::id::{OperationId, PersonId};
use std::collections::HashMap;
use uuid::Uuid;

pub(super) async fn recorded(conn: &mut Conn, ids: &[OperationId]) -> Result<HashMap<OperationId, Recorded>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let mut sql = QueryBuilder::new("SELECT id, person, hash, outcome FROM operation WHERE id");
    push_in(&mut sql, &ids);
    let rows: Vec<(Uuid, Uuid, String, String)> = sql.build_query_as().fetch_all(conn).await?;
    let recorded = |(id, person, hash, outcome): (Uuid, Uuid, String, String)| {
        let outcome = parse("an operation's outcome", &outcome)?;
        Ok((OperationId(id), Recorded { person: PersonId(person), hash, outcome }))
    };
    rows.into_iter().map(recorded).collect()
}

pub(super) async fn record(conn: &mut Conn, operations: &[NewOperation]) -> Result<()> {
    for chunk in power_of_two_chunks(operations) {
        let outcomes: Vec<_> = chunk.iter().map(|one| body(&one.outcome)).collect::<Result<_>>()?;
        let mut sql = QueryBuilder::new(
            "INSERT INTO operation (id, office, person, device, schema, at, received_at, hash, outcome, raw, brought_by) ",
        );
        sql.push_values(chunk.iter().zip(outcomes), |mut row, (one, outcome)| {
            row.push_bind(one.id.0).push_bind(one.office.0).push_bind(one.person.0).push_bind(one.device.0);
            row.push_bind(i32::from(one.schema)).push_bind(ms(one.at)).push_bind(ms(one.received_at));
            row.push_bind(one.hash.clone()).push_bind(outcome).push_bind(one.raw.clone());
            row.push_bind(one.brought_by.map(|person| person.0));
        });
        sql.build().execute_later(&mut *conn).await?;
    }
    Ok(conn.run_waiting().await?)
}

#[async_trait]
impl WriteOperations for SqlTransaction {
    async fn recorded(&mut self, ids: &[OperationId]) -> Result<HashMap<OperationId, Recorded>> {
        recorded(&mut self.0, ids).await
    }

    async fn record(&mut self, operations: &[NewOperation]) -> Result<()> {
        record(&mut self.0, operations).await
    }
}
