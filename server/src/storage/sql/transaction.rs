//! One writer's turn.

use super::{
    Db, audit, changes, checklists, factors, former, hazards, imports, inspections, jobs, looks, numbers,
    operations, people, photos, places, quotas, sessions, set_aside, signing_keys, sites, tries, uploads,
};
use crate::storage::{
    Brought, Job, JobKind, NamedPhoto, NewOperation, NewSession, Numbers, Places, Rebuilt, Record, Recorded,
    Result, StoredFactor, StoredImport, StoredInspection, StoredOperation, StoredPlan, StoredUpload,
    TokenHash, Transaction, Undone,
};
use app::backend::SetAside;
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    audit::AuditEntry,
    checklist::Checklist,
    hazard::Hazard,
    id::{ChecklistId, DepartmentId, HazardId, InspectionId, OfficeId, OperationId, PersonId, SiteId},
    inspection::Inspection,
    person::Person,
    photo::{Look, PhotoFacts, PhotoHash},
    place::{Community, Department, FormerPlace, Grid, Office, PlaceId, command::Living},
    quota::Usage,
    role::Placement,
    schedule::VisitIntervals,
    sector::Sector,
    site::Site,
};
use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

pub(super) struct Turn(sqlx::Transaction<'static, Db>);

impl Turn {
    pub(super) fn new(transaction: sqlx::Transaction<'static, Db>) -> Self {
        Self(transaction)
    }
}

#[async_trait]
impl Transaction for Turn {
    async fn commit(self: Box<Self>) -> Result<()> {
        Ok(self.0.commit().await?)
    }

    async fn recorded(&mut self, ids: &[OperationId]) -> Result<HashMap<OperationId, Recorded>> {
        operations::recorded(&mut self.0, ids).await
    }
    async fn record(&mut self, operations: &[NewOperation]) -> Result<()> {
        operations::record(&mut self.0, operations).await
    }
    async fn numbers(&mut self, office: OfficeId, year: i32) -> Result<Numbers> {
        numbers::all(&mut self.0, office, year).await
    }
    async fn put_numbers(&mut self, office: OfficeId, year: i32, numbers: &Numbers) -> Result<()> {
        numbers::put(&mut self.0, office, year, numbers).await
    }
    async fn touch(&mut self, office: OfficeId, records: &[Record]) -> Result<()> {
        changes::touch(&mut self.0, office, records).await
    }

    async fn sites(&mut self, office: OfficeId, ids: &[SiteId]) -> Result<HashMap<SiteId, Site>> {
        sites::some(&mut self.0, office, ids).await
    }
    async fn checklist(
        &mut self,
        office: OfficeId,
        id: &ChecklistId,
        version: u32,
    ) -> Result<Option<Checklist>> {
        checklists::get(&mut self.0, office, id, version).await
    }
    async fn hazards(&mut self, office: OfficeId, ids: &[HazardId]) -> Result<HashMap<HazardId, Hazard>> {
        hazards::some(&mut self.0, office, ids).await
    }
    async fn sector_of(&mut self, office: OfficeId, id: &ChecklistId) -> Result<Option<Sector>> {
        checklists::sector_of(&mut self.0, office, id).await
    }
    async fn known_inspections(&mut self, ids: &[InspectionId]) -> Result<HashSet<InspectionId>> {
        inspections::known(&mut self.0, ids).await
    }
    async fn inspections(
        &mut self,
        office: OfficeId,
        ids: &[InspectionId],
    ) -> Result<HashMap<InspectionId, Inspection>> {
        inspections::some(&mut self.0, office, ids).await
    }
    async fn departments(&mut self, office: OfficeId) -> Result<HashSet<DepartmentId>> {
        places::departments(&mut self.0, office).await
    }
    async fn announcers(
        &mut self,
        office: OfficeId,
        hashes: &[PhotoHash],
    ) -> Result<HashSet<(PhotoHash, PersonId)>> {
        photos::announcers(&mut self.0, office, hashes).await
    }
    async fn photo_places(
        &mut self,
        office: OfficeId,
        hashes: &[PhotoHash],
    ) -> Result<HashMap<PhotoHash, Vec<Placement>>> {
        photos::places(&mut self.0, office, hashes).await
    }
    async fn usage(&mut self, person: PersonId, day: NaiveDate) -> Result<Usage> {
        quotas::get(&mut self.0, person, day).await
    }
    async fn put_usage(&mut self, person: PersonId, day: NaiveDate, usage: &Usage) -> Result<()> {
        quotas::put(&mut self.0, person, day, usage).await
    }
    async fn known_hazards(&mut self, ids: &[HazardId]) -> Result<HashSet<HazardId>> {
        hazards::known(&mut self.0, ids).await
    }

    async fn put_hazards(&mut self, office: OfficeId, hazards: &[Hazard], now: DateTime<Utc>) -> Result<()> {
        hazards::put(&mut self.0, office, hazards, now).await
    }
    async fn rebuild_hazards(&mut self, after: Option<HazardId>, most: u32) -> Result<Rebuilt> {
        hazards::rebuild(&mut self.0, after, most).await
    }
    async fn put_inspections(&mut self, office: OfficeId, inspections: &[StoredInspection]) -> Result<()> {
        inspections::put(&mut self.0, office, inspections).await
    }
    async fn name_photos(&mut self, office: OfficeId, named: &[NamedPhoto]) -> Result<()> {
        photos::name(&mut self.0, office, named).await?;
        looks::name(&mut self.0, office, named).await
    }
    async fn put_look(
        &mut self,
        office: OfficeId,
        hash: &PhotoHash,
        look: Option<&Look>,
        alike: &[(PhotoHash, u32)],
    ) -> Result<()> {
        looks::put(&mut self.0, office, hash, look, alike).await
    }
    async fn put_photos(&mut self, office: OfficeId, facts: &[PhotoFacts]) -> Result<()> {
        photos::put(&mut self.0, office, facts).await
    }
    async fn photos_received(
        &mut self,
        office: OfficeId,
        brought: &[Brought],
        now: DateTime<Utc>,
    ) -> Result<()> {
        photos::received(&mut self.0, office, brought, now).await
    }

    async fn put_set_aside(&mut self, office: OfficeId, waiting: &[SetAside]) -> Result<()> {
        set_aside::put(&mut self.0, office, waiting).await
    }
    async fn set_aside(&mut self, office: OfficeId, id: OperationId) -> Result<Option<StoredOperation>> {
        set_aside::waiting(&mut self.0, office, id).await
    }
    async fn decide_set_aside(
        &mut self,
        office: OfficeId,
        id: OperationId,
        by: &str,
        at: DateTime<Utc>,
        taken: bool,
    ) -> Result<()> {
        set_aside::decide(&mut self.0, office, id, by, at, taken).await
    }

    async fn put_audit(&mut self, entry: &AuditEntry) -> Result<()> {
        audit::put(&mut self.0, entry).await
    }

    async fn upload(&mut self, id: Uuid) -> Result<Option<StoredUpload>> {
        uploads::get(&mut self.0, id).await
    }
    async fn upload_of(&mut self, person: PersonId, hash: &PhotoHash) -> Result<Option<StoredUpload>> {
        uploads::of(&mut self.0, person, hash).await
    }
    async fn put_upload(&mut self, upload: &StoredUpload) -> Result<()> {
        uploads::put(&mut self.0, upload).await
    }
    async fn end_upload(&mut self, id: Uuid) -> Result<()> {
        uploads::end(&mut self.0, id).await
    }
    async fn expired_uploads(&mut self, now: DateTime<Utc>, most: u32) -> Result<Vec<StoredUpload>> {
        uploads::expired(&mut self.0, now, most).await
    }

    async fn signing_key(&mut self) -> Result<Option<Vec<u8>>> {
        signing_keys::newest(&mut self.0).await
    }
    async fn put_signing_key(&mut self, id: &str, secret: &[u8], made_at: DateTime<Utc>) -> Result<()> {
        signing_keys::put(&mut self.0, id, secret, made_at).await
    }

    async fn living(&mut self, office: OfficeId) -> Result<BTreeMap<PlaceId, Living>> {
        former::living(&mut self.0, office).await
    }
    async fn sites_in(&mut self, office: OfficeId, place: PlaceId) -> Result<Vec<Site>> {
        former::sites_in(&mut self.0, office, place).await
    }
    async fn hand_over_hazards(
        &mut self,
        office: OfficeId,
        from: DepartmentId,
        into: DepartmentId,
    ) -> Result<()> {
        former::hand_over(&mut self.0, office, from, into).await
    }
    async fn people_in(&mut self, office: OfficeId, place: PlaceId) -> Result<Vec<Person>> {
        former::people_in(&mut self.0, office, place).await
    }
    async fn end_place(&mut self, office: OfficeId, former: &FormerPlace) -> Result<()> {
        former::end(&mut self.0, office, former).await
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

    async fn places(&mut self, office: OfficeId) -> Result<Places> {
        places::all(&mut self.0, office).await
    }
    async fn people(&mut self, office: OfficeId) -> Result<Vec<Person>> {
        people::all(&mut self.0, office).await
    }
    async fn put_password(
        &mut self,
        person: PersonId,
        password_hash: &str,
        due: bool,
        but: Option<i64>,
    ) -> Result<()> {
        people::put_password(&mut self.0, person, password_hash, due).await?;
        sessions::end_all(&mut self.0, person, but).await
    }
    async fn second_factor(&mut self, person: PersonId) -> Result<Option<StoredFactor>> {
        factors::get(&mut self.0, person).await
    }
    async fn put_second_factor(&mut self, person: PersonId, secret: &[u8]) -> Result<()> {
        factors::put(&mut self.0, person, secret).await
    }
    async fn second_factor_used(&mut self, person: PersonId, step: i64, now: DateTime<Utc>) -> Result<()> {
        factors::used(&mut self.0, person, step, now).await
    }
    async fn end_second_factor(&mut self, person: PersonId) -> Result<()> {
        factors::end(&mut self.0, person).await
    }
    async fn put_recovery_codes(&mut self, person: PersonId, codes: &[TokenHash]) -> Result<()> {
        factors::put_codes(&mut self.0, person, codes).await
    }
    async fn take_recovery_code(&mut self, person: PersonId, code: &TokenHash) -> Result<bool> {
        factors::take_code(&mut self.0, person, code).await
    }
    async fn ask_second_factor(&mut self, office: OfficeId, asks: bool) -> Result<()> {
        factors::ask(&mut self.0, office, asks).await
    }

    async fn put_session(&mut self, session: &NewSession) -> Result<()> {
        sessions::put(&mut self.0, session).await
    }
    async fn confirm_session(&mut self, session: i64, now: DateTime<Utc>) -> Result<()> {
        sessions::confirm(&mut self.0, session, now).await
    }
    async fn end_token(&mut self, token: &TokenHash) -> Result<()> {
        sessions::end_token(&mut self.0, token).await
    }
    async fn seen(&mut self, session: i64, now: DateTime<Utc>) -> Result<()> {
        sessions::seen(&mut self.0, session, now).await
    }
    async fn end_session(&mut self, person: PersonId, session: i64) -> Result<()> {
        sessions::end(&mut self.0, person, session).await
    }
    async fn end_sessions_of(&mut self, person: PersonId, but: Option<i64>) -> Result<()> {
        sessions::end_all(&mut self.0, person, but).await
    }
    async fn tries(&mut self, key: &str, since: DateTime<Utc>) -> Result<Vec<DateTime<Utc>>> {
        tries::since(&mut self.0, key, since).await
    }
    async fn put_try(&mut self, keys: &[&str], at: DateTime<Utc>, since: DateTime<Utc>) -> Result<()> {
        tries::put(&mut self.0, keys, at, since).await
    }
    async fn forget_tries(&mut self, key: &str, since: DateTime<Utc>) -> Result<()> {
        tries::forget(&mut self.0, key, since).await
    }

    async fn put_jobs(
        &mut self,
        office: OfficeId,
        kind: JobKind,
        subjects: &[String],
        now: DateTime<Utc>,
    ) -> Result<()> {
        jobs::put(&mut self.0, office, kind, subjects, now).await
    }
    async fn lease_jobs(&mut self, now: DateTime<Utc>, until: DateTime<Utc>, most: u32) -> Result<Vec<Job>> {
        jobs::lease(&mut self.0, now, until, most).await
    }
    async fn end_job(&mut self, job: &Job) -> Result<()> {
        jobs::end(&mut self.0, job).await
    }

    async fn put_import_plan(&mut self, plan: &StoredPlan, now: DateTime<Utc>) -> Result<()> {
        imports::put_plan(&mut self.0, plan, now).await
    }
    async fn end_import_plan(&mut self, person: PersonId, id: Uuid) -> Result<()> {
        imports::end_plan(&mut self.0, person, id).await
    }
    async fn put_import(&mut self, import: &StoredImport) -> Result<()> {
        imports::put(&mut self.0, import).await
    }
    async fn import_undone(&mut self, office: OfficeId, id: Uuid, undone: &Undone) -> Result<()> {
        imports::undone(&mut self.0, office, id, undone).await
    }
}
