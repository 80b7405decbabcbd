//! # Where records live
//!
//! One trait, [`Store`], in the trade's words; nothing above it knows which database answers. Reading happens on the
//! store itself; writing in a [`Transaction`], one at a time and serialised by the store, so that what was read inside it
//! still holds when it is written. What comes in numbers is read and written in numbers: many records cost few statements
//! and one durable commit.
//!
//! Every change that a device may have to learn of is announced by [`Transaction::touch`], which gives it the office's
//! next sequence number. A record keeps only its newest number, so a fresh device and one that was away read the same
//! list from different places.

pub mod dump;
mod imports;
pub mod postgres;
pub mod sqlite;
mod stored;
mod trouble;

pub use imports::{StoredImport, StoredPlan, Undone};
pub use stored::{
    Account, Brought, Changed, Job, JobKind, NamedPhoto, NewOperation, NewSession, Numbers, Part, Places,
    Purpose, Rebuilt, Record, Recorded, Session, StoredFactor, StoredInspection, StoredOperation,
    StoredPhoto, StoredUpload, TokenHash,
};

use crate::config::DatabaseAddress;
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
use dump::Row;
use postgres::PostgresStore;
use sqlite::SqliteStore;
use sqlx::migrate::MigrateError;
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fmt,
    sync::Arc,
};
use thiserror::Error;
use tokio::sync::mpsc;
use uuid::Uuid;

/// What can go wrong below the seam.
#[derive(Debug, Clone, Error)]
pub enum StoreError {
    /// Try again later: locked, full, unreachable.
    #[error("the database does not answer: {0}")]
    Unavailable(String),
    /// A bug or damage: a person must look.
    #[error("the database holds something unexpected: {0}")]
    Corrupt(String),
    /// One row's value cannot be read; what stands in other rows can.
    #[error("a row cannot be read: {0}")]
    Unreadable(String),
    /// A unique name is taken; the caller says so in its own words.
    #[error("`{0}` is taken")]
    Taken(&'static str),
}

pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// Connects, and brings the tables up to date. A file that is not there is made if `create`.
pub async fn open(address: &DatabaseAddress, create: bool) -> Result<Arc<dyn Store>> {
    Ok(match address {
        DatabaseAddress::Sqlite(file) => Arc::new(SqliteStore::open(&file.to_string_lossy(), create).await?),
        DatabaseAddress::Postgres(url) => Arc::new(PostgresStore::open(url).await?),
    })
}

/// What the migrations' outcome means to whoever opens the store.
fn migrated(outcome: Result<(), MigrateError>) -> Result<()> {
    outcome.map_err(|error| match error {
        MigrateError::Execute(error) => StoreError::from(error),
        other => StoreError::Corrupt(other.to_string()),
    })
}

#[async_trait]
pub trait Store: Send + Sync + fmt::Debug {
    /// Waits for the writers before it.
    async fn write(&self) -> Result<Box<dyn Transaction>>;
    /// Whether the database answers.
    async fn ready(&self) -> Result<()>;
    /// Lets go of the database, after what is under way.
    async fn close(&self);

    async fn offices(&self) -> Result<Vec<Office>>;
    async fn places(&self, office: OfficeId) -> Result<Places>;
    /// What lives in the grids and belongs to the departments.
    async fn living(&self, office: OfficeId) -> Result<BTreeMap<PlaceId, Living>>;
    /// Places that are no more, the newest first.
    async fn former_places(&self, office: OfficeId) -> Result<Vec<FormerPlace>>;

    async fn account(&self, username: &str) -> Result<Option<Account>>;
    async fn session(&self, token: &TokenHash, now: DateTime<Utc>) -> Result<Option<Session>>;
    async fn sessions_of(&self, person: PersonId, now: DateTime<Utc>) -> Result<Vec<Session>>;
    async fn people(&self, office: OfficeId) -> Result<Vec<Person>>;
    async fn second_factor(&self, person: PersonId) -> Result<Option<StoredFactor>>;
    /// Whether those who answer for the whole office sign in with a second factor.
    async fn asks_second_factor(&self, office: OfficeId) -> Result<bool>;
    /// When the next job is due, if any waits.
    async fn next_job(&self) -> Result<Option<DateTime<Utc>>>;

    /// The newest version of every checklist.
    async fn checklists(&self, office: OfficeId) -> Result<Vec<Checklist>>;
    async fn newest_checklist(&self, office: OfficeId, id: &ChecklistId) -> Result<Option<Checklist>>;
    async fn checklist(&self, office: OfficeId, id: &ChecklistId, version: u32) -> Result<Option<Checklist>>;

    async fn all_sites(&self, office: OfficeId) -> Result<Vec<Site>>;
    async fn sites(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &SiteFilter,
        now: DateTime<Utc>,
    ) -> Result<SitePage>;
    async fn site(&self, office: OfficeId, id: SiteId) -> Result<Option<Site>>;
    /// All whose code this is, in whatever case: at most a handful.
    async fn sites_of_code(
        &self,
        office: OfficeId,
        scope: &Scope,
        code: &str,
    ) -> Result<Vec<(SiteId, String)>>;
    /// The one of this number, else those whose number ends so: at most a handful.
    async fn hazards_of_number(
        &self,
        office: OfficeId,
        scope: &Scope,
        number: &str,
    ) -> Result<Vec<(HazardId, String)>>;

    async fn hazard(&self, office: OfficeId, id: HazardId) -> Result<Option<Hazard>>;
    async fn ledger(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &LedgerFilter,
        today: NaiveDate,
    ) -> Result<LedgerPage>;
    async fn overview(&self, office: OfficeId, scope: &Scope, now: DateTime<Utc>) -> Result<Overview>;

    async fn inspection(&self, office: OfficeId, id: InspectionId) -> Result<Option<StoredInspection>>;
    async fn inspection_summary(
        &self,
        office: OfficeId,
        id: InspectionId,
    ) -> Result<Option<InspectionSummary>>;
    async fn inspections(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &InspectionFilter,
    ) -> Result<InspectionPage>;

    async fn photo(&self, office: OfficeId, hash: &PhotoHash) -> Result<Option<StoredPhoto>>;
    /// As this person told of it; received once their own bytes have come.
    async fn announcement(
        &self,
        office: OfficeId,
        hash: &PhotoHash,
        person: PersonId,
    ) -> Result<Option<StoredPhoto>>;
    /// Where the records lie that show the photo; who sees one of them sees it.
    async fn photo_places(&self, office: OfficeId, hash: &PhotoHash) -> Result<Vec<Placement>>;
    async fn sight(&self, office: OfficeId, hash: &PhotoHash) -> Result<Sight>;
    /// Photos that may be nearly the same as one that looks like this, itself among them.
    async fn looks_near(&self, office: OfficeId, look: &Look) -> Result<Vec<(PhotoHash, Look)>>;
    /// Every record that shows the photo, the same file, or nearly the same picture.
    async fn shown(&self, office: OfficeId, hash: &PhotoHash) -> Result<Vec<Shown>>;
    /// Received photos that nobody has looked at, and for which no job waits.
    async fn photos_without_look(&self, most: u32) -> Result<Vec<(OfficeId, PhotoHash)>>;

    /// What waits for the administrator first, then what was decided lately; a page of it, counted from 1.
    async fn set_aside(&self, office: OfficeId, page: u32) -> Result<SetAsidePage>;
    async fn upload(&self, id: Uuid) -> Result<Option<StoredUpload>>;
    /// Everybody's of this photo.
    async fn uploads_of(&self, hash: &PhotoHash) -> Result<Vec<StoredUpload>>;
    /// The office's entries, and those of the installation that belong to no office.
    async fn audit(&self, office: OfficeId, filter: &AuditFilter) -> Result<AuditPage>;
    /// PKCS#8, if there is one yet.
    async fn signing_key(&self) -> Result<Option<Vec<u8>>>;
    /// All that ever signed, the newest first.
    async fn signing_keys(&self) -> Result<Vec<Vec<u8>>>;

    /// The person's own list, while its day lasts.
    async fn import_plan(
        &self,
        office: OfficeId,
        person: PersonId,
        id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Option<StoredPlan>>;
    /// The newest list of this kind that was written.
    async fn last_import(&self, office: OfficeId, what: ImportKind) -> Result<Option<StoredImport>>;

    /// Records changed after `after`, in order, at most `limit`, each with its sequence number; not yet scoped.
    async fn changes(&self, office: OfficeId, after: i64, limit: u32) -> Result<Vec<Changed>>;

    /// Every row of every table, as of one moment, in the order of [`dump::TABLES`].
    async fn dump(&self, to: mpsc::Sender<Row>) -> Result<()>;
    /// Takes rows in, in that order; those that are there already stay as they are, so that an interrupted load can be
    /// begun again. Gives how many came.
    async fn load(&self, from: mpsc::Receiver<Row>) -> Result<u64>;
    /// Of the newest migration.
    async fn version(&self) -> Result<i64>;
}

#[async_trait]
pub trait Transaction: Send {
    /// Durable when it returns.
    async fn commit(self: Box<Self>) -> Result<()>;

    /// The first outcomes of those of these operations that came before.
    async fn recorded(&mut self, ids: &[OperationId]) -> Result<HashMap<OperationId, Recorded>>;
    async fn record(&mut self, operations: &[NewOperation]) -> Result<()>;
    async fn numbers(&mut self, office: OfficeId, year: i32) -> Result<Numbers>;
    /// What [`Transaction::numbers`] gave, moved on.
    async fn put_numbers(&mut self, office: OfficeId, year: i32, numbers: &Numbers) -> Result<()>;
    /// Announces changes to every device, each record once.
    async fn touch(&mut self, office: OfficeId, records: &[Record]) -> Result<()>;

    async fn sites(&mut self, office: OfficeId, ids: &[SiteId]) -> Result<HashMap<SiteId, Site>>;
    async fn checklist(
        &mut self,
        office: OfficeId,
        id: &ChecklistId,
        version: u32,
    ) -> Result<Option<Checklist>>;
    async fn hazards(&mut self, office: OfficeId, ids: &[HazardId]) -> Result<HashMap<HazardId, Hazard>>;
    /// The sector of a checklist, whichever of its versions.
    async fn sector_of(&mut self, office: OfficeId, id: &ChecklistId) -> Result<Option<Sector>>;
    /// Those of these inspections that are there, of whatever office.
    async fn known_inspections(&mut self, ids: &[InspectionId]) -> Result<HashSet<InspectionId>>;
    /// Those of these inspections that this office has.
    async fn inspections(
        &mut self,
        office: OfficeId,
        ids: &[InspectionId],
    ) -> Result<HashMap<InspectionId, Inspection>>;
    async fn departments(&mut self, office: OfficeId) -> Result<HashSet<DepartmentId>>;
    /// Who has told of which of these photos.
    async fn announcers(
        &mut self,
        office: OfficeId,
        hashes: &[PhotoHash],
    ) -> Result<HashSet<(PhotoHash, PersonId)>>;
    /// Where the records lie that show these photos.
    async fn photo_places(
        &mut self,
        office: OfficeId,
        hashes: &[PhotoHash],
    ) -> Result<HashMap<PhotoHash, Vec<Placement>>>;
    /// What the person has sent on this day of the office.
    async fn usage(&mut self, person: PersonId, day: NaiveDate) -> Result<Usage>;
    /// Forgets the days long before.
    async fn put_usage(&mut self, person: PersonId, day: NaiveDate, usage: &Usage) -> Result<()>;
    /// Those of these hazards that are there, of whatever office.
    async fn known_hazards(&mut self, ids: &[HazardId]) -> Result<HashSet<HazardId>>;

    /// Writes hazards, all different, and appends the events that are new. Announces them.
    async fn put_hazards(&mut self, office: OfficeId, hazards: &[Hazard], now: DateTime<Utc>) -> Result<()>;
    /// Folds hazards of whatever office anew, those with ids behind this one, at the most so many. Announces those whose
    /// state has changed by it.
    async fn rebuild_hazards(&mut self, after: Option<HazardId>, most: u32) -> Result<Rebuilt>;
    /// Writes sealed inspections once and moves their sites' last visits. Announces both.
    async fn put_inspections(&mut self, office: OfficeId, inspections: &[StoredInspection]) -> Result<()>;
    /// Remembers that these records show these photos.
    async fn name_photos(&mut self, office: OfficeId, named: &[NamedPhoto]) -> Result<()>;
    /// Each as its maker tells of it. Repeats change nothing.
    async fn put_photos(&mut self, office: OfficeId, facts: &[PhotoFacts]) -> Result<()>;
    /// What it looks like, and which others are nearly the same: bits of 256 that differ.
    async fn put_look(
        &mut self,
        office: OfficeId,
        hash: &PhotoHash,
        look: Option<&Look>,
        alike: &[(PhotoHash, u32)],
    ) -> Result<()>;
    /// The bytes are stored. The first time counts, for each who brought them.
    async fn photos_received(
        &mut self,
        office: OfficeId,
        brought: &[Brought],
        now: DateTime<Utc>,
    ) -> Result<()>;

    /// Of operations that were recorded.
    async fn put_set_aside(&mut self, office: OfficeId, waiting: &[SetAside]) -> Result<()>;
    /// One that waits; none where it was decided.
    async fn set_aside(&mut self, office: OfficeId, id: OperationId) -> Result<Option<StoredOperation>>;
    /// What was taken is received from then on, for whoever sends it again.
    async fn decide_set_aside(
        &mut self,
        office: OfficeId,
        id: OperationId,
        by: &str,
        at: DateTime<Utc>,
        taken: bool,
    ) -> Result<()>;

    /// Tells of what this transaction does; once written, an entry stays as it is.
    async fn put_audit(&mut self, entry: &AuditEntry) -> Result<()>;

    async fn upload(&mut self, id: Uuid) -> Result<Option<StoredUpload>>;
    /// The one of this photo by this person; there is one at the most.
    async fn upload_of(&mut self, person: PersonId, hash: &PhotoHash) -> Result<Option<StoredUpload>>;
    async fn put_upload(&mut self, upload: &StoredUpload) -> Result<()>;
    async fn end_upload(&mut self, id: Uuid) -> Result<()>;
    async fn expired_uploads(&mut self, now: DateTime<Utc>, most: u32) -> Result<Vec<StoredUpload>>;

    /// The newest; a key once put never changes.
    async fn signing_key(&mut self) -> Result<Option<Vec<u8>>>;
    async fn put_signing_key(&mut self, id: &str, secret: &[u8], made_at: DateTime<Utc>) -> Result<()>;

    /// What lives in the grids and belongs to the departments.
    async fn living(&mut self, office: OfficeId) -> Result<BTreeMap<PlaceId, Living>>;
    /// Those that lie there, or that the department answers for.
    async fn sites_in(&mut self, office: OfficeId, place: PlaceId) -> Result<Vec<Site>>;
    /// What one department was to see to is another's. Announces it.
    async fn hand_over_hazards(
        &mut self,
        office: OfficeId,
        from: DepartmentId,
        into: DepartmentId,
    ) -> Result<()>;
    /// Everybody who walks the grid or belongs to the department.
    async fn people_in(&mut self, office: OfficeId, place: PlaceId) -> Result<Vec<Person>>;
    /// Takes a place away in which nothing lives any more, and remembers its name.
    async fn end_place(&mut self, office: OfficeId, former: &FormerPlace) -> Result<()>;

    async fn put_office(&mut self, office: &Office) -> Result<()>;
    async fn put_intervals(&mut self, office: OfficeId, intervals: &VisitIntervals) -> Result<()>;
    async fn put_community(&mut self, office: OfficeId, community: &Community) -> Result<()>;
    async fn put_grid(&mut self, office: OfficeId, grid: &Grid) -> Result<()>;
    async fn put_department(&mut self, office: OfficeId, department: &Department) -> Result<()>;
    /// Announces the site; [`StoreError::Taken`] where the code is another's. Where it moves to another grid, its hazards
    /// move with it, and are announced.
    async fn put_site(&mut self, office: OfficeId, site: &Site) -> Result<()>;
    /// A version, once written, never changes. Announces it.
    async fn put_checklist(&mut self, office: OfficeId, checklist: &Checklist) -> Result<()>;
    /// [`StoreError::Taken`] where the username is another's. The password stays where none is given. An account that is
    /// disabled or has a new password loses its sessions.
    async fn put_person(
        &mut self,
        office: OfficeId,
        person: &Person,
        password_hash: Option<&str>,
    ) -> Result<()>;

    async fn places(&mut self, office: OfficeId) -> Result<Places>;
    async fn people(&mut self, office: OfficeId) -> Result<Vec<Person>>;
    /// A known account's new password, `due` to be changed where somebody else chose it. Ends the sessions, all but one.
    async fn put_password(
        &mut self,
        person: PersonId,
        password_hash: &str,
        due: bool,
        but: Option<i64>,
    ) -> Result<()>;
    async fn second_factor(&mut self, person: PersonId) -> Result<Option<StoredFactor>>;
    /// In the place of the one before; not in force until its first code was right.
    async fn put_second_factor(&mut self, person: PersonId, secret: &[u8]) -> Result<()>;
    /// Its code of this half minute was right: it is in force, and the code is none any more.
    async fn second_factor_used(&mut self, person: PersonId, step: i64, now: DateTime<Utc>) -> Result<()>;
    async fn end_second_factor(&mut self, person: PersonId) -> Result<()>;
    /// In the place of those before.
    async fn put_recovery_codes(&mut self, person: PersonId, codes: &[TokenHash]) -> Result<()>;
    /// Whether it was one; it is none afterwards.
    async fn take_recovery_code(&mut self, person: PersonId, code: &TokenHash) -> Result<bool>;
    async fn ask_second_factor(&mut self, office: OfficeId, asks: bool) -> Result<()>;

    async fn put_session(&mut self, session: &NewSession) -> Result<()>;
    /// The password was typed in it again.
    async fn confirm_session(&mut self, session: i64, now: DateTime<Utc>) -> Result<()>;
    /// Whosever it is; of an unknown token nothing.
    async fn end_token(&mut self, token: &TokenHash) -> Result<()>;
    async fn seen(&mut self, session: i64, now: DateTime<Utc>) -> Result<()>;
    /// Ends one of the person's sessions; anybody else's stays.
    async fn end_session(&mut self, person: PersonId, session: i64) -> Result<()>;
    /// All but one.
    async fn end_sessions_of(&mut self, person: PersonId, but: Option<i64>) -> Result<()>;
    /// Times of the tries to sign in under this key since then, oldest first.
    async fn tries(&mut self, key: &str, since: DateTime<Utc>) -> Result<Vec<DateTime<Utc>>>;
    /// A try to sign in; forgets those before `since`, whoever's.
    async fn put_try(&mut self, keys: &[&str], at: DateTime<Utc>, since: DateTime<Utc>) -> Result<()>;
    /// Takes tries under this key back, since then.
    async fn forget_tries(&mut self, key: &str, since: DateTime<Utc>) -> Result<()>;

    /// Due at once. A job that waits already stays as it is.
    async fn put_jobs(
        &mut self,
        office: OfficeId,
        kind: JobKind,
        subjects: &[String],
        now: DateTime<Utc>,
    ) -> Result<()>;
    /// Takes jobs that are due, oldest first, until `until`: whoever has not finished by then is thought dead.
    async fn lease_jobs(&mut self, now: DateTime<Utc>, until: DateTime<Utc>, most: u32) -> Result<Vec<Job>>;
    async fn end_job(&mut self, job: &Job) -> Result<()>;

    /// In the place of the person's last one.
    async fn put_import_plan(&mut self, plan: &StoredPlan, now: DateTime<Utc>) -> Result<()>;
    async fn end_import_plan(&mut self, person: PersonId, id: Uuid) -> Result<()>;
    async fn put_import(&mut self, import: &StoredImport) -> Result<()>;
    async fn import_undone(&mut self, office: OfficeId, id: Uuid, undone: &Undone) -> Result<()>;
}
