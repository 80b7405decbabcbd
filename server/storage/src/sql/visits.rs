//! 检查: sealed records.

use super::{
    Conn, QueryBuilder, SqlStore, SqlTransaction,
    changes::{self, InPlace},
    columns::{body, ms, parse, time, word},
    inspections,
    lists::{self, ListQuery},
    query_as, query_scalar,
    rows::{self, power_of_two_chunks},
    scoped::{OF_SITE, push_days, push_equal, push_id, push_photos, push_scope},
    search::Sought,
    sites,
};
use crate::{ReadVisits, Record, Result, StoredVisit, WriteVisits};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    id::{OfficeId, SiteId, VisitId},
    risk::RiskLevel,
    role::Scope,
    sector::Sector,
    visit::{Visit, VisitFilter, VisitNature, VisitOutcome, VisitPage, VisitRow, VisitSummary},
};
use std::collections::{HashMap, HashSet};
use tokio::sync::mpsc;
use uuid::Uuid;

type Stored = (String, i64, String, String, String);

pub(super) async fn get(conn: &mut Conn, office: OfficeId, id: VisitId) -> Result<Option<StoredVisit>> {
    let row: Option<Stored> = query_as(
        "SELECT number, received_at, inspector_name, site_snapshot, body FROM visit WHERE office = $1 AND id = $2",
    )
    .bind(office.0)
    .bind(id.0)
    .fetch_optional(conn)
    .await?;
    row.map(|(number, received_at, inspector_name, site, body)| {
        let (site, visit) = (parse("a visit's site", &site)?, parse("a visit", &body)?);
        Ok(StoredVisit { number, received_at: time(received_at)?, inspector_name, site, visit })
    })
    .transpose()
}

pub(super) async fn known(conn: &mut Conn, ids: &[VisitId]) -> Result<HashSet<VisitId>> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let known = rows::known(conn, "SELECT id FROM visit WHERE id", &ids).await?;
    Ok(known.into_iter().map(VisitId).collect())
}

pub(super) async fn some(
    conn: &mut Conn,
    office: OfficeId,
    ids: &[VisitId],
) -> Result<HashMap<VisitId, Visit>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let mut sql = QueryBuilder::new("SELECT body FROM visit WHERE office = ");
    sql.push_bind(office.0).push(" AND id");
    rows::push_in(&mut sql, &ids);
    let bodies: Vec<String> = sql.build_query_scalar().fetch_all(conn).await?;
    let visit = |body: String| {
        let visit: Visit = parse("a visit", &body)?;
        Ok((visit.id, visit))
    };
    bodies.into_iter().map(visit).collect()
}

pub(super) async fn summary(conn: &mut Conn, office: OfficeId, id: VisitId) -> Result<Option<VisitSummary>> {
    let row: Option<String> = query_scalar("SELECT summary FROM visit WHERE office = $1 AND id = $2")
        .bind(office.0)
        .bind(id.0)
        .fetch_optional(conn)
        .await?;
    row.map(|row| parse("a visit's summary", &row)).transpose()
}

#[derive(sqlx::FromRow)]
pub(super) struct ListedVisit {
    summary: String,
    site_name: String,
    risk: String,
    community_name: String,
    /// A list of Bilingual as JSON.
    titles: String,
}

/// Visits as a filter and a scope narrow them, the newest first.
pub(super) struct VisitQuery<'a> {
    office: OfficeId,
    scope: &'a Scope,
    filter: &'a VisitFilter,
    sought: Sought,
}

impl<'a> VisitQuery<'a> {
    pub async fn of(
        conn: &mut Conn,
        office: OfficeId,
        scope: &'a Scope,
        filter: &'a VisitFilter,
    ) -> Result<Self> {
        let sought = Sought::among(conn, office, &filter.query).await?;
        Ok(Self { office, scope, filter, sought })
    }
}

impl ListQuery for VisitQuery<'_> {
    type Stored = ListedVisit;
    type Row = VisitRow;

    const ID: &'static str = "i.id";

    fn push_select(&self, sql: &mut QueryBuilder) {
        sql.push("SELECT i.summary, s.name AS site_name, s.risk, m.name AS community_name, ");
        sql.push_titles_of_visit().push(" AS titles FROM visit i JOIN site s ON s.id = i.site");
        sql.push(" JOIN community m ON m.id = s.community");
    }

    fn push_from(&self, sql: &mut QueryBuilder) {
        let Self { office, scope, filter, sought } = self;
        sql.push(" FROM visit i");
        // Only what is asked for: without them, the count reads an index alone.
        if **scope != Scope::Office || filter.community.is_some() || filter.sector.is_some() {
            sql.push(" JOIN site s ON s.id = i.site");
        }
        sql.push(" WHERE i.office = ").push_bind(office.0);
        push_scope(sql, scope, &OF_SITE);
        push_equal(sql, "i.nature", filter.nature.map(VisitNature::as_str));
        push_equal(sql, "i.outcome", filter.outcome.map(VisitOutcome::as_str));
        if let Some(form) = &filter.form {
            sql.push(" AND EXISTS (SELECT 1 FROM visit_form f WHERE f.visit = i.id AND f.form = ");
            sql.push_bind(form.as_str()).push(")");
        }
        if let Some(sector) = filter.sector {
            push_sector(sql, sector);
        }
        push_id(sql, "s.community", filter.community.map(|id| id.0));
        push_id(sql, "i.site", filter.site.map(|id| id.0));
        push_id(sql, "i.inspector", filter.inspector.map(|id| id.0));
        push_days(sql, "i.submitted_at", filter.from, filter.to);
        push_photos(sql, *office, filter.photos, "visit", "i.id");
        sought.push(sql, "i.site", &["i.number", "i.inspector_name"]);
    }

    fn order(&self) -> &'static str {
        " ORDER BY i.submitted_at DESC, i.id"
    }

    fn row(&self, stored: ListedVisit) -> Result<VisitRow> {
        Ok(VisitRow {
            summary: parse("a visit's summary", &stored.summary)?,
            site_name: stored.site_name,
            risk: word("a risk level", &stored.risk, RiskLevel::parse)?,
            community_name: stored.community_name,
            form_titles: parse("forms' titles", &stored.titles)?,
        })
    }
}

/// ` AND …`: of a form of this sector; what has no form, of a site of this sector.
fn push_sector(sql: &mut QueryBuilder, sector: Sector) {
    sql.push(
        " AND (EXISTS (SELECT 1 FROM visit_form f JOIN form t
         ON t.office = f.office AND t.id = f.form AND t.version = f.version
         WHERE f.visit = i.id AND t.sector = ",
    );
    sql.push_bind(sector.as_str()).push(") OR (i.outcome <> ").push_bind(VisitOutcome::Done.as_str());
    sql.push(" AND s.sector = ").push_bind(sector.as_str()).push("))");
}

pub(super) async fn put(conn: &mut Conn, office: OfficeId, visits: &[StoredVisit]) -> Result<()> {
    for chunk in power_of_two_chunks(visits) {
        let bodies: Vec<_> = chunk.iter().map(bodies).collect::<Result<_>>()?;
        let mut sql = QueryBuilder::new(
            "INSERT INTO visit (id, office, number, site, nature, outcome, inspector, inspector_name,
                 submitted_at, received_at, summary, site_snapshot, body) ",
        );
        sql.push_values(chunk.iter().zip(bodies), |mut row, (stored, bodies)| {
            let visit = &stored.visit;
            row.push_bind(visit.id.0).push_bind(office.0).push_bind(stored.number.clone());
            row.push_bind(visit.site.0).push_bind(visit.nature.as_str()).push_bind(visit.outcome.as_str());
            row.push_bind(visit.inspector.0).push_bind(stored.inspector_name.clone());
            row.push_bind(ms(stored.happened())).push_bind(ms(stored.received_at));
            row.push_bind(bodies.summary).push_bind(bodies.site).push_bind(bodies.visit);
        });
        sql.build().execute_later(&mut *conn).await?;
    }
    put_forms(&mut *conn, office, visits).await?;
    let mut last_visits: HashMap<SiteId, DateTime<Utc>> = HashMap::new();
    // Where nothing was checked, or by the site itself, the site is still to be visited.
    for stored in visits.iter().filter(|stored| stored.visit.counts_as_last()) {
        // A phone's clock may run ahead; a visit is never later than its record's arrival.
        let at = stored.happened().min(stored.received_at);
        let newest = last_visits.entry(stored.visit.site).or_insert(at);
        *newest = at.max(*newest);
    }
    let last_visits: Vec<_> = last_visits.into_iter().collect();
    sites::visited(&mut *conn, office, &last_visits).await?;
    let visited = last_visits.iter().map(|(site, _)| InPlace {
        record: Record::Site(*site),
        site: *site,
        ended_at: None,
    });
    let sealed = visits.iter().map(|stored| InPlace {
        record: Record::Visit(stored.visit.id),
        site: stored.visit.site,
        ended_at: Some(ms(stored.happened())),
    });
    changes::touch_in_place(&mut *conn, office, &visited.chain(sealed).collect::<Vec<_>>()).await?;
    conn.run_waiting().await?;
    inspections::put(conn, office, visits).await
}

async fn put_forms(conn: &mut Conn, office: OfficeId, visits: &[StoredVisit]) -> Result<()> {
    let forms = visits.iter().flat_map(|stored| {
        let numbered = (0_i64..).zip(&stored.visit.forms);
        numbered.map(move |(position, form)| (stored.visit.id, position, form))
    });
    for chunk in power_of_two_chunks(&forms.collect::<Vec<_>>()) {
        let mut sql = QueryBuilder::new("INSERT INTO visit_form (visit, position, office, form, version) ");
        sql.push_values(chunk, |mut row, (visit, position, form)| {
            row.push_bind(visit.0).push_bind(*position).push_bind(office.0);
            row.push_bind(form.form.to_string()).push_bind(i64::from(form.version));
        });
        sql.build().execute_later(&mut *conn).await?;
    }
    Ok(())
}

/// What of a visit is kept as JSON.
struct Bodies {
    /// So that lists need not read the answers.
    summary: String,
    site: String,
    visit: String,
}

fn bodies(stored: &StoredVisit) -> Result<Bodies> {
    let visit = &stored.visit;
    let summary = VisitSummary {
        id: visit.id,
        number: stored.number.clone(),
        site: visit.site,
        nature: visit.nature,
        outcome: visit.outcome,
        forms: visit.form_ids(),
        inspector: visit.inspector,
        inspector_name: stored.inspector_name.clone(),
        submitted_at: stored.happened(),
        tally: visit.tally(),
    };
    Ok(Bodies { summary: body(&summary)?, site: body(&stored.site)?, visit: body(visit)? })
}

#[async_trait]
impl ReadVisits for SqlStore {
    async fn visit(&self, office: OfficeId, id: VisitId) -> Result<Option<StoredVisit>> {
        get(&mut self.reader().await?, office, id).await
    }

    async fn visit_summary(&self, office: OfficeId, id: VisitId) -> Result<Option<VisitSummary>> {
        summary(&mut self.reader().await?, office, id).await
    }

    async fn visits(&self, office: OfficeId, scope: &Scope, filter: &VisitFilter) -> Result<VisitPage> {
        let mut conn = self.snapshot().await?;
        let query = VisitQuery::of(&mut conn, office, scope, filter).await?;
        lists::page(&mut conn, &query, filter.page).await
    }

    async fn send_visits(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &VisitFilter,
        most: u32,
        to: mpsc::Sender<VisitRow>,
    ) -> Result<u32> {
        let mut conn = self.snapshot().await?;
        let query = VisitQuery::of(&mut conn, office, scope, filter).await?;
        lists::send(&mut conn, &query, most, &to).await
    }
}

#[async_trait]
impl WriteVisits for SqlTransaction {
    async fn known_visits(&mut self, ids: &[VisitId]) -> Result<HashSet<VisitId>> {
        known(&mut self.0, ids).await
    }

    async fn visits(&mut self, office: OfficeId, ids: &[VisitId]) -> Result<HashMap<VisitId, Visit>> {
        some(&mut self.0, office, ids).await
    }

    async fn put_visits(&mut self, office: OfficeId, visits: &[StoredVisit]) -> Result<()> {
        put(&mut self.0, office, visits).await
    }
}
