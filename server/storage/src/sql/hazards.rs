//! 隐患: the folded state in one row, the log in rows of its own.

use super::{
    Conn, QueryBuilder, SqlStore, SqlTransaction, changes,
    columns::{body, day, ms, parse},
    former, keys,
    ledger::{self, LedgerQuery},
    lists::{self, Reader},
    rows::{self, portions, push_in},
};
use crate::{ReadHazards, Record, Result, StoreError, WriteHazards};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    hazard::{Deed, Entry, Hazard, Stage},
    id::{DepartmentId, HazardId, OfficeId},
    ledger::{LedgerFilter, LedgerPage, LedgerRow},
    role::Scope,
    search,
};
use std::collections::{HashMap, HashSet};
use tokio::sync::mpsc;
use uuid::Uuid;

pub(super) async fn get(conn: &mut Conn, office: OfficeId, id: HazardId) -> Result<Option<Hazard>> {
    Ok(some(conn, office, &[id]).await?.remove(&id))
}

pub(super) async fn some(
    conn: &mut Conn,
    office: OfficeId,
    ids: &[HazardId],
) -> Result<HashMap<HazardId, Hazard>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let mut sql = QueryBuilder::new("SELECT body FROM hazard WHERE office = ");
    sql.push_bind(office.0).push(" AND id");
    push_in(&mut sql, &ids);
    let states: Vec<String> = sql.build_query_scalar().fetch_all(&mut *conn).await?;
    let mut hazards: HashMap<HazardId, Hazard> = HashMap::new();
    for state in states {
        let hazard: Hazard = parse("a hazard", &state)?;
        hazards.insert(hazard.id, hazard);
    }
    let mut sql = QueryBuilder::new("SELECT hazard, body FROM hazard_event WHERE hazard");
    push_in(&mut sql, &ids);
    sql.push(" ORDER BY hazard, position");
    let log: Vec<(Uuid, String)> = sql.build_query_as().fetch_all(conn).await?;
    for (hazard, entry) in log {
        if let Some(hazard) = hazards.get_mut(&HazardId(hazard)) {
            hazard.log.push(parse("a hazard's entry", &entry)?);
        }
    }
    Ok(hazards)
}

pub(super) async fn known(conn: &mut Conn, ids: &[HazardId]) -> Result<HashSet<HazardId>> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let known = rows::known(conn, "SELECT id FROM hazard WHERE id", &ids).await?;
    Ok(known.into_iter().map(HazardId).collect())
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
    let mut sql = QueryBuilder::new("SELECT hazard, count(*) FROM hazard_event WHERE hazard");
    push_in(&mut sql, &ids);
    sql.push(" GROUP BY hazard");
    let known: Vec<(Uuid, i64)> = sql.build_query_as().fetch_all(&mut *conn).await?;
    let known: HashMap<Uuid, i64> = known.into_iter().collect();
    for portion in portions(hazards) {
        put_states(conn, office, portion, now).await?;
    }
    let mut entries = vec![];
    for hazard in hazards {
        let known = known.get(&hazard.id.0).copied().unwrap_or_default();
        let log = hazard.log.iter().enumerate().skip(usize::try_from(known).unwrap_or_default());
        entries.extend(log.map(|(position, entry)| (hazard.id, position, entry)));
    }
    for portion in portions(&entries) {
        append(conn, portion, now).await?;
    }
    let records: Vec<_> = hazards.iter().map(|hazard| Record::Hazard(hazard.id)).collect();
    changes::touch(conn, office, &records).await
}

async fn put_states(conn: &mut Conn, office: OfficeId, hazards: &[Hazard], now: DateTime<Utc>) -> Result<()> {
    let state = |hazard: &Hazard| body(&Hazard { log: vec![], ..hazard.clone() });
    let states: Vec<_> = hazards.iter().map(state).collect::<Result<_>>()?;
    let mut sql = QueryBuilder::new(
        "INSERT INTO hazard (id, office, number, site, grid, department, sector, level, stage, open,
             extension_asked, stage_since, due, found_at, found_by, found_by_name, closed_at, what, inspection,
             checklist, item, search_key, body) ",
    );
    sql.push_values(hazards.iter().zip(states), |mut row, (hazard, state)| {
        let closed_at = match &hazard.stage {
            Stage::Closed { at, .. } => Some(ms(*at)),
            _ => None,
        };
        let found_by_name = hazard.log.first().map(|entry| entry.name.clone()).unwrap_or_default();
        row.push_bind(hazard.id.0).push_bind(office.0).push_bind(hazard.number.clone());
        row.push_bind(hazard.place.site.0).push_bind(hazard.place.grid.0);
        row.push_bind(hazard.place.department.map(|department| department.0));
        row.push_bind(hazard.place.sector.as_str()).push_bind(hazard.level().as_str());
        row.push_bind(hazard.stage.word()).push_bind(hazard.is_open());
        row.push_bind(hazard.extension.is_some()).push_bind(ms(stage_since(hazard, now)));
        row.push_bind(hazard.due.map(day)).push_bind(ms(hazard.found_at)).push_bind(hazard.found_by.0);
        row.push_bind(found_by_name).push_bind(closed_at).push_bind(hazard.found.what.clone());
        row.push_bind(hazard.found.inspection.map(|inspection| inspection.0));
        row.push_bind(hazard.found.checklist.as_ref().map(ToString::to_string));
        row.push_bind(hazard.found.item.as_ref().map(ToString::to_string));
        row.push_bind(search_key(hazard)).push_bind(state);
    });
    sql.push(
        " ON CONFLICT (id) DO UPDATE SET department = excluded.department, stage = excluded.stage,
             open = excluded.open, extension_asked = excluded.extension_asked,
             stage_since = excluded.stage_since, due = excluded.due, closed_at = excluded.closed_at,
             search_key = excluded.search_key, body = excluded.body
         WHERE hazard.office = excluded.office",
    );
    let written = sql.build().execute(conn).await?.rows_affected();
    if written != hazards.len() as u64 {
        return Err(StoreError::Corrupt("a hazard is another office's".to_owned()));
    }
    Ok(())
}

/// What its own words are found by; its site's are the site's.
fn search_key(hazard: &Hazard) -> String {
    search::key(&[], &[&hazard.found.what, hazard.number.as_deref().unwrap_or_default()])
}

async fn append(conn: &mut Conn, entries: &[(HazardId, usize, &Entry)], now: DateTime<Utc>) -> Result<()> {
    let bodies: Vec<_> = entries.iter().map(|(_, _, entry)| body(entry)).collect::<Result<_>>()?;
    let mut sql = QueryBuilder::new(
        "INSERT INTO hazard_event (hazard, position, event, deed, person, at, received_at, counted, body) ",
    );
    sql.push_values(entries.iter().zip(bodies), |mut row, ((hazard, position, entry), body)| {
        row.push_bind(hazard.0).push_bind(i64::try_from(*position).unwrap_or(i64::MAX));
        row.push_bind(entry.event.0).push_bind(entry.deed.word()).push_bind(entry.by.0);
        row.push_bind(ms(entry.at)).push_bind(ms(now)).push_bind(entry.misfit.is_none()).push_bind(body);
    });
    sql.build().execute(conn).await?;
    Ok(())
}

/// When the hazard came to its stage: the newest entry that counted and moved it, at the office's time where a phone's clock
/// cannot have been right. It may run ahead a little; the office's bounds it.
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
    moved.map_or(hazard.found_at, Entry::when).min(now)
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

    async fn hand_over_hazards(
        &mut self,
        office: OfficeId,
        from: DepartmentId,
        into: DepartmentId,
    ) -> Result<()> {
        former::hand_over(&mut self.0, office, from, into).await
    }
}
