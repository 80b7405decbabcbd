//! The store and the photos behind a [`Weather`]: before and after everything that is asked of them the server may die, or
//! they may be away.

use super::weather::Weather;
use app::backend::{
    InspectionFilter, InspectionPage, SetAside, SetAsidePage, SiteFilter, SitePage, import::ImportKind,
};
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    audit::{AuditEntry, AuditFilter, AuditPage},
    checklist::Checklist,
    hazard::Hazard,
    id::{ChecklistId, DepartmentId, HazardId, InspectionId, OfficeId, OperationId, PersonId, SiteId},
    inspection::{Inspection, InspectionSummary},
    integrity::{Shown, Sight},
    ledger::{LedgerFilter, LedgerPage},
    overview::Overview,
    person::Person,
    photo::{Look, PhotoFacts, PhotoHash},
    place::{Community, Department, FormerPlace, Grid, Office, PlaceId, command::Living},
    quota::Usage,
    role::{Placement, Scope},
    schedule::VisitIntervals,
    sector::Sector,
    site::Site,
};
use server::{
    blobs::{BlobError, Blobs, Variant},
    storage::{
        Account, Brought, Changed, Job, JobKind, NamedPhoto, NewOperation, NewSession, Numbers, Places,
        Rebuilt, Record, Recorded, Result, Session, Store, StoredFactor, StoredImport, StoredInspection,
        StoredOperation, StoredPhoto, StoredPlan, StoredUpload, TokenHash, Transaction, Undone, dump::Row,
    },
};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};
use tokio::sync::mpsc;
use uuid::Uuid;

#[derive(Debug)]
pub struct FaultyStore {
    pub inner: Arc<dyn Store>,
    pub weather: Arc<Weather>,
}

struct FaultyTransaction {
    inner: Box<dyn Transaction>,
    weather: Arc<Weather>,
}

macro_rules! store {
    ($($name:ident($($arg:ident: $type:ty),* $(,)?) -> $value:ty;)*) => {
        #[async_trait]
        impl Store for FaultyStore {
            async fn write(&self) -> Result<Box<dyn Transaction>> {
                let inner = self.weather.survive(self.inner.write()).await?;
                Ok(Box::new(FaultyTransaction { inner, weather: Arc::clone(&self.weather) }))
            }
            async fn close(&self) {
                self.inner.close().await;
            }
            $(async fn $name(&self, $($arg: $type),*) -> Result<$value> {
                self.weather.survive(self.inner.$name($($arg),*)).await
            })*
        }
    };
}

macro_rules! transaction {
    ($($name:ident($($arg:ident: $type:ty),* $(,)?) -> $value:ty;)*) => {
        #[async_trait]
        impl Transaction for FaultyTransaction {
            async fn commit(self: Box<Self>) -> Result<()> {
                let Self { inner, weather } = *self;
                weather.survive(inner.commit()).await
            }
            $(async fn $name(&mut self, $($arg: $type),*) -> Result<$value> {
                self.weather.survive(self.inner.$name($($arg),*)).await
            })*
        }
    };
}

store! {
        ready() -> ();
        offices() -> Vec<Office>;
        places(office: OfficeId) -> Places;
        living(office: OfficeId) -> BTreeMap<PlaceId, Living>;
        former_places(office: OfficeId) -> Vec<FormerPlace>;
        account(username: &str) -> Option<Account>;
        session(token: &TokenHash, now: DateTime<Utc>) -> Option<Session>;
        sessions_of(person: PersonId, now: DateTime<Utc>) -> Vec<Session>;
        people(office: OfficeId) -> Vec<Person>;
        second_factor(person: PersonId) -> Option<StoredFactor>;
        asks_second_factor(office: OfficeId) -> bool;
        next_job() -> Option<DateTime<Utc>>;
        checklists(office: OfficeId) -> Vec<Checklist>;
        newest_checklist(office: OfficeId, id: &ChecklistId) -> Option<Checklist>;
        checklist(office: OfficeId, id: &ChecklistId, version: u32) -> Option<Checklist>;
        all_sites(office: OfficeId) -> Vec<Site>;
        sites(office: OfficeId, scope: &Scope, filter: &SiteFilter, now: DateTime<Utc>) -> SitePage;
        site(office: OfficeId, id: SiteId) -> Option<Site>;
        sites_of_code(office: OfficeId, scope: &Scope, code: &str) -> Vec<(SiteId, String)>;
        hazards_of_number(office: OfficeId, scope: &Scope, number: &str) -> Vec<(HazardId, String)>;
        hazard(office: OfficeId, id: HazardId) -> Option<Hazard>;
        ledger(office: OfficeId, scope: &Scope, filter: &LedgerFilter, today: NaiveDate) -> LedgerPage;
        overview(office: OfficeId, scope: &Scope, now: DateTime<Utc>) -> Overview;
        inspection(office: OfficeId, id: InspectionId) -> Option<StoredInspection>;
        inspection_summary(office: OfficeId, id: InspectionId) -> Option<InspectionSummary>;
        inspections(office: OfficeId, scope: &Scope, filter: &InspectionFilter) -> InspectionPage;
        photo(office: OfficeId, hash: &PhotoHash) -> Option<StoredPhoto>;
        announcement(office: OfficeId, hash: &PhotoHash, person: PersonId) -> Option<StoredPhoto>;
        photo_places(office: OfficeId, hash: &PhotoHash) -> Vec<Placement>;
        sight(office: OfficeId, hash: &PhotoHash) -> Sight;
        looks_near(office: OfficeId, look: &Look) -> Vec<(PhotoHash, Look)>;
        shown(office: OfficeId, hash: &PhotoHash) -> Vec<Shown>;
        photos_without_look(most: u32) -> Vec<(OfficeId, PhotoHash)>;
        set_aside(office: OfficeId, page: u32) -> SetAsidePage;
        upload(id: Uuid) -> Option<StoredUpload>;
        uploads_of(hash: &PhotoHash) -> Vec<StoredUpload>;
        audit(office: OfficeId, filter: &AuditFilter) -> AuditPage;
        signing_key() -> Option<Vec<u8>>;
        signing_keys() -> Vec<Vec<u8>>;
        import_plan(office: OfficeId, person: PersonId, id: Uuid, now: DateTime<Utc>) -> Option<StoredPlan>;
        last_import(office: OfficeId, what: ImportKind) -> Option<StoredImport>;
        changes(office: OfficeId, after: i64, limit: u32) -> Vec<Changed>;
        dump(to: mpsc::Sender<Row>) -> ();
        load(from: mpsc::Receiver<Row>) -> u64;
        version() -> i64;
}

transaction! {
        recorded(ids: &[OperationId]) -> HashMap<OperationId, Recorded>;
        record(operations: &[NewOperation]) -> ();
        numbers(office: OfficeId, year: i32) -> Numbers;
        put_numbers(office: OfficeId, year: i32, numbers: &Numbers) -> ();
        touch(office: OfficeId, records: &[Record]) -> ();
        sites(office: OfficeId, ids: &[SiteId]) -> HashMap<SiteId, Site>;
        checklist(office: OfficeId, id: &ChecklistId, version: u32) -> Option<Checklist>;
        hazards(office: OfficeId, ids: &[HazardId]) -> HashMap<HazardId, Hazard>;
        sector_of(office: OfficeId, id: &ChecklistId) -> Option<Sector>;
        known_inspections(ids: &[InspectionId]) -> HashSet<InspectionId>;
        inspections(office: OfficeId, ids: &[InspectionId]) -> HashMap<InspectionId, Inspection>;
        departments(office: OfficeId) -> HashSet<DepartmentId>;
        announcers(office: OfficeId, hashes: &[PhotoHash]) -> HashSet<(PhotoHash, PersonId)>;
        photo_places(office: OfficeId, hashes: &[PhotoHash]) -> HashMap<PhotoHash, Vec<Placement>>;
        usage(person: PersonId, day: NaiveDate) -> Usage;
        put_usage(person: PersonId, day: NaiveDate, usage: &Usage) -> ();
        known_hazards(ids: &[HazardId]) -> HashSet<HazardId>;
        put_hazards(office: OfficeId, hazards: &[Hazard], now: DateTime<Utc>) -> ();
        rebuild_hazards(after: Option<HazardId>, most: u32) -> Rebuilt;
        put_inspections(office: OfficeId, inspections: &[StoredInspection]) -> ();
        name_photos(office: OfficeId, named: &[NamedPhoto]) -> ();
        put_look(office: OfficeId, hash: &PhotoHash, look: Option<&Look>, alike: &[(PhotoHash, u32)]) -> ();
        put_photos(office: OfficeId, facts: &[PhotoFacts]) -> ();
        photos_received(office: OfficeId, brought: &[Brought], now: DateTime<Utc>) -> ();
        put_set_aside(office: OfficeId, waiting: &[SetAside]) -> ();
        set_aside(office: OfficeId, id: OperationId) -> Option<StoredOperation>;
        decide_set_aside(
            office: OfficeId,
            id: OperationId,
            by: &str,
            at: DateTime<Utc>,
            taken: bool,
        ) -> ();
        put_audit(entry: &AuditEntry) -> ();
        upload(id: Uuid) -> Option<StoredUpload>;
        upload_of(person: PersonId, hash: &PhotoHash) -> Option<StoredUpload>;
        put_upload(upload: &StoredUpload) -> ();
        end_upload(id: Uuid) -> ();
        expired_uploads(now: DateTime<Utc>, most: u32) -> Vec<StoredUpload>;
        signing_key() -> Option<Vec<u8>>;
        put_signing_key(id: &str, secret: &[u8], made_at: DateTime<Utc>) -> ();
        living(office: OfficeId) -> BTreeMap<PlaceId, Living>;
        sites_in(office: OfficeId, place: PlaceId) -> Vec<Site>;
        hand_over_hazards(office: OfficeId, from: DepartmentId, into: DepartmentId) -> ();
        people_in(office: OfficeId, place: PlaceId) -> Vec<Person>;
        end_place(office: OfficeId, former: &FormerPlace) -> ();
        put_office(office: &Office) -> ();
        put_intervals(office: OfficeId, intervals: &VisitIntervals) -> ();
        put_community(office: OfficeId, community: &Community) -> ();
        put_grid(office: OfficeId, grid: &Grid) -> ();
        put_department(office: OfficeId, department: &Department) -> ();
        put_site(office: OfficeId, site: &Site) -> ();
        put_checklist(office: OfficeId, checklist: &Checklist) -> ();
        put_person(office: OfficeId, person: &Person, password_hash: Option<&str>) -> ();
        places(office: OfficeId) -> Places;
        people(office: OfficeId) -> Vec<Person>;
        put_password(person: PersonId, password_hash: &str, due: bool, but: Option<i64>) -> ();
        second_factor(person: PersonId) -> Option<StoredFactor>;
        put_second_factor(person: PersonId, secret: &[u8]) -> ();
        second_factor_used(person: PersonId, step: i64, now: DateTime<Utc>) -> ();
        end_second_factor(person: PersonId) -> ();
        put_recovery_codes(person: PersonId, codes: &[TokenHash]) -> ();
        take_recovery_code(person: PersonId, code: &TokenHash) -> bool;
        ask_second_factor(office: OfficeId, asks: bool) -> ();
        put_session(session: &NewSession) -> ();
        confirm_session(session: i64, now: DateTime<Utc>) -> ();
        end_token(token: &TokenHash) -> ();
        seen(session: i64, now: DateTime<Utc>) -> ();
        end_session(person: PersonId, session: i64) -> ();
        end_sessions_of(person: PersonId, but: Option<i64>) -> ();
        tries(key: &str, since: DateTime<Utc>) -> Vec<DateTime<Utc>>;
        put_try(keys: &[&str], at: DateTime<Utc>, since: DateTime<Utc>) -> ();
        forget_tries(key: &str, since: DateTime<Utc>) -> ();
        put_jobs(office: OfficeId, kind: JobKind, subjects: &[String], now: DateTime<Utc>) -> ();
        lease_jobs(now: DateTime<Utc>, until: DateTime<Utc>, most: u32) -> Vec<Job>;
        end_job(job: &Job) -> ();
        put_import_plan(plan: &StoredPlan, now: DateTime<Utc>) -> ();
        end_import_plan(person: PersonId, id: Uuid) -> ();
        put_import(import: &StoredImport) -> ();
        import_undone(office: OfficeId, id: Uuid, undone: &Undone) -> ();
}

#[derive(Debug)]
pub struct FaultyBlobs {
    pub inner: Arc<dyn Blobs>,
    pub weather: Arc<Weather>,
}

#[async_trait]
impl Blobs for FaultyBlobs {
    async fn put(&self, hash: &PhotoHash, variant: Variant, bytes: &[u8]) -> Result<(), BlobError> {
        self.weather.survive(self.inner.put(hash, variant, bytes)).await
    }
    async fn get(&self, hash: &PhotoHash, variant: Variant) -> Result<Option<Vec<u8>>, BlobError> {
        self.weather.survive(self.inner.get(hash, variant)).await
    }
    async fn has(&self, hash: &PhotoHash, variant: Variant) -> Result<bool, BlobError> {
        self.weather.survive(self.inner.has(hash, variant)).await
    }
    async fn delete(&self, hash: &PhotoHash, variant: Variant) -> Result<(), BlobError> {
        self.weather.survive(self.inner.delete(hash, variant)).await
    }
    async fn ready(&self) -> Result<(), BlobError> {
        self.inner.ready().await
    }
    async fn pieces(&self, before: DateTime<Utc>) -> Result<Vec<(PhotoHash, Uuid)>, BlobError> {
        self.weather.survive(self.inner.pieces(before)).await
    }
}
