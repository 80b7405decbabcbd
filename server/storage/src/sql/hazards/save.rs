//! Hazards as they are written: the state over the one before, and the events that are new.

use crate::{
    Record, Result, StoreError,
    sql::{
        Conn, QueryBuilder, changes,
        columns::{body, day, ms},
        rows::{IDS_AT_ONCE, power_of_two_chunks, push_in},
    },
};
use chrono::{DateTime, Utc};
use domain::{
    hazard::{EventRecord, Hazard, PROJECTION_VERSION},
    id::{HazardId, OfficeId},
    search,
};
use std::collections::HashMap;
use uuid::Uuid;

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
pub(in crate::sql) async fn put_states(conn: &mut Conn, office: OfficeId, hazards: &[Hazard]) -> Result<()> {
    let states: Vec<_> = hazards.iter().map(state).collect::<Result<_>>()?;
    let mut sql = QueryBuilder::new(
        "INSERT INTO hazard (id, office, number, site, grid, department, party, sector, level, status, open,
             extension_asked, to_refer, status_since, due, found_at, found_by, found_by_name, closed_at, funds, what,
             visit, form, question, search_key, projection_version, body) ",
    );
    sql.push_values(hazards.iter().zip(states), |mut row, (hazard, state)| {
        let found_by_name = hazard.events.first().map(|record| record.name.clone()).unwrap_or_default();
        row.push_bind(hazard.id.0).push_bind(office.0).push_bind(hazard.number.clone());
        row.push_bind(hazard.place.site.0).push_bind(hazard.place.grid.0);
        row.push_bind(hazard.place.department.map(|department| department.0));
        row.push_bind(hazard.party.as_ref().map(|party| party.id.0));
        row.push_bind(hazard.place.sector.as_str()).push_bind(hazard.level().as_str());
        row.push_bind(hazard.status.kind().as_str()).push_bind(hazard.is_open());
        row.push_bind(hazard.extension.is_some()).push_bind(hazard.is_to_be_referred());
        row.push_bind(ms(hazard.status_since()));
        row.push_bind(hazard.due.map(day)).push_bind(ms(hazard.found_at)).push_bind(hazard.found_by.0);
        row.push_bind(found_by_name).push_bind(hazard.status.closed_at().map(ms));
        row.push_bind(hazard.plan.as_ref().map(|plan| plan.funds.get()));
        row.push_bind(hazard.found.what.clone());
        row.push_bind(hazard.found.visit.map(|visit| visit.0));
        row.push_bind(hazard.found.form.as_ref().map(ToString::to_string));
        row.push_bind(hazard.found.question.as_ref().map(ToString::to_string));
        row.push_bind(search_key(hazard)).push_bind(i64::from(PROJECTION_VERSION)).push_bind(state);
    });
    sql.push(
        " ON CONFLICT (id) DO UPDATE SET number = excluded.number, site = excluded.site, grid = excluded.grid,
             department = excluded.department, party = excluded.party, sector = excluded.sector, level = excluded.level,
             status = excluded.status, open = excluded.open, extension_asked = excluded.extension_asked,
             to_refer = excluded.to_refer, status_since = excluded.status_since, due = excluded.due, found_at = excluded.found_at,
             found_by = excluded.found_by, found_by_name = excluded.found_by_name,
             closed_at = excluded.closed_at, funds = excluded.funds, what = excluded.what, visit = excluded.visit,
             form = excluded.form, question = excluded.question, search_key = excluded.search_key,
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
pub(super) fn state(hazard: &Hazard) -> Result<String> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{address::DatabaseAddress, sql::SqlStore};

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
