//! 隐患: the folded state in one row, the events in rows of their own.
//!
//! A row says by which version of the fold it was made. One of another version is folded from its events whenever it is
//! read, so that nothing is ever done to a hazard as an earlier version saw it; its columns, by which lists find it, stay as
//! they are until something happens to it or [`rebuild`] comes by.

use super::{
    Conn, QueryBuilder, SqlStore, SqlTransaction, changes,
    columns::{body, day, ms, parse},
    former, keys,
    ledger::{self, LedgerQuery},
    lists::{self, Reader},
    rows::{self, IDS_AT_ONCE, power_of_two_chunks, push_in},
};
use crate::{OpenHazards, OpenHazardsOf, ReadHazards, Rebuilt, Record, Result, StoreError, WriteHazards};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    hazard::{EventRecord, Hazard, PROJECTION_VERSION},
    id::{DepartmentId, GridId, HazardId, OfficeId, SiteId},
    ledger::{LedgerFilter, LedgerPage, LedgerRow},
    role::{ResourceScope, Scope},
    search,
    sector::Sector,
};
use std::collections::{BTreeMap, HashMap, HashSet};
use tokio::sync::mpsc;
use uuid::Uuid;

/// A hazard's row, as far as it is no projection, and the state in it.
#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    office: Uuid,
    number: Option<String>,
    site: Uuid,
    grid: Uuid,
    department: Option<Uuid>,
    sector: String,
    projection_version: i64,
    body: String,
}

const ROWS: &str =
    "SELECT id, office, number, site, grid, department, sector, projection_version, body FROM hazard";

/// A hazard, or why it cannot be read; and where its row says that it lies, whatever else of it can be read.
pub(super) struct Loaded {
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
    fn folded(&self, events: Vec<EventRecord>) -> Result<Hazard> {
        let folded = Hazard::fold(HazardId(self.id), events);
        let folded = folded.map_err(|error| StoreError::Unreadable(format!("a hazard: {error}")))?;
        let ResourceScope { grid, department, .. } = self.place();
        let place = ResourceScope { grid, department, ..folded.place };
        Ok(Hazard { number: self.number.clone(), place, ..folded })
    }
}

pub(super) async fn get(conn: &mut Conn, office: OfficeId, id: HazardId) -> Result<Option<Hazard>> {
    Ok(some(conn, office, &[id]).await?.remove(&id))
}

pub(super) async fn some(
    conn: &mut Conn,
    office: OfficeId,
    ids: &[HazardId],
) -> Result<HashMap<HazardId, Hazard>> {
    each(conn, office, ids).await?.into_iter().map(|one| Ok((one.id, one.hazard?))).collect()
}

/// Those of these hazards that are there, each as far as it can be read.
pub(super) async fn each(conn: &mut Conn, office: OfficeId, ids: &[HazardId]) -> Result<Vec<Loaded>> {
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
async fn events(conn: &mut Conn, ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<String>>> {
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

fn read(events: &[String]) -> Result<Vec<EventRecord>> {
    events.iter().map(|event| parse("a hazard's event", event)).collect()
}

pub(super) async fn known(conn: &mut Conn, ids: &[HazardId]) -> Result<HashSet<HazardId>> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let known = rows::known(conn, "SELECT id FROM hazard WHERE id", &ids).await?;
    Ok(known.into_iter().map(HazardId).collect())
}

async fn open(conn: &mut Conn, office: OfficeId, of: OpenHazardsOf) -> Result<OpenHazards> {
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

pub(super) async fn put(
    conn: &mut Conn,
    office: OfficeId,
    hazards: &[Hazard],
    now: DateTime<Utc>,
) -> Result<()> {
    if hazards.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = hazards.iter().map(|hazard| hazard.id.0).collect();
    let known = count_events(&mut *conn, &ids).await?;
    for chunk in power_of_two_chunks(hazards) {
        put_states(conn, office, chunk).await?;
    }
    let mut records = vec![];
    for hazard in hazards {
        let known = known.get(&hazard.id.0).copied().unwrap_or_default();
        let events = hazard.events.iter().enumerate().skip(usize::try_from(known).unwrap_or_default());
        records.extend(events.map(|(position, record)| (hazard.id, position, record)));
    }
    for chunk in power_of_two_chunks(&records) {
        append(conn, chunk, now).await?;
    }
    let records: Vec<_> = hazards.iter().map(|hazard| Record::Hazard(hazard.id)).collect();
    changes::touch(conn, office, &records).await
}

/// How many events of each of these lie there; of none, nothing.
async fn count_events(conn: &mut Conn, ids: &[Uuid]) -> Result<HashMap<Uuid, i64>> {
    let mut counts = HashMap::new();
    // A department may see to more hazards than a statement takes ids.
    for ids in ids.chunks(IDS_AT_ONCE) {
        let mut sql = QueryBuilder::new("SELECT hazard, count(*) FROM hazard_event WHERE hazard");
        push_in(&mut sql, ids);
        sql.push(" GROUP BY hazard");
        let rows: Vec<(Uuid, i64)> = sql.build_query_as().fetch_all(&mut *conn).await?;
        counts.extend(rows);
    }
    Ok(counts)
}

/// Every column follows from the state, so every column is written.
pub(super) async fn put_states(conn: &mut Conn, office: OfficeId, hazards: &[Hazard]) -> Result<()> {
    let states: Vec<_> = hazards.iter().map(state).collect::<Result<_>>()?;
    let mut sql = QueryBuilder::new(
        "INSERT INTO hazard (id, office, number, site, grid, department, party, sector, level, status, open,
             extension_asked, status_since, due, found_at, found_by, found_by_name, closed_at, funds, what,
             visit, checklist, item, search_key, projection_version, body) ",
    );
    sql.push_values(hazards.iter().zip(states), |mut row, (hazard, state)| {
        let found_by_name = hazard.events.first().map(|record| record.name.clone()).unwrap_or_default();
        row.push_bind(hazard.id.0).push_bind(office.0).push_bind(hazard.number.clone());
        row.push_bind(hazard.place.site.0).push_bind(hazard.place.grid.0);
        row.push_bind(hazard.place.department.map(|department| department.0));
        row.push_bind(hazard.party.as_ref().map(|party| party.id.0));
        row.push_bind(hazard.place.sector.as_str()).push_bind(hazard.level().as_str());
        row.push_bind(hazard.status.kind().as_str()).push_bind(hazard.is_open());
        row.push_bind(hazard.extension.is_some()).push_bind(ms(hazard.status_since()));
        row.push_bind(hazard.due.map(day)).push_bind(ms(hazard.found_at)).push_bind(hazard.found_by.0);
        row.push_bind(found_by_name).push_bind(hazard.status.closed_at().map(ms));
        row.push_bind(hazard.plan.as_ref().map(|plan| plan.funds.get()));
        row.push_bind(hazard.found.what.clone());
        row.push_bind(hazard.found.visit.map(|visit| visit.0));
        row.push_bind(hazard.found.checklist.as_ref().map(ToString::to_string));
        row.push_bind(hazard.found.item.as_ref().map(ToString::to_string));
        row.push_bind(search_key(hazard)).push_bind(i64::from(PROJECTION_VERSION)).push_bind(state);
    });
    sql.push(
        " ON CONFLICT (id) DO UPDATE SET number = excluded.number, site = excluded.site, grid = excluded.grid,
             department = excluded.department, party = excluded.party, sector = excluded.sector, level = excluded.level,
             status = excluded.status, open = excluded.open, extension_asked = excluded.extension_asked,
             status_since = excluded.status_since, due = excluded.due, found_at = excluded.found_at,
             found_by = excluded.found_by, found_by_name = excluded.found_by_name,
             closed_at = excluded.closed_at, funds = excluded.funds, what = excluded.what, visit = excluded.visit,
             checklist = excluded.checklist, item = excluded.item, search_key = excluded.search_key,
             projection_version = excluded.projection_version, body = excluded.body
         WHERE hazard.office = excluded.office",
    );
    let written = sql.build().execute(conn).await?.rows_affected();
    if written != hazards.len() as u64 {
        return Err(StoreError::Corrupt("a hazard is another office's".to_owned()));
    }
    Ok(())
}

/// As it stands in the row: without its events, which have rows of their own.
fn state(hazard: &Hazard) -> Result<String> {
    body(&Hazard { events: vec![], ..hazard.clone() })
}

/// What its own words are found by; its site's are the site's.
fn search_key(hazard: &Hazard) -> String {
    search::key(&[], &[&hazard.found.what, hazard.number.as_deref().unwrap_or_default()])
}

async fn append(
    conn: &mut Conn,
    records: &[(HazardId, usize, &EventRecord)],
    now: DateTime<Utc>,
) -> Result<()> {
    let bodies: Vec<_> = records.iter().map(|(_, _, record)| body(record)).collect::<Result<_>>()?;
    let mut sql = QueryBuilder::new(
        "INSERT INTO hazard_event (hazard, position, event, kind, person, at, received_at, counted, body) ",
    );
    sql.push_values(records.iter().zip(bodies), |mut row, ((hazard, position, record), body)| {
        row.push_bind(hazard.0).push_bind(i64::try_from(*position).unwrap_or(i64::MAX));
        row.push_bind(record.id.0).push_bind(record.event.kind().as_str());
        row.push_bind(record.by.map(|person| person.0)).push_bind(ms(record.at));
        row.push_bind(ms(record.received_at.unwrap_or(now))).push_bind(!record.is_rejected());
        row.push_bind(body);
    });
    sql.build().execute(conn).await?;
    Ok(())
}

/// Folds hazards anew, in the order of their ids, and writes states and columns. Phones are told of those whose state has
/// changed by it, but not of what ended so long ago that none of them has it. What cannot be read stays as it is, and is
/// named.
pub(super) async fn rebuild(conn: &mut Conn, after: Option<HazardId>, most: u32) -> Result<Rebuilt> {
    let mut sql = QueryBuilder::new(ROWS);
    if let Some(after) = after {
        sql.push(" WHERE id > ").push_bind(after.0);
    }
    sql.push(" ORDER BY id LIMIT ").push_bind(i64::from(most));
    let rows: Vec<Row> = sql.build_query_as().fetch_all(&mut *conn).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut events = events(conn, &ids).await?;
    let mut rebuilt = Rebuilt { last: ids.last().copied().map(HazardId), ..Rebuilt::default() };
    let mut folded: BTreeMap<OfficeId, Vec<Hazard>> = BTreeMap::new();
    let mut changed: BTreeMap<OfficeId, Vec<Record>> = BTreeMap::new();
    let mut changed_after_its_end: BTreeMap<OfficeId, Vec<Record>> = BTreeMap::new();
    for row in rows {
        let events = events.remove(&row.id).unwrap_or_default();
        match read(&events).and_then(|events| row.folded(events)) {
            Ok(hazard) => {
                let office = OfficeId(row.office);
                if state(&hazard)? != row.body {
                    rebuilt.changed += 1;
                    let of = if hazard.is_open() { &mut changed } else { &mut changed_after_its_end };
                    of.entry(office).or_default().push(Record::Hazard(hazard.id));
                }
                rebuilt.folded += 1;
                folded.entry(office).or_default().push(hazard);
            }
            Err(StoreError::Unreadable(why)) => rebuilt.unreadable.push((HazardId(row.id), why)),
            Err(other) => return Err(other),
        }
    }
    for (office, hazards) in &folded {
        for chunk in power_of_two_chunks(hazards) {
            put_states(conn, *office, chunk).await?;
        }
    }
    for (office, records) in &changed {
        changes::touch(conn, *office, records).await?;
    }
    for (office, records) in changed_after_its_end {
        changes::touch_known(conn, office, records).await?;
    }
    Ok(rebuilt)
}

#[async_trait]
impl ReadHazards for SqlStore {
    async fn hazard(&self, office: OfficeId, id: HazardId) -> Result<Option<Hazard>> {
        get(&mut self.snapshot().await?, office, id).await
    }

    async fn hazards_of_number(
        &self,
        office: OfficeId,
        scope: &Scope,
        number: &str,
    ) -> Result<Vec<(HazardId, String)>> {
        keys::hazards(&mut self.reader().await?, office, scope, number).await
    }

    async fn ledger(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &LedgerFilter,
        now: DateTime<Utc>,
    ) -> Result<LedgerPage> {
        ledger::page(&mut self.snapshot().await?, Reader { office, scope, now }, filter).await
    }

    async fn send_ledger(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &LedgerFilter,
        now: DateTime<Utc>,
        most: u32,
        to: mpsc::Sender<LedgerRow>,
    ) -> Result<u32> {
        let mut conn = self.snapshot().await?;
        let query = LedgerQuery::of(&mut conn, Reader { office, scope, now }, filter).await?;
        lists::send(&mut conn, &query, most, &to).await
    }
}

#[async_trait]
impl WriteHazards for SqlTransaction {
    async fn hazards(&mut self, office: OfficeId, ids: &[HazardId]) -> Result<HashMap<HazardId, Hazard>> {
        some(&mut self.0, office, ids).await
    }

    async fn known_hazards(&mut self, ids: &[HazardId]) -> Result<HashSet<HazardId>> {
        known(&mut self.0, ids).await
    }

    async fn put_hazards(&mut self, office: OfficeId, hazards: &[Hazard], now: DateTime<Utc>) -> Result<()> {
        put(&mut self.0, office, hazards, now).await
    }

    async fn rebuild_hazards(&mut self, after: Option<HazardId>, most: u32) -> Result<Rebuilt> {
        rebuild(&mut self.0, after, most).await
    }

    async fn open_hazards(&mut self, office: OfficeId, of: OpenHazardsOf) -> Result<OpenHazards> {
        open(&mut self.0, office, of).await
    }

    async fn relocate_unreadable(
        &mut self,
        office: OfficeId,
        hazard: HazardId,
        to: &ResourceScope,
    ) -> Result<()> {
        former::lay(&mut self.0, office, hazard, to).await?;
        changes::touch(&mut self.0, office, &[Record::Hazard(hazard)]).await
    }

    async fn hand_over_hazards(
        &mut self,
        office: OfficeId,
        from: DepartmentId,
        into: DepartmentId,
    ) -> Result<Vec<HazardId>> {
        former::hand_over(&mut self.0, office, from, into).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::DatabaseAddress;

    /// SQLite binds 32,766 values to a statement.
    #[tokio::test]
    async fn events_are_counted_of_however_many_hazards_are_put_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let address = DatabaseAddress::Sqlite(folder.path().join("a.sqlite"));
        let store = SqlStore::open(&address, true).await.unwrap();
        let ids: Vec<Uuid> = (0..40_000).map(Uuid::from_u128).collect();
        let counts = count_events(&mut store.reader().await.unwrap(), &ids).await.unwrap();
        assert!(counts.is_empty(), "{counts:?}");
    }
}
