//! How server functions reach data: one trait object, implemented by `server`, provided as context for each request.
//!
//! Every call takes the [`Actor`] and enforces role and scope itself; a page cannot forget it.

pub use domain::file::{HazardFile, PartyFile, PlacesFile, Proof, ReviewedPhoto, SiteFile, VisitFile};

use crate::error::AppError;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    audit::{AuditFilter, AuditPage},
    datum::Datum,
    hazard::HazardCommand,
    id::{HazardId, JobId, OperationId, PartyId, SiteId, VisitId},
    import::{ImportFile, ImportKind, ImportMark, ImportPreview, ImportView, WrittenImport},
    job::JobPage,
    ledger::{LedgerFilter, LedgerPage},
    overview::Overview,
    party::{Party, PartyFilter, PartyPage},
    person::{Person, PersonFilter, PersonPage},
    place::{GridFilter, GridPage, command::PlaceCommand, readiness::Readiness},
    quarantine::{BroughtIn, QuarantineFilter, QuarantineList},
    role::Actor,
    set_up::FirstAccount,
    site::{Site, SiteFilter, SitePage},
    sync::Directory,
    visit::{VisitFilter, VisitPage},
};
use serde::{Deserialize, Serialize};
use std::{fmt, sync::Arc};
use uuid::Uuid;

/// The context type of a request's backend.
pub type SharedBackend = Arc<dyn Backend>;

#[async_trait]
pub trait Backend: Send + Sync {
    /// The server's clock: pages reckon days by it, never by the browser's.
    fn now(&self) -> DateTime<Utc>;
    /// A fresh UUIDv7, for records that begin on the desk.
    fn new_id(&self) -> Uuid;

    async fn directory(&self, actor: &Actor) -> Result<Directory, AppError>;
    async fn overview(&self, actor: &Actor) -> Result<Overview, AppError>;

    async fn ledger(&self, actor: &Actor, filter: &LedgerFilter) -> Result<LedgerPage, AppError>;
    async fn hazard(&self, actor: &Actor, id: HazardId) -> Result<HazardFile, AppError>;
    /// Refused without a trace where the command does not fit: the person is there to choose again. `seen` are the events that
    /// the person knew of; where there are others by now, [`AppError::Changed`].
    async fn act(
        &self,
        actor: &Actor,
        id: HazardId,
        command: HazardCommand,
        seen: usize,
    ) -> Result<HazardFile, AppError>;

    async fn visits(&self, actor: &Actor, filter: &VisitFilter) -> Result<VisitPage, AppError>;
    async fn visit(&self, actor: &Actor, id: VisitId) -> Result<VisitFile, AppError>;

    async fn sites(&self, actor: &Actor, filter: &SiteFilter) -> Result<SitePage, AppError>;
    async fn site(&self, actor: &Actor, id: SiteId) -> Result<SiteFile, AppError>;
    /// Makes the site where there was none before; where the known one is not as it was, [`AppError::Changed`].
    async fn save_site(&self, actor: &Actor, site: Site, before: Option<Site>) -> Result<(), AppError>;

    /// Parties are the whole office's concern: whoever sees less of it finds none in the list, and one by its sites.
    async fn parties(&self, actor: &Actor, filter: &PartyFilter) -> Result<PartyPage, AppError>;
    async fn party(&self, actor: &Actor, id: PartyId) -> Result<PartyFile, AppError>;
    /// Those in use whose full name this is, or whose credit code: at most a handful.
    async fn parties_called(&self, actor: &Actor, words: &str) -> Result<Vec<Party>, AppError>;
    /// Makes the party where there was none before; where the known one is not as it was, [`AppError::Changed`].
    async fn save_party(&self, actor: &Actor, party: Party, before: Option<Party>) -> Result<(), AppError>;

    /// The places with what lives in each, and those that are no more.
    async fn places(&self, actor: &Actor) -> Result<PlacesFile, AppError>;
    /// All of it or nothing; the reason in the person's language.
    async fn change_places(&self, actor: &Actor, commands: Vec<PlaceCommand>) -> Result<(), AppError>;
    /// How far the office is set up.
    async fn readiness(&self, actor: &Actor) -> Result<Readiness, AppError>;
    /// Whether nobody has an account yet, so that the first one may be made by whoever has the console's code.
    async fn is_empty(&self) -> Result<bool, AppError>;
    /// Makes the office and its first administrator.
    async fn set_up(&self, first: FirstAccount) -> Result<(), AppError>;

    /// Everybody, for whoever may keep the accounts.
    async fn people(&self, actor: &Actor) -> Result<Vec<Person>, AppError>;
    /// The same as a list.
    async fn people_page(&self, actor: &Actor, filter: &PersonFilter) -> Result<PersonPage, AppError>;
    /// Grids with those who walk them. They are the whole office's concern: whoever sees less of it finds none.
    async fn grids(&self, actor: &Actor, filter: &GridFilter) -> Result<GridPage, AppError>;
    /// Makes the account where there was none before; where the known one is not as it was, [`AppError::Changed`]. A password is
    /// set where one is given.
    async fn save_person(
        &self,
        actor: &Actor,
        person: Person,
        before: Option<Person>,
        password: Option<String>,
    ) -> Result<(), AppError>;

    /// Reads a list and keeps it for a day; nothing is written.
    async fn send_list(
        &self,
        actor: &Actor,
        what: ImportKind,
        file: ImportFile,
        datum: Option<Datum>,
    ) -> Result<Uuid, AppError>;
    /// What a kept list would change.
    async fn import_preview(
        &self,
        actor: &Actor,
        id: Uuid,
        view: ImportView,
    ) -> Result<ImportPreview, AppError>;
    async fn mark_import(&self, actor: &Actor, id: Uuid, mark: ImportMark) -> Result<(), AppError>;
    /// All rows that are not left out, or none.
    async fn write_import(&self, actor: &Actor, id: Uuid) -> Result<(), AppError>;
    async fn forget_import(&self, actor: &Actor, id: Uuid) -> Result<(), AppError>;
    /// The last list of each kind that was written.
    async fn last_imports(&self, actor: &Actor) -> Result<Vec<WrittenImport>, AppError>;
    async fn undo_import(&self, actor: &Actor, what: ImportKind, id: Uuid) -> Result<(), AppError>;

    /// All sites in the person's scope whose code this is, in whatever case: at most a handful, with their codes.
    async fn sites_of_code(&self, actor: &Actor, code: &str) -> Result<Vec<(SiteId, String)>, AppError>;
    /// The hazard of this number, else those in the person's scope whose number ends so: at most a handful.
    async fn hazards_of_number(
        &self,
        actor: &Actor,
        number: &str,
    ) -> Result<Vec<(HazardId, String)>, AppError>;

    /// Work that arrived and that its sender may not do any more; waiting first.
    async fn quarantine(&self, actor: &Actor, filter: &QuarantineFilter) -> Result<QuarantineList, AppError>;
    /// A file of unsent work, as it comes; judged as its maker's, idempotent.
    async fn bring_in(&self, actor: &Actor, file: FileStream) -> Result<BroughtIn, AppError>;
    /// Takes it in, by the administrator's word, or leaves it.
    async fn decide(&self, actor: &Actor, id: OperationId, take: bool) -> Result<(), AppError>;

    /// Who did what in the office.
    async fn audit(&self, actor: &Actor, filter: &AuditFilter) -> Result<AuditPage, AppError>;

    /// Background jobs, those that failed first. A page, counted from 1.
    async fn jobs(&self, actor: &Actor, page: u32) -> Result<JobPage, AppError>;
    /// Has a job that failed done again, or gives it up.
    async fn decide_job(&self, actor: &Actor, id: JobId, again: bool) -> Result<(), AppError>;

    /// The devices on which the person is signed in, this one marked.
    async fn devices(&self, actor: &Actor) -> Result<Vec<SignedInDevice>, AppError>;
    async fn sign_out_device(&self, actor: &Actor, session: i64) -> Result<(), AppError>;
}

impl fmt::Debug for dyn Backend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Backend")
    }
}

/// A file as it comes, piece by piece.
pub type FileStream = futures::stream::BoxStream<'static, Result<Vec<u8>, String>>;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedInDevice {
    pub session: i64,
    pub name: String,
    pub since: DateTime<Utc>,
    pub last_seen: DateTime<Utc>,
    pub current: bool,
}
