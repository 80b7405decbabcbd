//! 抽查: plans of spot checks with what happened to them, and the checks that were sent.

use super::{
    Conn, QueryBuilder, SqlStore, SqlTransaction,
    columns::{body, count, date, day, ms, parse, readable, time, word},
    lists::{self, ListQuery, Reader},
    query, query_as, query_scalar,
    rows::push_in,
    scoped::push_equal,
    search::{Searched, push_words},
};
use crate::{ReadSpotChecks, Result, WriteSpotChecks, error::map_unique_violation};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    id::{OfficeId, PartyId, SiteId, SpotCheckId, SpotCheckPlanId},
    role::Scope,
    site::Site,
    spot_check::{
        CheckProgress, ChecksStand, SiteFacts, SpotCheck, SpotCheckFilter, SpotCheckKind, SpotCheckPage,
        SpotCheckRow, SpotCheckState,
        plan::{PlanEventRecord, PlanStep, SpotCheckPlan},
    },
    time::office_day,
};
use tokio::sync::mpsc;
use uuid::Uuid;

const PLAN: &str = "a plan of spot checks";
const CHECK: &str = "a spot check";

/// The word of the column, by which checks are found.
fn state_word(state: &SpotCheckState) -> &'static str {
    match state {
        SpotCheckState::Sent => "sent",
        SpotCheckState::Done { .. } => "done",
        SpotCheckState::Withdrawn { .. } => "withdrawn",
    }
}

async fn plan(conn: &mut Conn, office: OfficeId, id: SpotCheckPlanId) -> Result<Option<SpotCheckPlan>> {
    let row: Option<String> = query_scalar("SELECT body FROM spot_check_plan WHERE id = $1 AND office = $2")
        .bind(id.0)
        .bind(office.0)
        .fetch_optional(conn)
        .await?;
    row.map(|row| parse(PLAN, &row)).transpose()
}

async fn unsent(conn: &mut Conn, office: OfficeId) -> Result<Vec<String>> {
    Ok(query_scalar(
        "SELECT body FROM spot_check_plan WHERE office = $1 AND step IN ('drafted', 'frozen', 'drawn')
         ORDER BY opens_at, id",
    )
    .bind(office.0)
    .fetch_all(conn)
    .await?)
}

async fn plan_of_anybody(conn: &mut Conn, id: SpotCheckPlanId) -> Result<Option<SpotCheckPlan>> {
    let row: Option<String> = query_scalar("SELECT body FROM spot_check_plan WHERE id = $1")
        .bind(id.0)
        .fetch_optional(conn)
        .await?;
    row.map(|row| parse(PLAN, &row)).transpose()
}

async fn log(conn: &mut Conn, office: OfficeId, id: SpotCheckPlanId) -> Result<Vec<PlanEventRecord>> {
    let rows: Vec<String> = query_scalar(
        "SELECT e.body FROM spot_check_event e JOIN spot_check_plan p ON p.id = e.plan
         WHERE e.plan = $1 AND p.office = $2 ORDER BY e.position",
    )
    .bind(id.0)
    .bind(office.0)
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| parse("an event of a plan", row)).collect()
}

async fn put_plan(
    conn: &mut Conn,
    office: OfficeId,
    plan: &SpotCheckPlan,
    leader_name: &str,
    event: &PlanEventRecord,
) -> Result<()> {
    let outline = &plan.outline;
    query(
        "INSERT INTO spot_check_plan (id, office, title, kind, step, leader_name, opens_at, until, body)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (id) DO UPDATE SET title = excluded.title, kind = excluded.kind, step = excluded.step,
             leader_name = excluded.leader_name, opens_at = excluded.opens_at, until = excluded.until,
             body = excluded.body
         WHERE spot_check_plan.office = excluded.office",
    )
    .bind(plan.id.0)
    .bind(office.0)
    .bind(&outline.title)
    .bind(outline.kind.as_str())
    .bind(plan.step.as_str())
    .bind(leader_name)
    .bind(ms(outline.opens_at))
    .bind(day(outline.until))
    .bind(body(plan)?)
    .execute(&mut *conn)
    .await?;
    let before: i64 = query_scalar("SELECT count(*) FROM spot_check_event WHERE plan = $1")
        .bind(plan.id.0)
        .fetch_one(&mut *conn)
        .await?;
    query("INSERT INTO spot_check_event (plan, position, at, person, body) VALUES ($1, $2, $3, $4, $5)")
        .bind(plan.id.0)
        .bind(before)
        .bind(ms(event.at))
        .bind(event.by.id.0)
        .bind(body(event)?)
        .execute(conn)
        .await?;
    Ok(())
}

async fn checks_of(conn: &mut Conn, office: OfficeId, plan: SpotCheckPlanId) -> Result<Vec<SpotCheck>> {
    let rows: Vec<String> =
        query_scalar("SELECT body FROM spot_check WHERE plan = $1 AND office = $2 ORDER BY position")
            .bind(plan.0)
            .bind(office.0)
            .fetch_all(conn)
            .await?;
    rows.iter().map(|row| parse(CHECK, row)).collect()
}

async fn check(conn: &mut Conn, office: OfficeId, id: SpotCheckId) -> Result<Option<SpotCheck>> {
    let row: Option<String> = query_scalar("SELECT body FROM spot_check WHERE id = $1 AND office = $2")
        .bind(id.0)
        .bind(office.0)
        .fetch_optional(conn)
        .await?;
    row.map(|row| parse(CHECK, &row)).transpose()
}

async fn sent(conn: &mut Conn, office: OfficeId) -> Result<Vec<String>> {
    Ok(query_scalar("SELECT body FROM spot_check WHERE office = $1 AND state = 'sent' ORDER BY id")
        .bind(office.0)
        .fetch_all(conn)
        .await?)
}

async fn checks_at(conn: &mut Conn, office: OfficeId, sites: &[SiteId]) -> Result<Vec<SpotCheck>> {
    if sites.is_empty() {
        return Ok(vec![]);
    }
    let sites: Vec<Uuid> = sites.iter().map(|site| site.0).collect();
    let mut sql = QueryBuilder::new("SELECT body FROM spot_check WHERE office = ");
    sql.push_bind(office.0).push(" AND state <> 'withdrawn' AND site");
    push_in(&mut sql, &sites);
    sql.push(" ORDER BY id");
    let rows: Vec<String> = sql.build_query_scalar().fetch_all(conn).await?;
    Ok(readable(CHECK, &rows))
}

async fn put_checks(conn: &mut Conn, office: OfficeId, checks: &[SpotCheck]) -> Result<()> {
    for (position, check) in (0_i64..).zip(checks) {
        query(
            "INSERT INTO spot_check (id, office, plan, position, number, site, state, until, body)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             ON CONFLICT (id) DO UPDATE SET site = excluded.site, state = excluded.state,
                 until = excluded.until, body = excluded.body
             WHERE spot_check.office = excluded.office",
        )
        .bind(check.id.0)
        .bind(office.0)
        .bind(check.plan.0)
        .bind(position)
        .bind(&check.number)
        .bind(check.site.0)
        .bind(state_word(&check.state))
        .bind(day(check.until))
        .bind(body(check)?)
        .execute(&mut *conn)
        .await
        .map_err(map_unique_violation("number"))?;
    }
    Ok(())
}

/// A site's body, its party, its last visit, open hazards; those found, and reports that came, since the time that was asked for.
type FactsRow = (String, Option<Uuid>, Option<i64>, i64, i64, i64);

/// A report that became a hazard, or was joined to one, counts where the hazard is. Until somebody of the office has looked at it, it
/// counts nowhere: where it lies is what whoever sent it says.
async fn site_facts(conn: &mut Conn, office: OfficeId, since: DateTime<Utc>) -> Result<Vec<SiteFacts>> {
    let rows: Vec<FactsRow> = query_as(
        "SELECT s.body, s.party, s.last_visit,
             (SELECT count(*) FROM hazard h WHERE h.site = s.id AND h.open = TRUE),
             (SELECT count(*) FROM hazard h WHERE h.site = s.id AND h.found_at >= $1),
             COALESCE(told.reports, 0)
         FROM site s
         LEFT JOIN (
             SELECT COALESCE(h.site, r.site) AS site, count(*) AS reports
             FROM public_report r LEFT JOIN hazard h ON h.id = r.hazard
             WHERE r.office = $2 AND r.voice_of IS NULL AND r.received_at >= $1
                 AND r.state IN ('confirmed', 'joined', 'hazard')
             GROUP BY COALESCE(h.site, r.site)
         ) told ON told.site = s.id
         WHERE s.office = $2 ORDER BY s.id",
    )
    .bind(ms(since))
    .bind(office.0)
    .fetch_all(conn)
    .await?;
    let facts = |(body, party, last_visit, open, found, reports): FactsRow| {
        let site: Site = parse("a site", &body)?;
        Ok(SiteFacts {
            id: site.id,
            name: site.name,
            grid: site.grid,
            community: site.community,
            party: party.map(PartyId),
            kinds: site.kinds,
            risk: site.risk,
            last_visit: last_visit.map(time).transpose()?,
            open_hazards: u32::try_from(open).unwrap_or_default(),
            hazards: u32::try_from(found).unwrap_or_default(),
            reports: u32::try_from(reports).unwrap_or_default(),
            retired: site.retired,
        })
    };
    rows.into_iter().map(facts).collect()
}

/// Checks `k` of the plan `p` that were sent and whose last day is over: their own, where they were given another than the plan has.
fn push_missed(sql: &mut QueryBuilder, now: DateTime<Utc>) {
    sql.push("k.plan = p.id AND k.state = 'sent' AND COALESCE(k.until, p.until) < ");
    sql.push_bind(day(office_day(now)));
}

/// Plans as a filter narrows them. They are the whole office's concern: whoever sees less of it sees none.
pub(super) struct SpotCheckQuery<'a> {
    pub reader: Reader<'a>,
    pub filter: &'a SpotCheckFilter,
}

impl ListQuery for SpotCheckQuery<'_> {
    /// The plan's own columns; of its checks how many are sent, how many of these are over, how many done and withdrawn.
    type Stored = (Uuid, String, String, String, String, i64, String, i64, i64, i64, i64);
    type Row = SpotCheckRow;

    const ID: &'static str = "p.id";

    fn push_select(&self, sql: &mut QueryBuilder) {
        sql.push(
            "SELECT p.id, p.title, p.kind, p.step, p.leader_name, p.opens_at, p.until,
                 (SELECT count(*) FROM spot_check k WHERE k.plan = p.id AND k.state = 'sent'),
                 (SELECT count(*) FROM spot_check k WHERE ",
        );
        push_missed(sql, self.reader.now);
        sql.push(
            "),
                 (SELECT count(*) FROM spot_check k WHERE k.plan = p.id AND k.state = 'done'),
                 (SELECT count(*) FROM spot_check k WHERE k.plan = p.id AND k.state = 'withdrawn')
             FROM spot_check_plan p",
        );
    }

    fn push_from(&self, sql: &mut QueryBuilder) {
        let Self { reader, filter } = self;
        sql.push(" FROM spot_check_plan p WHERE p.office = ").push_bind(reader.office.0);
        if *reader.scope != Scope::Office {
            sql.push(" AND FALSE");
        }
        push_equal(sql, "p.kind", filter.kind.map(SpotCheckKind::as_str));
        push_equal(sql, "p.step", filter.step.map(PlanStep::as_str));
        match filter.checks {
            None => {}
            Some(ChecksStand::Missed) => {
                sql.push(" AND EXISTS (SELECT 1 FROM spot_check k WHERE ");
                push_missed(sql, reader.now);
                sql.push(")");
            }
        }
        push_words(sql, &filter.query, &["p.title"].map(Searched::Column));
    }

    /// Those with checks to be carried out first, by their last day: what was missed has the earliest. Then the newest.
    fn order(&self) -> &'static str {
        " ORDER BY CASE WHEN EXISTS (SELECT 1 FROM spot_check k WHERE k.plan = p.id AND k.state = 'sent') THEN 0 ELSE 1 END,
              CASE WHEN EXISTS (SELECT 1 FROM spot_check k WHERE k.plan = p.id AND k.state = 'sent') THEN p.until ELSE '' END,
              p.opens_at DESC, p.id"
    }

    fn row(&self, stored: Self::Stored) -> Result<SpotCheckRow> {
        let (id, title, kind, step, leader_name, opens_at, until, sent, missed, done, withdrawn) = stored;
        let until = date(&until)?;
        let few = |rows: i64| u32::try_from(count(rows)).unwrap_or(u32::MAX);
        Ok(SpotCheckRow {
            id: SpotCheckPlanId(id),
            title,
            kind: word("a kind of spot check", &kind, SpotCheckKind::parse)?,
            step: word("a step of a plan", &step, PlanStep::parse)?,
            leader_name,
            opens_at: time(opens_at)?,
            until,
            checks: CheckProgress {
                done: few(done),
                under_way: few(sent - missed),
                missed: few(missed),
                withdrawn: few(withdrawn),
            },
        })
    }
}

#[async_trait]
impl ReadSpotChecks for SqlStore {
    async fn spot_check_plan(&self, office: OfficeId, id: SpotCheckPlanId) -> Result<Option<SpotCheckPlan>> {
        plan(&mut self.reader().await?, office, id).await
    }

    async fn spot_check_plan_of_anybody(&self, id: SpotCheckPlanId) -> Result<Option<SpotCheckPlan>> {
        plan_of_anybody(&mut self.reader().await?, id).await
    }

    async fn spot_check_log(&self, office: OfficeId, id: SpotCheckPlanId) -> Result<Vec<PlanEventRecord>> {
        log(&mut self.reader().await?, office, id).await
    }

    async fn spot_checks_of(&self, office: OfficeId, plan: SpotCheckPlanId) -> Result<Vec<SpotCheck>> {
        checks_of(&mut self.reader().await?, office, plan).await
    }

    async fn spot_check(&self, office: OfficeId, id: SpotCheckId) -> Result<Option<SpotCheck>> {
        check(&mut self.reader().await?, office, id).await
    }

    async fn spot_checks_at(&self, office: OfficeId, sites: &[SiteId]) -> Result<Vec<SpotCheck>> {
        checks_at(&mut self.reader().await?, office, sites).await
    }

    async fn spot_check_plans(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &SpotCheckFilter,
        now: DateTime<Utc>,
    ) -> Result<SpotCheckPage> {
        let query = SpotCheckQuery { reader: Reader { office, scope, now }, filter };
        lists::page(&mut self.snapshot().await?, &query, filter.page).await
    }

    async fn send_spot_check_plans(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &SpotCheckFilter,
        now: DateTime<Utc>,
        most: u32,
        to: mpsc::Sender<SpotCheckRow>,
    ) -> Result<u32> {
        let query = SpotCheckQuery { reader: Reader { office, scope, now }, filter };
        lists::send(&mut self.snapshot().await?, &query, most, &to).await
    }

    async fn site_facts(&self, office: OfficeId, since: DateTime<Utc>) -> Result<Vec<SiteFacts>> {
        site_facts(&mut self.reader().await?, office, since).await
    }

    async fn sent_spot_checks(&self, office: OfficeId) -> Result<Vec<SpotCheck>> {
        let rows = sent(&mut self.reader().await?, office).await?;
        rows.iter().map(|row| parse(CHECK, row)).collect()
    }
}

#[async_trait]
impl WriteSpotChecks for SqlTransaction {
    async fn spot_check_plan(
        &mut self,
        office: OfficeId,
        id: SpotCheckPlanId,
    ) -> Result<Option<SpotCheckPlan>> {
        plan(&mut self.0, office, id).await
    }

    async fn put_spot_check_plan(
        &mut self,
        office: OfficeId,
        plan: &SpotCheckPlan,
        leader_name: &str,
        event: &PlanEventRecord,
    ) -> Result<()> {
        put_plan(&mut self.0, office, plan, leader_name, event).await
    }

    async fn unsent_spot_check_plans(&mut self, office: OfficeId) -> Result<Vec<SpotCheckPlan>> {
        Ok(readable(PLAN, &unsent(&mut self.0, office).await?))
    }

    async fn spot_checks_of(&mut self, office: OfficeId, plan: SpotCheckPlanId) -> Result<Vec<SpotCheck>> {
        checks_of(&mut self.0, office, plan).await
    }

    async fn spot_checks_at(&mut self, office: OfficeId, sites: &[SiteId]) -> Result<Vec<SpotCheck>> {
        checks_at(&mut self.0, office, sites).await
    }

    async fn sent_spot_checks(&mut self, office: OfficeId) -> Result<Vec<SpotCheck>> {
        Ok(readable(CHECK, &sent(&mut self.0, office).await?))
    }

    async fn put_spot_checks(&mut self, office: OfficeId, checks: &[SpotCheck]) -> Result<()> {
        put_checks(&mut self.0, office, checks).await
    }
}
