//! Records by what people call them by: exactly, and all that fit, where a search would give the first page of what is
//! like it.

use super::{
    Conn, QueryBuilder,
    scoped::{OF_HAZARD, OF_SITE, push_scope},
};
use crate::Result;
use domain::{
    id::{HazardId, OfficeId, SiteId},
    role::Scope,
};
use uuid::Uuid;

/// The most suggestions shown; with so many, a longer query is needed.
const MOST: i64 = 6;

/// Sites in use or not whose code is this one, in whatever case it was written.
pub(super) async fn sites(
    conn: &mut Conn,
    office: OfficeId,
    scope: &Scope,
    code: &str,
) -> Result<Vec<(SiteId, String)>> {
    let mut sql = QueryBuilder::new("SELECT s.id, s.code FROM site s WHERE s.office = ");
    sql.push_bind(office.0).push(" AND lower(s.code) = lower(").push_bind(code.to_owned()).push(")");
    push_scope(&mut sql, scope, &OF_SITE);
    sql.push(" ORDER BY s.code LIMIT ").push_bind(MOST);
    let rows: Vec<(Uuid, String)> = sql.build_query_as().fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(id, code)| (SiteId(id), code)).collect())
}

/// Hazards of this number, or whose number ends so; the exact one first.
pub(super) async fn hazards(
    conn: &mut Conn,
    office: OfficeId,
    scope: &Scope,
    number: &str,
) -> Result<Vec<(HazardId, String)>> {
    let number = number.to_ascii_uppercase();
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return Ok(vec![]);
    }
    let mut sql = QueryBuilder::new("SELECT h.id, h.number FROM hazard h WHERE h.office = ");
    sql.push_bind(office.0).push(" AND h.number LIKE ").push_bind(format!("%{number}"));
    push_scope(&mut sql, scope, &OF_HAZARD);
    sql.push(" ORDER BY h.number <> ").push_bind(number.clone());
    sql.push(", h.number DESC LIMIT ").push_bind(MOST);
    let rows: Vec<(Uuid, String)> = sql.build_query_as().fetch_all(conn).await?;
    let found: Vec<_> = rows.into_iter().map(|(id, number)| (HazardId(id), number)).collect();
    Ok(match found.first() {
        Some((_, first)) if *first == number => found.into_iter().take(1).collect(),
        _ => found,
    })
}
