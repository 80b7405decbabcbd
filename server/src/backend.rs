//! # What pages get
//!
//! The one implementation of the pages' backend: it calls the services and puts what they answer into the words of pages.
//! Every call checks the role and the place itself, so that a page cannot forget it; what is out of sight is answered like
//! what does not exist.

pub(crate) mod fault;

use crate::{import, state::AppState, sync};
use app::{
    backend::{Backend, FileStream, HazardFile, PartyFile, PlacesFile, SignedInDevice, SiteFile, VisitFile},
    error::AppError,
};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    audit::{Act, AuditFilter, AuditPage, Author, By, Origin, Subject, SubjectKind},
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
    quarantine::{BroughtIn, QuarantineFilter, QuarantineList, QuarantinedOperation},
    role::{Action, Actor},
    set_up::FirstAccount,
    site::{Site, SiteFilter, SitePage},
    sync::Directory,
    text::Lang,
    visit::{VisitFilter, VisitPage},
};
use service::{Asker, hazards, imports, jobs::failed, parties, people, places, sites, visits};
use uuid::Uuid;

/// The backend of one request.
#[derive(Debug, Clone)]
pub struct PagesBackend {
    pub state: AppState,
    /// For the words of what is wrong.
    pub lang: Lang,
    /// The session of this request.
    pub session: Option<i64>,
    /// The password was typed lately: what weighs may be done.
    pub confirmed: bool,
    /// From where this request comes, for 操作记录.
    pub origin: Origin,
}

impl PagesBackend {
    /// Of a request that comes from nowhere in particular.
    pub fn new(state: AppState, lang: Lang) -> Self {
        Self { state, lang, session: None, confirmed: true, origin: Origin::default() }
    }

    /// Before what touches the safety of accounts.
    fn confirmed(&self) -> Result<(), AppError> {
        if self.confirmed { Ok(()) } else { Err(AppError::Confirm) }
    }

    /// The person of this request, for whatever writes an entry.
    pub fn author(&self, actor: &Actor) -> Author {
        Author { by: actor.into(), origin: self.origin.clone() }
    }
}

impl PagesBackend {
    /// A kept list may be looked at by who may import its kind.
    pub(crate) async fn allow_list(&self, actor: &Actor, id: Uuid) -> Result<ImportKind, AppError> {
        allow(actor, Action::ManageSites)?;
        let what = imports::what(&self.state, actor, id).await;
        let what = what.map_err(|error| fault::import(self.lang, "plan", error))?;
        allow(actor, import::action(what))?;
        Ok(what)
    }

    fn by(&self, actor: &Actor) -> imports::By {
        imports::By { author: self.author(actor), ..imports::By::actor(actor) }
    }

    fn asker<'a>(&self, actor: &'a Actor, author: &'a Author) -> Asker<'a> {
        Asker { actor, author, lang: self.lang, session: self.session }
    }

    fn fault(&self, error: service::Error) -> AppError {
        fault::service(self.lang, error)
    }
}

/// [`AppError::NotAllowed`] unless the role may.
fn allow(actor: &Actor, action: Action) -> Result<(), AppError> {
    if actor.role.may(action) { Ok(()) } else { Err(AppError::NotAllowed) }
}

#[async_trait]
impl Backend for PagesBackend {
    fn now(&self) -> DateTime<Utc> {
        self.state.now()
    }

    fn new_id(&self) -> Uuid {
        self.state.new_id()
    }

    async fn directory(&self, actor: &Actor) -> Result<Directory, AppError> {
        sync::directory(&self.state, actor).await.map_err(fault::store)
    }

    async fn overview(&self, actor: &Actor) -> Result<Overview, AppError> {
        allow(actor, Action::UseOffice)?;
        let overview = self.state.store.overview(actor.office, &actor.scope, self.now()).await;
        overview.map_err(fault::store)
    }

    async fn ledger(&self, actor: &Actor, filter: &LedgerFilter) -> Result<LedgerPage, AppError> {
        allow(actor, Action::UseOffice)?;
        self.state.store.ledger(actor.office, &actor.scope, filter, self.now()).await.map_err(fault::store)
    }

    async fn hazard(&self, actor: &Actor, id: HazardId) -> Result<HazardFile, AppError> {
        allow(actor, Action::UseOffice)?;
        hazards::file(&self.state, actor, id).await.map_err(|error| self.fault(error))
    }

    async fn act(
        &self,
        actor: &Actor,
        id: HazardId,
        command: HazardCommand,
        seen: usize,
    ) -> Result<HazardFile, AppError> {
        allow(actor, Action::UseOffice)?;
        let done = hazards::act(&self.state, actor, id, &command, seen).await;
        done.map_err(|error| self.fault(error))?;
        hazards::file(&self.state, actor, id).await.map_err(|error| self.fault(error))
    }

    async fn visits(&self, actor: &Actor, filter: &VisitFilter) -> Result<VisitPage, AppError> {
        allow(actor, Action::UseOffice)?;
        self.state.store.visits(actor.office, &actor.scope, filter).await.map_err(fault::store)
    }

    async fn visit(&self, actor: &Actor, id: VisitId) -> Result<VisitFile, AppError> {
        allow(actor, Action::UseOffice)?;
        visits::file(&self.state, actor, id).await.map_err(|error| self.fault(error))
    }

    async fn sites(&self, actor: &Actor, filter: &SiteFilter) -> Result<SitePage, AppError> {
        allow(actor, Action::UseOffice)?;
        let page = self.state.store.sites(actor.office, &actor.scope, filter, self.now()).await;
        page.map_err(fault::store)
    }

    async fn site(&self, actor: &Actor, id: SiteId) -> Result<SiteFile, AppError> {
        sites::file(&self.state, actor, id).await.map_err(|error| self.fault(error))
    }

    async fn save_site(&self, actor: &Actor, site: Site, before: Option<Site>) -> Result<(), AppError> {
        let author = self.author(actor);
        let saved = sites::save(&self.state, &self.asker(actor, &author), site, before).await;
        saved.map_err(|error| self.fault(error))
    }

    async fn parties(&self, actor: &Actor, filter: &PartyFilter) -> Result<PartyPage, AppError> {
        parties::list(&self.state, actor, filter).await.map_err(|error| self.fault(error))
    }

    async fn party(&self, actor: &Actor, id: PartyId) -> Result<PartyFile, AppError> {
        parties::file(&self.state, actor, id).await.map_err(|error| self.fault(error))
    }

    async fn parties_called(&self, actor: &Actor, words: &str) -> Result<Vec<Party>, AppError> {
        parties::called(&self.state, actor, words).await.map_err(|error| self.fault(error))
    }

    async fn save_party(&self, actor: &Actor, party: Party, before: Option<Party>) -> Result<(), AppError> {
        let author = self.author(actor);
        let saved = parties::save(&self.state, &self.asker(actor, &author), party, before).await;
        saved.map_err(|error| self.fault(error))
    }

    async fn places(&self, actor: &Actor) -> Result<PlacesFile, AppError> {
        places::file(&self.state, actor).await.map_err(|error| self.fault(error))
    }

    async fn change_places(&self, actor: &Actor, commands: Vec<PlaceCommand>) -> Result<(), AppError> {
        let put = places::put(&self.state, actor, &self.author(actor), &commands).await;
        put.map_err(|error| self.fault(error))
    }

    async fn readiness(&self, actor: &Actor) -> Result<Readiness, AppError> {
        places::readiness(&self.state, actor).await.map_err(|error| self.fault(error))
    }

    async fn is_empty(&self) -> Result<bool, AppError> {
        self.state.set_up.is_open(&*self.state.store).await.map_err(fault::store)
    }

    async fn set_up(&self, first: FirstAccount) -> Result<(), AppError> {
        let author = Author { by: By::Nobody, origin: self.origin.clone() };
        let done = service::set_up::set_up(&self.state, self.lang, &author, first).await;
        done.map_err(|error| fault::not_set_up(self.lang, error))
    }

    async fn people(&self, actor: &Actor) -> Result<Vec<Person>, AppError> {
        people::all(&self.state, actor).await.map_err(|error| self.fault(error))
    }

    async fn people_page(&self, actor: &Actor, filter: &PersonFilter) -> Result<PersonPage, AppError> {
        allow(actor, Action::ManagePeople)?;
        self.state.store.people_page(actor.office, filter).await.map_err(fault::store)
    }

    async fn grids(&self, actor: &Actor, filter: &GridFilter) -> Result<GridPage, AppError> {
        allow(actor, Action::UseOffice)?;
        self.state.store.grids(actor.office, &actor.scope, filter).await.map_err(fault::store)
    }

    async fn save_person(
        &self,
        actor: &Actor,
        person: Person,
        before: Option<Person>,
        password: Option<String>,
    ) -> Result<(), AppError> {
        allow(actor, Action::ManagePeople)?;
        self.confirmed()?;
        let author = self.author(actor);
        let saved = people::save(&self.state, &self.asker(actor, &author), person, before, password).await;
        saved.map_err(|error| self.fault(error))
    }

    async fn send_list(
        &self,
        actor: &Actor,
        what: ImportKind,
        file: ImportFile,
        datum: Option<Datum>,
    ) -> Result<Uuid, AppError> {
        allow(actor, import::action(what))?;
        if what == ImportKind::People {
            self.confirmed()?;
        }
        let sent = imports::send(&self.state, actor, what, file, datum, self.lang).await;
        sent.map_err(|error| fault::import(self.lang, "file", error))
    }

    async fn import_preview(
        &self,
        actor: &Actor,
        id: Uuid,
        view: ImportView,
    ) -> Result<ImportPreview, AppError> {
        self.allow_list(actor, id).await?;
        let preview = imports::preview(&self.state, actor, id, view, self.lang).await;
        preview.map_err(|error| fault::import(self.lang, "plan", error))
    }

    async fn mark_import(&self, actor: &Actor, id: Uuid, mark: ImportMark) -> Result<(), AppError> {
        self.allow_list(actor, id).await?;
        let marked = imports::mark(&self.state, actor, id, mark, self.lang).await;
        marked.map_err(|error| fault::import(self.lang, "plan", error))
    }

    async fn write_import(&self, actor: &Actor, id: Uuid) -> Result<(), AppError> {
        if self.allow_list(actor, id).await? == ImportKind::People {
            self.confirmed()?;
        }
        let written = imports::write(&self.state, &self.by(actor), actor, id, self.lang).await;
        written.map(|_| ()).map_err(|error| fault::import(self.lang, "plan", error))
    }

    async fn forget_import(&self, actor: &Actor, id: Uuid) -> Result<(), AppError> {
        allow(actor, Action::ManageSites)?;
        let forgotten = imports::forget(&self.state, actor, id).await;
        forgotten.map_err(|error| fault::import(self.lang, "plan", error))
    }

    async fn last_imports(&self, actor: &Actor) -> Result<Vec<WrittenImport>, AppError> {
        allow(actor, Action::ManageSites)?;
        let last = imports::last(&self.state, actor).await;
        last.map_err(|error| fault::import(self.lang, "import", error))
    }

    async fn undo_import(&self, actor: &Actor, what: ImportKind, id: Uuid) -> Result<(), AppError> {
        allow(actor, import::action(what))?;
        if what == ImportKind::People {
            self.confirmed()?;
        }
        let by = self.by(actor);
        let undone = imports::undo(&self.state, &by, what, id).await;
        undone.map(|_| ()).map_err(|error| fault::import(self.lang, "import", error))
    }

    async fn sites_of_code(&self, actor: &Actor, code: &str) -> Result<Vec<(SiteId, String)>, AppError> {
        allow(actor, Action::UseOffice)?;
        self.state.store.sites_of_code(actor.office, &actor.scope, code).await.map_err(fault::store)
    }

    async fn hazards_of_number(
        &self,
        actor: &Actor,
        number: &str,
    ) -> Result<Vec<(HazardId, String)>, AppError> {
        allow(actor, Action::UseOffice)?;
        self.state.store.hazards_of_number(actor.office, &actor.scope, number).await.map_err(fault::store)
    }

    async fn quarantine(&self, actor: &Actor, filter: &QuarantineFilter) -> Result<QuarantineList, AppError> {
        allow(actor, Action::ManagePeople)?;
        let page = self.state.store.quarantine(actor.office, filter).await.map_err(fault::store)?;
        let rows = page.rows.into_iter().map(QuarantinedOperation::abridged).collect();
        Ok(QuarantineList { rows, ..page })
    }

    async fn bring_in(&self, actor: &Actor, file: FileStream) -> Result<BroughtIn, AppError> {
        allow(actor, Action::ManagePeople)?;
        self.confirmed()?;
        let brought = sync::bundle_import::bring_in(&self.state, actor, &self.author(actor), file).await;
        brought.map_err(|error| self.fault(error))
    }

    async fn decide(&self, actor: &Actor, id: OperationId, take: bool) -> Result<(), AppError> {
        allow(actor, Action::ManagePeople)?;
        let decided = sync::quarantine::decide(&self.state, actor, &self.author(actor), id, take).await;
        decided.map_err(|error| self.fault(error))
    }

    async fn audit(&self, actor: &Actor, filter: &AuditFilter) -> Result<AuditPage, AppError> {
        allow(actor, Action::ReadAudit)?;
        self.state.store.audit(actor.office, filter).await.map_err(fault::store)
    }

    async fn jobs(&self, actor: &Actor, page: u32) -> Result<JobPage, AppError> {
        allow(actor, Action::ManageJobs)?;
        self.state.store.jobs(actor.office, page).await.map_err(fault::store)
    }

    async fn decide_job(&self, actor: &Actor, id: JobId, again: bool) -> Result<(), AppError> {
        allow(actor, Action::ManageJobs)?;
        let decided = failed::decide(&self.state, actor.office, &self.author(actor), id, again).await;
        decided.map_err(|error| self.fault(error))
    }

    async fn devices(&self, actor: &Actor) -> Result<Vec<SignedInDevice>, AppError> {
        let sessions = self.state.store.sessions_of(actor.person, self.now()).await.map_err(fault::store)?;
        let device = |session: crate::storage::Session| SignedInDevice {
            session: session.id,
            name: session.device_name,
            since: session.since,
            last_seen: session.last_seen,
            current: Some(session.id) == self.session,
        };
        Ok(sessions.into_iter().map(device).collect())
    }

    async fn sign_out_device(&self, actor: &Actor, session: i64) -> Result<(), AppError> {
        let subject = Subject::new(SubjectKind::Account, actor.person.0, &actor.name);
        let entry = self.state.audit(actor.office, &self.author(actor), Act::SessionsEnded, subject);
        let end = async {
            let mut write = self.state.store.write().await?;
            write.end_session(actor.person, session).await?;
            write.put_audit(&entry).await?;
            write.commit().await
        };
        end.await.map_err(fault::store)
    }
}
