//! 隐患台账: hazards narrowed, sorted and paged in the database.

use super::{
    Conn, QueryBuilder,
    columns::{begins, count, date, day, ms, number, time, word},
    lists::{self, ListQuery, Reader},
    scoped::{OF_HAZARD, push_days, push_equal, push_id, push_photos, push_scope},
    search::Sought,
};
use crate::Result;
use chrono::{Datelike, Days, Months, NaiveDate, TimeDelta};
use domain::{
    due::Due,
    hazard::HazardStatusKind,
    id::{FormId, HazardId, PartyId, QuestionId, SiteId},
    ledger::{LedgerFilter, LedgerPage, LedgerRow, LedgerSort, LedgerStatusFilter, LedgerSummary},
    list::ListPage,
    risk::RiskLevel,
    sector::Sector,
    severity::Severity,
    time::office_day,
};
use uuid::Uuid;

#[derive(sqlx::FromRow)]
pub(super) struct HazardRow {
    id: Uuid,
    number: Option<String>,
    what: String,
    level: String,
    status: String,
    extension_asked: bool,
    to_refer: bool,
    sector: String,
    site: Uuid,
    site_name: String,
    risk: String,
    party: Option<Uuid>,
    party_name: Option<String>,
    community_name: String,
    department_name: Option<String>,
    found_at: i64,
    found_by_name: String,
    due: Option<String>,
    funds: Option<i64>,
}

impl HazardRow {
    fn row(self) -> Result<LedgerRow> {
        Ok(LedgerRow {
            id: HazardId(self.id),
            number: self.number.unwrap_or_default(),
            what: self.what,
            level: word("a level", &self.level, Severity::parse)?,
            status: word("a status", &self.status, HazardStatusKind::parse)?,
            extension_asked: self.extension_asked,
            to_refer: self.to_refer,
            sector: word("a sector", &self.sector, Sector::parse)?,
            site: SiteId(self.site),
            site_name: self.site_name,
            risk: word("a risk level", &self.risk, RiskLevel::parse)?,
            party: self.party.map(PartyId),
            party_name: self.party_name,
            community_name: self.community_name,
            department_name: self.department_name,
            found_at: time(self.found_at)?,
            found_by: self.found_by_name,
            due: self.due.as_deref().map(date).transpose()?,
            funds: self.funds.map(|fen| number("funds", fen)).transpose()?,
        })
    }
}

/// Hazards as a filter and a reader narrow them.
pub(super) struct LedgerQuery<'a> {
    reader: Reader<'a>,
    filter: &'a LedgerFilter,
    sought: Sought,
}

impl<'a> LedgerQuery<'a> {
    pub async fn of(conn: &mut Conn, reader: Reader<'a>, filter: &'a LedgerFilter) -> Result<Self> {
        let sought = Sought::among(conn, reader.office, &filter.query).await?;
        Ok(Self { reader, filter, sought })
    }

    fn today(&self) -> NaiveDate {
        office_day(self.reader.now)
    }

    /// ` FROM … WHERE …`, with the site `s` where something beside it asks for one.
    pub fn push_from_with(&self, sql: &mut QueryBuilder, site: bool) {
        let Self { reader, filter, sought } = self;
        sql.push(" FROM hazard h");
        // Only where the site is asked for: without it, the count reads an index alone.
        if site || filter.community.is_some() || filter.sort == LedgerSort::Site {
            sql.push(" JOIN site s ON s.id = h.site");
        }
        sql.push(" WHERE h.office = ").push_bind(reader.office.0);
        push_scope(sql, reader.scope, &OF_HAZARD);
        push_status(sql, filter.status, self.today());
        push_equal(sql, "h.level", filter.level.map(Severity::as_str));
        push_equal(sql, "h.sector", filter.sector.map(Sector::as_str));
        push_id(sql, "s.community", filter.community.map(|id| id.0));
        push_id(sql, "h.department", filter.department.map(|id| id.0));
        push_id(sql, "h.site", filter.site.map(|id| id.0));
        push_id(sql, "h.party", filter.party.map(|id| id.0));
        push_id(sql, "h.found_by", filter.inspector.map(|id| id.0));
        push_id(sql, "h.visit", filter.visit.map(|id| id.0));
        push_equal(sql, "h.form", filter.form.as_ref().map(FormId::as_str));
        push_equal(sql, "h.question", filter.question.as_ref().map(QuestionId::as_str));
        if let Some(days) = filter.waiting {
            sql.push(" AND h.status_since < ").push_bind(ms(reader.now - TimeDelta::days(days.into())));
        }
        push_days(sql, "h.found_at", filter.found_from, filter.found_to);
        push_days(sql, "h.closed_at", filter.closed_from, filter.closed_to);
        push_photos(sql, reader.office, filter.photos, "hazard", "h.id");
        sought.push(sql, "h.site", &["h.search_key"]);
    }

    /// How many they are, and how many of them are late.
    pub async fn summary(&self, conn: &mut Conn) -> Result<(u64, LedgerSummary)> {
        let mut sql = QueryBuilder::new("SELECT count(*), count(*) FILTER (WHERE TRUE");
        push_status(&mut sql, LedgerStatusFilter::Late, self.today());
        sql.push("), min(h.due) FILTER (WHERE TRUE");
        push_status(&mut sql, LedgerStatusFilter::Open, self.today());
        sql.push(")");
        self.push_from(&mut sql);
        let (total, late, first): (i64, i64, Option<String>) = sql.build_query_as().fetch_one(conn).await?;
        let worst_days = match Due::of(first.as_deref().map(date).transpose()?, self.today()) {
            Due::Late(days) => days,
            Due::Today | Due::In(_) | Due::Unset => 0,
        };
        Ok((count(total), LedgerSummary { late: count(late), worst_days }))
    }
}

impl ListQuery for LedgerQuery<'_> {
    type Stored = HazardRow;
    type Row = LedgerRow;

    const ID: &'static str = "h.id";

    fn push_select(&self, sql: &mut QueryBuilder) {
        sql.push(
            "SELECT h.id, h.number, h.what, h.level, h.status, h.extension_asked, h.to_refer, h.sector, h.site,
                s.name AS site_name, s.risk, h.party, p.name AS party_name, c.name AS community_name,
                d.name AS department_name, h.found_at, h.found_by_name, h.due, h.funds
             FROM hazard h JOIN site s ON s.id = h.site JOIN community c ON c.id = s.community
             LEFT JOIN department d ON d.id = h.department LEFT JOIN party p ON p.id = h.party",
        );
    }

    fn push_from(&self, sql: &mut QueryBuilder) {
        self.push_from_with(sql, false);
    }

    fn order(&self) -> &'static str {
        match self.filter.sort {
            LedgerSort::Due => " ORDER BY h.open DESC, h.due IS NULL, h.due, h.found_at, h.id",
            LedgerSort::Newest => " ORDER BY h.found_at DESC, h.id",
            LedgerSort::Number => " ORDER BY h.number, h.id",
            LedgerSort::Site => " ORDER BY s.pinyin, s.name, h.found_at, h.id",
        }
    }

    fn row(&self, stored: HazardRow) -> Result<LedgerRow> {
        stored.row()
    }
}

pub(super) async fn page(conn: &mut Conn, reader: Reader<'_>, filter: &LedgerFilter) -> Result<LedgerPage> {
    let query = LedgerQuery::of(conn, reader, filter).await?;
    let (total, summary) = query.summary(conn).await?;
    let ListPage { rows, unreadable, .. } = lists::rows_of_page(conn, &query, filter.page).await?;
    Ok(LedgerPage { rows, total, unreadable, summary })
}

fn push_status(sql: &mut QueryBuilder, status: LedgerStatusFilter, today: NaiveDate) {
    match status {
        LedgerStatusFilter::Any | LedgerStatusFilter::Closed | LedgerStatusFilter::ClosedThisMonth => {}
        LedgerStatusFilter::Open
        | LedgerStatusFilter::Late
        | LedgerStatusFilter::DueThisWeek
        | LedgerStatusFilter::ToAssign
        | LedgerStatusFilter::ToRefer
        | LedgerStatusFilter::InRectification
        | LedgerStatusFilter::ExtensionAsked
        | LedgerStatusFilter::ToAccept => {
            sql.push(" AND h.open = TRUE");
        }
    }
    if let Some(statuses) = status.statuses() {
        push_statuses(sql, statuses);
    }
    match status {
        LedgerStatusFilter::Late => {
            sql.push(" AND h.due < ").push_bind(day(today));
        }
        LedgerStatusFilter::DueThisWeek => {
            let last = today.checked_add_days(Days::new(6)).unwrap_or(today);
            sql.push(" AND h.due BETWEEN ").push_bind(day(today));
            sql.push(" AND ").push_bind(day(last));
        }
        // Both are found and no more.
        LedgerStatusFilter::ToAssign => {
            sql.push(" AND h.to_refer = FALSE");
        }
        LedgerStatusFilter::ToRefer => {
            sql.push(" AND h.to_refer = TRUE");
        }
        LedgerStatusFilter::ExtensionAsked => {
            sql.push(" AND h.extension_asked = TRUE");
        }
        LedgerStatusFilter::ClosedThisMonth => {
            let first = today.with_day(1).unwrap_or(today);
            let next = first.checked_add_months(Months::new(1)).unwrap_or(today);
            sql.push(" AND h.closed_at >= ").push_bind(begins(first));
            sql.push(" AND h.closed_at < ").push_bind(begins(next));
        }
        LedgerStatusFilter::Any
        | LedgerStatusFilter::Open
        | LedgerStatusFilter::InRectification
        | LedgerStatusFilter::ToAccept
        | LedgerStatusFilter::Closed => {}
    }
}

/// ` AND h.status IN (…)`; the words are the enum's.
pub(super) fn push_statuses(sql: &mut QueryBuilder, statuses: &[HazardStatusKind]) {
    sql.push(" AND h.status IN (");
    let mut words = sql.separated(", ");
    for status in statuses {
        words.push_bind(status.as_str());
    }
    sql.push(")");
}
