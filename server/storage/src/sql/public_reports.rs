//! 群众举报: what people without an account told.

mod contacts;
mod spots;

use super::{
    Conn, QueryBuilder, SqlStore, SqlTransaction,
    columns::{body, count, ms, parse},
    lists::{self, ListQuery},
    query, query_as, query_scalar,
    scoped::{Columns, push_equal, push_id, push_scope},
    search::{Searched, push_words},
};
use crate::{
    FollowedReport, HazardSpot, NewPublicReport, ReadPublicReports, Result, SiteSpot, SpentPuzzle,
    StoredContact, WritePublicReports, error::map_unique_violation,
};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    id::{HazardId, OfficeId, PersonId, PublicReportId},
    photo::PhotoHash,
    public_report::{
        ContactHolder, ContactOpening, PublicReport, PublicReportFilter, PublicReportPage, PublicReportRow,
        ReportStateKind, SealedContact,
    },
    role::Scope,
    search,
};
use tokio::sync::mpsc;
use uuid::Uuid;

const REPORT: &str = "a report by the public";

const OF_REPORT: Columns =
    Columns { grid: "r.grid", site: "r.site", department: "r.department", sector: "r.sector" };

/// Reports as a filter and a scope narrow them: those that wait before the others.
pub(super) struct PublicReportQuery<'a> {
    pub office: OfficeId,
    pub scope: &'a Scope,
    pub filter: &'a PublicReportFilter,
}

impl ListQuery for PublicReportQuery<'_> {
    /// The body, and how many others told of the same.
    type Stored = (String, i64);
    type Row = PublicReportRow;

    const ID: &'static str = "r.id";

    fn push_select(&self, sql: &mut QueryBuilder) {
        sql.push(
            "SELECT r.body, (SELECT count(*) FROM public_report v WHERE v.voice_of = r.id) FROM public_report r",
        );
    }

    fn push_from(&self, sql: &mut QueryBuilder) {
        let Self { office, scope, filter } = self;
        sql.push(" FROM public_report r WHERE r.voice_of IS NULL AND r.office = ").push_bind(office.0);
        push_scope(sql, scope, &OF_REPORT);
        push_equal(sql, "r.state", filter.state.map(ReportStateKind::as_str));
        push_id(sql, "r.hazard", filter.hazard.map(|id| id.0));
        push_words(sql, &filter.query, &[Searched::Column("r.search_key")]);
    }

    fn order(&self) -> &'static str {
        " ORDER BY r.open DESC, r.received_at DESC, r.id"
    }

    fn row(&self, (body, others): Self::Stored) -> Result<PublicReportRow> {
        row(&body, others)
    }
}

fn row(body: &str, others: i64) -> Result<PublicReportRow> {
    let voices = u32::try_from(count(others)).unwrap_or(u32::MAX).saturating_add(1);
    Ok(PublicReportRow { report: parse(REPORT, body)?, voices })
}

async fn get(conn: &mut Conn, office: OfficeId, id: PublicReportId) -> Result<Option<PublicReport>> {
    let row: Option<String> = query_scalar("SELECT body FROM public_report WHERE id = $1 AND office = $2")
        .bind(id.0)
        .bind(office.0)
        .fetch_optional(conn)
        .await?;
    row.map(|row| parse(REPORT, &row)).transpose()
}

async fn voices(conn: &mut Conn, office: OfficeId, id: PublicReportId) -> Result<i64> {
    let others = query_scalar("SELECT count(*) FROM public_report WHERE voice_of = $1 AND office = $2");
    Ok(others.bind(id.0).bind(office.0).fetch_one(conn).await?)
}

async fn like(
    conn: &mut Conn,
    office: OfficeId,
    new: &NewPublicReport,
    since: DateTime<Utc>,
    most: u32,
) -> Result<Vec<PublicReport>> {
    let mut sql = QueryBuilder::new("SELECT body FROM public_report WHERE voice_of IS NULL AND office = ");
    sql.push_bind(office.0).push(" AND received_at >= ").push_bind(ms(since));
    sql.push(" AND (same_words = ").push_bind(&new.same_words);
    for photo in &new.report.photos {
        sql.push(" OR photo = ").push_bind(photo.as_str());
    }
    if let Some(hazard) = new.report.taken_for {
        sql.push(" OR hazard = ").push_bind(hazard.0).push(" OR taken_for = ").push_bind(hazard.0);
    }
    sql.push(") ORDER BY received_at DESC, id LIMIT ").push_bind(i64::from(most));
    let bodies: Vec<String> = sql.build_query_scalar().fetch_all(conn).await?;
    Ok(super::columns::readable(REPORT, &bodies))
}

async fn next(conn: &mut Conn, office: OfficeId, year: i32) -> Result<i64> {
    let last = query_scalar(
        "INSERT INTO sequence (office, series, year, last) VALUES ($1, 'public_report', $2, 1)
         ON CONFLICT (office, series, year) DO UPDATE SET last = sequence.last + 1
         RETURNING last",
    );
    Ok(last.bind(office.0).bind(year).fetch_one(conn).await?)
}

/// What it is found by.
fn search_key(report: &PublicReport) -> String {
    let place = &report.place;
    search::key(&[], &[&report.number, &report.what, &place.words, &place.site_name])
}

async fn put(conn: &mut Conn, office: OfficeId, new: &NewPublicReport) -> Result<()> {
    let NewPublicReport { report, voice_of, lies, same_words, code } = new;
    query(
        "INSERT INTO public_report (id, office, number, voice_of, site, grid, department, sector, state, open,
             received_at, hazard, taken_for, same_words, photo, code, search_key, body)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
    )
    .bind(report.id.0)
    .bind(office.0)
    .bind(&report.number)
    .bind(voice_of.map(|id| id.0))
    .bind(lies.map(|lies| lies.site.0))
    .bind(lies.map(|lies| lies.grid.0))
    .bind(lies.and_then(|lies| lies.department).map(|id| id.0))
    .bind(lies.map(|lies| lies.sector.as_str()))
    .bind(report.state.kind().as_str())
    .bind(report.state.kind().is_open())
    .bind(ms(report.received_at))
    .bind(report.state.hazard().map(|id| id.0))
    .bind(report.taken_for.map(|id| id.0))
    .bind(same_words)
    .bind(report.photos.first().map(PhotoHash::as_str))
    .bind(code.as_slice())
    .bind(search_key(report))
    .bind(body(report)?)
    .execute(conn)
    .await
    .map_err(map_unique_violation("a report's number"))?;
    Ok(())
}

async fn change(conn: &mut Conn, office: OfficeId, report: &PublicReport) -> Result<()> {
    query(
        "UPDATE public_report SET state = $1, open = $2, hazard = $3, body = $4 WHERE id = $5 AND office = $6",
    )
    .bind(report.state.kind().as_str())
    .bind(report.state.kind().is_open())
    .bind(report.state.hazard().map(|id| id.0))
    .bind(body(report)?)
    .bind(report.id.0)
    .bind(office.0)
    .execute(conn)
    .await?;
    Ok(())
}

#[async_trait]
impl ReadPublicReports for SqlStore {
    async fn public_report(&self, office: OfficeId, id: PublicReportId) -> Result<Option<PublicReportRow>> {
        let mut conn = self.snapshot().await?;
        let Some(report) = get(&mut conn, office, id).await? else { return Ok(None) };
        let others = voices(&mut conn, office, id).await?;
        let voices = u32::try_from(count(others)).unwrap_or(u32::MAX).saturating_add(1);
        Ok(Some(PublicReportRow { report, voices }))
    }

    async fn followed_report(&self, office: OfficeId, number: &str) -> Result<Option<FollowedReport>> {
        let row: Option<(String, Vec<u8>, Option<Uuid>)> =
            query_as("SELECT body, code, voice_of FROM public_report WHERE office = $1 AND number = $2")
                .bind(office.0)
                .bind(number)
                .fetch_optional(&mut self.reader().await?)
                .await?;
        let followed = |(body, code, voice_of): (String, Vec<u8>, Option<Uuid>)| -> Result<FollowedReport> {
            Ok(FollowedReport { report: parse(REPORT, &body)?, code, voice_of: voice_of.map(PublicReportId) })
        };
        row.map(followed).transpose()
    }

    async fn public_reports(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &PublicReportFilter,
    ) -> Result<PublicReportPage> {
        let query = PublicReportQuery { office, scope, filter };
        lists::page(&mut self.snapshot().await?, &query, filter.page).await
    }

    async fn send_public_reports(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &PublicReportFilter,
        most: u32,
        to: mpsc::Sender<PublicReportRow>,
    ) -> Result<u32> {
        let query = PublicReportQuery { office, scope, filter };
        lists::send(&mut self.snapshot().await?, &query, most, &to).await
    }

    async fn sees_public_report(&self, office: OfficeId, scope: &Scope, id: PublicReportId) -> Result<bool> {
        let mut sql = QueryBuilder::new("SELECT r.id FROM public_report r WHERE r.office = ");
        sql.push_bind(office.0).push(" AND r.id = ").push_bind(id.0);
        push_scope(&mut sql, scope, &OF_REPORT);
        let seen: Option<Uuid> = sql.build_query_scalar().fetch_optional(&mut self.reader().await?).await?;
        Ok(seen.is_some())
    }

    async fn public_contact(
        &self,
        office: OfficeId,
        report: PublicReportId,
    ) -> Result<Option<StoredContact>> {
        contacts::contact(&mut self.reader().await?, office, report).await
    }

    async fn contact_holders(&self, office: OfficeId) -> Result<Vec<ContactHolder>> {
        contacts::holders(&mut self.reader().await?, office).await
    }

    async fn contact_opening(
        &self,
        office: OfficeId,
        report: PublicReportId,
    ) -> Result<Option<ContactOpening>> {
        contacts::opening(&mut self.reader().await?, office, report).await
    }

    async fn site_spots(&self, office: OfficeId) -> Result<Vec<SiteSpot>> {
        spots::sites(&mut self.reader().await?, office).await
    }

    async fn hazard_spots(&self, office: OfficeId) -> Result<Vec<HazardSpot>> {
        spots::hazards(&mut self.reader().await?, office).await
    }

    async fn disclosed_hazards(&self, office: OfficeId) -> Result<Vec<(HazardId, DateTime<Utc>)>> {
        spots::disclosed(&mut self.reader().await?, office).await
    }
}

#[async_trait]
impl WritePublicReports for SqlTransaction {
    async fn public_report(&mut self, office: OfficeId, id: PublicReportId) -> Result<Option<PublicReport>> {
        get(&mut self.0, office, id).await
    }

    async fn like_public_report(
        &mut self,
        office: OfficeId,
        new: &NewPublicReport,
        since: DateTime<Utc>,
        most: u32,
    ) -> Result<Vec<PublicReport>> {
        like(&mut self.0, office, new, since, most).await
    }

    async fn next_public_report(&mut self, office: OfficeId, year: i32) -> Result<i64> {
        next(&mut self.0, office, year).await
    }

    async fn put_public_report(&mut self, office: OfficeId, new: &NewPublicReport) -> Result<()> {
        put(&mut self.0, office, new).await
    }

    async fn change_public_report(&mut self, office: OfficeId, report: &PublicReport) -> Result<()> {
        change(&mut self.0, office, report).await
    }

    async fn voices_of(&mut self, office: OfficeId, id: PublicReportId) -> Result<u32> {
        let others = voices(&mut self.0, office, id).await?;
        Ok(u32::try_from(count(others)).unwrap_or(u32::MAX).saturating_add(1))
    }

    async fn spent_puzzle(&mut self, token: &str) -> Result<Option<SpentPuzzle>> {
        let row: Option<(Uuid, String)> =
            query_as("SELECT report, digest FROM spent_puzzle WHERE token = $1")
                .bind(token)
                .fetch_optional(&mut self.0)
                .await?;
        Ok(row.map(|(report, digest)| SpentPuzzle { report: PublicReportId(report), digest }))
    }

    async fn spend_puzzle(
        &mut self,
        token: &str,
        spent: &SpentPuzzle,
        until: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<()> {
        query("DELETE FROM spent_puzzle WHERE until < $1").bind(ms(now)).execute(&mut self.0).await?;
        query("INSERT INTO spent_puzzle (token, digest, report, until) VALUES ($1, $2, $3, $4)")
            .bind(token)
            .bind(&spent.digest)
            .bind(spent.report.0)
            .bind(ms(until))
            .execute(&mut self.0)
            .await?;
        Ok(())
    }

    async fn put_public_contact(
        &mut self,
        office: OfficeId,
        report: PublicReportId,
        sealed: &SealedContact,
    ) -> Result<()> {
        contacts::put_contact(&mut self.0, office, report, sealed).await
    }

    async fn public_contact(
        &mut self,
        office: OfficeId,
        report: PublicReportId,
    ) -> Result<Option<StoredContact>> {
        contacts::contact(&mut self.0, office, report).await
    }

    async fn contact_holders(&mut self, office: OfficeId) -> Result<Vec<ContactHolder>> {
        contacts::holders(&mut self.0, office).await
    }

    async fn put_contact_holder(&mut self, office: OfficeId, holder: &ContactHolder) -> Result<()> {
        contacts::put_holder(&mut self.0, office, holder).await
    }

    async fn end_contact_holder(&mut self, office: OfficeId, person: PersonId) -> Result<()> {
        contacts::end_holder(&mut self.0, office, person).await
    }

    async fn contact_opening(
        &mut self,
        office: OfficeId,
        report: PublicReportId,
    ) -> Result<Option<ContactOpening>> {
        contacts::opening(&mut self.0, office, report).await
    }

    async fn put_contact_opening(&mut self, office: OfficeId, opening: &ContactOpening) -> Result<()> {
        contacts::put_opening(&mut self.0, office, opening).await
    }

    async fn contact_opened(&mut self, office: OfficeId, report: PublicReportId) -> Result<()> {
        contacts::opened(&mut self.0, office, report).await
    }

    async fn put_disclosed_hazard(
        &mut self,
        office: OfficeId,
        hazard: HazardId,
        at: DateTime<Utc>,
    ) -> Result<()> {
        query(
            "INSERT INTO disclosed_hazard (hazard, office, at) VALUES ($1, $2, $3) ON CONFLICT (hazard) DO NOTHING",
        )
        .bind(hazard.0)
        .bind(office.0)
        .bind(ms(at))
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn end_disclosed_hazard(&mut self, office: OfficeId, hazard: HazardId) -> Result<()> {
        query("DELETE FROM disclosed_hazard WHERE hazard = $1 AND office = $2")
            .bind(hazard.0)
            .bind(office.0)
            .execute(&mut self.0)
            .await?;
        Ok(())
    }
}
