//! # What is done to hazards, from wherever it is asked
//!
//! One way in, [`judge`]: for the desk ([`act`]), for phones and for work that was set aside
//! ([`Books`](crate::sync)), which differ in what they do with an answer and in nothing else. The rules are `domain`'s; here
//! they are asked in their order, about what the office's records say ([`Records`]).

mod rebuild;

pub use rebuild::rebuild;

use crate::{
    state::AppState,
    storage::{NamedPhoto, StoreError, Transaction},
};
use chrono::{DateTime, Utc};
use domain::{
    audit::By,
    hazard::{
        Around, EventRecord, Found, Hazard, HazardCommand, Issued, MissingCreationEvent, RejectedBecause,
        Unfounded, ValidationError, decide, relocate,
    },
    id::{ChecklistId, DepartmentId, HazardId, InspectionId, PersonId, SiteId},
    inspection::Inspection,
    integrity::ShownBy,
    limits::{Field, check_day},
    photo::PhotoHash,
    role::{Actor, Placement},
    sector::Sector,
    site::Site,
};
use std::{
    collections::{HashMap, HashSet},
    slice,
};
use thiserror::Error;

/// A command, for which hazard, and who gives it.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub hazard: HazardId,
    /// Where it lies; asked of a report, which makes it.
    pub site: Option<SiteId>,
    pub command: &'a HazardCommand,
    pub issued: Issued<'a>,
}

/// What the office's records say about what a command names.
pub trait Records {
    fn hazard(&self, id: HazardId) -> Option<&Hazard>;
    /// Whether there is a hazard of this id, of whatever office.
    fn is_taken(&self, id: HazardId) -> bool;
    fn site(&self, id: SiteId) -> Option<&Site>;
    fn sector(&self, list: &ChecklistId) -> Option<Sector>;
    fn has_department(&self, id: DepartmentId) -> bool;
    /// None where nobody has it yet.
    fn inspection(&self, id: InspectionId) -> Option<&Inspection>;
    /// Whether there is an inspection of this id, and not this office's.
    fn is_elsewhere(&self, id: InspectionId) -> bool;
    /// Whether the person has told of the photo.
    fn told(&self, photo: &PhotoHash, person: PersonId) -> bool;
}

/// What a command came to.
#[derive(Debug)]
pub enum Answer {
    /// It happened: the hazard with it.
    Happened(Hazard),
    /// It came before, and this is what came of it then: nothing more happens.
    Before(Option<RejectedBecause>),
}

/// Why nothing happens.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum Refused {
    #[error(transparent)]
    Invalid(ValidationError),
    #[error("the role or the place does not allow it")]
    NotAllowed,
    #[error("there is no such hazard")]
    UnknownHazard,
    #[error("there is no such site")]
    UnknownSite,
    #[error("the id was used for something else")]
    IdReused,
    /// Somebody else was there first, or the same person may not. Who sends it from afar has it kept.
    #[error(transparent)]
    Rejected(RejectedBecause),
    #[error(transparent)]
    Unfounded(Unfounded),
    /// Nobody has told of the photos that are to prove it.
    #[error("the facts of the photos that are to prove it have not come")]
    Unproven,
    #[error(transparent)]
    Malformed(MissingCreationEvent),
}

/// What the command comes to. Nothing is written.
pub fn judge(records: &impl Records, asked: &Asked<'_>) -> Result<Answer, Refused> {
    asked.command.check().map_err(Refused::Invalid)?;
    match records.hazard(asked.hazard) {
        Some(hazard) => apply(records, hazard, asked),
        None => open(records, asked).map(Answer::Happened),
    }
}

fn apply(records: &impl Records, hazard: &Hazard, asked: &Asked<'_>) -> Result<Answer, Refused> {
    let Asked { command, issued, .. } = asked;
    if !issued.by.may_ask(command.kind(), &hazard.place) {
        return Err(Refused::NotAllowed);
    }
    // The log takes an id once: what comes under it afterwards would get a receipt and be nowhere.
    if let Some(known) = hazard.record(issued.id) {
        return if is_same(known, asked) {
            Ok(Answer::Before(known.rejection().cloned()))
        } else {
            Err(Refused::IdReused)
        };
    }
    let events = decide(hazard, command, issued.by, issued.at).map_err(Refused::Rejected)?;
    check_claims(records, asked, hazard.place.site)?;
    if !hazard.has_proof_for(command, |(photo, person)| records.told(&photo, person)) {
        return Err(Refused::Unproven);
    }
    let happened = issued.records(events).into_iter().fold(hazard.clone(), Hazard::evolve);
    let is_open_again = !hazard.is_open() && happened.is_open();
    Ok(Answer::Happened(if is_open_again { with_its_site(records, happened, issued) } else { happened }))
}

/// What has ended lies where it lay, though its site has moved since and its grid may be no more. Open again, it lies where
/// its site lies now: else nobody who looks after the site would have it.
fn with_its_site(records: &impl Records, hazard: Hazard, issued: &Issued<'_>) -> Hazard {
    let Some(site) = records.site(hazard.place.site) else { return hazard };
    let to = Placement { grid: site.grid, ..hazard.place };
    let now = issued.received_at.unwrap_or(issued.at);
    match relocate(&hazard, &to, &By::from(issued.by), now) {
        Some(moved) => hazard.evolve(moved),
        None => hazard,
    }
}

fn is_same(known: &EventRecord, asked: &Asked<'_>) -> bool {
    known.by == Some(asked.issued.by.person) && known.event.command().as_ref() == Some(asked.command)
}

/// A hazard that nobody knew of.
fn open(records: &impl Records, asked: &Asked<'_>) -> Result<Hazard, Refused> {
    let Asked { hazard, command, issued, .. } = asked;
    let HazardCommand::Report(found) = command else { return Err(Refused::UnknownHazard) };
    if records.is_taken(*hazard) {
        return Err(Refused::IdReused);
    }
    let site = asked.site.and_then(|id| records.site(id)).ok_or(Refused::UnknownSite)?;
    // In the sector of the checklist that found it, else in the site's.
    let sector = found.checklist.as_ref().and_then(|list| records.sector(list)).unwrap_or(site.sector);
    let place = Placement { sector, ..site.placement() };
    let may = |place: &Placement| issued.by.may_ask(command.kind(), place);
    if !may(&place) && !may(&site.placement()) {
        return Err(Refused::NotAllowed);
    }
    check_claims(records, asked, site.id)?;
    if !issued.clock_was_wrong()
        && let Some(due) = found.due
    {
        check_day(Field::Due, due).map_err(|over| Refused::Invalid(ValidationError::OverLimit(over)))?;
    }
    if !command.proof().iter().all(|photo| records.told(photo, issued.by.person)) {
        return Err(Refused::Unproven);
    }
    Hazard::open(*hazard, place, found.clone(), issued).map_err(Refused::Malformed)
}

fn check_claims(records: &impl Records, asked: &Asked<'_>, site: SiteId) -> Result<(), Refused> {
    let Asked { hazard, command, issued, .. } = asked;
    if let HazardCommand::Report(Found { inspection: Some(inspection), .. }) = command
        && records.is_elsewhere(*inspection)
    {
        return Err(Refused::Unfounded(Unfounded::Inspection));
    }
    let around = Around {
        departments: &|department| records.has_department(department),
        hazard: &|id| records.hazard(id),
        inspection: &|id| records.inspection(id),
    };
    command.check_claims(*hazard, site, issued.by, issued.at, &around).map_err(Refused::Unfounded)
}

/// Photos as a record shows them from then on. `places`: where those can be seen already that whoever names them did not
/// tell of.
pub fn named<'a>(
    photos: impl IntoIterator<Item = &'a PhotoHash>,
    actor: &Actor,
    by: ShownBy,
    places: &HashMap<PhotoHash, Vec<Placement>>,
    at: DateTime<Utc>,
) -> Vec<NamedPhoto> {
    let photo = |hash: &PhotoHash| NamedPhoto {
        hash: hash.clone(),
        by,
        author: actor.person,
        seen: places.get(hash).into_iter().flatten().any(|place| actor.scope.covers(place)),
        at,
    };
    photos.into_iter().map(photo).collect()
}

#[derive(Debug, Error)]
pub enum ActError {
    #[error("no such hazard, or out of sight")]
    NotFound,
    /// Something happened to the hazard that the person did not know of.
    #[error("changed meanwhile")]
    Changed,
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Done at the desk, by the server's clock: a person is there to choose again, so what does not fit is refused without a
/// trace. `seen` are the events that the person knew of when they chose: two people who look at the same hazard do not both
/// assign it.
pub async fn act(
    state: &AppState,
    actor: &Actor,
    id: HazardId,
    command: &HazardCommand,
    seen: usize,
) -> Result<Hazard, ActError> {
    let now = state.now();
    let mut tx = state.store.write().await?;
    let records = AtHand::read(&mut *tx, actor, id, command).await?;
    let hazard = records.hazard(id).ok_or(ActError::NotFound)?;
    if !actor.scope.covers(&hazard.place) {
        return Err(ActError::NotFound);
    }
    let known = hazard.events.len();
    let issued = Issued { id: state.new_id(), at: now, received_at: Some(now), by: actor };
    let asked = Asked { hazard: id, site: None, command, issued };
    let answer = judge(&records, &asked);
    // Who may not do it at all is told so; anybody else first what happened meanwhile.
    if known != seen && !matches!(answer, Err(Refused::Invalid(_) | Refused::NotAllowed)) {
        return Err(ActError::Changed);
    }
    let hazard = match answer? {
        Answer::Happened(hazard) => hazard,
        // Its id was made this moment.
        Answer::Before(_) => return Err(Refused::IdReused.into()),
    };
    tx.put_hazards(actor.office, slice::from_ref(&hazard), now).await?;
    let photos: Vec<_> = command.photos().into_iter().cloned().collect();
    if !photos.is_empty() {
        let places = tx.photo_places(actor.office, &photos).await?;
        let named = named(&photos, actor, ShownBy::Hazard(id), &places, now);
        tx.name_photos(actor.office, &named).await?;
    }
    tx.commit().await?;
    Ok(hazard)
}

/// What one command at the desk names; the desk makes no hazards.
struct AtHand {
    hazards: HashMap<HazardId, Hazard>,
    /// Of what is opened again.
    sites: HashMap<SiteId, Site>,
    departments: HashSet<DepartmentId>,
    announced: HashSet<(PhotoHash, PersonId)>,
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
            announced: tx.announcers(actor.office, &after).await?,
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

    fn sector(&self, _: &ChecklistId) -> Option<Sector> {
        None
    }

    fn has_department(&self, id: DepartmentId) -> bool {
        self.departments.contains(&id)
    }

    fn inspection(&self, _: InspectionId) -> Option<&Inspection> {
        None
    }

    fn is_elsewhere(&self, _: InspectionId) -> bool {
        false
    }

    fn told(&self, photo: &PhotoHash, person: PersonId) -> bool {
        self.announced.contains(&(photo.clone(), person))
    }
}
