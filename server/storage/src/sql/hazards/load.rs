//! Hazards as they are read: the row of each with its events.

use crate::{
    OpenHazards, OpenHazardsOf, Result, StoreError,
    sql::{
        Conn, QueryBuilder,
        columns::parse,
        rows::{self, IDS_AT_ONCE, push_in},
    },
};
use domain::{
    hazard::{EventRecord, Hazard, PROJECTION_VERSION},
    id::{DepartmentId, GridId, HazardId, OfficeId, SiteId},
    role::ResourceScope,
    sector::Sector,
};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// A hazard's row, as far as it is no projection, and the state in it.
#[derive(sqlx::FromRow)]
pub(super) struct Row {
    pub id: Uuid,
    pub office: Uuid,
    number: Option<String>,
    site: Uuid,
    grid: Uuid,
    department: Option<Uuid>,
    sector: String,
    projection_version: i64,
    pub body: String,
}

pub(super) const ROWS: &str =
    "SELECT id, office, number, site, grid, department, sector, projection_version, body FROM hazard";

/// A hazard, or why it cannot be read; and where its row says that it lies, whatever else of it can be read.
pub(in crate::sql) struct Loaded {
    pub id: HazardId,
    pub place: ResourceScope,
    pub hazard: Result<Hazard>,
}

impl Row {
    fn hazard(&self, events: Vec<EventRecord>) -> Result<Hazard> {
        if self.projection_version != i64::from(PROJECTION_VERSION) {
            return self.folded(events);
        }
        let state: Hazard = parse("a hazard", &self.body)?;
        Ok(Hazard { events, ..state })
    }

    /// A sector that cannot be read keeps it from no grid.
    fn place(&self) -> ResourceScope {
        ResourceScope {
            grid: GridId(self.grid),
            site: SiteId(self.site),
            department: self.department.map(DepartmentId),
            sector: Sector::parse(&self.sector).unwrap_or(Sector::General),
        }
    }

    /// From the events alone. Its number is the office's to give and no part of the fold; in which grid and department it
    /// lies is the office's to say, too, since sites move and places are merged: the columns have both, also where the state
    /// cannot be read.
    pub fn folded(&self, events: Vec<EventRecord>) -> Result<Hazard> {
        let folded = Hazard::fold(HazardId(self.id), events);
        let folded = folded.map_err(|error| StoreError::Unreadable(format!("a hazard: {error}")))?;
        let ResourceScope { grid, department, .. } = self.place();
        let place = ResourceScope { grid, department, ..folded.place };
        Ok(Hazard { number: self.number.clone(), place, ..folded })
    }
}

pub(in crate::sql) async fn get(conn: &mut Conn, office: OfficeId, id: HazardId) -> Result<Option<Hazard>> {
    Ok(some(conn, office, &[id]).await?.remove(&id))
}

pub(in crate::sql) async fn some(
    conn: &mut Conn,
    office: OfficeId,
    ids: &[HazardId],
) -> Result<HashMap<HazardId, Hazard>> {
    each(conn, office, ids).await?.into_iter().map(|one| Ok((one.id, one.hazard?))).collect()
}

/// Those of these hazards that are there, each as far as it can be read.
pub(in crate::sql) async fn each(conn: &mut Conn, office: OfficeId, ids: &[HazardId]) -> Result<Vec<Loaded>> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let mut sql = QueryBuilder::new(ROWS);
    sql.push(" WHERE office = ").push_bind(office.0).push(" AND id");
    push_in(&mut sql, &ids);
    let rows: Vec<Row> = sql.build_query_as().fetch_all(&mut *conn).await?;
    let mut events = events(conn, &ids).await?;
    let loaded = |row: Row| {
        let events = events.remove(&row.id).unwrap_or_default();
        let hazard = read(&events).and_then(|events| row.hazard(events));
        Loaded { id: HazardId(row.id), place: row.place(), hazard }
    };
    Ok(rows.into_iter().map(loaded).collect())
}

/// The events of these hazards, as they lie there, in their order.
pub(super) async fn events(conn: &mut Conn, ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<String>>> {
    let mut events: HashMap<Uuid, Vec<String>> = HashMap::new();
    if ids.is_empty() {
        return Ok(events);
    }
    let mut sql = QueryBuilder::new("SELECT hazard, body FROM hazard_event WHERE hazard");
    push_in(&mut sql, ids);
    sql.push(" ORDER BY hazard, position");
    let rows: Vec<(Uuid, String)> = sql.build_query_as().fetch_all(conn).await?;
    for (hazard, event) in rows {
        events.entry(hazard).or_default().push(event);
    }
    Ok(events)
}

pub(super) fn read(events: &[String]) -> Result<Vec<EventRecord>> {
    events.iter().map(|event| parse("a hazard's event", event)).collect()
}

pub(super) async fn known(conn: &mut Conn, ids: &[HazardId]) -> Result<HashSet<HazardId>> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let known = rows::known(conn, "SELECT id FROM hazard WHERE id", &ids).await?;
    Ok(known.into_iter().map(HazardId).collect())
}

pub(super) async fn open(conn: &mut Conn, office: OfficeId, of: OpenHazardsOf) -> Result<OpenHazards> {
    let (column, id) = match of {
        OpenHazardsOf::Site(id) => ("site", id.0),
        OpenHazardsOf::Department(id) => ("department", id.0),
    };
    let mut sql = QueryBuilder::new("SELECT id FROM hazard WHERE open = TRUE AND office = ");
    sql.push_bind(office.0).push(" AND ").push(column).push(" = ").push_bind(id).push(" ORDER BY id");
    let ids: Vec<Uuid> = sql.build_query_scalar().fetch_all(&mut *conn).await?;
    let ids: Vec<_> = ids.into_iter().map(HazardId).collect();
    let mut open = OpenHazards::default();
    for ids in ids.chunks(IDS_AT_ONCE) {
        for one in each(&mut *conn, office, ids).await? {
            match one.hazard {
                Ok(hazard) => open.hazards.push(hazard),
                Err(_) => open.unreadable.push((one.id, one.place)),
            }
        }
    }
    open.hazards.sort_by_key(|hazard| hazard.id);
    Ok(open)
}
