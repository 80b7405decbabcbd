//! The unit of work of one office within a batch: all records that the operations name, read at once; what
//! the operations change, decided in memory one after another ([`apply`](super::apply)); written at once.

use super::{
    batch::Batch,
    forms::{Edition, PreparedForms},
    inspections::InspectionsAtHand,
    last_answers,
    named::Named,
    new_site::{self, GridAtHand},
};
use crate::{
    hazard_commands::Records,
    signing::SigningKey,
    storage::{
        NamedPhoto, NewOperation, Numbers, OrderOpening, Recorded, StoreError, StoredOrder, StoredVisit,
        Transaction,
    },
    tasks,
};
use chrono::{DateTime, Datelike, Utc};
use domain::{
    attachment::{AttachmentFacts, AttachmentHash, AttachmentKind},
    form::{LastAnswers, session::PreparedForm},
    hazard::Hazard,
    id::{
        DepartmentId, FormId, GridId, HazardId, NoticeId, OfficeId, OperationId, PersonId, SealedOrderId,
        SiteId, SiteKind, SpotCheckId, TaskId, VisitId,
    },
    photo::PhotoHash,
    quarantine::QuarantinedOperation,
    quota::Usage,
    role::ResourceScope,
    sector::Sector,
    settings::series::NumberSeries,
    site::{Site, attributes::SiteAttributes},
    spot_check::SpotCheck,
    sync::Outcome,
    task::{Colleague, Task},
    time::office_day,
    visit::{PlaceNames, SiteSeen, Visit},
};
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};

#[derive(Debug)]
pub(crate) struct UnitOfWork {
    pub office: OfficeId,
    pub now: DateTime<Utc>,
    pub key: SigningKey,
    /// Of the office's day, for numbers.
    pub year: i32,
    pub numbers: Numbers,
    /// How they begin.
    pub series: NumberSeries,
    pub recorded: HashMap<OperationId, Recorded>,
    pub sites: HashMap<SiteId, Site>,
    /// Of whatever office: ids of sites that are taken, of those that are proposed.
    pub known_sites: HashSet<SiteId>,
    /// Ids under which a site was proposed that is there already.
    pub same_sites: HashMap<SiteId, SiteId>,
    /// In which sites are proposed.
    pub grids: HashMap<GridId, GridAtHand>,
    /// What the places around sites of visits are called.
    pub place_names: HashMap<SiteId, PlaceNames>,
    /// Every list of kinds that sites have had of which a phone knew others than they have now.
    pub kinds_had: HashMap<SiteId, Vec<Vec<SiteKind>>>,
    /// Visits for whose maker's role, as it was then, the administrator answers.
    pub roles_had: HashSet<VisitId>,
    /// All that was known beside their kinds of sites of which a phone knew otherwise than they are now.
    pub attributes_had: HashMap<SiteId, Vec<SiteAttributes>>,
    /// Spot checks at the sites that are named, but for those that were withdrawn.
    pub checks: Vec<SpotCheck>,
    pub hazards: HashMap<HazardId, Hazard>,
    /// Of whatever office: ids that are taken.
    pub known_hazards: HashSet<HazardId>,
    /// Of whatever office: ids that are taken.
    pub known_visits: HashSet<VisitId>,
    /// This office's of before, that hazards are said to come from.
    pub visits: HashMap<VisitId, Visit>,
    /// This office's of before, that visits went by.
    pub gone_by: HashMap<VisitId, Visit>,
    pub departments: HashSet<DepartmentId>,
    /// What administrative inspections are held to.
    pub inspections: InspectionsAtHand,
    /// That are said to have been opened, or to have led to what was visited.
    pub orders: HashMap<SealedOrderId, StoredOrder>,
    pub tasks: HashMap<TaskId, Task>,
    /// Of whatever office: ids that are taken.
    pub known_tasks: HashSet<TaskId>,
    /// Forms that tasks ask for and that there are.
    pub known_forms: HashSet<FormId>,
    /// Whom work can be given to; read where any is given.
    pub colleagues: HashMap<PersonId, Colleague>,
    /// Who has told of which of the photos that are named.
    pub announced: HashSet<(PhotoHash, PersonId)>,
    /// Who has told before of which of the papers that are told of.
    pub papers: HashSet<(AttachmentHash, PersonId)>,
    /// Photos that turned out to be no pictures, where something is accepted.
    pub damaged: HashSet<PhotoHash>,
    /// Where those can be seen that whoever names them did not tell of.
    pub photo_places: HashMap<PhotoHash, Vec<ResourceScope>>,
    /// What the senders have sent today.
    pub usage: HashMap<PersonId, Usage>,
    pub forms: HashMap<Edition, Arc<PreparedForm>>,
    pub sectors: HashMap<FormId, Sector>,
    /// Hazards of which something waits that this person sent, and how that was put off. Nobody else's work waits for it:
    /// others do not know of it yet.
    pub put_off: HashMap<(PersonId, HazardId), Outcome>,
    /// The same of sites that this person proposed.
    pub put_off_sites: HashMap<(PersonId, SiteId), Outcome>,
    /// And of tasks: what is not given yet is neither handed on nor withdrawn.
    pub put_off_tasks: HashMap<(PersonId, TaskId), Outcome>,
    pub added: Added,
}

/// What is to be written.
#[derive(Debug, Default)]
pub(crate) struct Added {
    pub operations: Vec<NewOperation>,
    /// Made on the spot.
    pub sites: BTreeSet<SiteId>,
    /// Proposed ids, and the sites that are there already.
    pub same_sites: Vec<(SiteId, SiteId)>,
    pub visits: Vec<StoredVisit>,
    /// What they leave to the next visits at their sites.
    pub last_answers: Vec<(SiteId, LastAnswers)>,
    pub hazards: BTreeSet<HazardId>,
    /// When orders were opened.
    pub openings: Vec<(SealedOrderId, OrderOpening)>,
    pub tasks: BTreeSet<TaskId>,
    /// Notices, with who has seen them.
    pub seen: Vec<(PersonId, Vec<NoticeId>)>,
    pub attachments: Vec<AttachmentFacts>,
    pub quarantine: Vec<QuarantinedOperation>,
    pub named: Vec<NamedPhoto>,
    /// That were carried out.
    pub checks: BTreeSet<SpotCheckId>,
    /// Whose usage has changed.
    pub senders: BTreeSet<PersonId>,
}

fn list<T>(set: BTreeSet<T>) -> Vec<T> {
    set.into_iter().collect()
}

impl UnitOfWork {
    /// Reads what these batches, all of one office, name.
    pub(crate) async fn open(
        tx: &mut dyn Transaction,
        kept: &PreparedForms,
        key: SigningKey,
        office: OfficeId,
        batches: &[&Batch],
        now: DateTime<Utc>,
    ) -> Result<Self, StoreError> {
        let mut named = Named::by(batches);
        let task_ids = list(std::mem::take(&mut named.tasks));
        let tasks = tx.tasks(office, &task_ids).await?;
        tasks.values().for_each(|task| named.note_subject(&task.about.subject()));
        let colleagues =
            if task_ids.is_empty() { HashMap::new() } else { tasks::read_colleagues(tx, office).await? };
        let mut forms = HashMap::new();
        for edition in named.forms {
            if let Some(form) = kept.get(tx, office, &edition).await? {
                forms.insert(edition, form);
            }
        }
        let mut sectors = HashMap::new();
        for id in named.sectors {
            if let Some(sector) = tx.sector_of(office, &id).await? {
                sectors.insert(id, sector);
            }
        }
        let day = office_day(now);
        let year = day.year();
        let hazards = list(named.hazards);
        let stored_hazards = tx.hazards(office, &hazards).await?;
        // What is opened again lies where its site lies now.
        let reopened = named.reopened.iter().filter_map(|id| stored_hazards.get(id));
        let told: Vec<SiteId> = named.sites.union(&named.proposed).copied().collect();
        let same_sites = tx.same_sites(office, &told).await?;
        let of_tasks = named.of_tasks.iter().filter_map(|id| stored_hazards.get(id));
        let with_hazards = reopened.chain(of_tasks).map(|hazard| hazard.place.site);
        let sites: BTreeSet<_> =
            with_hazards.chain(named.sites).chain(same_sites.values().copied()).collect();
        // What is accepted is accepted by its photos.
        let proofs = named.accepted.iter().filter_map(|id| stored_hazards.get(id));
        let proofs = proofs.flat_map(|hazard| hazard.after.iter().cloned());
        let hashes: BTreeSet<_> = named.photos.iter().map(|(hash, _)| hash.clone()).chain(proofs).collect();
        let hashes = list(hashes);
        let announced = tx.announcers(office, AttachmentKind::Photo, &hashes).await?;
        // What is put right in this turn may be accepted in it, too.
        let damaged = if named.accepted.is_empty() {
            HashSet::new()
        } else {
            tx.damaged_photos(office, &hashes).await?
        };
        // Rarely any: phones tell of a photo before they name it.
        let strange = named.photos.difference(&named.told).filter(|told| !announced.contains(told));
        let strange: BTreeSet<_> = strange.map(|(hash, _)| hash.clone()).collect();
        let sites = list(sites);
        let checks = tx.spot_checks_at(office, &sites).await?;
        let mut visits = tx.visits(office, &list(named.origins)).await?;
        let mut gone_by = last_answers::gone_by(tx, office, &list(named.gone_by)).await?;
        // What was answered last at a site that was merged since is looked back at where it goes on.
        let before: BTreeSet<SiteId> = gone_by.values().map(|visit| visit.site).collect();
        let merged = tx.same_sites(office, &list(before)).await?;
        for visit in visits.values_mut().chain(gone_by.values_mut()) {
            // Of a site that was merged since: what is said of it now is about the other.
            let meant = same_sites.get(&visit.site).or_else(|| merged.get(&visit.site));
            visit.site = meant.copied().unwrap_or(visit.site);
        }
        named.orders.extend(visits.values().filter_map(|visit| visit.order));
        let named_sites = tx.named_sites(office, &sites).await?;
        let (sites, place_names): (HashMap<SiteId, Site>, HashMap<SiteId, PlaceNames>) =
            named_sites.into_iter().map(|(id, (site, names))| ((id, site), (id, names))).unzip();
        // Rarely any: the kinds of a site are seldom changed, and what is known of it not often.
        let otherwise = |is_now: fn(&SiteSeen, &Site) -> bool| {
            let known = named.visited.iter().filter_map(|(id, seen)| Some((id, seen, sites.get(id)?)));
            let changed = known.filter(|(_, seen, site)| !is_now(seen, site)).map(|(id, ..)| *id);
            list(changed.collect::<BTreeSet<_>>())
        };
        let (of_other_kinds, otherwise_known) =
            (otherwise(SiteSeen::is_now), otherwise(SiteSeen::attributes_are_now));
        let inspections = InspectionsAtHand::open(tx, office, &sites, &named.inspected, now).await?;
        let senders: BTreeSet<_> = batches.iter().map(|batch| batch.actor.person).collect();
        Ok(Self {
            office,
            now,
            key,
            year,
            numbers: tx.numbers(office, year).await?,
            series: tx.office_settings(office).await?.series,
            recorded: tx.recorded(&list(named.operations)).await?,
            place_names,
            kinds_had: tx.kinds_had(&of_other_kinds).await?,
            roles_had: HashSet::new(),
            attributes_had: tx.attributes_had(&otherwise_known).await?,
            sites,
            known_sites: tx.known_sites(&list(named.proposed)).await?,
            same_sites,
            grids: new_site::grids(tx, office, &named.grids).await?,
            inspections,
            checks,
            known_hazards: tx.known_hazards(&hazards).await?,
            hazards: stored_hazards,
            known_visits: tx.known_visits(&list(named.visits)).await?,
            visits,
            gone_by,
            departments: if named.departments { tx.departments(office).await? } else { HashSet::new() },
            orders: tx.sealed_orders(office, &list(named.orders)).await?,
            photo_places: tx.photo_places(office, &list(strange)).await?,
            announced,
            papers: tx.announcers(office, AttachmentKind::Paper, &list(named.papers)).await?,
            damaged,
            usage: tx.usage(&list(senders), day).await?,
            known_tasks: tx.known_tasks(&task_ids).await?,
            known_forms: tasks::read_forms(tx, office, &named.forms_of_tasks).await?,
            tasks,
            colleagues,
            forms,
            sectors,
            put_off: HashMap::new(),
            put_off_sites: HashMap::new(),
            put_off_tasks: HashMap::new(),
            added: Added::default(),
        })
    }

    fn is_unchanged(&self) -> bool {
        let Added {
            operations,
            sites,
            same_sites,
            visits,
            last_answers: _,
            hazards,
            openings,
            tasks,
            seen,
            attachments,
            quarantine,
            named: _,
            checks: _,
            senders: _,
        } = &self.added;
        operations.is_empty()
            && sites.is_empty()
            && same_sites.is_empty()
            && visits.is_empty()
            && hazards.is_empty()
            && openings.is_empty()
            && tasks.is_empty()
            && seen.is_empty()
            && attachments.is_empty()
            && quarantine.is_empty()
    }

    /// Writes what was added.
    pub(crate) async fn close(self, tx: &mut dyn Transaction) -> Result<(), StoreError> {
        if self.is_unchanged() {
            return Ok(());
        }
        let Self { office, added, hazards, sites, tasks, usage, checks, .. } = self;
        let day = office_day(self.now);
        let sent = |person: &PersonId| (*person, usage.get(person).copied().unwrap_or_default());
        tx.put_usage(day, &added.senders.iter().map(sent).collect::<Vec<_>>()).await?;
        let changed: Vec<_> = added.hazards.iter().filter_map(|id| hazards.get(id).cloned()).collect();
        tx.put_numbers(office, self.year, &self.numbers).await?;
        // What is done there refers to them.
        for site in added.sites.iter().filter_map(|id| sites.get(id)) {
            tx.put_site(office, site).await?;
        }
        tx.put_same_sites(office, &added.same_sites).await?;
        tx.put_visits(office, &added.visits).await?;
        let done: Vec<_> = checks.into_iter().filter(|check| added.checks.contains(&check.id)).collect();
        tx.put_spot_checks(office, &done).await?;
        tx.put_last_answers(office, &added.last_answers).await?;
        tx.put_hazards(office, &changed, self.now).await?;
        tx.put_order_openings(office, &added.openings).await?;
        let given: Vec<_> = added.tasks.iter().filter_map(|id| tasks.get(id).cloned()).collect();
        tx.put_tasks(office, &given).await?;
        tasks::settle(tx, office, &added.visits, &changed).await?;
        for (person, notices) in &added.seen {
            tx.see_notices(office, *person, notices, self.now).await?;
        }
        tx.put_attachments(office, &added.attachments).await?;
        tx.name_photos(office, &added.named).await?;
        tx.record(&added.operations).await?;
        tx.put_quarantine(office, &added.quarantine).await
    }
}

impl Records for UnitOfWork {
    fn hazard(&self, id: HazardId) -> Option<&Hazard> {
        self.hazards.get(&id)
    }

    fn is_taken(&self, id: HazardId) -> bool {
        self.known_hazards.contains(&id)
    }

    fn site(&self, id: SiteId) -> Option<&Site> {
        self.sites.get(&id)
    }

    fn sector(&self, form: &FormId) -> Option<Sector> {
        self.sectors.get(form).copied()
    }

    fn has_department(&self, id: DepartmentId) -> bool {
        self.departments.contains(&id)
    }

    fn visit(&self, id: VisitId) -> Option<&Visit> {
        let of_this_turn =
            || self.added.visits.iter().map(|stored| &stored.visit).find(|visit| visit.id == id);
        self.visits.get(&id).or_else(of_this_turn)
    }

    fn is_elsewhere(&self, id: VisitId) -> bool {
        self.known_visits.contains(&id) && self.visit(id).is_none()
    }

    fn told(&self, photo: &PhotoHash, person: PersonId) -> bool {
        self.announced.contains(&(photo.clone(), person))
    }

    fn is_damaged(&self, photo: &PhotoHash) -> bool {
        self.damaged.contains(photo)
    }
}
