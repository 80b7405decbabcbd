//! Hazards folded anew.

use super::{
    load::{ROWS, Row, events, read},
    save::{put_states, state},
};
use crate::{
    Rebuilt, Record, Result, StoreError,
    sql::{Conn, QueryBuilder, changes, rows::power_of_two_chunks},
};
use domain::{
    hazard::Hazard,
    id::{HazardId, OfficeId},
};
use std::collections::BTreeMap;
use uuid::Uuid;

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
