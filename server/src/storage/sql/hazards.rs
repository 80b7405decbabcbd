//! 隐患: the folded state in one row, the log in rows of its own.

use super::{
    Conn, changes,
    columns::{body, day, ms, parse},
};
use crate::storage::{Record, Result};
use chrono::{DateTime, Utc};
use domain::{
    hazard::{Deed, Entry, Hazard, Stage},
    id::{HazardId, OfficeId},
};

pub(super) async fn get(conn: &mut Conn, office: OfficeId, id: HazardId) -> Result<Option<Hazard>> {
    let row: Option<String> = sqlx::query_scalar("SELECT body FROM hazard WHERE office = $1 AND id = $2")
        .bind(office.0)
        .bind(id.0)
        .fetch_optional(&mut *conn)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let mut hazard: Hazard = parse("a hazard", &row)?;
    let log: Vec<String> =
        sqlx::query_scalar("SELECT body FROM hazard_event WHERE hazard = $1 ORDER BY position")
            .bind(id.0)
            .fetch_all(conn)
            .await?;
    hazard.log = log.iter().map(|entry| parse("a hazard's entry", entry)).collect::<Result<_>>()?;
    Ok(Some(hazard))
}

pub(super) async fn put(
    conn: &mut Conn,
    office: OfficeId,
    hazard: &Hazard,
    now: DateTime<Utc>,
) -> Result<()> {
    let closed_at = match &hazard.stage {
        Stage::Closed { at, .. } => Some(ms(*at)),
        _ => None,
    };
    let state = Hazard { log: vec![], ..hazard.clone() };
    let found_by_name = hazard.log.first().map(|entry| entry.name.as_str()).unwrap_or_default();
    sqlx::query(
        "INSERT INTO hazard (id, office, number, site, grid, department, sector, level, stage, open,
             extension_asked, stage_since, due, found_at, found_by, found_by_name, closed_at, what, inspection,
             checklist, item, body)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
         ON CONFLICT (id) DO UPDATE SET department = excluded.department, stage = excluded.stage,
             open = excluded.open, extension_asked = excluded.extension_asked,
             stage_since = excluded.stage_since, due = excluded.due, closed_at = excluded.closed_at,
             body = excluded.body
         WHERE hazard.office = excluded.office",
    )
    .bind(hazard.id.0)
    .bind(office.0)
    .bind(&hazard.number)
    .bind(hazard.place.site.0)
    .bind(hazard.place.grid.0)
    .bind(hazard.place.department.map(|department| department.0))
    .bind(hazard.place.sector.as_str())
    .bind(hazard.level().as_str())
    .bind(hazard.stage.word())
    .bind(hazard.is_open())
    .bind(hazard.extension.is_some())
    .bind(ms(stage_since(hazard, now)))
    .bind(hazard.due.map(day))
    .bind(ms(hazard.found_at))
    .bind(hazard.found_by.0)
    .bind(found_by_name)
    .bind(closed_at)
    .bind(&hazard.found.what)
    .bind(hazard.found.inspection.map(|inspection| inspection.0))
    .bind(hazard.found.checklist.as_ref().map(|checklist| checklist.as_str()))
    .bind(hazard.found.item.as_ref().map(|item| item.as_str()))
    .bind(body(&state)?)
    .execute(&mut *conn)
    .await?;
    let known: i64 = sqlx::query_scalar("SELECT count(*) FROM hazard_event WHERE hazard = $1")
        .bind(hazard.id.0)
        .fetch_one(&mut *conn)
        .await?;
    for (position, entry) in hazard.log.iter().enumerate().skip(usize::try_from(known).unwrap_or_default()) {
        append(conn, hazard.id, position, entry, now).await?;
    }
    changes::touch(conn, office, &Record::Hazard(hazard.id)).await
}

async fn append(
    conn: &mut Conn,
    hazard: HazardId,
    position: usize,
    entry: &Entry,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO hazard_event (hazard, position, event, deed, person, at, received_at, counted, body)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(hazard.0)
    .bind(i64::try_from(position).unwrap_or(i64::MAX))
    .bind(entry.event.0)
    .bind(entry.deed.word())
    .bind(entry.by.0)
    .bind(ms(entry.at))
    .bind(ms(now))
    .bind(entry.misfit.is_none())
    .bind(body(entry)?)
    .execute(conn)
    .await?;
    Ok(())
}

/// When the hazard came to its stage: the newest entry that counted and moved it. A phone's clock may run ahead; the
/// office's bounds it.
fn stage_since(hazard: &Hazard, now: DateTime<Utc>) -> DateTime<Utc> {
    let moves = |deed: &Deed| {
        matches!(
            deed,
            Deed::Found(_)
                | Deed::Assigned(_)
                | Deed::Rectified { .. }
                | Deed::Accepted { .. }
                | Deed::Returned { .. }
                | Deed::Referred { .. }
                | Deed::Merged { .. }
                | Deed::Reopened { .. }
        )
    };
    let moved = hazard.log.iter().rev().find(|entry| entry.misfit.is_none() && moves(&entry.deed));
    moved.map_or(hazard.found_at, |entry| entry.at).min(now)
}
