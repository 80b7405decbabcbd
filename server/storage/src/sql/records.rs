//! Records as phones get them, many at a time. One that cannot be read costs itself and no other.

use super::{
    Conn, QueryBuilder, SqlStore,
    columns::{ms, parse, word},
    hazards, notices,
    rows::{IDS_AT_ONCE, push_in},
    scoped::{OF_HAZARD, push_scope},
    sealed_orders, sites, tasks,
};
use crate::{Earlier, EarlierQuery, LoadedRecord, ReadRecords, Record, Result, StoreError};
use async_trait::async_trait;
use domain::{
    hazard::Hazard,
    id::{DepartmentId, FormId, GridId, HazardId, OfficeId, SiteId, VisitId},
    role::{ResourceScope, Scope},
    sector::Sector,
    visit::VisitSummary,
};
use std::collections::HashMap;
use uuid::Uuid;

type Loaded = HashMap<Record, Result<LoadedRecord>>;

/// What is not there is not in the answer.
async fn some(conn: &mut Conn, office: OfficeId, records: &[Record]) -> Result<Loaded> {
    let (mut sites, mut hazards, mut visits, mut forms, mut tasks) = (vec![], vec![], vec![], vec![], vec![]);
    let (mut orders, mut notices) = (vec![], vec![]);
    for record in records {
        match record {
            Record::Directory => {}
            Record::Site(id) => sites.push(*id),
            Record::Form(id, version) => forms.push((id.clone(), *version)),
            Record::Hazard(id) => hazards.push(*id),
            Record::Visit(id) => visits.push(*id),
            Record::SealedOrder(id) => orders.push(*id),
            Record::Task(id) => tasks.push(*id),
            Record::Notice(id) => notices.push(*id),
        }
    }
    let mut loaded = Loaded::new();
    for ids in sites.chunks(IDS_AT_ONCE) {
        of_sites(&mut *conn, office, ids, &mut loaded).await?;
    }
    for ids in hazards.chunks(IDS_AT_ONCE) {
        of_hazards(&mut *conn, office, ids, &mut loaded).await?;
    }
    for ids in visits.chunks(IDS_AT_ONCE) {
        of_visits(&mut *conn, office, ids, &mut loaded).await?;
    }
    for (id, order) in sealed_orders::some(&mut *conn, office, &orders).await? {
        let order = order.map(|order| LoadedRecord::SealedOrder(Box::new(order)));
        loaded.insert(Record::SealedOrder(id), order);
    }
    for (id, task) in tasks::some(&mut *conn, office, &tasks).await? {
        loaded.insert(Record::Task(id), task.map(|task| LoadedRecord::Task(Box::new(task))));
    }
    for (id, notice) in notices::some(&mut *conn, office, &notices).await? {
        loaded.insert(Record::Notice(id), notice.map(|notice| LoadedRecord::Notice(Box::new(notice))));
    }
    of_forms(conn, office, &forms, &mut loaded).await?;
    Ok(loaded)
}

async fn of_sites(conn: &mut Conn, office: OfficeId, ids: &[SiteId], loaded: &mut Loaded) -> Result<()> {
    match sites::some(&mut *conn, office, ids).await {
        Ok(sites) => {
            let record = |(id, site)| (Record::Site(id), Ok(LoadedRecord::Site(Box::new(site))));
            loaded.extend(sites.into_iter().map(record));
        }
        Err(StoreError::Unreadable(_)) => {
            for id in ids {
                let one = sites::get(&mut *conn, office, *id).await;
                keep(loaded, Record::Site(*id), one, |site| LoadedRecord::Site(Box::new(site)))?;
            }
        }
        Err(error) => return Err(error),
    }
    Ok(())
}

async fn of_hazards(conn: &mut Conn, office: OfficeId, ids: &[HazardId], loaded: &mut Loaded) -> Result<()> {
    let grids = grids_of_sites(&mut *conn, office, ids).await?;
    let placed = |hazard: Hazard| {
        // As the changes have it: see `announcements`.
        let place = hazard.seen_in(grids.get(&hazard.id).copied().unwrap_or(hazard.place.grid));
        LoadedRecord::Hazard { hazard: Box::new(hazard), place }
    };
    match hazards::some(&mut *conn, office, ids).await {
        Ok(hazards) => {
            loaded.extend(hazards.into_iter().map(|(id, hazard)| (Record::Hazard(id), Ok(placed(hazard)))));
        }
        Err(StoreError::Unreadable(_)) => {
            for id in ids {
                let one = hazards::get(&mut *conn, office, *id).await;
                keep(loaded, Record::Hazard(*id), one, placed)?;
            }
        }
        Err(error) => return Err(error),
    }
    Ok(())
}

async fn grids_of_sites(
    conn: &mut Conn,
    office: OfficeId,
    ids: &[HazardId],
) -> Result<HashMap<HazardId, GridId>> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let mut sql = QueryBuilder::new(
        "SELECT h.id, s.grid FROM hazard h JOIN site s ON s.id = h.site WHERE h.open = FALSE AND h.office = ",
    );
    sql.push_bind(office.0).push(" AND h.id");
    push_in(&mut sql, &ids);
    let rows: Vec<(Uuid, Uuid)> = sql.build_query_as().fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(id, grid)| (HazardId(id), GridId(grid))).collect())
}

/// One that was read by itself.
fn keep<R>(
    loaded: &mut Loaded,
    record: Record,
    one: Result<Option<R>>,
    of: impl Fn(R) -> LoadedRecord,
) -> Result<()> {
    match one {
        Ok(one) => loaded.extend(one.map(|one| (record, Ok(of(one))))),
        Err(error @ StoreError::Unreadable(_)) => drop(loaded.insert(record, Err(error))),
        Err(error) => return Err(error),
    }
    Ok(())
}

/// Id, summary, and grid, site, department, sector of its site.
type VisitColumns = (Uuid, String, Uuid, Uuid, Option<Uuid>, String);

async fn of_visits(conn: &mut Conn, office: OfficeId, ids: &[VisitId], loaded: &mut Loaded) -> Result<()> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let mut sql = QueryBuilder::new(
        "SELECT i.id, i.summary, s.grid, s.id, s.department, s.sector
         FROM visit i JOIN site s ON s.id = i.site WHERE i.office = ",
    );
    sql.push_bind(office.0).push(" AND i.id");
    push_in(&mut sql, &ids);
    let rows: Vec<VisitColumns> = sql.build_query_as().fetch_all(conn).await?;
    let visit = |summary: &str, grid, site, department: Option<Uuid>, sector: &str| -> Result<LoadedRecord> {
        let summary: VisitSummary = parse("a visit's summary", summary)?;
        let place = ResourceScope {
            grid: GridId(grid),
            site: SiteId(site),
            department: department.map(DepartmentId),
            sector: word("a sector", sector, Sector::parse)?,
        };
        Ok(LoadedRecord::Visit { summary: Box::new(summary), place })
    };
    loaded.extend(rows.into_iter().map(|(id, summary, grid, site, department, sector)| {
        let record = Record::Visit(VisitId(id));
        (record, visit(&summary, grid, site, department, &sector))
    }));
    Ok(())
}

async fn of_forms(
    conn: &mut Conn,
    office: OfficeId,
    asked: &[(FormId, u32)],
    loaded: &mut Loaded,
) -> Result<()> {
    for ((id, version), form) in super::forms::some(conn, office, asked).await? {
        loaded.insert(Record::Form(id, version), form.map(|form| LoadedRecord::Form(Box::new(form))));
    }
    Ok(())
}

/// A site's past, the newest first: hazards that ended and visits that were submitted before the moments that the query
/// names. Whether the scope covers the site is the caller's to ask; of a department's, hazards of others are left out.
async fn earlier(
    conn: &mut Conn,
    office: OfficeId,
    scope: &Scope,
    query: &EarlierQuery,
) -> Result<Vec<Earlier>> {
    let limit = i64::from(query.limit);
    let mut sql =
        QueryBuilder::new("SELECT h.id, h.status_since FROM hazard h WHERE h.open = FALSE AND h.office = ");
    sql.push_bind(office.0).push(" AND h.site = ").push_bind(query.site.0);
    sql.push(" AND h.status_since < ").push_bind(ms(query.hazards_before));
    match scope {
        // What has ended is seen by whoever sees its site.
        Scope::Office | Scope::Grids(_) | Scope::Sites(_) => {}
        Scope::Department { .. } => push_scope(&mut sql, scope, &OF_HAZARD),
    }
    push_before(&mut sql, "h.status_since", "h.id", query.before);
    sql.push(" ORDER BY h.status_since DESC, h.id DESC LIMIT ").push_bind(limit);
    let hazards: Vec<(Uuid, i64)> = sql.build_query_as().fetch_all(&mut *conn).await?;
    let mut sql = QueryBuilder::new("SELECT i.id, i.submitted_at FROM visit i WHERE i.office = ");
    sql.push_bind(office.0).push(" AND i.site = ").push_bind(query.site.0);
    sql.push(" AND i.submitted_at < ").push_bind(ms(query.visits_before));
    push_before(&mut sql, "i.submitted_at", "i.id", query.before);
    sql.push(" ORDER BY i.submitted_at DESC, i.id DESC LIMIT ").push_bind(limit);
    let visits: Vec<(Uuid, i64)> = sql.build_query_as().fetch_all(conn).await?;
    let hazard = |(id, at)| Earlier { at, id, record: Record::Hazard(HazardId(id)) };
    let visit = |(id, at)| Earlier { at, id, record: Record::Visit(VisitId(id)) };
    let mut all: Vec<_> = hazards.into_iter().map(hazard).chain(visits.into_iter().map(visit)).collect();
    all.sort_by_key(|one| std::cmp::Reverse((one.at, one.id)));
    all.truncate(usize::try_from(query.limit).unwrap_or(usize::MAX));
    Ok(all)
}

/// ` AND …`: behind where the last page ended.
fn push_before(sql: &mut QueryBuilder, at: &'static str, id: &'static str, before: Option<(i64, Uuid)>) {
    let Some((last_at, last_id)) = before else { return };
    sql.push(" AND (").push(at).push(" < ").push_bind(last_at);
    sql.push(" OR (").push(at).push(" = ").push_bind(last_at);
    sql.push(" AND ").push(id).push(" < ").push_bind(last_id).push("))");
}

#[async_trait]
impl ReadRecords for SqlStore {
    async fn load_records(
        &self,
        office: OfficeId,
        records: &[Record],
    ) -> Result<HashMap<Record, Result<LoadedRecord>>> {
        some(&mut self.snapshot().await?, office, records).await
    }

    async fn earlier(&self, office: OfficeId, scope: &Scope, query: &EarlierQuery) -> Result<Vec<Earlier>> {
        earlier(&mut self.snapshot().await?, office, scope, query).await
    }
}
