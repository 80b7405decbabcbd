//! Hazards at the desk: opened, and what is done to them. The rules are those of [`hazard_commands`](crate::hazard_commands).

mod file;
mod ledger;
mod rebuild;
mod report;

pub(crate) use file::review_photo;
pub use file::{file, proof, seen};
pub use ledger::{ledger, of_number};
pub use rebuild::rebuild;
pub(crate) use report::report;

use crate::{
    asker::Asker,
    error::Error,
    hazard_commands::{Answer, Asked, Records, Refused, evaluate, named},
    services::Services,
    storage::{StoreError, Transaction},
    tasks,
};
use domain::{
    attachment::AttachmentKind,
    hazard::{Hazard, HazardCommand, Issued},
    id::{DepartmentId, FormId, HazardId, PersonId, SiteId, VisitId},
    integrity::RecordRef,
    photo::PhotoHash,
    role::{Action, Actor},
    sector::Sector,
    site::Site,
    visit::Visit,
};
use std::{
    collections::{HashMap, HashSet},
    slice,
};

/// Done at the desk, by the server's clock: a person is there to choose again, so what does not fit is refused without a
/// trace. `seen` are the events that the person knew of when they chose: two people who look at the same hazard do not both
/// assign it.
pub async fn act(
    state: &Services,
    by: &Asker,
    id: HazardId,
    command: &HazardCommand,
    seen: usize,
) -> Result<Hazard, Error> {
    by.allow(Action::UseOffice)?;
    let (actor, now) = (&by.actor, state.now());
    let mut tx = state.store.write().await?;
    let records = AtHand::read(&mut *tx, actor, id, command).await?;
    let hazard = records.hazard(id).ok_or(Error::NotFound)?;
    if !actor.scope.covers(&hazard.place) {
        return Err(Error::NotFound);
    }
    let known = hazard.events.len();
    let issued = Issued { id: state.new_id(), at: now, received_at: Some(now), by: actor };
    let asked = Asked { hazard: id, site: None, command, issued };
    let answer = evaluate(&records, &asked);
    // Who may not do it at all is told so; anybody else first what happened meanwhile.
    if known != seen && !matches!(answer, Err(Refused::Invalid(_) | Refused::NotAllowed)) {
        return Err(Error::Changed);
    }
    let hazard = match answer? {
        Answer::Happened(hazard) => hazard,
        // Its id was made this moment.
        Answer::Before(_) => return Err(Refused::IdReused.into()),
    };
    tx.put_hazards(actor.office, slice::from_ref(&hazard), now).await?;
    tasks::settle(&mut *tx, actor.office, &[], slice::from_ref(&hazard)).await?;
    let photos: Vec<_> = command.photos().into_iter().cloned().collect();
    if !photos.is_empty() {
        let places = tx.photo_places(actor.office, &photos).await?;
        let named = named(&photos, actor, RecordRef::Hazard(id), &places, now);
        tx.name_photos(actor.office, &named).await?;
    }
    tx.commit().await?;
    Ok(hazard)
}

/// What one command at the desk names; the desk makes no hazards but of what the public reported.
struct AtHand {
    hazards: HashMap<HazardId, Hazard>,
    /// Of what is opened again.
    sites: HashMap<SiteId, Site>,
    departments: HashSet<DepartmentId>,
    announced: HashSet<(PhotoHash, PersonId)>,
    damaged: HashSet<PhotoHash>,
}

impl AtHand {
    async fn read(
        tx: &mut dyn Transaction,
        actor: &Actor,
        id: HazardId,
        command: &HazardCommand,
    ) -> Result<Self, StoreError> {
        let mut ids = vec![id];
        if let HazardCommand::Merge(merger) = command {
            ids.push(merger.into);
        }
        let hazards = tx.hazards(actor.office, &ids).await?;
        let after = hazards.get(&id).map(|hazard| hazard.after.clone()).unwrap_or_default();
        let reopened = hazards.get(&id).filter(|_| matches!(command, HazardCommand::Reopen(_)));
        let sites: Vec<_> = reopened.map(|hazard| hazard.place.site).into_iter().collect();
        Ok(Self {
            sites: tx.sites(actor.office, &sites).await?,
            departments: tx.departments(actor.office).await?,
            announced: tx.announcers(actor.office, AttachmentKind::Photo, &after).await?,
            damaged: tx.damaged_photos(actor.office, &after).await?,
            hazards,
        })
    }
}

impl Records for AtHand {
    fn hazard(&self, id: HazardId) -> Option<&Hazard> {
        self.hazards.get(&id)
    }

    fn is_taken(&self, id: HazardId) -> bool {
        self.hazards.contains_key(&id)
    }

    fn site(&self, id: SiteId) -> Option<&Site> {
        self.sites.get(&id)
    }

    fn sector(&self, _: &FormId) -> Option<Sector> {
        None
    }

    fn has_department(&self, id: DepartmentId) -> bool {
        self.departments.contains(&id)
    }

    fn visit(&self, _: VisitId) -> Option<&Visit> {
        None
    }

    fn is_elsewhere(&self, _: VisitId) -> bool {
        false
    }

    fn told(&self, photo: &PhotoHash, person: PersonId) -> bool {
        self.announced.contains(&(photo.clone(), person))
    }

    fn is_damaged(&self, photo: &PhotoHash) -> bool {
        self.damaged.contains(photo)
    }
}
