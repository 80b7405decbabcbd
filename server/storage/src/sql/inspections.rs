//! 检查: sealed records.

use super::{
    Conn, QueryBuilder, SqlStore, SqlTransaction, changes,
    columns::{body, ms, parse, time, word},
    lists::{self, ListQuery},
    query_as, query_scalar,
    rows::{self, power_of_two_chunks},
    scoped::{OF_INSPECTION, push_days, push_equal, push_id, push_photos, push_scope},
    search::Sought,
    sites,
};
use crate::{ReadInspections, Record, Result, StoredInspection, WriteInspections};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    id::{InspectionId, OfficeId, SiteId},
    inspection::{
        Inspection, InspectionFilter, InspectionKind, InspectionPage, InspectionRow, InspectionSummary,
    },
    risk::RiskLevel,
    role::Scope,
    sector::Sector,
};
use std::collections::{HashMap, HashSet};
use tokio::sync::mpsc;
use uuid::Uuid;

type Stored = (String, i64, String, String);

pub(super) async fn get(
    conn: &mut Conn,
    office: OfficeId,
    id: InspectionId,
) -> Result<Option<StoredInspection>> {
    let row: Option<Stored> = query_as(
        "SELECT number, received_at, inspector_name, body FROM inspection WHERE office = $1 AND id = $2",
    )
    .bind(office.0)
    .bind(id.0)
    .fetch_optional(conn)
    .await?;
    row.map(|(number, received_at, inspector_name, body)| {
        let inspection = parse("an inspection", &body)?;
        Ok(StoredInspection { number, received_at: time(received_at)?, inspector_name, inspection })
    })
    .transpose()
}

pub(super) async fn known(conn: &mut Conn, ids: &[InspectionId]) -> Result<HashSet<InspectionId>> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let known = rows::known(conn, "SELECT id FROM inspection WHERE id", &ids).await?;
    Ok(known.into_iter().map(InspectionId).collect())
}

pub(super) async fn some(
    conn: &mut Conn,
    office: OfficeId,
    ids: &[InspectionId],
) -> Result<HashMap<InspectionId, Inspection>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let mut sql = QueryBuilder::new("SELECT body FROM inspection WHERE office = ");
    sql.push_bind(office.0).push(" AND id");
    rows::push_in(&mut sql, &ids);
    let bodies: Vec<String> = sql.build_query_scalar().fetch_all(conn).await?;
    let inspection = |body: String| {
        let inspection: Inspection = parse("an inspection", &body)?;
        Ok((inspection.id, inspection))
    };
    bodies.into_iter().map(inspection).collect()
}

pub(super) async fn summary(
    conn: &mut Conn,
    office: OfficeId,
    id: InspectionId,
) -> Result<Option<InspectionSummary>> {
    let row: Option<String> = query_scalar("SELECT summary FROM inspection WHERE office = $1 AND id = $2")
        .bind(office.0)
        .bind(id.0)
        .fetch_optional(conn)
        .await?;
    row.map(|row| parse("an inspection's summary", &row)).transpose()
}

#[derive(sqlx::FromRow)]
pub(super) struct VisitRow {
    summary: String,
    site_name: String,
    risk: String,
    community_name: String,
    /// Bilingual as JSON.
    title: String,
}

const JOIN_CHECKLIST: &str =
    " JOIN checklist c ON c.office = i.office AND c.id = i.checklist AND c.version = i.version";

/// Inspections as a filter and a scope narrow them, the newest first.
pub(super) struct InspectionQuery<'a> {
    office: OfficeId,
    scope: &'a Scope,
    filter: &'a InspectionFilter,
    sought: Sought,
}

impl<'a> InspectionQuery<'a> {
    pub async fn of(
        conn: &mut Conn,
        office: OfficeId,
        scope: &'a Scope,
        filter: &'a InspectionFilter,
    ) -> Result<Self> {
        let sought = Sought::among(conn, office, &filter.query).await?;
        Ok(Self { office, scope, filter, sought })
    }
}

impl ListQuery for InspectionQuery<'_> {
    type Stored = VisitRow;
    type Row = InspectionRow;

    const ID: &'static str = "i.id";

    fn push_select(sql: &mut QueryBuilder) {
        sql.push("SELECT i.summary, s.name AS site_name, s.risk, m.name AS community_name, ");
        sql.push_title_of_checklist().push(" AS title FROM inspection i JOIN site s ON s.id = i.site");
        sql.push(" JOIN community m ON m.id = s.community").push(JOIN_CHECKLIST);
    }

    fn push_from(&self, sql: &mut QueryBuilder) {
        let Self { office, scope, filter, sought } = self;
        sql.push(" FROM inspection i");
        // Only what is asked for: without them, the count reads an index alone.
        if **scope != Scope::Office || filter.community.is_some() {
            sql.push(" JOIN site s ON s.id = i.site");
        }
        if matches!(scope, Scope::Department { .. }) || filter.sector.is_some() {
            sql.push(JOIN_CHECKLIST);
        }
        sql.push(" WHERE i.office = ").push_bind(office.0);
        push_scope(sql, scope, &OF_INSPECTION);
        push_equal(sql, "i.kind", filter.kind.map(InspectionKind::as_str));
        push_equal(sql, "c.sector", filter.sector.map(Sector::as_str));
        push_id(sql, "s.community", filter.community.map(|id| id.0));
        push_id(sql, "i.site", filter.site.map(|id| id.0));
        push_id(sql, "i.inspector", filter.inspector.map(|id| id.0));
        push_days(sql, "i.submitted_at", filter.from, filter.to);
        push_photos(sql, *office, filter.photos, "inspection", "i.id");
        sought.push(sql, "i.site", &["i.number", "i.inspector_name"]);
    }

    fn order(&self) -> &'static str {
        " ORDER BY i.submitted_at DESC, i.id"
    }

    fn row(&self, stored: VisitRow) -> Result<InspectionRow> {
        Ok(InspectionRow {
            summary: parse("an inspection's summary", &stored.summary)?,
            site_name: stored.site_name,
            risk: word("a risk level", &stored.risk, RiskLevel::parse)?,
            community_name: stored.community_name,
            checklist_title: parse("a checklist's title", &stored.title)?,
        })
    }
}

pub(super) async fn put(conn: &mut Conn, office: OfficeId, inspections: &[StoredInspection]) -> Result<()> {
    for chunk in power_of_two_chunks(inspections) {
        let bodies: Vec<_> = chunk.iter().map(bodies).collect::<Result<_>>()?;
        let mut sql = QueryBuilder::new(
            "INSERT INTO inspection (id, office, number, site, kind, checklist, version, inspector,
                 inspector_name, submitted_at, received_at, summary, body) ",
        );
        sql.push_values(chunk.iter().zip(bodies), |mut row, (stored, (summary, body))| {
            let inspection = &stored.inspection;
            row.push_bind(inspection.id.0).push_bind(office.0).push_bind(stored.number.clone());
            row.push_bind(inspection.site.0).push_bind(inspection.kind.as_str());
            row.push_bind(inspection.checklist.to_string()).push_bind(i64::from(inspection.version));
            row.push_bind(inspection.inspector.0).push_bind(stored.inspector_name.clone());
            row.push_bind(ms(stored.happened())).push_bind(ms(stored.received_at));
            row.push_bind(summary).push_bind(body);
        });
        sql.build().execute(&mut *conn).await?;
    }
    let mut visits: HashMap<SiteId, DateTime<Utc>> = HashMap::new();
    for stored in inspections {
        // A phone's clock may run ahead; a visit is never later than its record's arrival.
        let at = stored.happened().min(stored.received_at);
        let newest = visits.entry(stored.inspection.site).or_insert(at);
        *newest = at.max(*newest);
    }
    let visits: Vec<_> = visits.into_iter().collect();
    sites::visited(conn, office, &visits).await?;
    let visited = visits.iter().map(|(site, _)| Record::Site(*site));
    let sealed = inspections.iter().map(|stored| Record::Inspection(stored.inspection.id));
    changes::touch_in_place(conn, office, &visited.chain(sealed).collect::<Vec<_>>()).await
}

/// The summary, so that lists need not read the answers, and the whole.
fn bodies(stored: &StoredInspection) -> Result<(String, String)> {
    let inspection = &stored.inspection;
    let summary = InspectionSummary {
        id: inspection.id,
        number: stored.number.clone(),
        site: inspection.site,
        kind: inspection.kind,
        checklist: inspection.checklist.clone(),
        inspector: inspection.inspector,
        inspector_name: stored.inspector_name.clone(),
        submitted_at: stored.happened(),
        tally: inspection.tally(),
    };
    Ok((body(&summary)?, body(inspection)?))
}

#[async_trait]
impl ReadInspections for SqlStore {
    async fn inspection(&self, office: OfficeId, id: InspectionId) -> Result<Option<StoredInspection>> {
        get(&mut self.reader().await?, office, id).await
    }

    async fn inspection_summary(
        &self,
        office: OfficeId,
        id: InspectionId,
    ) -> Result<Option<InspectionSummary>> {
        summary(&mut self.reader().await?, office, id).await
    }

    async fn inspections(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &InspectionFilter,
    ) -> Result<InspectionPage> {
        let mut conn = self.snapshot().await?;
        let query = InspectionQuery::of(&mut conn, office, scope, filter).await?;
        lists::page(&mut conn, &query, filter.page).await
    }

    async fn send_inspections(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &InspectionFilter,
        most: u32,
        to: mpsc::Sender<InspectionRow>,
    ) -> Result<u32> {
        let mut conn = self.snapshot().await?;
        let query = InspectionQuery::of(&mut conn, office, scope, filter).await?;
        lists::send(&mut conn, &query, most, &to).await
    }
}

#[async_trait]
impl WriteInspections for SqlTransaction {
    async fn known_inspections(&mut self, ids: &[InspectionId]) -> Result<HashSet<InspectionId>> {
        known(&mut self.0, ids).await
    }

    async fn inspections(
        &mut self,
        office: OfficeId,
        ids: &[InspectionId],
    ) -> Result<HashMap<InspectionId, Inspection>> {
        some(&mut self.0, office, ids).await
    }

    async fn put_inspections(&mut self, office: OfficeId, inspections: &[StoredInspection]) -> Result<()> {
        put(&mut self.0, office, inspections).await
    }
}
