//! The unit of work of one office within a batch: all records that the operations name, read at once; what
//! the operations change, decided in memory one after another ([`apply`](super::apply)); written at once.

use super::{
    batch::Batch,
    checklists::{Checklists, Edition},
};
use crate::{
    hazard_commands::Records,
    signing::SigningKey,
    storage::{NamedPhoto, NewOperation, Numbers, Recorded, StoreError, StoredVisit, Transaction},
};
use chrono::{DateTime, Datelike, Utc};
use domain::{
    attachment::{AttachmentFacts, AttachmentHash, AttachmentKind},
    checklist::Checklist,
    hazard::{Hazard, HazardCommand},
    id::{ChecklistId, DepartmentId, HazardId, OfficeId, OperationId, PersonId, SiteId, SiteKind, VisitId},
    photo::PhotoHash,
    quarantine::QuarantinedOperation,
    quota::Usage,
    role::ResourceScope,
    sector::Sector,
    site::Site,
    sync::{Outcome, Payload},
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
    pub recorded: HashMap<OperationId, Recorded>,
    pub sites: HashMap<SiteId, Site>,
    /// What the places around sites of visits are called.
    pub place_names: HashMap<SiteId, PlaceNames>,
    /// Every list of kinds that sites have had of which a phone knew others than they have now.
    pub kinds_had: HashMap<SiteId, Vec<Vec<SiteKind>>>,
    pub hazards: HashMap<HazardId, Hazard>,
    /// Of whatever office: ids that are taken.
    pub known_hazards: HashSet<HazardId>,
    /// Of whatever office: ids that are taken.
    pub known_visits: HashSet<VisitId>,
    /// This office's, that hazards are said to come from.
    pub visits: HashMap<VisitId, Visit>,
    pub departments: HashSet<DepartmentId>,
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
    pub checklists: HashMap<Edition, Arc<Checklist>>,
    pub sectors: HashMap<ChecklistId, Sector>,
    /// Hazards of which something waits that this person sent, and how that was put off. Nobody else's work waits for it:
    /// others do not know of it yet.
    pub put_off: HashMap<(PersonId, HazardId), Outcome>,
    pub added: Added,
}

/// What is to be written.
#[derive(Debug, Default)]
pub(crate) struct Added {
    pub operations: Vec<NewOperation>,
    pub visits: Vec<StoredVisit>,
    pub hazards: BTreeSet<HazardId>,
    pub attachments: Vec<AttachmentFacts>,
    pub quarantine: Vec<QuarantinedOperation>,
    pub named: Vec<NamedPhoto>,
    /// Whose usage has changed.
    pub senders: BTreeSet<PersonId>,
}

/// What operations name.
#[derive(Debug, Default)]
struct Named {
    operations: BTreeSet<OperationId>,
    sites: BTreeSet<SiteId>,
    /// Of visits, as the phones knew them.
    visited: Vec<(SiteId, SiteSeen)>,
    hazards: BTreeSet<HazardId>,
    visits: BTreeSet<VisitId>,
    /// That hazards are said to come from.
    origins: BTreeSet<VisitId>,
    departments: bool,
    /// Of which the rectification is accepted.
    accepted: BTreeSet<HazardId>,
    /// That are opened again.
    reopened: BTreeSet<HazardId>,
    /// With who names or tells of them.
    photos: BTreeSet<(PhotoHash, PersonId)>,
    told: BTreeSet<(PhotoHash, PersonId)>,
    papers: BTreeSet<AttachmentHash>,
    checklists: BTreeSet<Edition>,
    sectors: BTreeSet<ChecklistId>,
}

impl Named {
    fn by(batches: &[&Batch]) -> Self {
        let mut named = Self::default();
        for batch in batches {
            for operation in &batch.operations {
                named.operations.extend(operation.id);
                if let Ok(read) = &operation.read
                    && read.payload.check_limits().is_ok()
                {
                    named.note(&read.payload, batch.actor.person);
                }
            }
        }
        named
    }

    fn note(&mut self, payload: &Payload, by: PersonId) {
        match payload {
            Payload::SubmitVisit(visit) => {
                self.photos.extend(visit.photos().map(|hash| (hash.clone(), by)));
                self.sites.insert(visit.site);
                self.visited.push((visit.site, visit.site_seen.clone()));
                self.visits.insert(visit.id);
                let editions = visit.forms.iter().map(|form| (form.checklist.clone(), form.version));
                self.checklists.extend(editions);
            }
            Payload::Hazard { hazard, site, command, .. } => {
                self.hazards.insert(*hazard);
                self.sites.extend(*site);
                self.photos.extend(command.photos().into_iter().map(|hash| (hash.clone(), by)));
                match command {
                    HazardCommand::Report(found) => {
                        self.sectors.extend(found.checklist.clone());
                        self.visits.extend(found.visit);
                        self.origins.extend(found.visit);
                    }
                    HazardCommand::Assign(_) => self.departments = true,
                    HazardCommand::Merge(merger) => drop(self.hazards.insert(merger.into)),
                    HazardCommand::Accept(_) => drop(self.accepted.insert(*hazard)),
                    HazardCommand::Reopen(_) => drop(self.reopened.insert(*hazard)),
                    HazardCommand::AskExtension(_)
                    | HazardCommand::GrantExtension(_)
                    | HazardCommand::RefuseExtension(_)
                    | HazardCommand::Rectify(_)
                    | HazardCommand::Return(_)
                    | HazardCommand::List(_)
                    | HazardCommand::Suspend(_)
                    | HazardCommand::LiftSuspension(_)
                    | HazardCommand::Refer(_) => {}
                }
            }
            Payload::Photo(facts) => {
                self.photos.insert((facts.hash.clone(), by));
                self.told.insert((facts.hash.clone(), by));
            }
            // A paper proves nothing where a photo is asked for.
            Payload::Paper(facts) => drop(self.papers.insert(facts.hash.clone())),
            Payload::Diagnostics(_) => {}
        }
    }
}

fn list<T>(set: BTreeSet<T>) -> Vec<T> {
    set.into_iter().collect()
}

impl UnitOfWork {
    /// Reads what these batches, all of one office, name.
    pub(crate) async fn open(
        tx: &mut dyn Transaction,
        lists: &Checklists,
        key: SigningKey,
        office: OfficeId,
        batches: &[&Batch],
        now: DateTime<Utc>,
    ) -> Result<Self, StoreError> {
        let named = Named::by(batches);
        let mut checklists = HashMap::new();
        for edition in named.checklists {
            if let Some(list) = lists.get(tx, office, &edition).await? {
                checklists.insert(edition, list);
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
        let sites: BTreeSet<_> = reopened.map(|hazard| hazard.place.site).chain(named.sites).collect();
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
        let sites = tx.sites(office, &list(sites)).await?;
        let visited: BTreeSet<_> = named.visited.iter().map(|(site, _)| *site).collect();
        // Rarely any: the kinds of a site are seldom changed.
        let otherwise =
            |(site, seen): &&(SiteId, SiteSeen)| sites.get(site).is_some_and(|known| !seen.is_now(known));
        let changed: BTreeSet<_> = named.visited.iter().filter(otherwise).map(|(site, _)| *site).collect();
        let senders: BTreeSet<_> = batches.iter().map(|batch| batch.actor.person).collect();
        Ok(Self {
            office,
            now,
            key,
            year,
            numbers: tx.numbers(office, year).await?,
            recorded: tx.recorded(&list(named.operations)).await?,
            place_names: tx.place_names(office, &list(visited)).await?,
            kinds_had: tx.kinds_had(&list(changed)).await?,
            sites,
            known_hazards: tx.known_hazards(&hazards).await?,
            hazards: stored_hazards,
            known_visits: tx.known_visits(&list(named.visits)).await?,
            visits: tx.visits(office, &list(named.origins)).await?,
            departments: if named.departments { tx.departments(office).await? } else { HashSet::new() },
            photo_places: tx.photo_places(office, &list(strange)).await?,
            announced,
            papers: tx.announcers(office, AttachmentKind::Paper, &list(named.papers)).await?,
            damaged,
            usage: tx.usage(&list(senders), day).await?,
            checklists,
            sectors,
            put_off: HashMap::new(),
            added: Added::default(),
        })
    }

    fn is_unchanged(&self) -> bool {
        let Added { operations, visits, hazards, attachments, quarantine, named: _, senders: _ } =
            &self.added;
        operations.is_empty()
            && visits.is_empty()
            && hazards.is_empty()
            && attachments.is_empty()
            && quarantine.is_empty()
    }

    /// Writes what was added.
    pub(crate) async fn close(self, tx: &mut dyn Transaction) -> Result<(), StoreError> {
        if self.is_unchanged() {
            return Ok(());
        }
        let Self { office, added, hazards, usage, .. } = self;
        let day = office_day(self.now);
        let sent = |person: &PersonId| (*person, usage.get(person).copied().unwrap_or_default());
        tx.put_usage(day, &added.senders.iter().map(sent).collect::<Vec<_>>()).await?;
        let changed: Vec<_> = added.hazards.iter().filter_map(|id| hazards.get(id).cloned()).collect();
        tx.put_numbers(office, self.year, &self.numbers).await?;
        tx.put_visits(office, &added.visits).await?;
        tx.put_hazards(office, &changed, self.now).await?;
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

    fn sector(&self, list: &ChecklistId) -> Option<Sector> {
        self.sectors.get(list).copied()
    }

    fn has_department(&self, id: DepartmentId) -> bool {
        self.departments.contains(&id)
    }

    fn visit(&self, id: VisitId) -> Option<&Visit> {
        self.visits.get(&id)
    }

    fn is_elsewhere(&self, id: VisitId) -> bool {
        self.known_visits.contains(&id) && !self.visits.contains_key(&id)
    }

    fn told(&self, photo: &PhotoHash, person: PersonId) -> bool {
        self.announced.contains(&(photo.clone(), person))
    }

    fn is_damaged(&self, photo: &PhotoHash) -> bool {
        self.damaged.contains(photo)
    }
}
