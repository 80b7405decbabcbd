//! 上次答案: what forms look back at, kept with their sites.

use super::{
    Conn, QueryBuilder,
    columns::{body, parse},
    rows::{power_of_two_chunks, push_in},
};
use crate::Result;
use domain::{
    form::LastAnswers,
    id::{OfficeId, SiteId},
};
use serde_json::Value;
use std::collections::BTreeSet;
use uuid::Uuid;

/// As they stand in the column. What of them cannot be read is as good as not known, and is made anew by the next visit: neither
/// a site nor a visit is held up by it. `xunan verify` tells of it.
pub(super) fn read(stored: &str) -> Vec<LastAnswers> {
    let all: Vec<Value> = parse("last answers", stored).unwrap_or_default();
    all.into_iter().filter_map(|one| serde_json::from_value(one).ok()).collect()
}

/// A visit may come late: what is known of a later one stays.
pub(super) async fn put(conn: &mut Conn, office: OfficeId, given: &[(SiteId, LastAnswers)]) -> Result<()> {
    if given.is_empty() {
        return Ok(());
    }
    let ids: BTreeSet<Uuid> = given.iter().map(|(site, _)| site.0).collect();
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let mut sql = QueryBuilder::new("SELECT id, last_answers FROM site WHERE office = ");
    sql.push_bind(office.0).push(" AND id");
    push_in(&mut sql, &ids);
    let rows: Vec<(Uuid, String)> = sql.build_query_as().fetch_all(&mut *conn).await?;
    let mut changed = vec![];
    for (id, stored) in rows {
        let mut known = read(&stored);
        for (_, last) in given.iter().filter(|(site, _)| site.0 == id) {
            last.clone().lay_over(&mut known);
        }
        changed.push((id, body(&known)?));
    }
    for chunk in power_of_two_chunks(&changed) {
        // Both databases call the columns of a list of values column1, column2.
        let mut sql = QueryBuilder::new("UPDATE site SET last_answers = v.column2 FROM (");
        sql.push_values(chunk, |mut row, (site, known)| {
            row.push_bind(*site).push_bind(known);
        });
        sql.push(") AS v WHERE site.id = v.column1 AND office = ").push_bind(office.0);
        sql.build().execute_later(&mut *conn).await?;
    }
    Ok(conn.run_waiting().await?)
}
