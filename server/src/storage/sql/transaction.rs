//! One writer's turn.

use super::{
    Db, changes, checklists, hazards, inspections, operations, people, photos, places, sessions, sites,
};
use crate::storage::{
    NewOperation, NewSession, Record, Recorded, Result, Series, StoredInspection, Transaction,
};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    checklist::Checklist,
    hazard::Hazard,
    id::{ChecklistId, HazardId, InspectionId, OfficeId, OperationId, PersonId, SiteId},
    person::Person,
    photo::{PhotoFacts, PhotoHash},
    place::{Community, Department, Grid, Office},
    schedule::VisitIntervals,
    sector::Sector,
    site::Site,
};

pub(super) struct Turn(sqlx::Transaction<'static, Db>);

impl Turn {
    pub(super) fn new(transaction: sqlx::Transaction<'static, Db>) -> Self {
        Self(transaction)
    }

    async fn run(&mut self, sql: &'static str) -> Result<()> {
        sqlx::query(sql).execute(&mut *self.0).await?;
        Ok(())
    }
}

#[async_trait]
impl Transaction for Turn {
    async fn savepoint(&mut self) -> Result<()> {
        self.run("SAVEPOINT operation").await
    }
    async fn keep(&mut self) -> Result<()> {
        self.run("RELEASE operation").await
    }
    async fn undo(&mut self) -> Result<()> {
        self.run("ROLLBACK TO operation").await?;
        self.run("RELEASE operation").await
    }
    async fn commit(self: Box<Self>) -> Result<()> {
        Ok(self.0.commit().await?)
    }

    async fn recorded(&mut self, id: OperationId) -> Result<Option<Recorded>> {
        operations::recorded(&mut self.0, id).await
    }
    async fn record(&mut self, operation: &NewOperation) -> Result<()> {
        operations::record(&mut self.0, operation).await
    }
    async fn next_number(&mut self, office: OfficeId, series: Series, year: i32) -> Result<u64> {
        let number = operations::next(&mut self.0, office, operations::series(series), year).await?;
        Ok(number.unsigned_abs())
    }
    async fn touch(&mut self, office: OfficeId, record: &Record) -> Result<()> {
        changes::touch(&mut self.0, office, record).await
    }

    async fn site(&mut self, office: OfficeId, id: SiteId) -> Result<Option<Site>> {
        sites::get(&mut self.0, office, id).await
    }
    async fn checklist(
        &mut self,
        office: OfficeId,
        id: &ChecklistId,
        version: u32,
    ) -> Result<Option<Checklist>> {
        checklists::get(&mut self.0, office, id, version).await
    }
    async fn hazard(&mut self, office: OfficeId, id: HazardId) -> Result<Option<Hazard>> {
        hazards::get(&mut self.0, office, id).await
    }
    async fn sector_of(&mut self, office: OfficeId, id: &ChecklistId) -> Result<Option<Sector>> {
        checklists::sector_of(&mut self.0, office, id).await
    }
    async fn inspection_exists(&mut self, office: OfficeId, id: InspectionId) -> Result<bool> {
        inspections::exists(&mut self.0, office, id).await
    }

    async fn put_hazard(&mut self, office: OfficeId, hazard: &Hazard, now: DateTime<Utc>) -> Result<()> {
        hazards::put(&mut self.0, office, hazard, now).await
    }
    async fn put_inspection(&mut self, office: OfficeId, inspection: &StoredInspection) -> Result<()> {
        inspections::put(&mut self.0, office, inspection).await
    }
    async fn name_photos(&mut self, office: OfficeId, site: SiteId, photos: &[PhotoHash]) -> Result<()> {
        photos::name(&mut self.0, office, site, photos).await
    }
    async fn put_photo(&mut self, office: OfficeId, facts: &PhotoFacts) -> Result<()> {
        photos::put(&mut self.0, office, facts).await
    }
    async fn photo_received(&mut self, office: OfficeId, hash: &PhotoHash, now: DateTime<Utc>) -> Result<()> {
        photos::received(&mut self.0, office, hash, now).await
    }

    async fn put_office(&mut self, office: &Office) -> Result<()> {
        places::put_office(&mut self.0, office).await
    }
    async fn put_intervals(&mut self, office: OfficeId, intervals: &VisitIntervals) -> Result<()> {
        places::put_intervals(&mut self.0, office, intervals).await
    }
    async fn put_community(&mut self, office: OfficeId, community: &Community) -> Result<()> {
        places::put_community(&mut self.0, office, community).await
    }
    async fn put_grid(&mut self, office: OfficeId, grid: &Grid) -> Result<()> {
        places::put_grid(&mut self.0, office, grid).await
    }
    async fn put_department(&mut self, office: OfficeId, department: &Department) -> Result<()> {
        places::put_department(&mut self.0, office, department).await
    }
    async fn put_site(&mut self, office: OfficeId, site: &Site) -> Result<()> {
        sites::put(&mut self.0, office, site).await
    }
    async fn put_checklist(&mut self, office: OfficeId, checklist: &Checklist) -> Result<()> {
        checklists::put(&mut self.0, office, checklist).await
    }
    async fn put_person(
        &mut self,
        office: OfficeId,
        person: &Person,
        password_hash: Option<&str>,
    ) -> Result<()> {
        people::put(&mut self.0, office, person, password_hash).await
    }

    async fn put_session(&mut self, session: &NewSession) -> Result<()> {
        sessions::put(&mut self.0, session).await
    }
    async fn seen(&mut self, session: i64, now: DateTime<Utc>) -> Result<()> {
        sessions::seen(&mut self.0, session, now).await
    }
    async fn end_session(&mut self, person: PersonId, session: i64) -> Result<()> {
        sessions::end(&mut self.0, person, session).await
    }
    async fn end_sessions_of(&mut self, person: PersonId) -> Result<()> {
        sessions::end_all(&mut self.0, person).await
    }
}
