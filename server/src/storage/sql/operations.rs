//! What devices sent, and the running numbers that answer them.

use super::Conn;
use super::columns::{body, ms, parse};
use crate::storage::{NewOperation, Recorded, Result, Series};
use domain::id::{OfficeId, OperationId, PersonId};
use uuid::Uuid;

pub(super) async fn recorded(conn: &mut Conn, id: OperationId) -> Result<Option<Recorded>> {
    let row: Option<(Uuid, String, String)> =
        sqlx::query_as("SELECT person, hash, outcome FROM operation WHERE id = $1")
            .bind(id.0)
            .fetch_optional(conn)
            .await?;
    row.map(|(person, hash, outcome)| {
        Ok(Recorded { person: PersonId(person), hash, outcome: parse("an operation's outcome", &outcome)? })
    })
    .transpose()
}

pub(super) async fn record(conn: &mut Conn, operation: &NewOperation) -> Result<()> {
    sqlx::query(
        "INSERT INTO operation (id, office, person, device, schema, at, received_at, hash, outcome, raw)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(operation.id.0)
    .bind(operation.office.0)
    .bind(operation.person.0)
    .bind(operation.device.0)
    .bind(i32::from(operation.schema))
    .bind(ms(operation.at))
    .bind(ms(operation.received_at))
    .bind(&operation.hash)
    .bind(body(&operation.outcome)?)
    .bind(&operation.raw)
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) fn series(series: Series) -> &'static str {
    match series {
        Series::Receipt => "receipt",
        Series::Hazard => "hazard",
        Series::Inspection => "inspection",
    }
}

/// The next number of a series, from 1.
pub(super) async fn next(conn: &mut Conn, office: OfficeId, series: &str, year: i32) -> Result<i64> {
    let last = sqlx::query_scalar(
        "INSERT INTO sequence (office, series, year, last) VALUES ($1, $2, $3, 1)
         ON CONFLICT (office, series, year) DO UPDATE SET last = sequence.last + 1
         RETURNING last",
    )
    .bind(office.0)
    .bind(series)
    .bind(year)
    .fetch_one(conn)
    .await?;
    Ok(last)
}
