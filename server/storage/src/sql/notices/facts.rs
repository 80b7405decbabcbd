//! What the rules look at, read as of one moment. What cannot be read is left out and told in the log.

use crate::{
    Result,
    sql::{
        Conn,
        columns::{date, day, ms, parse, time, word},
        hazards, query_as,
        rows::IDS_AT_ONCE,
    },
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    hazard::{Hazard, HazardEvent, HazardStatusKind},
    id::{DepartmentId, GridId, HazardId, OfficeId, PersonId, SiteId},
    notice::{HazardFact, NoticeFacts, OrderFact, ReturnFact, TaskFact},
    role::ResourceScope,
    sector::Sector,
    severity::Severity,
    spot_check::{OrderState, SealedOrder},
};
use std::collections::HashMap;
use uuid::Uuid;

pub(super) async fn of(
    conn: &mut Conn,
    office: OfficeId,
    since: DateTime<Utc>,
    until: NaiveDate,
) -> Result<NoticeFacts> {
    Ok(NoticeFacts {
        tasks: tasks(&mut *conn, office).await?,
        hazards: of_hazards(&mut *conn, office, since, until).await?,
        returns: returns(&mut *conn, office, since).await?,
        orders: orders(conn, office, since).await?,
        ..NoticeFacts::default()
    })
}

/// What can be read.
fn kept<T>(read: Result<T>) -> Option<T> {
    read.inspect_err(|error| tracing::error!(%error, "nobody is told of it; xunan verify")).ok()
}

fn place(grid: Uuid, site: Uuid, department: Option<Uuid>, sector: &str) -> Result<ResourceScope> {
    Ok(ResourceScope {
        grid: GridId(grid),
        site: SiteId(site),
        department: department.map(DepartmentId),
        sector: word("a sector", sector, Sector::parse)?,
    })
}

/// Body, and grid, site, department, sector of its site.
type TaskRow = (String, Uuid, Uuid, Option<Uuid>, String);

async fn tasks(conn: &mut Conn, office: OfficeId) -> Result<Vec<TaskFact>> {
    let rows: Vec<TaskRow> = query_as(
        "SELECT t.body, s.grid, s.id, s.department, s.sector FROM task t JOIN site s ON s.id = t.site
         WHERE t.office = $1 AND t.ended_at IS NULL ORDER BY t.id",
    )
    .bind(office.0)
    .fetch_all(conn)
    .await?;
    let fact = |(body, grid, site, department, sector): TaskRow| -> Result<TaskFact> {
        Ok(TaskFact { task: parse("a task", &body)?, place: place(grid, site, department, &sector)? })
    };
    Ok(rows.into_iter().filter_map(|row| kept(fact(row))).collect())
}

#[derive(sqlx::FromRow)]
struct HazardRow {
    id: Uuid,
    what: String,
    site_name: String,
    grid: Uuid,
    site: Uuid,
    department: Option<Uuid>,
    sector: String,
    level: String,
    status: String,
    due: Option<String>,
    found_at: i64,
    found_by: Uuid,
    found_by_name: String,
}

impl HazardRow {
    fn fact(self) -> Result<HazardFact> {
        let status = word("a hazard's status", &self.status, HazardStatusKind::parse)?;
        Ok(HazardFact {
            hazard: HazardId(self.id),
            place: place(self.grid, self.site, self.department, &self.sector)?,
            site_name: self.site_name,
            what: self.what,
            level: word("a hazard's level", &self.level, Severity::parse)?,
            to_rectify: is_to_rectify(status),
            due: self.due.as_deref().map(date).transpose()?,
            found_at: time(self.found_at)?,
            found_by: PersonId(self.found_by),
            found_by_name: self.found_by_name,
        })
    }
}

fn is_to_rectify(status: HazardStatusKind) -> bool {
    match status {
        HazardStatusKind::Found | HazardStatusKind::Assigned => true,
        HazardStatusKind::Rectified
        | HazardStatusKind::AcceptedOnce
        | HazardStatusKind::Closed
        | HazardStatusKind::Referred
        | HazardStatusKind::Merged => false,
    }
}

async fn of_hazards(
    conn: &mut Conn,
    office: OfficeId,
    since: DateTime<Utc>,
    until: NaiveDate,
) -> Result<Vec<HazardFact>> {
    let rows: Vec<HazardRow> = query_as(
        "SELECT h.id, h.what, s.name AS site_name, h.grid, h.site, h.department, h.sector, h.level, h.status,
             h.due, h.found_at, h.found_by, h.found_by_name
         FROM hazard h JOIN site s ON s.id = h.site
         WHERE h.office = $1 AND h.open = TRUE AND (h.due <= $2 OR (h.level = 'major' AND h.found_at >= $3))
         ORDER BY h.id",
    )
    .bind(office.0)
    .bind(day(until))
    .bind(ms(since))
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().filter_map(|row| kept(row.fact())).collect())
}

/// Hazards that came back to be put right.
async fn returns(conn: &mut Conn, office: OfficeId, since: DateTime<Utc>) -> Result<Vec<ReturnFact>> {
    let rows: Vec<(Uuid, String)> = query_as(
        "SELECT h.id, s.name FROM hazard h JOIN site s ON s.id = h.site
         WHERE h.office = $1 AND h.open = TRUE AND h.status = 'assigned' AND h.status_since >= $2",
    )
    .bind(office.0)
    .bind(ms(since))
    .fetch_all(&mut *conn)
    .await?;
    let names: HashMap<HazardId, String> = rows.into_iter().map(|(id, name)| (HazardId(id), name)).collect();
    let mut ids: Vec<HazardId> = names.keys().copied().collect();
    ids.sort_unstable();
    let mut returns = vec![];
    for ids in ids.chunks(IDS_AT_ONCE) {
        for one in hazards::each(&mut *conn, office, ids).await? {
            let name = names.get(&one.id).cloned().unwrap_or_default();
            returns.extend(kept(one.hazard).and_then(|hazard| returned(&hazard, name)));
        }
    }
    Ok(returns)
}

/// By its log's newest return, if it came back by one.
fn returned(hazard: &Hazard, site_name: String) -> Option<ReturnFact> {
    let record = hazard.events.iter().rev().find(|record| record.event.kind().row().moves.is_some())?;
    let HazardEvent::Returned(why) = &record.event else { return None };
    let is_rectified = |event: &HazardEvent| matches!(event, HazardEvent::Rectified(_));
    let rectified = hazard.events.iter().rev().find(|record| is_rectified(&record.event));
    let found_by_name = hazard.events.first().map(|record| record.name.clone()).unwrap_or_default();
    Some(ReturnFact {
        event: record.id,
        at: record.received_at.unwrap_or(record.at),
        by: record.by,
        by_name: record.name.clone(),
        reason: why.reason.clone(),
        rectified_by: rectified.and_then(|record| record.by),
        hazard: HazardFact {
            hazard: hazard.id,
            place: hazard.place,
            site_name,
            what: hazard.found.what.clone(),
            level: hazard.level(),
            to_rectify: is_to_rectify(hazard.status.kind()),
            due: hazard.due,
            found_at: hazard.found_at,
            found_by: hazard.found_by,
            found_by_name,
        },
    })
}

/// Those that can still be opened, or could lately.
async fn orders(conn: &mut Conn, office: OfficeId, since: DateTime<Utc>) -> Result<Vec<OrderFact>> {
    let rows: Vec<(String, Option<i64>)> =
        query_as("SELECT body, opened_at FROM sealed_order WHERE office = $1 AND closes_at > $2 ORDER BY id")
            .bind(office.0)
            .bind(ms(since))
            .fetch_all(conn)
            .await?;
    let fact = |(body, opened_at): (String, Option<i64>)| {
        let order: SealedOrder = kept(parse("a sealed order", &body))?;
        match order.state {
            OrderState::Sealed { .. } => Some(OrderFact {
                order: order.id,
                person: order.person,
                number: order.number,
                opens_at: order.opens_at,
                is_opened: opened_at.is_some(),
            }),
            OrderState::Withdrawn { .. } => None,
        }
    };
    Ok(rows.into_iter().filter_map(fact).collect())
}
