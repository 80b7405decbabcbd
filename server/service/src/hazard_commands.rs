//! # What a command to a hazard comes to, from wherever it is given
//!
//! One way in, [`apply`]: for the desk ([`act`](crate::hazards::act)), for phones and for work that was set aside
//! ([`queue`](crate::queue)), which differ in what they do with an answer and in nothing else. The rules are `domain`'s; here
//! they are asked in their order, about what the office's records say ([`Records`]).

use crate::storage::NamedPhoto;
use chrono::{DateTime, Utc};
use domain::{
    audit::By,
    hazard::{
        Around, EventRecord, Found, Hazard, HazardCommand, Issued, MissingCreationEvent, RejectedBecause,
        Unfounded, ValidationError, decide, relocate,
    },
    id::{DepartmentId, FormId, HazardId, PersonId, SiteId, VisitId},
    integrity::RecordRef,
    limits::{Field, check_day},
    party::SiteParty,
    photo::PhotoHash,
    role::{Actor, ResourceScope},
    sector::Sector,
    site::Site,
    visit::Visit,
};
use std::collections::HashMap;
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
    fn sector(&self, form: &FormId) -> Option<Sector>;
    fn has_department(&self, id: DepartmentId) -> bool;
    /// None where nobody has it yet.
    fn visit(&self, id: VisitId) -> Option<&Visit>;
    /// Whether there is a visit of this id, and not this office's.
    fn is_elsewhere(&self, id: VisitId) -> bool;
    /// Whether the person has told of the photo.
    fn told(&self, photo: &PhotoHash, person: PersonId) -> bool;
    /// Whether the photo turned out to be no picture.
    fn is_damaged(&self, photo: &PhotoHash) -> bool;
}

/// What a command came to.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "lives for one answer, and most are the large one")]
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
pub fn evaluate(records: &impl Records, asked: &Asked<'_>) -> Result<Answer, Refused> {
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
    let events = decide(hazard, command, issued).map_err(Refused::Rejected)?;
    check_claims(records, asked, hazard.place.site)?;
    if !hazard.has_proof_for(command, |(photo, person)| records.told(&photo, person)) {
        return Err(Refused::Unproven);
    }
    hazard.check_proof(command, |photo| records.is_damaged(photo)).map_err(Refused::Unfounded)?;
    let happened = issued.records(events).into_iter().fold(hazard.clone(), Hazard::evolve);
    let is_open_again = !hazard.is_open() && happened.is_open();
    Ok(Answer::Happened(if is_open_again { with_its_site(records, happened, issued) } else { happened }))
}

/// What has ended lies where it lay, though its site has moved since and its grid may be no more. Open again, it lies where
/// its site lies now: else nobody who looks after the site would have it.
fn with_its_site(records: &impl Records, hazard: Hazard, issued: &Issued<'_>) -> Hazard {
    let Some(site) = records.site(hazard.place.site) else { return hazard };
    let to = ResourceScope { grid: site.grid, ..hazard.place };
    let now = issued.received_at.unwrap_or(issued.at);
    match relocate(&hazard, &to, &By::from(issued.by), now) {
        Some(moved) => hazard.evolve(moved),
        None => hazard,
    }
}

fn is_same(known: &EventRecord, asked: &Asked<'_>) -> bool {
    known.by == Some(asked.issued.by.person) && known.event.command().as_ref() == Some(asked.command)
}

/// Opens a new hazard.
fn open(records: &impl Records, asked: &Asked<'_>) -> Result<Hazard, Refused> {
    let Asked { hazard, command, issued, .. } = asked;
    let HazardCommand::Report(found) = command else { return Err(Refused::UnknownHazard) };
    if records.is_taken(*hazard) {
        return Err(Refused::IdReused);
    }
    let site = asked.site.and_then(|id| records.site(id)).ok_or(Refused::UnknownSite)?;
    // In the sector of the form that found it, else in the site's.
    let sector = found.form.as_ref().and_then(|form| records.sector(form)).unwrap_or(site.sector);
    let place = ResourceScope { sector, ..site.resource_scope() };
    let may = |place: &ResourceScope| issued.by.may_command(command, place);
    if !may(&place) && !may(&site.resource_scope()) {
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
    // As the office knew it then; what the finder was told on the spot stays in their own words.
    let party = site.party.as_ref().map(SiteParty::named);
    Hazard::open(*hazard, place, party, found.clone(), issued).map_err(Refused::Malformed)
}

fn check_claims(records: &impl Records, asked: &Asked<'_>, site: SiteId) -> Result<(), Refused> {
    let Asked { hazard, command, issued, .. } = asked;
    if let HazardCommand::Report(Found { visit: Some(visit), .. }) = command
        && records.is_elsewhere(*visit)
    {
        return Err(Refused::Unfounded(Unfounded::Visit));
    }
    let around = Around {
        departments: &|department| records.has_department(department),
        hazard: &|id| records.hazard(id),
        visit: &|id| records.visit(id),
    };
    command.check_claims(*hazard, site, issued.by, issued.at, &around).map_err(Refused::Unfounded)
}

/// Photos as a record shows them from then on. `places`: where those can be seen already that whoever names them did not
/// tell of.
pub fn named<'a>(
    photos: impl IntoIterator<Item = &'a PhotoHash>,
    actor: &Actor,
    by: RecordRef,
    places: &HashMap<PhotoHash, Vec<ResourceScope>>,
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
