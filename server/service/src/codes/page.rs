//! What a party reads by its code: what is wrong, why, until when, how it should look, and who came by what right.
//!
//! Of the office's people it tells those who were there, as the law has them show themselves; of what happened, what the party did
//! itself and what the office answered. What people of the office say to one another stays with them.

use super::opening::{self, Opened};
use crate::{
    blobs::Variant,
    error::Error,
    services::Services,
    storage::{StoredCode, StoredVisit},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    code::{ComplaintMark, ComplaintState, VisitComplaint},
    form::QuestionPicture,
    hazard::{EventRecord, Hazard, HazardEventKind, HazardStatusKind},
    id::HazardId,
    ledger::{LedgerFilter, LedgerRow, LedgerStatusFilter},
    photo::PhotoHash,
    role::Scope,
    severity::Severity,
    site::Site,
    visit::VisitNature,
};

/// Complaints that a page shows.
const COMPLAINTS: u32 = 20;

/// What the holder of a code sees.
#[derive(Debug, Clone)]
pub struct PartyPage {
    pub office_name: String,
    pub site_name: String,
    pub address: String,
    /// Whether it is a wall's code, behind which there may be several.
    pub of_site: bool,
    /// At a wall's code: what is open at the site.
    pub open: Vec<LedgerRow>,
    pub hazard: Option<PartyHazard>,
    /// What was said of visits by this code, once the office has answered; the newest first. Its words are nobody's to read here: those
    /// who came may have the paper and the number, too, and learn of no complaint before the office has seen to it.
    pub complaints: Vec<VisitComplaint>,
}

/// One hazard, as its party sees it.
#[derive(Debug, Clone)]
pub struct PartyHazard {
    pub id: HazardId,
    pub number: String,
    pub what: String,
    pub level: Severity,
    /// Law and standard as they are printed.
    pub basis: String,
    /// What the office asks to be done; empty where it has said nothing.
    pub measures: String,
    pub status: HazardStatusKind,
    pub due: Option<NaiveDate>,
    /// More time that was asked for and not answered.
    pub asked_until: Option<NaiveDate>,
    pub photos: Vec<PhotoHash>,
    /// How it is now, as was sent in.
    pub after: Vec<PhotoHash>,
    /// How it should look.
    pub example: Option<QuestionPicture>,
    pub came: Came,
    /// What the party did and what the office answered, oldest first.
    pub history: Vec<EventRecord>,
    pub may_rectify: bool,
    pub may_ask_time: bool,
    pub may_write: bool,
}

/// Who came, and by what right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Came {
    pub at: DateTime<Utc>,
    /// None: it was reported in passing.
    pub nature: Option<VisitNature>,
    /// With the number of the certificate, of whoever inspects by one.
    pub people: Vec<(String, Option<String>)>,
}

/// What this code shows, of this hazard where it is a wall's.
///
/// # Errors
/// [`Error::NotFound`] where the code is used up or the hazard is not its own.
pub async fn read(state: &Services, code: &StoredCode, hazard: Option<HazardId>) -> Result<PartyPage, Error> {
    let opened = opening::opened(state, code).await?.ok_or(Error::NotFound)?;
    let office_name = state.store.places(code.office).await?.office.name;
    let of_site = matches!(opened, Opened::Site(_));
    let (site, open, hazard) = match opened {
        Opened::Hazard(found) => {
            let (hazard, site) = *found;
            let shown = of_hazard(state, code, hazard).await?;
            (site, vec![], Some(shown))
        }
        Opened::Site(site) => {
            let shown = match hazard {
                Some(id) => {
                    let (hazard, _) = opening::hazard(state, code, id).await?.ok_or(Error::NotFound)?;
                    Some(of_hazard(state, code, hazard).await?)
                }
                None => None,
            };
            let open = if shown.is_none() { open_at(state, code, &site).await? } else { vec![] };
            (*site, open, shown)
        }
    };
    let Site { name: site_name, address, .. } = site;
    let mut complaints = state.store.complaints_of_code(code.id, COMPLAINTS).await?;
    let is_answered = |mark: &ComplaintMark| mark.state == ComplaintState::Answered;
    complaints.retain(|complaint| complaint.mark.as_ref().is_some_and(is_answered));
    for complaint in &mut complaints {
        complaint.words.clear();
    }
    Ok(PartyPage { office_name, site_name, address, of_site, open, hazard, complaints })
}

/// The first page of what is open there: a site with more has other troubles.
async fn open_at(state: &Services, code: &StoredCode, site: &Site) -> Result<Vec<LedgerRow>, Error> {
    let filter = LedgerFilter { site: Some(site.id), ..LedgerFilter::of(LedgerStatusFilter::Open) };
    let page = state.store.ledger(code.office, &Scope::Office, &filter, state.now()).await?;
    Ok(page.rows)
}

async fn of_hazard(state: &Services, code: &StoredCode, hazard: Hazard) -> Result<PartyHazard, Error> {
    let visit = match hazard.found.visit {
        Some(id) => state.store.visit(code.office, id).await?,
        None => None,
    };
    // As everywhere: whoever finds a hazard may say what they like of where it comes from.
    let site = hazard.found_at_site();
    let visit = visit.filter(|stored| stored.visit.found(hazard.id, hazard.found_by, site));
    let example = match &visit {
        Some(visit) => example(state, code, &hazard, visit).await?,
        None => None,
    };
    let history = hazard.events.iter().filter(|record| is_told(record)).cloned().collect();
    Ok(PartyHazard {
        id: hazard.id,
        number: hazard.number.clone().unwrap_or_default(),
        what: hazard.found.what.clone(),
        level: hazard.level(),
        basis: hazard.found.basis.clone(),
        measures: hazard.plan.as_ref().map(|plan| plan.measures.clone()).unwrap_or_default(),
        status: hazard.status.kind(),
        due: hazard.due,
        asked_until: hazard.extension.as_ref().map(|asked| asked.until),
        photos: hazard.found.photos.clone(),
        after: hazard.after.clone(),
        example,
        came: came(&hazard, visit.as_ref()),
        may_rectify: hazard.party_may_rectify().is_ok(),
        may_ask_time: hazard.party_may_ask_extension().is_ok(),
        may_write: hazard.is_open(),
        history,
    })
}

/// What a party reads of what happened.
fn is_told(record: &EventRecord) -> bool {
    match record.event.kind() {
        HazardEventKind::Found
        | HazardEventKind::FoundRectified
        | HazardEventKind::FoundClosed
        | HazardEventKind::Assigned
        | HazardEventKind::ExtensionAskedByParty
        | HazardEventKind::ExtensionGranted
        | HazardEventKind::ExtensionRefused
        | HazardEventKind::Rectified
        | HazardEventKind::RectifiedByParty
        | HazardEventKind::PartyWrote
        | HazardEventKind::Accepted
        | HazardEventKind::Returned
        | HazardEventKind::Suspended
        | HazardEventKind::SuspensionLifted
        | HazardEventKind::Reopened => true,
        HazardEventKind::ExtensionAsked
        | HazardEventKind::AcceptedOnce
        | HazardEventKind::Listed
        | HazardEventKind::Referred
        | HazardEventKind::Merged
        | HazardEventKind::PlaceChanged
        | HazardEventKind::Rejected => false,
    }
}

/// The picture of the question that found it, in the version that was asked.
async fn example(
    state: &Services,
    code: &StoredCode,
    hazard: &Hazard,
    visit: &StoredVisit,
) -> Result<Option<QuestionPicture>, Error> {
    let (Some(form), Some(question)) = (&hazard.found.form, &hazard.found.question) else { return Ok(None) };
    let Some(filled) = visit.visit.forms.iter().find(|filled| filled.form == *form) else { return Ok(None) };
    let form = state.store.form(code.office, form, filled.version).await?;
    Ok(form.as_ref().and_then(|form| form.question(question)).and_then(|question| question.picture.clone()))
}

fn came(hazard: &Hazard, visit: Option<&StoredVisit>) -> Came {
    let Some(stored) = visit else {
        let finder = hazard.events.first().map(|record| (record.name.clone(), None));
        return Came { at: hazard.found_at, nature: None, people: finder.into_iter().collect() };
    };
    let visit = &stored.visit;
    let officers = visit.administrative.iter().flat_map(|inspection| &inspection.officers);
    let mut people: Vec<_> =
        officers.map(|officer| (officer.name.clone(), Some(officer.certificate.clone()))).collect();
    let others = std::iter::once(&stored.inspector_name)
        .chain(visit.participants.iter().filter(|one| one.person.is_some()).map(|one| &one.name));
    for name in others {
        if people.iter().all(|(known, _)| known != name) {
            people.push((name.clone(), None));
        }
    }
    Came { at: stored.happened(), nature: Some(visit.nature), people }
}

/// A photo of what this code shows, made small; none where it is not the hazard's to show, or has not come.
pub async fn photo(
    state: &Services,
    code: &StoredCode,
    hazard: Option<HazardId>,
    hash: &PhotoHash,
) -> Result<Option<Vec<u8>>, Error> {
    let Some(shown) = read(state, code, hazard).await?.hazard else { return Ok(None) };
    let of_question = shown.example.iter().map(|picture| &picture.image);
    let of_history = shown.history.iter().flat_map(|record| record.event.photos());
    let mut all = shown.photos.iter().chain(&shown.after).chain(of_question).chain(of_history);
    if !all.any(|known| known == hash) {
        return Ok(None);
    }
    if let Some(bytes) = state.blobs.get(hash, Variant::Preview).await? {
        return Ok(Some(bytes));
    }
    // As it came, until it was made small; what is no JPEG waits for that.
    let whole = state.blobs.get(hash, Variant::Original).await?;
    Ok(whole.filter(|bytes| bytes.starts_with(&[0xff, 0xd8])))
}
