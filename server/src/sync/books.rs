//! An office's books during one turn: what the records say about everything that the operations name, read at once; what
//! the operations add to it, judged in memory one after another ([`judge`](super::judge)); written at once.

use super::{
    batch::{Batch, Incoming},
    checklists::{Checklists, Edition},
};
use crate::{
    signing::SigningKey,
    storage::{NamedPhoto, NewOperation, Numbers, Recorded, StoreError, StoredInspection, Transaction},
};
use app::backend::SetAside;
use chrono::{DateTime, Datelike, Utc};
use domain::{
    checklist::Checklist,
    hazard::{Deed, Hazard},
    id::{ChecklistId, HazardId, InspectionId, OfficeId, OperationId, SiteId},
    photo::PhotoFacts,
    sector::Sector,
    site::Site,
    sync::Payload,
    time::office_day,
};
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};

#[derive(Debug)]
pub(super) struct Books {
    pub office: OfficeId,
    pub now: DateTime<Utc>,
    pub key: SigningKey,
    /// Of the office's day, for numbers.
    pub year: i32,
    pub numbers: Numbers,
    pub recorded: HashMap<OperationId, Recorded>,
    pub sites: HashMap<SiteId, Site>,
    pub hazards: HashMap<HazardId, Hazard>,
    /// Of whatever office: ids that are taken.
    pub known_hazards: HashSet<HazardId>,
    /// Of whatever office: ids that are taken.
    pub inspections: HashSet<InspectionId>,
    pub checklists: HashMap<Edition, Arc<Checklist>>,
    pub sectors: HashMap<ChecklistId, Sector>,
    pub added: Added,
}

/// What is to be written.
#[derive(Debug, Default)]
pub(super) struct Added {
    pub operations: Vec<NewOperation>,
    pub inspections: Vec<StoredInspection>,
    pub hazards: BTreeSet<HazardId>,
    pub photos: Vec<PhotoFacts>,
    pub set_aside: Vec<SetAside>,
    pub named: Vec<NamedPhoto>,
}

/// What operations name.
#[derive(Debug, Default)]
struct Named {
    operations: BTreeSet<OperationId>,
    sites: BTreeSet<SiteId>,
    hazards: BTreeSet<HazardId>,
    inspections: BTreeSet<InspectionId>,
    checklists: BTreeSet<Edition>,
    sectors: BTreeSet<ChecklistId>,
}

impl Named {
    fn by(operations: &[&Incoming]) -> Self {
        let mut named = Self::default();
        for operation in operations {
            named.operations.extend(operation.id);
            if let Ok(read) = &operation.read {
                named.note(&read.payload);
            }
        }
        named
    }

    fn note(&mut self, payload: &Payload) {
        match payload {
            Payload::SubmitInspection(inspection) => {
                self.sites.insert(inspection.site);
                self.inspections.insert(inspection.id);
                self.checklists.insert((inspection.checklist.clone(), inspection.version));
            }
            Payload::Hazard { hazard, site, deed, .. } => {
                self.hazards.insert(*hazard);
                self.sites.extend(*site);
                if let Deed::Found(found) = deed {
                    self.sectors.extend(found.checklist.clone());
                }
            }
            Payload::Photo(_) | Payload::Diagnostics(_) => {}
        }
    }
}

fn list<T>(set: BTreeSet<T>) -> Vec<T> {
    set.into_iter().collect()
}

impl Books {
    /// Reads what these batches, all of one office, name.
    pub(super) async fn open(
        tx: &mut dyn Transaction,
        lists: &Checklists,
        key: SigningKey,
        office: OfficeId,
        batches: &[&Batch],
        now: DateTime<Utc>,
    ) -> Result<Self, StoreError> {
        let operations: Vec<_> = batches.iter().flat_map(|batch| &batch.operations).collect();
        let named = Named::by(&operations);
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
        let year = office_day(now).year();
        let hazards = list(named.hazards);
        Ok(Self {
            office,
            now,
            key,
            year,
            numbers: tx.numbers(office, year).await?,
            recorded: tx.recorded(&list(named.operations)).await?,
            sites: tx.sites(office, &list(named.sites)).await?,
            known_hazards: tx.known_hazards(&hazards).await?,
            hazards: tx.hazards(office, &hazards).await?,
            inspections: tx.known_inspections(&list(named.inspections)).await?,
            checklists,
            sectors,
            added: Added::default(),
        })
    }

    fn is_unchanged(&self) -> bool {
        let Added { operations, inspections, hazards, photos, set_aside, named: _ } = &self.added;
        operations.is_empty()
            && inspections.is_empty()
            && hazards.is_empty()
            && photos.is_empty()
            && set_aside.is_empty()
    }

    /// Writes what was added.
    pub(super) async fn close(self, tx: &mut dyn Transaction) -> Result<(), StoreError> {
        if self.is_unchanged() {
            return Ok(());
        }
        let Self { office, added, hazards, .. } = self;
        let changed: Vec<_> = added.hazards.iter().filter_map(|id| hazards.get(id).cloned()).collect();
        tx.put_numbers(office, self.year, &self.numbers).await?;
        tx.put_inspections(office, &added.inspections).await?;
        tx.put_hazards(office, &changed, self.now).await?;
        tx.put_photos(office, &added.photos).await?;
        tx.name_photos(office, &added.named).await?;
        tx.record(&added.operations).await?;
        tx.put_set_aside(office, &added.set_aside).await
    }
}
