//! What devices sent, and the running numbers that answer them.

use super::columns::{body, ms, parse};
use crate::storage::{NewOperation, Recorded, Result, Series};
use domain::id::{OfficeId, OperationId, PersonId};
use sqlx::SqliteConnection;
use uuid::Uuid;

pub(super) async fn recorded(conn: &mut SqliteConnection, id: OperationId) -> Result<Option<Recorded>> {
    let row: Option<(Uuid, String, String)> =
        sqlx::query_as("SELECT person, hash, outcome FROM operation WHERE id = ?")
            .bind(id.0)
            .fetch_optional(conn)
            .await?;
    row.map(|(person, hash, outcome)| {
        Ok(Recorded { person: PersonId(person), hash, outcome: parse("an operation's outcome", &outcome)? })
    })
    .transpose()
}

pub(super) async fn record(conn: &mut SqliteConnection, operation: &NewOperation) -> Result<()> {
    sqlx::query(
        "INSERT INTO operation (id, office, person, device, schema, at, received_at, hash, outcome, raw)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(operation.id.0)
    .bind(operation.office.0)
    .bind(operation.person.0)
    .bind(operation.device.0)
    .bind(operation.schema)
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
pub(super) async fn next(
    conn: &mut SqliteConnection,
    office: OfficeId,
    series: &str,
    year: i32,
) -> Result<i64> {
    let last = sqlx::query_scalar(
        "INSERT INTO sequence (office, series, year, last) VALUES (?, ?, ?, 1)
         ON CONFLICT (office, series, year) DO UPDATE SET last = last + 1
         RETURNING last",
    )
    .bind(office.0)
    .bind(series)
    .bind(year)
    .fetch_one(conn)
    .await?;
    Ok(last)
}
