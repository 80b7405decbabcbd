//! 总览: figures counted in one state of the database, each by the very filter that opens its rows. What is told part by part,
//! by week, sector or community, is counted in one pass over the rows of the filter that holds all parts, by the column
//! that the parts' own filters narrow.

use super::{
    Conn, QueryBuilder, SqlStore,
    audit::AuditQuery,
    columns::{begins, count, word},
    complaints::ComplaintQuery,
    grids::GridQuery,
    heartbeats::HeartbeatQuery,
    ledger::LedgerQuery,
    lists::{self, ListQuery, Reader},
    parties::PartyQuery,
    people::PersonQuery,
    public_reports::PublicReportQuery,
    quarantine::QuarantineQuery,
    sites::SiteQuery,
    spot_checks::SpotCheckQuery,
    tasks::TaskQuery,
    visits::VisitQuery,
};
use crate::{ReadOverview, Result};
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    id::{CommunityId, FormId, HazardId, OfficeId, QuestionId, SiteId},
    ledger::{LedgerFilter, LedgerStatusFilter},
    list::ListRequest,
    overview::{Figure, Overview, Recurring, Week, closed_between, found_between, last_of_week},
    role::Scope,
    sector::Sector,
    time::office_day,
};
use uuid::Uuid;

const WEEK_MS: i64 = 7 * 24 * 3600 * 1000;
const MOST_RECURRING: i64 = 8;

pub(super) async fn of(conn: &mut Conn, reader: Reader<'_>) -> Result<Overview> {
    let mut figures = Vec::with_capacity(Figure::ALL.len());
    for figure in Figure::ALL {
        figures.push((figure, count_of(conn, reader, &figure.rows()).await?));
    }
    let late = LedgerFilter::of(LedgerStatusFilter::Late);
    let (_, late) = LedgerQuery::of(conn, reader, &late).await?.summary(conn).await?;
    Ok(Overview {
        as_of: reader.now,
        figures,
        worst_days: late.worst_days,
        weeks: weeks(conn, reader).await?,
        by_sector: by_sector(conn, reader).await?,
        by_community: by_community(conn, reader).await?,
        recurring: recurring(conn, reader).await?,
    })
}

/// How many rows any of the lists has.
async fn count_of(conn: &mut Conn, reader: Reader<'_>, request: &ListRequest) -> Result<u64> {
    let Reader { office, scope, .. } = reader;
    match request {
        ListRequest::Ledger(filter) => {
            let query = LedgerQuery::of(conn, reader, filter).await?;
            lists::count(conn, &query).await
        }
        ListRequest::Visits(filter) => {
            let query = VisitQuery::of(conn, office, scope, filter).await?;
            lists::count(conn, &query).await
        }
        ListRequest::Sites(filter) => {
            let query = SiteQuery::of(conn, reader, filter).await?;
            lists::count(conn, &query).await
        }
        ListRequest::SpotChecks(filter) => lists::count(conn, &SpotCheckQuery { reader, filter }).await,
        ListRequest::Parties(filter) => lists::count(conn, &PartyQuery { office, scope, filter }).await,
        ListRequest::Grids(filter) => lists::count(conn, &GridQuery { office, scope, filter }).await,
        ListRequest::Tasks(filter) => {
            let query = TaskQuery::of(conn, reader, filter).await?;
            lists::count(conn, &query).await
        }
        ListRequest::Unsent(filter) => lists::count(conn, &HeartbeatQuery { reader, filter }).await,
        ListRequest::PublicReports(filter) => {
            lists::count(conn, &PublicReportQuery { office, scope, filter }).await
        }
        ListRequest::Complaints(filter) => {
            let query = ComplaintQuery::of(conn, office, scope, filter).await?;
            lists::count(conn, &query).await
        }
        ListRequest::People(filter) => lists::count(conn, &PersonQuery { office, filter }).await,
        ListRequest::Quarantine(filter) => lists::count(conn, &QuarantineQuery { office, filter }).await,
        ListRequest::Audit(filter) => lists::count(conn, &AuditQuery { office, filter }).await,
    }
}

async fn weeks(conn: &mut Conn, reader: Reader<'_>) -> Result<Vec<Week>> {
    let begin = Week::begin(office_day(reader.now));
    let (Some(first), Some(last)) = (begin.first().copied(), begin.last().copied().map(last_of_week)) else {
        return Ok(vec![]);
    };
    let found = found_between(first, Some(last));
    let found = by_week(conn, reader, &found, "SELECT (h.found_at - ", first).await?;
    let closed = closed_between(first, last);
    let closed = by_week(conn, reader, &closed, "SELECT (h.closed_at - ", first).await?;
    let at = |figures: &[(i64, i64)], week: i64| {
        figures.iter().find(|(known, _)| *known == week).map_or(0, |(_, rows)| count(*rows))
    };
    let week = |(week, from)| Week { from, found: at(&found, week), closed: at(&closed, week) };
    Ok((0..).zip(begin).map(week).collect())
}

/// Weeks since the first day, and how many fell in each. China's weeks are all equally long.
async fn by_week(
    conn: &mut Conn,
    reader: Reader<'_>,
    rows: &LedgerFilter,
    select: &'static str,
    first: NaiveDate,
) -> Result<Vec<(i64, i64)>> {
    let mut sql = QueryBuilder::new(select);
    sql.push_bind(begins(first)).push(") / ").push_bind(WEEK_MS).push(" AS week, count(*)");
    LedgerQuery::of(conn, reader, rows).await?.push_from(&mut sql);
    sql.push(" GROUP BY week");
    Ok(sql.build_query_as().fetch_all(conn).await?)
}

async fn by_sector(conn: &mut Conn, reader: Reader<'_>) -> Result<Vec<(Sector, u64)>> {
    let open = LedgerFilter::of(LedgerStatusFilter::Open);
    let mut sql = QueryBuilder::new("SELECT h.sector, count(*)");
    LedgerQuery::of(conn, reader, &open).await?.push_from(&mut sql);
    sql.push(" GROUP BY h.sector ORDER BY count(*) DESC, h.sector");
    let rows: Vec<(String, i64)> = sql.build_query_as().fetch_all(conn).await?;
    let row = |(sector, rows): (String, i64)| Ok((word("a sector", &sector, Sector::parse)?, count(rows)));
    rows.into_iter().map(row).collect()
}

async fn by_community(conn: &mut Conn, reader: Reader<'_>) -> Result<Vec<(CommunityId, String, u64)>> {
    let open = LedgerFilter::of(LedgerStatusFilter::Open);
    let mut sql = QueryBuilder::new(
        "SELECT c.id, c.name, counted.number FROM (SELECT s.community AS community, count(*) AS number",
    );
    LedgerQuery::of(conn, reader, &open).await?.push_from_with(&mut sql, true);
    sql.push(" GROUP BY s.community) counted JOIN community c ON c.id = counted.community");
    sql.push(" ORDER BY counted.number DESC, c.name, c.id");
    let rows: Vec<(Uuid, String, i64)> = sql.build_query_as().fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(id, name, rows)| (CommunityId(id), name, count(rows))).collect())
}

async fn recurring(conn: &mut Conn, reader: Reader<'_>) -> Result<Vec<Recurring>> {
    type Line = (Uuid, String, String, String, String, i64, Uuid);
    let since = Recurring::since(office_day(reader.now));
    let lately = found_between(since, None);
    let mut sql = QueryBuilder::new(
        "SELECT newest.site, s.name, newest.form, newest.question, h.what, newest.times, newest.id FROM (
            SELECT h.site, h.form, h.question, h.id, h.found_at,
                count(*) OVER (PARTITION BY h.site, h.form, h.question) AS times,
                row_number() OVER (PARTITION BY h.site, h.form, h.question ORDER BY h.found_at DESC, h.id) AS nth",
    );
    LedgerQuery::of(conn, reader, &lately).await?.push_from(&mut sql);
    // What comes from no form is like nothing else.
    sql.push(
        " AND h.form IS NOT NULL AND h.question IS NOT NULL
         ) newest JOIN hazard h ON h.id = newest.id JOIN site s ON s.id = newest.site
         WHERE nth = 1 AND times > 1 ORDER BY times DESC, newest.found_at DESC, newest.id LIMIT ",
    );
    sql.push_bind(MOST_RECURRING);
    let rows: Vec<Line> = sql.build_query_as().fetch_all(conn).await?;
    let row = |(site, site_name, form, question, what, times, newest): Line| Recurring {
        site: SiteId(site),
        site_name,
        form: FormId(form),
        question: QuestionId(question),
        since,
        what,
        times: count(times),
        newest: HazardId(newest),
    };
    Ok(rows.into_iter().map(row).collect())
}

#[async_trait]
impl ReadOverview for SqlStore {
    async fn overview(&self, office: OfficeId, scope: &Scope, now: DateTime<Utc>) -> Result<Overview> {
        of(&mut self.snapshot().await?, Reader { office, scope, now }).await
    }
}
