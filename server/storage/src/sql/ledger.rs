//! 隐患台账: hazards narrowed, sorted and paged in the database.

use super::{
    Conn, PAGE, QueryBuilder,
    columns::{begins, count, date, day, offset, time, word},
    scoped::{OF_HAZARD, push_equal, push_id, push_scope},
    search::Sought,
};
use crate::Result;
use chrono::{Datelike, Days, Months, NaiveDate};
use domain::{
    checklist::Severity,
    due::Due,
    id::{HazardId, OfficeId, SiteId},
    ledger::{LedgerFilter, LedgerPage, LedgerRow, LedgerSort, Standing},
    risk::RiskLevel,
    role::Scope,
    sector::Sector,
};
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    number: Option<String>,
    what: String,
    level: String,
    stage: String,
    extension_asked: bool,
    sector: String,
    site: Uuid,
    site_name: String,
    risk: String,
    community_name: String,
    department_name: Option<String>,
    found_at: i64,
    found_by_name: String,
    due: Option<String>,
}

impl Row {
    fn row(self) -> Result<LedgerRow> {
        Ok(LedgerRow {
            id: HazardId(self.id),
            number: self.number.unwrap_or_default(),
            what: self.what,
            level: word("a level", &self.level, Severity::parse)?,
            stage: self.stage,
            extension_asked: self.extension_asked,
            sector: word("a sector", &self.sector, Sector::parse)?,
            site: SiteId(self.site),
            site_name: self.site_name,
            risk: word("a risk level", &self.risk, RiskLevel::parse)?,
            community_name: self.community_name,
            department_name: self.department_name,
            found_at: time(self.found_at)?,
            found_by: self.found_by_name,
            due: self.due.as_deref().map(date).transpose()?,
        })
    }
}

pub(super) async fn page(
    conn: &mut Conn,
    office: OfficeId,
    scope: &Scope,
    filter: &LedgerFilter,
    today: NaiveDate,
) -> Result<LedgerPage> {
    let sought = Sought::among(&mut *conn, office, &filter.query).await?;
    let mut sql = QueryBuilder::new("SELECT count(*), count(*) FILTER (WHERE h.open = TRUE AND h.due < ");
    sql.push_bind(day(today)).push("), min(CASE WHEN h.open = TRUE THEN h.due END)");
    push_from(&mut sql, office, scope, filter, &sought, today);
    let (total, late, first): (i64, i64, Option<String>) = sql.build_query_as().fetch_one(&mut *conn).await?;
    let worst_days = match Due::of(first.as_deref().map(date).transpose()?, today) {
        Due::Late(days) => days,
        Due::Today | Due::In(_) | Due::Unset => 0,
    };

    // The page's ids first: the names of rows that are skipped are never read.
    let order = match filter.sort {
        LedgerSort::Due => " ORDER BY h.open DESC, h.due IS NULL, h.due, h.found_at, h.id",
        LedgerSort::Newest => " ORDER BY h.found_at DESC, h.id",
        LedgerSort::Number => " ORDER BY h.number, h.id",
        LedgerSort::Site => " ORDER BY s.pinyin, s.name, h.found_at, h.id",
    };
    let mut sql = QueryBuilder::new(
        "SELECT h.id, h.number, h.what, h.level, h.stage, h.extension_asked, h.sector, h.site,
                s.name AS site_name, s.risk, c.name AS community_name, d.name AS department_name,
                h.found_at, h.found_by_name, h.due
         FROM hazard h JOIN site s ON s.id = h.site JOIN community c ON c.id = s.community
         LEFT JOIN department d ON d.id = h.department WHERE h.id IN (SELECT h.id",
    );
    push_from(&mut sql, office, scope, filter, &sought, today);
    sql.push(order).push(" LIMIT ").push_bind(i64::from(PAGE));
    sql.push(" OFFSET ").push_bind(offset(filter.page)).push(")").push(order);
    let rows: Vec<Row> = sql.build_query_as().fetch_all(conn).await?;
    Ok(LedgerPage {
        rows: rows.into_iter().map(Row::row).collect::<Result<_>>()?,
        total: count(total),
        late: count(late),
        worst_days,
    })
}

fn push_from(
    sql: &mut QueryBuilder,
    office: OfficeId,
    scope: &Scope,
    filter: &LedgerFilter,
    sought: &Sought,
    today: NaiveDate,
) {
    sql.push(" FROM hazard h");
    // Only where the site is asked for: without it, the count reads an index alone.
    if filter.community.is_some() || filter.sort == LedgerSort::Site {
        sql.push(" JOIN site s ON s.id = h.site");
    }
    sql.push(" WHERE h.office = ").push_bind(office.0);
    push_scope(sql, scope, &OF_HAZARD);
    push_standing(sql, filter.standing, today);
    push_equal(sql, "h.level", filter.level.map(Severity::as_str));
    push_equal(sql, "h.sector", filter.sector.map(Sector::as_str));
    push_id(sql, "s.community", filter.community.map(|id| id.0));
    push_id(sql, "h.department", filter.department.map(|id| id.0));
    push_id(sql, "h.site", filter.site.map(|id| id.0));
    push_id(sql, "h.found_by", filter.inspector.map(|id| id.0));
    push_id(sql, "h.inspection", filter.inspection.map(|id| id.0));
    sought.push(sql, "h.site", &["h.search_key"]);
}

pub(super) fn push_standing(sql: &mut QueryBuilder, standing: Standing, today: NaiveDate) {
    match standing {
        Standing::Any => {}
        Standing::Open => {
            sql.push(" AND h.open = TRUE");
        }
        Standing::Late => {
            sql.push(" AND h.open = TRUE AND h.due < ").push_bind(day(today));
        }
        Standing::DueThisWeek => {
            let last = today.checked_add_days(Days::new(6)).unwrap_or(today);
            sql.push(" AND h.open = TRUE AND h.due BETWEEN ").push_bind(day(today));
            sql.push(" AND ").push_bind(day(last));
        }
        Standing::ToAssign => {
            sql.push(" AND h.open = TRUE AND h.stage = 'found'");
        }
        Standing::InRectification => {
            sql.push(" AND h.open = TRUE AND h.stage = 'assigned'");
        }
        Standing::ToAccept => {
            sql.push(" AND h.open = TRUE AND h.stage IN ('rectified', 'accepted_once')");
        }
        Standing::Closed => {
            sql.push(" AND h.stage = 'closed'");
        }
        Standing::ClosedThisMonth => {
            let first = today.with_day(1).unwrap_or(today);
            let next = first.checked_add_months(Months::new(1)).unwrap_or(today);
            sql.push(" AND h.stage = 'closed' AND h.closed_at >= ").push_bind(begins(first));
            sql.push(" AND h.closed_at < ").push_bind(begins(next));
        }
    }
}
