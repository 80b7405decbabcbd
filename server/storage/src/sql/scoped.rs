//! A person's scope as a condition, so that nothing out of sight leaves the database; and what narrows several lists.

use super::{QueryBuilder, columns::begins, value::Bind};
use chrono::NaiveDate;
use domain::{id::OfficeId, list::PhotoState, role::Scope};
use uuid::Uuid;

/// The columns of a query that say where a row lies.
pub(super) struct Columns {
    pub grid: &'static str,
    pub site: &'static str,
    pub department: &'static str,
    pub sector: &'static str,
}

/// Also of a visit, which is seen where its site is: `Visit::seen_at`.
pub(super) const OF_SITE: Columns =
    Columns { grid: "s.grid", site: "s.id", department: "s.department", sector: "s.sector" };

pub(super) const OF_HAZARD: Columns =
    Columns { grid: "h.grid", site: "h.site", department: "h.department", sector: "h.sector" };

/// ` AND …`, the same as [`Scope::covers`].
pub(super) fn push_scope(sql: &mut QueryBuilder, scope: &Scope, columns: &Columns) {
    match scope {
        Scope::Office => {}
        Scope::Grids(grids) => push_in(sql, " AND ", columns.grid, grids.iter().map(|grid| grid.0)),
        Scope::Sites(sites) => push_in(sql, " AND ", columns.site, sites.iter().map(|site| site.0)),
        Scope::Department { department, sectors } => {
            sql.push(" AND (").push(columns.department).push(" = ").push_bind(department.0);
            let words = sectors.iter().map(|sector| sector.as_str().to_owned());
            push_in(sql, " OR ", columns.sector, words);
            sql.push(")");
        }
    }
}

/// One of these, or nothing at all where there are none.
pub(super) fn push_in<T>(
    sql: &mut QueryBuilder,
    joined: &'static str,
    column: &'static str,
    values: impl Iterator<Item = T>,
) where
    T: Bind,
{
    let mut values = values.peekable();
    if values.peek().is_none() {
        sql.push(joined).push("FALSE");
        return;
    }
    sql.push(joined).push(column).push(" IN (");
    let mut list = sql.separated(", ");
    for value in values {
        list.push_bind(value);
    }
    sql.push(")");
}

/// An optional narrowing: ` AND column = value`.
pub(super) fn push_equal<T>(sql: &mut QueryBuilder, column: &'static str, value: Option<T>)
where
    T: Bind,
{
    if let Some(value) = value {
        sql.push(" AND ").push(column).push(" = ").push_bind(value);
    }
}

/// An optional narrowing by id.
pub(super) fn push_id(sql: &mut QueryBuilder, column: &'static str, id: Option<Uuid>) {
    push_equal(sql, column, id);
}

/// An optional narrowing to office days, both included, of a column of instants.
pub(super) fn push_days(
    sql: &mut QueryBuilder,
    column: &'static str,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
) {
    if let Some(from) = from {
        sql.push(" AND ").push(column).push(" >= ").push_bind(begins(from));
    }
    if let Some(after) = to.and_then(|to| to.succ_opt()) {
        sql.push(" AND ").push(column).push(" < ").push_bind(begins(after));
    }
}

/// An optional narrowing to records of this kind by their photos.
pub(super) fn push_photos(
    sql: &mut QueryBuilder,
    office: OfficeId,
    state: Option<PhotoState>,
    record: &'static str,
    id: &'static str,
) {
    match state {
        None => {}
        Some(PhotoState::Missing) => {
            sql.push(" AND ").push(id).push(
                " IN (SELECT n.id FROM attachment p JOIN photo_citation n ON n.office = p.office
                      AND n.hash = p.hash WHERE p.received_at IS NULL AND p.office = ",
            );
            sql.push_bind(office.0).push(" AND n.record = ").push_bind(record).push(")");
        }
    }
}
