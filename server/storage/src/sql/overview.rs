//! 总览: figures counted in one state of the database.

use super::{
    Conn, QueryBuilder, SqlStore,
    columns::{begins, count, word},
    ledger,
    scoped::{OF_HAZARD, OF_SITE, push_scope},
    sites,
};
use crate::{ReadOverview, Result};
use async_trait::async_trait;
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::{
    checklist::Severity,
    id::{CommunityId, HazardId, OfficeId, SiteId},
    ledger::{LedgerFilter, Standing},
    overview::{Concern, ConcernKind, Overview, Recurring, Week},
    role::Scope,
    sector::Sector,
    site::SiteLack,
    time::office_day,
};
use uuid::Uuid;

const WEEKS: u32 = 12;
const WEEK_MS: i64 = 7 * 24 * 3600 * 1000;
const RECURS_WITHIN: TimeDelta = TimeDelta::days(90);
const MOST_RECURRING: i64 = 8;

/// One counting: whose, where, when.
struct Counting<'a> {
    conn: &'a mut Conn,
    office: OfficeId,
    scope: &'a Scope,
    now: DateTime<Utc>,
}

pub(super) async fn of(
    conn: &mut Conn,
    office: OfficeId,
    scope: &Scope,
    now: DateTime<Utc>,
) -> Result<Overview> {
    let today = office_day(now);
    let open = ledger::page(conn, office, scope, &LedgerFilter::default(), today).await?;
    let mut counting = Counting { conn, office, scope, now };
    Ok(Overview {
        as_of: now,
        open: open.total,
        late: open.late,
        worst_days: open.worst_days,
        due_this_week: counting.standing(Standing::DueThisWeek).await?,
        major: counting.major().await?,
        closed_this_month: counting.standing(Standing::ClosedThisMonth).await?,
        photos_missing: counting.photos_missing().await?,
        weeks: counting.weeks().await?,
        by_sector: counting.by_sector().await?,
        by_community: counting.by_community().await?,
        concerns: counting.concerns().await?,
        recurring: counting.recurring().await?,
    })
}

impl Counting<'_> {
    async fn figure(&mut self, mut sql: QueryBuilder) -> Result<u64> {
        let figure: i64 = sql.build_query_scalar().fetch_one(&mut *self.conn).await?;
        Ok(count(figure))
    }

    fn of_hazards(&self, select: &'static str) -> QueryBuilder {
        let mut sql = QueryBuilder::new(select);
        sql.push(" FROM hazard h WHERE h.office = ").push_bind(self.office.0);
        push_scope(&mut sql, self.scope, &OF_HAZARD);
        sql
    }

    async fn major(&mut self) -> Result<u64> {
        let mut sql = self.of_hazards("SELECT count(*)");
        ledger::push_standing(&mut sql, Standing::Open, office_day(self.now));
        sql.push(" AND h.level = ").push_bind(Severity::Major.as_str());
        self.figure(sql).await
    }

    async fn standing(&mut self, standing: Standing) -> Result<u64> {
        let mut sql = self.of_hazards("SELECT count(*)");
        ledger::push_standing(&mut sql, standing, office_day(self.now));
        self.figure(sql).await
    }

    /// So for longer than this.
    async fn waiting(&mut self, standing: Standing, longer_than: TimeDelta) -> Result<u64> {
        let mut sql = self.of_hazards("SELECT count(*)");
        ledger::push_standing(&mut sql, standing, office_day(self.now));
        sql.push(" AND h.status_since < ").push_bind((self.now - longer_than).timestamp_millis());
        self.figure(sql).await
    }

    async fn extensions_asked(&mut self) -> Result<u64> {
        let mut sql = self.of_hazards("SELECT count(*)");
        ledger::push_standing(&mut sql, Standing::InRectification, office_day(self.now));
        sql.push(" AND h.extension_asked = TRUE");
        self.figure(sql).await
    }

    async fn sites_lacking(&mut self, lack: SiteLack) -> Result<u64> {
        let intervals = super::places::intervals(self.conn, self.office).await?;
        let mut sql = QueryBuilder::new("SELECT count(*) FROM site s WHERE s.office = ");
        sql.push_bind(self.office.0);
        push_scope(&mut sql, self.scope, &OF_SITE);
        sites::push_lack(&mut sql, lack, &intervals, self.now);
        self.figure(sql).await
    }

    /// Of the whole office's concern only.
    async fn grids_without_inspector(&mut self) -> Result<u64> {
        if *self.scope != Scope::Office {
            return Ok(0);
        }
        let mut sql = QueryBuilder::new("SELECT count(*) FROM grid g WHERE g.office = ");
        sql.push_bind(self.office.0).push(
            " AND NOT EXISTS (SELECT 1 FROM person_grid pg JOIN person p ON p.id = pg.person
              WHERE pg.grid = g.id AND p.disabled = FALSE AND p.role = 'inspector')",
        );
        self.figure(sql).await
    }

    async fn photos_missing(&mut self) -> Result<u64> {
        let mut sql = QueryBuilder::new(
            "SELECT count(DISTINCT p.hash) FROM photo p
             JOIN photo_sight n ON n.office = p.office AND n.hash = p.hash
             LEFT JOIN hazard h ON n.record = 'hazard' AND h.id = n.id
             LEFT JOIN inspection i ON n.record = 'inspection' AND i.id = n.id
             JOIN site s ON s.id = coalesce(h.site, i.site)
             WHERE p.received_at IS NULL AND p.office = ",
        );
        sql.push_bind(self.office.0);
        push_scope(&mut sql, self.scope, &OF_SITE);
        self.figure(sql).await
    }

    async fn weeks(&mut self) -> Result<Vec<Week>> {
        let today = office_day(self.now);
        let monday = today.week(chrono::Weekday::Mon).first_day();
        let first = monday.checked_sub_days(Days::new(u64::from(WEEKS - 1) * 7)).unwrap_or(monday);
        let found = self.by_week("SELECT (h.found_at - ", "h.found_at", Standing::Any, first).await?;
        let closed = self.by_week("SELECT (h.closed_at - ", "h.closed_at", Standing::Closed, first).await?;
        let at = |figures: &[(i64, i64)], week: u32| {
            figures.iter().find(|(known, _)| *known == i64::from(week)).map_or(0, |(_, n)| count(*n))
        };
        Ok((0..WEEKS)
            .map(|week| Week {
                from: first.checked_add_days(Days::new(u64::from(week) * 7)).unwrap_or(first),
                found: at(&found, week),
                closed: at(&closed, week),
            })
            .collect())
    }

    /// Weeks since the first day, and how many fell in each. China's weeks are all equally long.
    async fn by_week(
        &mut self,
        select: &'static str,
        column: &'static str,
        standing: Standing,
        first: NaiveDate,
    ) -> Result<Vec<(i64, i64)>> {
        let start = begins(first);
        let mut sql = QueryBuilder::new(select);
        sql.push_bind(start).push(") / ").push_bind(WEEK_MS).push(" AS week, count(*)");
        sql.push(" FROM hazard h WHERE h.office = ").push_bind(self.office.0);
        push_scope(&mut sql, self.scope, &OF_HAZARD);
        ledger::push_standing(&mut sql, standing, office_day(self.now));
        sql.push(" AND ").push(column).push(" >= ").push_bind(start);
        sql.push(" GROUP BY week");
        Ok(sql.build_query_as().fetch_all(&mut *self.conn).await?)
    }

    async fn by_sector(&mut self) -> Result<Vec<(Sector, u64)>> {
        let mut sql = self.of_hazards("SELECT h.sector, count(*)");
        sql.push(" AND h.open = TRUE GROUP BY h.sector ORDER BY count(*) DESC, h.sector");
        let rows: Vec<(String, i64)> = sql.build_query_as().fetch_all(&mut *self.conn).await?;
        let row = |(sector, n): (String, i64)| Ok((word("a sector", &sector, Sector::parse)?, count(n)));
        rows.into_iter().map(row).collect()
    }

    async fn by_community(&mut self) -> Result<Vec<(CommunityId, String, u64)>> {
        let mut sql = QueryBuilder::new("SELECT c.id, c.name, count(*)");
        sql.push(
            " FROM hazard h JOIN site s ON s.id = h.site JOIN community c ON c.id = s.community
              WHERE h.open = TRUE AND h.office = ",
        );
        sql.push_bind(self.office.0);
        push_scope(&mut sql, self.scope, &OF_HAZARD);
        sql.push(" GROUP BY c.id, c.name ORDER BY count(*) DESC, c.name");
        let rows: Vec<(Uuid, String, i64)> = sql.build_query_as().fetch_all(&mut *self.conn).await?;
        Ok(rows.into_iter().map(|(id, name, n)| (CommunityId(id), name, count(n))).collect())
    }

    async fn concerns(&mut self) -> Result<Vec<Concern>> {
        let to_accept = self.waiting(Standing::ToAccept, TimeDelta::days(2)).await?;
        let to_assign = self.waiting(Standing::ToAssign, TimeDelta::days(1)).await?;
        let counted = [
            (ConcernKind::WaitingForAcceptance, to_accept),
            (ConcernKind::WaitingForAssignment, to_assign),
            (ConcernKind::ExtensionsAsked, self.extensions_asked().await?),
            (ConcernKind::SitesNotVisited, self.sites_lacking(SiteLack::Visit).await?),
            (ConcernKind::GridsWithoutInspector, self.grids_without_inspector().await?),
            (ConcernKind::SitesWithoutContact, self.sites_lacking(SiteLack::Contact).await?),
            (ConcernKind::SitesWithoutLeader, self.sites_lacking(SiteLack::Leader).await?),
        ];
        Ok(counted.into_iter().filter(|(_, n)| *n > 0).map(|(what, count)| Concern { what, count }).collect())
    }

    async fn recurring(&mut self) -> Result<Vec<Recurring>> {
        let mut sql = self.of_hazards(
            "SELECT newest.site, s.name, h.what, newest.times, newest.id FROM (
                SELECT h.site, h.id, h.found_at,
                    count(*) OVER (PARTITION BY h.site, h.checklist, h.item) AS times,
                    row_number() OVER (PARTITION BY h.site, h.checklist, h.item ORDER BY h.found_at DESC, h.id) AS nth",
        );
        sql.push(" AND h.item IS NOT NULL AND h.found_at > ");
        sql.push_bind((self.now - RECURS_WITHIN).timestamp_millis());
        sql.push(
            ") newest JOIN hazard h ON h.id = newest.id JOIN site s ON s.id = newest.site
             WHERE nth = 1 AND times > 1 ORDER BY times DESC, newest.found_at DESC LIMIT ",
        );
        sql.push_bind(MOST_RECURRING);
        let rows: Vec<(Uuid, String, String, i64, Uuid)> =
            sql.build_query_as().fetch_all(&mut *self.conn).await?;
        let row = |(site, site_name, what, times, newest)| Recurring {
            site: SiteId(site),
            site_name,
            what,
            times: count(times),
            newest: HazardId(newest),
        };
        Ok(rows.into_iter().map(row).collect())
    }
}

#[async_trait]
impl ReadOverview for SqlStore {
    async fn overview(&self, office: OfficeId, scope: &Scope, now: DateTime<Utc>) -> Result<Overview> {
        of(&mut self.snapshot().await?, office, scope, now).await
    }
}
