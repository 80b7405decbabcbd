//! 场所: what is inspected.

mod had;
mod list;
mod same;

pub(super) use list::SiteQuery;

use super::{
    Conn, QueryBuilder, SqlStore, SqlTransaction, campaigns, changes,
    columns::{body, ms, parse, time},
    former, keys, last_answers,
    lists::{self, Reader},
    query, query_as,
    rows::{power_of_two_chunks, push_in},
    scoped::{OF_SITE, push_scope},
};
use crate::{ReadSites, Record, Result, StoreError, WriteSites, error::map_unique_violation, pinyin};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    campaign::CampaignPart,
    form::LastAnswers,
    id::{FormId, OfficeId, PartyId, SiteId, SiteKind},
    party::{Party, SiteParty},
    place::PlaceId,
    role::Scope,
    site::{Site, SiteFilter, SitePage, SiteRow, attributes::SiteAttributes},
    visit::PlaceNames,
};
use std::collections::{HashMap, HashSet};
use tokio::sync::mpsc;
use uuid::Uuid;

/// A site's body, its attributes, its last visit, what was answered then, and id, name and body of the party that answers for it.
pub(super) type Stored = (String, String, Option<i64>, String, Option<Uuid>, Option<String>, Option<String>);

/// ` WHERE …` follows, of the site `s`.
pub(super) const SELECT: &str = "SELECT s.body, s.attributes, s.last_visit, s.last_answers, p.id, p.name, p.body FROM site s LEFT JOIN party p ON p.id = s.party";

/// The body with what the columns and the party's own record know better. A party that cannot be read costs its sites its
/// people and nothing else: they are walked, and their hazards go on. Last answers that cannot be read are not known.
pub(super) fn site(stored: Stored) -> Result<Site> {
    let (body, attributes, last_visit, answers, party, name, record) = stored;
    let mut site: Site = parse("a site", &body)?;
    site.attributes = parse("a site's attributes", &attributes)?;
    site.last_visit = last_visit.map(time).transpose()?;
    site.last_answers = last_answers::read(&answers);
    let known =
        record.and_then(|record| parse::<Party>("a party", &record).ok()).map(|party| party.of_site());
    let named = party.map(|id| SiteParty::named_only(PartyId(id), name.unwrap_or_default()));
    site.party = known.or(named);
    Ok(site)
}

pub(super) async fn get(conn: &mut Conn, office: OfficeId, id: SiteId) -> Result<Option<Site>> {
    Ok(some(conn, office, &[id]).await?.remove(&id))
}

pub(super) async fn some(conn: &mut Conn, office: OfficeId, ids: &[SiteId]) -> Result<HashMap<SiteId, Site>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let mut sql = QueryBuilder::new(SELECT);
    sql.push(" WHERE s.office = ").push_bind(office.0).push(" AND s.id");
    push_in(&mut sql, &ids);
    let rows: Vec<Stored> = sql.build_query_as().fetch_all(conn).await?;
    let site = |stored: Stored| {
        let site = site(stored)?;
        Ok((site.id, site))
    };
    rows.into_iter().map(site).collect()
}

pub(super) async fn all(conn: &mut Conn, office: OfficeId) -> Result<Vec<Site>> {
    let mut sql = QueryBuilder::new(SELECT);
    sql.push(" WHERE s.office = ").push_bind(office.0).push(" ORDER BY s.code");
    let rows: Vec<Stored> = sql.build_query_as().fetch_all(conn).await?;
    rows.into_iter().map(site).collect()
}

async fn in_use(conn: &mut Conn, office: OfficeId, scope: &Scope) -> Result<Vec<Site>> {
    let mut sql = QueryBuilder::new(SELECT);
    sql.push(" WHERE s.office = ").push_bind(office.0).push(" AND s.retired = FALSE");
    push_scope(&mut sql, scope, &OF_SITE);
    sql.push(" ORDER BY s.code");
    let rows: Vec<Stored> = sql.build_query_as().fetch_all(conn).await?;
    let left_out = |error: &StoreError| tracing::warn!(%error, "a site is left out; xunan verify");
    Ok(rows.into_iter().filter_map(|stored| site(stored).inspect_err(left_out).ok()).collect())
}

/// Visits alone move the last visit of a site that is there already. What it is found by is made here, so that no way
/// in can forget it. Of the party, the column says which it is and the party's own record the rest; the attributes have a column of their own.
pub(super) async fn put(conn: &mut Conn, office: OfficeId, site: &Site) -> Result<()> {
    let party = site.party.as_ref().map(|party| party.id.0);
    let attributes = body(&site.attributes)?;
    let site = &Site {
        pinyin: pinyin::key(site),
        party: None,
        attributes: SiteAttributes::default(),
        last_answers: vec![],
        ..site.clone()
    };
    let lay: Option<(Uuid, Option<Uuid>, String)> =
        query_as("SELECT grid, department, sector FROM site WHERE id = $1")
            .bind(site.id.0)
            .fetch_optional(&mut *conn)
            .await?;
    query(
        "INSERT INTO site (id, office, community, grid, department, party, code, name, pinyin, address, sector,
             risk, attributes, has_contact, has_leader, retired, to_confirm, last_visit, body)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
         ON CONFLICT (id) DO UPDATE SET community = excluded.community, grid = excluded.grid,
             department = excluded.department, party = excluded.party, code = excluded.code, name = excluded.name,
             pinyin = excluded.pinyin, address = excluded.address, sector = excluded.sector,
             risk = excluded.risk, attributes = excluded.attributes, has_contact = excluded.has_contact, has_leader = excluded.has_leader,
             retired = excluded.retired, to_confirm = excluded.to_confirm, body = excluded.body
         WHERE site.office = excluded.office",
    )
    .bind(site.id.0)
    .bind(office.0)
    .bind(site.community.0)
    .bind(site.grid.0)
    .bind(site.department.map(|department| department.0))
    .bind(party)
    .bind(&site.code)
    .bind(&site.name)
    .bind(&site.pinyin)
    .bind(&site.address)
    .bind(site.sector.as_str())
    .bind(site.risk.as_str())
    .bind(&attributes)
    .bind(site.contacts.iter().any(|contact| !contact.name.is_empty()))
    .bind(!site.leader.is_empty())
    .bind(site.retired)
    .bind(site.to_confirm.is_some())
    .bind(site.last_visit.map(ms))
    .bind(body(site)?)
    .execute(&mut *conn)
    .await
    .map_err(map_unique_violation("code"))?;
    had::remember(conn, site, &attributes).await?;
    changes::touch(conn, office, &[Record::Site(site.id)]).await?;
    let department = site.department.map(|department| department.0);
    if lay.is_some_and(|lay| lay != (site.grid.0, department, site.sector.as_str().to_owned())) {
        changes::site_moved(conn, office, site.id).await?;
    }
    Ok(())
}

/// What a site is read from, and the names of its community, its grid and its department.
type Named = (
    String,
    String,
    Option<i64>,
    String,
    Option<Uuid>,
    Option<String>,
    Option<String>,
    String,
    String,
    Option<String>,
);

async fn named(
    conn: &mut Conn,
    office: OfficeId,
    ids: &[SiteId],
) -> Result<HashMap<SiteId, (Site, PlaceNames)>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let mut sql = QueryBuilder::new(
        "SELECT s.body, s.attributes, s.last_visit, s.last_answers, p.id, p.name, p.body, m.name, g.name, d.name FROM site s
         JOIN community m ON m.id = s.community JOIN grid g ON g.id = s.grid
         LEFT JOIN department d ON d.id = s.department LEFT JOIN party p ON p.id = s.party WHERE s.office = ",
    );
    sql.push_bind(office.0).push(" AND s.id");
    push_in(&mut sql, &ids);
    let rows: Vec<Named> = sql.build_query_as().fetch_all(conn).await?;
    let named = |stored: Named| {
        let (body, attributes, last_visit, last_answers, party, name, record, community, grid, department) =
            stored;
        let site = site((body, attributes, last_visit, last_answers, party, name, record))?;
        Ok((site.id, (site, PlaceNames { community, grid, department })))
    };
    rows.into_iter().map(named).collect()
}

/// Moves last visits on, never back. Sites are all different.
pub(super) async fn visited(
    conn: &mut Conn,
    office: OfficeId,
    visits: &[(SiteId, DateTime<Utc>)],
) -> Result<()> {
    for chunk in power_of_two_chunks(visits) {
        // Both databases call the columns of a list of values column1, column2.
        let mut sql = QueryBuilder::new("UPDATE site SET last_visit = v.column2 FROM (");
        sql.push_values(chunk, |mut row, (site, at)| {
            row.push_bind(site.0).push_bind(ms(*at));
        });
        sql.push(") AS v WHERE site.id = v.column1 AND (last_visit IS NULL OR last_visit < v.column2)");
        sql.push(" AND office = ").push_bind(office.0);
        sql.build().execute_later(&mut *conn).await?;
    }
    Ok(())
}

#[async_trait]
impl ReadSites for SqlStore {
    async fn all_sites(&self, office: OfficeId) -> Result<Vec<Site>> {
        all(&mut self.reader().await?, office).await
    }

    async fn sites_in_use(&self, office: OfficeId, scope: &Scope) -> Result<Vec<Site>> {
        in_use(&mut self.reader().await?, office, scope).await
    }

    async fn sites(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &SiteFilter,
        now: DateTime<Utc>,
    ) -> Result<SitePage> {
        let mut conn = self.snapshot().await?;
        let query = SiteQuery::of(&mut conn, Reader { office, scope, now }, filter).await?;
        lists::page(&mut conn, &query, filter.page).await
    }

    async fn send_sites(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &SiteFilter,
        now: DateTime<Utc>,
        most: u32,
        to: mpsc::Sender<SiteRow>,
    ) -> Result<u32> {
        let mut conn = self.snapshot().await?;
        let query = SiteQuery::of(&mut conn, Reader { office, scope, now }, filter).await?;
        lists::send(&mut conn, &query, most, &to).await
    }

    async fn campaign_progress(
        &self,
        office: OfficeId,
        scope: &Scope,
        form: &FormId,
        now: DateTime<Utc>,
    ) -> Result<Vec<CampaignPart>> {
        campaigns::progress(&mut self.snapshot().await?, Reader { office, scope, now }, form).await
    }

    async fn site(&self, office: OfficeId, id: SiteId) -> Result<Option<Site>> {
        get(&mut self.reader().await?, office, id).await
    }

    async fn sites_of_code(
        &self,
        office: OfficeId,
        scope: &Scope,
        code: &str,
    ) -> Result<Vec<(SiteId, String)>> {
        keys::sites(&mut self.reader().await?, office, scope, code).await
    }
}

#[async_trait]
impl WriteSites for SqlTransaction {
    async fn sites(&mut self, office: OfficeId, ids: &[SiteId]) -> Result<HashMap<SiteId, Site>> {
        some(&mut self.0, office, ids).await
    }

    async fn kinds_had(&mut self, ids: &[SiteId]) -> Result<HashMap<SiteId, Vec<Vec<SiteKind>>>> {
        had::kinds(&mut self.0, ids).await
    }

    async fn attributes_had(&mut self, ids: &[SiteId]) -> Result<HashMap<SiteId, Vec<SiteAttributes>>> {
        had::attributes(&mut self.0, ids).await
    }

    async fn named_sites(
        &mut self,
        office: OfficeId,
        ids: &[SiteId],
    ) -> Result<HashMap<SiteId, (Site, PlaceNames)>> {
        named(&mut self.0, office, ids).await
    }

    async fn known_sites(&mut self, ids: &[SiteId]) -> Result<HashSet<SiteId>> {
        same::known(&mut self.0, ids).await
    }

    async fn same_sites(&mut self, office: OfficeId, ids: &[SiteId]) -> Result<HashMap<SiteId, SiteId>> {
        same::of(&mut self.0, office, ids).await
    }

    async fn put_same_sites(&mut self, office: OfficeId, pairs: &[(SiteId, SiteId)]) -> Result<()> {
        same::put(&mut self.0, office, pairs).await
    }

    async fn sites_in(&mut self, office: OfficeId, place: PlaceId) -> Result<Vec<Site>> {
        former::sites_in(&mut self.0, office, place).await
    }

    async fn put_site(&mut self, office: OfficeId, site: &Site) -> Result<()> {
        put(&mut self.0, office, site).await
    }

    async fn put_last_answers(&mut self, office: OfficeId, given: &[(SiteId, LastAnswers)]) -> Result<()> {
        last_answers::put(&mut self.0, office, given).await
    }

    async fn put_last_visits(&mut self, office: OfficeId, visits: &[(SiteId, DateTime<Utc>)]) -> Result<()> {
        visited(&mut self.0, office, visits).await?;
        self.0.run_waiting().await?;
        let records: Vec<_> = visits.iter().map(|(site, _)| Record::Site(*site)).collect();
        changes::touch(&mut self.0, office, &records).await
    }
}
