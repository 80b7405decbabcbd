//! The list of sites.

use super::site;
use crate::{
    Result,
    sql::{
        Conn, QueryBuilder, campaigns,
        columns::{begins, count},
        lists::{ListQuery, Reader},
        places,
        scoped::{OF_SITE, push_equal, push_id, push_scope},
        search::Sought,
    },
};
use chrono::{DateTime, Days, Utc};
use domain::{
    risk::RiskLevel,
    schedule::VisitIntervals,
    sector::Sector,
    site::{SiteFilter, SiteLack, SiteRow},
    time::office_day,
};
use uuid::Uuid;

/// Sites as a filter and a reader narrow them, those in use first.
pub(in crate::sql) struct SiteQuery<'a> {
    reader: Reader<'a>,
    filter: &'a SiteFilter,
    sought: Sought,
    intervals: VisitIntervals,
    /// Those that a campaign is about, where one is asked for.
    campaign: Option<Vec<Uuid>>,
}

impl<'a> SiteQuery<'a> {
    pub async fn of(conn: &mut Conn, reader: Reader<'a>, filter: &'a SiteFilter) -> Result<Self> {
        let intervals = places::intervals(conn, reader.office).await?;
        let sought = Sought::among(conn, reader.office, &filter.query).await?;
        let campaign = match &filter.campaign {
            Some(form) => Some(campaigns::sites(conn, reader, form, filter.campaign_state).await?),
            None => None,
        };
        Ok(Self { reader, filter, sought, intervals, campaign })
    }
}

impl ListQuery for SiteQuery<'_> {
    /// What a site is read from, and how many hazards are open there.
    type Stored = (String, String, Option<i64>, String, Option<Uuid>, Option<String>, Option<String>, i64);
    type Row = SiteRow;

    const ID: &'static str = "s.id";

    fn push_select(&self, sql: &mut QueryBuilder) {
        sql.push(
            "SELECT s.body, s.attributes, s.last_visit, s.last_answers, p.id, p.name, p.body,
                 (SELECT count(*) FROM hazard h WHERE h.site = s.id AND h.open = TRUE)
             FROM site s LEFT JOIN party p ON p.id = s.party",
        );
    }

    fn push_from(&self, sql: &mut QueryBuilder) {
        let Self { reader, filter, sought, intervals, campaign } = self;
        sql.push(" FROM site s WHERE s.office = ").push_bind(reader.office.0);
        push_scope(sql, reader.scope, &OF_SITE);
        push_id(sql, "s.community", filter.community.map(|id| id.0));
        push_id(sql, "s.grid", filter.grid.map(|id| id.0));
        push_id(sql, "s.party", filter.party.map(|id| id.0));
        push_equal(sql, "s.sector", filter.sector.map(Sector::as_str));
        push_equal(sql, "s.risk", filter.risk.map(RiskLevel::as_str));
        if let Some(lack) = filter.lacking {
            push_missing(sql, lack, intervals, reader.now);
        }
        if let Some(sites) = campaign {
            sql.push(" AND ").push_one_of("s.id", sites);
        }
        sought.push(sql, "s.id", &[]);
    }

    fn order(&self) -> &'static str {
        " ORDER BY s.retired, s.pinyin, s.name, s.id"
    }

    fn row(&self, stored: Self::Stored) -> Result<SiteRow> {
        let (body, attributes, last_visit, last_answers, party, name, record, open) = stored;
        let site = site((body, attributes, last_visit, last_answers, party, name, record))?;
        let next_visit = self.intervals.next_visit(&site, self.reader.now);
        Ok(SiteRow::of(site, count(open), next_visit))
    }
}

/// ` AND …`: sites in use that lack something. A site never visited lacks a visit.
fn push_missing(sql: &mut QueryBuilder, lack: SiteLack, intervals: &VisitIntervals, now: DateTime<Utc>) {
    sql.push(" AND s.retired = FALSE");
    match lack {
        SiteLack::Contact => {
            sql.push(" AND s.has_contact = FALSE");
        }
        SiteLack::Leader => {
            sql.push(" AND s.has_leader = FALSE");
        }
        SiteLack::Confirmation => {
            sql.push(" AND s.to_confirm = TRUE");
        }
        SiteLack::Visit => {
            sql.push(" AND (s.last_visit IS NULL OR s.last_visit < CASE s.risk");
            for risk in RiskLevel::ALL {
                sql.push(" WHEN ").push_bind(risk.as_str());
                sql.push(" THEN ").push_bind(visited_since(intervals.days(risk), now));
            }
            sql.push(" END)");
        }
    }
}

/// The moment since which a site with this interval must have been visited: the beginning of that office day.
fn visited_since(interval: u16, now: DateTime<Utc>) -> i64 {
    let today = office_day(now);
    let day = today.checked_sub_days(Days::new(interval.into())).unwrap_or(today);
    begins(day)
}
