//! The store and the photos behind a [`FaultPlan`]: before and after everything that is asked of them the server may die, or
//! they may be away.

use super::fault_plan::FaultPlan;
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    audit::{AuditEntry, AuditFilter, AuditPage},
    checklist::Checklist,
    hazard::Hazard,
    id::{
        ChecklistId, DepartmentId, HazardId, JobId, OfficeId, OperationId, PersonId, SiteId, SiteKind,
        VisitId,
    },
    import::ImportKind,
    integrity::{FingerprintState, SimilarUse},
    job::{JobCount, JobPage, JobRow},
    ledger::{LedgerFilter, LedgerPage, LedgerRow},
    overview::Overview,
    person::{Person, PersonFilter, PersonPage},
    photo::{ImageFingerprint, PhotoFacts, PhotoHash},
    place::{
        Community, Department, FormerPlace, Grid, GridFilter, GridPage, GridRow, Office, PlaceId,
        command::Living,
    },
    quarantine::{QuarantineFilter, QuarantineList, QuarantinedOperation},
    quota::Usage,
    role::{ResourceScope, Scope},
    schedule::VisitIntervals,
    sector::Sector,
    site::{Site, SiteFilter, SitePage, SiteRow},
    visit::{PlaceNames, Visit, VisitFilter, VisitPage, VisitRow, VisitSummary},
};
use server::{
    blobs::{BlobError, Blobs, Variant},
    storage::{
        Account, AudienceFault, Brought, ChangeQuery, ChangeSweep, Changes, Earlier, EarlierQuery, JobEnd,
        JobExchange, KnownJob, LeasedJob, LoadedRecord, NamedPhoto, NewJob, NewOperation, NewSession,
        Numbers, OpenHazardsOf, Places, ReadAudiences, ReadAudit, ReadChanges, ReadChecklists, ReadFactors,
        ReadFingerprints, ReadHazards, ReadImports, ReadJobs, ReadOverview, ReadPeople, ReadPhotos,
        ReadPlaces, ReadQuarantine, ReadRecords, ReadSessions, ReadSigningKeys, ReadSites, ReadUploads,
        ReadVisits, Rebuilt, Record, Recorded, Result, Session, Store, StoredFactor, StoredImport,
        StoredOperation, StoredPhoto, StoredPlan, StoredUpload, StoredVisit, TokenHash, Transaction, Undone,
        WriteAudiences, WriteAudit, WriteChanges, WriteChecklists, WriteFactors, WriteFingerprints,
        WriteHazards, WriteImports, WriteJobs, WriteLoginAttempts, WriteNumbers, WriteOperations,
        WritePeople, WritePhotos, WritePlaces, WriteQuarantine, WriteQuotas, WriteSessions, WriteSigningKeys,
        WriteSites, WriteUploads, WriteVisits, dump::Row,
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
    pub fault_plan: Arc<FaultPlan>,
}

struct FaultyTransaction {
    inner: Box<dyn Transaction>,
    fault_plan: Arc<FaultPlan>,
}

macro_rules! reads {
    ($($noun:ident { $($name:ident($($arg:ident: $type:ty),* $(,)?) -> $value:ty;)* })*) => {
        $(#[async_trait]
        impl $noun for FaultyStore {
            $(async fn $name(&self, $($arg: $type),*) -> Result<$value> {
                self.fault_plan.survive(self.inner.$name($($arg),*)).await
            })*
        })*
    };
}

macro_rules! writes {
    ($($noun:ident { $($name:ident($($arg:ident: $type:ty),* $(,)?) -> $value:ty;)* })*) => {
        $(#[async_trait]
        impl $noun for FaultyTransaction {
            $(async fn $name(&mut self, $($arg: $type),*) -> Result<$value> {
                self.fault_plan.survive(self.inner.$name($($arg),*)).await
            })*
        })*
    };
}

#[async_trait]
impl Store for FaultyStore {
    async fn write(&self) -> Result<Box<dyn Transaction>> {
        let inner = self.fault_plan.survive(self.inner.write()).await?;
        Ok(Box::new(FaultyTransaction { inner, fault_plan: Arc::clone(&self.fault_plan) }))
    }
    async fn ready(&self) -> Result<()> {
        self.fault_plan.survive(self.inner.ready()).await
    }
    async fn close(&self) {
        self.inner.close().await;
    }
    async fn dump(&self, to: mpsc::Sender<Row>) -> Result<()> {
        self.fault_plan.survive(self.inner.dump(to)).await
    }
    async fn load(&self, from: mpsc::Receiver<Row>) -> Result<u64> {
        self.fault_plan.survive(self.inner.load(from)).await
    }
    async fn version(&self) -> Result<i64> {
        self.fault_plan.survive(self.inner.version()).await
    }
}

#[async_trait]
impl Transaction for FaultyTransaction {
    async fn commit(self: Box<Self>) -> Result<()> {
        let Self { inner, fault_plan } = *self;
        fault_plan.survive(inner.commit()).await
    }
}

reads! {
    ReadAudiences {
        audience_faults(office: OfficeId) -> Vec<AudienceFault>;
    }
    ReadAudit {
        audit(office: OfficeId, filter: &AuditFilter) -> AuditPage;
        send_audit(office: OfficeId, filter: &AuditFilter, most: u32, to: mpsc::Sender<AuditEntry>) -> u32;
    }
    ReadChanges {
        changes(office: OfficeId, query: &ChangeQuery) -> Changes;
    }
    ReadChecklists {
        checklists(office: OfficeId) -> Vec<Checklist>;
        checklist(office: OfficeId, id: &ChecklistId, version: u32) -> Option<Checklist>;
    }
    ReadFactors {
        second_factor(person: PersonId) -> Option<StoredFactor>;
        asks_second_factor(office: OfficeId) -> bool;
    }
    ReadHazards {
        hazard(office: OfficeId, id: HazardId) -> Option<Hazard>;
        hazards_of_number(office: OfficeId, scope: &Scope, number: &str) -> Vec<(HazardId, String)>;
        ledger(office: OfficeId, scope: &Scope, filter: &LedgerFilter, now: DateTime<Utc>) -> LedgerPage;
        send_ledger(
            office: OfficeId,
            scope: &Scope,
            filter: &LedgerFilter,
            now: DateTime<Utc>,
            most: u32,
            to: mpsc::Sender<LedgerRow>,
        ) -> u32;
    }
    ReadImports {
        import_plan(office: OfficeId, person: PersonId, id: Uuid, now: DateTime<Utc>) -> Option<StoredPlan>;
        last_import(office: OfficeId, what: ImportKind) -> Option<StoredImport>;
    }
    ReadVisits {
        visit(office: OfficeId, id: VisitId) -> Option<StoredVisit>;
        visit_summary(office: OfficeId, id: VisitId) -> Option<VisitSummary>;
        visits(office: OfficeId, scope: &Scope, filter: &VisitFilter) -> VisitPage;
        send_visits(
            office: OfficeId,
            scope: &Scope,
            filter: &VisitFilter,
            most: u32,
            to: mpsc::Sender<VisitRow>,
        ) -> u32;
    }
    ReadJobs {
        next_job(known: &[KnownJob]) -> Option<DateTime<Utc>>;
        settle_and_lease_jobs(
            ended: &[(LeasedJob, JobEnd)],
            now: DateTime<Utc>,
            lease: Uuid,
            known: &[KnownJob],
            most: u32,
        ) -> JobExchange;
        renew_job(job: &LeasedJob, until: DateTime<Utc>) -> bool;
        recurring_jobs() -> HashMap<String, DateTime<Utc>>;
        jobs(office: OfficeId, page: u32) -> JobPage;
        job_counts() -> Vec<JobCount>;
    }
    ReadFingerprints {
        fingerprint(office: OfficeId, hash: &PhotoHash) -> FingerprintState;
        fingerprints_near(office: OfficeId, fingerprint: &ImageFingerprint) -> Vec<(PhotoHash, ImageFingerprint)>;
        shown(office: OfficeId, hash: &PhotoHash) -> Vec<SimilarUse>;
        photos_without_fingerprint(
            after: Option<&(OfficeId, PhotoHash)>,
            most: u32,
            job: &str,
        ) -> Vec<(OfficeId, PhotoHash)>;
    }
    ReadOverview {
        overview(office: OfficeId, scope: &Scope, now: DateTime<Utc>) -> Overview;
    }
    ReadPeople {
        account(username: &str) -> Option<Account>;
        people(office: OfficeId) -> Vec<Person>;
        people_page(office: OfficeId, filter: &PersonFilter) -> PersonPage;
        send_people(office: OfficeId, filter: &PersonFilter, most: u32, to: mpsc::Sender<Person>) -> u32;
    }
    ReadPhotos {
        photo(office: OfficeId, hash: &PhotoHash) -> Option<StoredPhoto>;
        announcement(office: OfficeId, hash: &PhotoHash, person: PersonId) -> Option<StoredPhoto>;
        photo_places(office: OfficeId, hash: &PhotoHash) -> Vec<ResourceScope>;
    }
    ReadPlaces {
        offices() -> Vec<Office>;
        places(office: OfficeId) -> Places;
        living(office: OfficeId) -> BTreeMap<PlaceId, Living>;
        former_places(office: OfficeId) -> Vec<FormerPlace>;
        grids(office: OfficeId, scope: &Scope, filter: &GridFilter) -> GridPage;
        send_grids(
            office: OfficeId,
            scope: &Scope,
            filter: &GridFilter,
            most: u32,
            to: mpsc::Sender<GridRow>,
        ) -> u32;
    }
    ReadRecords {
        load_records(office: OfficeId, records: &[Record]) -> HashMap<Record, Result<LoadedRecord>>;
        earlier(office: OfficeId, scope: &Scope, query: &EarlierQuery) -> Vec<Earlier>;
    }
    ReadSessions {
        session(token: &TokenHash, now: DateTime<Utc>) -> Option<Session>;
        sessions_of(person: PersonId, now: DateTime<Utc>) -> Vec<Session>;
    }
    ReadQuarantine {
        quarantine(office: OfficeId, filter: &QuarantineFilter) -> QuarantineList;
        send_quarantine(
            office: OfficeId,
            filter: &QuarantineFilter,
            most: u32,
            to: mpsc::Sender<QuarantinedOperation>,
        ) -> u32;
    }
    ReadSigningKeys {
        signing_key() -> Option<Vec<u8>>;
        signing_keys() -> Vec<Vec<u8>>;
    }
    ReadSites {
        all_sites(office: OfficeId) -> Vec<Site>;
        sites(office: OfficeId, scope: &Scope, filter: &SiteFilter, now: DateTime<Utc>) -> SitePage;
        send_sites(
            office: OfficeId,
            scope: &Scope,
            filter: &SiteFilter,
            now: DateTime<Utc>,
            most: u32,
            to: mpsc::Sender<SiteRow>,
        ) -> u32;
        site(office: OfficeId, id: SiteId) -> Option<Site>;
        sites_of_code(office: OfficeId, scope: &Scope, code: &str) -> Vec<(SiteId, String)>;
    }
    ReadUploads {
        upload(id: Uuid) -> Option<StoredUpload>;
        uploads_of(hash: &PhotoHash) -> Vec<StoredUpload>;
    }
}

writes! {
    WriteAudiences {
        rebuild_audiences(office: OfficeId, since: DateTime<Utc>) -> u64;
    }
    WriteAudit {
        put_audit(entry: &AuditEntry) -> ();
    }
    WriteChanges {
        touch(office: OfficeId, records: &[Record]) -> ();
        sweep_changes(office: OfficeId, sweep: &ChangeSweep) -> u64;
    }
    WriteChecklists {
        checklist(office: OfficeId, id: &ChecklistId, version: u32) -> Option<Checklist>;
        sector_of(office: OfficeId, id: &ChecklistId) -> Option<Sector>;
        put_checklist(office: OfficeId, checklist: &Checklist) -> ();
    }
    WriteFactors {
        second_factor(person: PersonId) -> Option<StoredFactor>;
        put_second_factor(person: PersonId, secret: &[u8]) -> ();
        second_factor_used(person: PersonId, step: i64, now: DateTime<Utc>) -> ();
        end_second_factor(person: PersonId) -> ();
        put_recovery_codes(person: PersonId, codes: &[TokenHash]) -> ();
        take_recovery_code(person: PersonId, code: &TokenHash) -> bool;
        ask_second_factor(office: OfficeId, asks: bool) -> ();
    }
    WriteHazards {
        hazards(office: OfficeId, ids: &[HazardId]) -> HashMap<HazardId, Hazard>;
        known_hazards(ids: &[HazardId]) -> HashSet<HazardId>;
        put_hazards(office: OfficeId, hazards: &[Hazard], now: DateTime<Utc>) -> ();
        rebuild_hazards(after: Option<HazardId>, most: u32) -> Rebuilt;
        open_hazards(office: OfficeId, of: OpenHazardsOf) -> Vec<Hazard>;
        hand_over_hazards(office: OfficeId, from: DepartmentId, into: DepartmentId) -> ();
    }
    WriteImports {
        put_import_plan(plan: &StoredPlan, now: DateTime<Utc>) -> ();
        end_import_plan(person: PersonId, id: Uuid) -> ();
        put_import(import: &StoredImport) -> ();
        import_undone(office: OfficeId, id: Uuid, undone: &Undone) -> ();
    }
    WriteVisits {
        known_visits(ids: &[VisitId]) -> HashSet<VisitId>;
        visits(office: OfficeId, ids: &[VisitId]) -> HashMap<VisitId, Visit>;
        put_visits(office: OfficeId, visits: &[StoredVisit]) -> ();
    }
    WriteJobs {
        put_jobs(jobs: &[NewJob]) -> ();
        put_recurring_job(job: &NewJob, before: Option<DateTime<Utc>>) -> bool;
        failed_job(office: OfficeId, id: JobId) -> Option<JobRow>;
        retry_job(id: JobId, now: DateTime<Utc>) -> ();
        discard_job(id: JobId) -> ();
    }
    WriteFingerprints {
        put_fingerprint(office: OfficeId, hash: &PhotoHash, fingerprint: Option<&ImageFingerprint>, alike: &[(PhotoHash, u32)]) -> ();
    }
    WriteNumbers {
        numbers(office: OfficeId, year: i32) -> Numbers;
        put_numbers(office: OfficeId, year: i32, numbers: &Numbers) -> ();
    }
    WriteOperations {
        recorded(ids: &[OperationId]) -> HashMap<OperationId, Recorded>;
        record(operations: &[NewOperation]) -> ();
    }
    WritePeople {
        people(office: OfficeId) -> Vec<Person>;
        people_in(office: OfficeId, place: PlaceId) -> Vec<Person>;
        put_person(office: OfficeId, person: &Person, password_hash: Option<&str>) -> ();
        put_password(person: PersonId, password_hash: &str, due: bool, but: Option<i64>) -> ();
    }
    WritePhotos {
        announcers(office: OfficeId, hashes: &[PhotoHash]) -> HashSet<(PhotoHash, PersonId)>;
        photo_places(office: OfficeId, hashes: &[PhotoHash]) -> HashMap<PhotoHash, Vec<ResourceScope>>;
        name_photos(office: OfficeId, named: &[NamedPhoto]) -> ();
        put_photos(office: OfficeId, facts: &[PhotoFacts]) -> ();
        photos_received(office: OfficeId, brought: &[Brought], now: DateTime<Utc>) -> ();
    }
    WritePlaces {
        places(office: OfficeId) -> Places;
        departments(office: OfficeId) -> HashSet<DepartmentId>;
        living(office: OfficeId) -> BTreeMap<PlaceId, Living>;
        put_office(office: &Office) -> ();
        put_intervals(office: OfficeId, intervals: &VisitIntervals) -> ();
        put_community(office: OfficeId, community: &Community) -> ();
        put_grid(office: OfficeId, grid: &Grid) -> ();
        put_department(office: OfficeId, department: &Department) -> ();
        end_place(office: OfficeId, former: &FormerPlace) -> ();
    }
    WriteQuotas {
        usage(person: PersonId, day: NaiveDate) -> Usage;
        put_usage(person: PersonId, day: NaiveDate, usage: &Usage) -> ();
    }
    WriteSessions {
        put_session(session: &NewSession) -> ();
        confirm_session(session: i64, now: DateTime<Utc>) -> ();
        end_token(token: &TokenHash) -> ();
        seen(session: i64, now: DateTime<Utc>) -> ();
        end_session(person: PersonId, session: i64) -> ();
        end_sessions_of(person: PersonId, but: Option<i64>) -> ();
    }
    WriteQuarantine {
        put_quarantine(office: OfficeId, waiting: &[QuarantinedOperation]) -> ();
        quarantine(office: OfficeId, id: OperationId) -> Option<StoredOperation>;
        decide_quarantine(office: OfficeId, id: OperationId, by: &str, at: DateTime<Utc>, taken: bool) -> ();
    }
    WriteSigningKeys {
        signing_key() -> Option<Vec<u8>>;
        put_signing_key(id: &str, secret: &[u8], made_at: DateTime<Utc>) -> ();
    }
    WriteSites {
        sites(office: OfficeId, ids: &[SiteId]) -> HashMap<SiteId, Site>;
        kinds_had(ids: &[SiteId]) -> HashMap<SiteId, Vec<Vec<SiteKind>>>;
        place_names(office: OfficeId, ids: &[SiteId]) -> HashMap<SiteId, PlaceNames>;
        sites_in(office: OfficeId, place: PlaceId) -> Vec<Site>;
        put_site(office: OfficeId, site: &Site) -> ();
    }
    WriteLoginAttempts {
        login_attempts(key: &str, since: DateTime<Utc>) -> Vec<DateTime<Utc>>;
        put_login_attempt(keys: &[&str], at: DateTime<Utc>, since: DateTime<Utc>) -> ();
        forget_login_attempts(key: &str, since: DateTime<Utc>) -> ();
    }
    WriteUploads {
        upload(id: Uuid) -> Option<StoredUpload>;
        upload_of(person: PersonId, hash: &PhotoHash) -> Option<StoredUpload>;
        put_upload(upload: &StoredUpload) -> ();
        end_upload(id: Uuid) -> ();
        expired_uploads(now: DateTime<Utc>, most: u32) -> Vec<StoredUpload>;
    }
}

#[derive(Debug)]
pub struct FaultyBlobs {
    pub inner: Arc<dyn Blobs>,
    pub fault_plan: Arc<FaultPlan>,
}

#[async_trait]
impl Blobs for FaultyBlobs {
    async fn put(&self, hash: &PhotoHash, variant: Variant, bytes: &[u8]) -> Result<(), BlobError> {
        self.fault_plan.survive(self.inner.put(hash, variant, bytes)).await
    }
    async fn get(&self, hash: &PhotoHash, variant: Variant) -> Result<Option<Vec<u8>>, BlobError> {
        self.fault_plan.survive(self.inner.get(hash, variant)).await
    }
    async fn has(&self, hash: &PhotoHash, variant: Variant) -> Result<bool, BlobError> {
        self.fault_plan.survive(self.inner.has(hash, variant)).await
    }
    async fn delete(&self, hash: &PhotoHash, variant: Variant) -> Result<(), BlobError> {
        self.fault_plan.survive(self.inner.delete(hash, variant)).await
    }
    async fn ready(&self) -> Result<(), BlobError> {
        self.inner.ready().await
    }
    async fn pieces(&self, before: DateTime<Utc>) -> Result<Vec<(PhotoHash, Uuid)>, BlobError> {
        self.fault_plan.survive(self.inner.pieces(before)).await
    }
}
