//! What a party sends by its code: that it is put right, that it needs more time, a word, and what it has to say of the visit.
//!
//! Each becomes a line of the hazard's log by the party, and is told to phones and desk as any other. A form that comes twice counts
//! once: it brings the id of its line with it.

use super::{opening, photo};
use crate::{
    blobs::Variant,
    error::Error,
    jobs::process_photo,
    services::Services,
    sign_in_limit::{LoginThrottle, ThrottleDecision},
    storage::{NamedPhoto, StoredCode},
    tasks,
};
use bytes::Bytes;
use chrono::NaiveDate;
use domain::{
    attachment::AttachmentFacts,
    code::{ComplaintState, VisitComplaint},
    hazard::{Evidence, ExtensionRequest, Hazard, PartyAnswer, PartyRefusal, ValidationError},
    id::{EventId, HazardId, PersonId},
    integrity::RecordRef,
    limits::{Field, NAME, check_text, tidy_line, tidy_text},
    site::Site,
};
use std::slice;
use thiserror::Error as ThisError;
use uuid::Uuid;

/// Complaints by one code that the office has not answered: it reads the newest of all, and no code buries what others said.
const MOST_COMPLAINTS: u32 = 10;

/// As it comes from the form.
#[derive(Debug, Clone)]
pub enum Sent {
    Rectified { note: String, photo: Option<Bytes> },
    Extension { until: Option<NaiveDate>, reason: String },
    Wrote { note: String, photo: Option<Bytes> },
}

/// Why it is not taken. What was written is still on the page.
#[derive(Debug, Clone, PartialEq, ThisError)]
pub enum NotTaken {
    #[error(transparent)]
    Refused(#[from] PartyRefusal),
    #[error(transparent)]
    Other(#[from] Error),
}

impl From<crate::storage::StoreError> for NotTaken {
    fn from(error: crate::storage::StoreError) -> Self {
        Self::Other(error.into())
    }
}

/// As whom the log names whoever answers by a code.
pub fn party_name(hazard: Option<&Hazard>, site: &Site) -> String {
    let of_hazard = hazard.and_then(|hazard| hazard.party.as_ref()).map(|party| party.name.clone());
    let name = of_hazard.unwrap_or_else(|| site.who_answers());
    tidy_line(&name).replace(['<', '>'], " ").chars().take(NAME).collect()
}

/// Takes what was sent about this hazard. `id`: of the form, so that it counts once.
pub async fn answer(
    state: &Services,
    code: &StoredCode,
    hazard: HazardId,
    id: EventId,
    sent: Sent,
) -> Result<(), NotTaken> {
    let (known, site) = opening::hazard(state, code, hazard).await?.ok_or(Error::NotFound)?;
    if known.record(id).is_some() {
        return Ok(());
    }
    let now = state.now();
    let name = party_name(Some(&known), &site);
    // Asked before a picture is unpacked for nothing: the same again when it is written.
    if let Sent::Rectified { .. } = &sent {
        known.party_may_rectify()?;
    }
    counted(state, code).await?;
    let (answer, photo) = match sent {
        Sent::Rectified { note, photo } => {
            let (evidence, photo) = evidence(state, code, note, photo).await?;
            (PartyAnswer::Rectified(evidence), photo)
        }
        Sent::Wrote { note, photo } => {
            let (evidence, photo) = evidence(state, code, note, photo).await?;
            (PartyAnswer::Wrote(evidence), photo)
        }
        Sent::Extension { until, reason } => {
            let until = until.ok_or(PartyRefusal::Day)?;
            (PartyAnswer::AskExtension(ExtensionRequest { until, reason }), None)
        }
    };
    let answer = answer.tidied();
    // What is refused leaves no file behind.
    known.answered_by_party(&answer, id, &name, now)?;
    if let Some(photo) = &photo {
        // Nobody clears the bytes away meanwhile, and whoever finds them without their line later does.
        let mut tx = state.store.write().await?;
        tx.await_bytes(&photo.facts.hash, now).await?;
        tx.commit().await?;
        state.blobs.put(&photo.facts.hash, Variant::Original, &photo.bytes).await.map_err(Error::from)?;
    }
    let mut tx = state.store.write().await?;
    let office = code.office;
    let hazard = tx.hazards(office, &[hazard]).await?.remove(&hazard).ok_or(Error::NotFound)?;
    let Some(record) = hazard.answered_by_party(&answer, id, &name, now)? else { return Ok(()) };
    let hazard = hazard.evolve(record);
    tx.put_hazards(office, slice::from_ref(&hazard), now).await?;
    tasks::settle(&mut *tx, office, &[], slice::from_ref(&hazard)).await?;
    if let Some(photo) = &photo {
        let hash = photo.facts.hash.clone();
        let facts = AttachmentFacts::Photo(photo.facts.clone());
        tx.put_brought(office, &facts, now).await?;
        tx.settle_bytes(&hash).await?;
        let named = NamedPhoto {
            hash: hash.clone(),
            by: RecordRef::Hazard(hazard.id),
            author: PersonId(code.id.0),
            // Its bytes came with it.
            seen: true,
            at: now,
        };
        tx.name_photos(office, slice::from_ref(&named)).await?;
        tx.put_jobs(&[process_photo::wanted(office, hash, now)?]).await?;
    }
    tx.commit().await?;
    state.write_queue.jobs.notify_one();
    Ok(())
}

/// Nobody needs so many at once; what a stranger's program sends waits.
async fn counted(state: &Services, code: &StoredCode) -> Result<(), Error> {
    let throttle = LoginThrottle::of_answers(&code.id.to_string());
    match throttle.begin(&*state.store, state.now()).await? {
        ThrottleDecision::Allowed | ThrottleDecision::Last => Ok(()),
        ThrottleDecision::Wait(wait) => {
            let after_seconds = u64::try_from(wait.num_seconds()).unwrap_or_default().max(1);
            Err(Error::TooManyTries { after_seconds })
        }
    }
}

async fn evidence(
    state: &Services,
    code: &StoredCode,
    note: String,
    file: Option<Bytes>,
) -> Result<(Evidence, Option<photo::Made>), NotTaken> {
    let photo = match file.filter(|file| !file.is_empty()) {
        Some(file) => Some(photo::made(file, code.id, state.now()).await?),
        None => None,
    };
    let photos = photo.iter().map(|photo| photo.facts.hash.clone()).collect();
    Ok((Evidence { note, photos }, photo))
}

/// Keeps what a party says of the visit, for those who see the whole office.
pub async fn complain(
    state: &Services,
    code: &StoredCode,
    hazard: Option<HazardId>,
    id: Uuid,
    words: &str,
) -> Result<(), NotTaken> {
    let words = tidy_text(words);
    if words.is_empty() {
        return Err(PartyRefusal::Invalid(ValidationError::What).into());
    }
    check_text(Field::What, &words)
        .map_err(|over| PartyRefusal::Invalid(ValidationError::OverLimit(over)))?;
    let opened = opening::opened(state, code).await?.ok_or(Error::NotFound)?;
    let about = match hazard {
        Some(id) => Some(opening::hazard(state, code, id).await?.ok_or(Error::NotFound)?.0),
        None => None,
    };
    let said = state.store.complaints_of_code(code.id, MOST_COMPLAINTS).await?;
    if said.iter().any(|known| known.id == id) {
        return Ok(());
    }
    let waits = |known: &&VisitComplaint| {
        known.mark.as_ref().is_none_or(|mark| mark.state != ComplaintState::Answered)
    };
    if said.iter().filter(waits).count() >= MOST_COMPLAINTS as usize {
        return Err(PartyRefusal::Enough.into());
    }
    counted(state, code).await?;
    let site = opened.site();
    let complaint = VisitComplaint {
        id,
        site: site.id,
        hazard: about.as_ref().map(|hazard| hazard.id),
        code: code.id,
        by_name: party_name(about.as_ref(), site),
        words,
        at: state.now(),
        mark: None,
    };
    let mut tx = state.store.write().await?;
    tx.put_visit_complaint(code.office, &complaint).await?;
    tx.commit().await?;
    Ok(())
}
