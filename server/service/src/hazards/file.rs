//! A hazard's file, and what is known of its photos.

use crate::{
    asker::Asker,
    error::Error,
    integrity::{self, PhotoCheckInput},
    photo_access,
    services::Services,
    storage::{StoreError, StoredVisit},
};
use domain::{
    file::{HazardFile, ReviewedPhoto},
    hazard::Hazard,
    id::{HazardId, PersonId, VisitId},
    integrity::{Comparison, ExaminedPhoto, RecordRef},
    photo::PhotoHash,
    role::{Action, Actor},
    site::Site,
};
use std::collections::BTreeSet;

/// Messages to its party that a hazard's file shows.
const TOLD: u32 = 20;

/// The hazard, where this person sees it, with its site.
pub async fn seen(
    state: &Services,
    actor: &Actor,
    id: HazardId,
) -> Result<Option<(Hazard, Site)>, StoreError> {
    let Some(hazard) = state.store.hazard(actor.office, id).await? else { return Ok(None) };
    let Some(site) = state.store.site(actor.office, hazard.place.site).await? else { return Ok(None) };
    let is_seen = actor.scope.covers(&hazard.seen_in(site.grid));
    Ok(is_seen.then_some((hazard, site)))
}

pub async fn file(state: &Services, by: &Asker, id: HazardId) -> Result<HazardFile, Error> {
    by.allow(Action::UseOffice)?;
    let actor = &by.actor;
    let (hazard, site) = seen(state, actor, id).await?.ok_or(Error::NotFound)?;
    let places = state.store.places(actor.office).await?;
    let department =
        hazard.place.department.and_then(|id| places.departments.iter().find(|known| known.id == id));
    let photos = proof(state, actor, &hazard, &site).await?;
    let told = state.store.party_notices(actor.office, id, TOLD).await?;
    Ok(HazardFile {
        department_name: department.map(|department| department.name.clone()),
        site_name: site.name,
        risk: site.risk,
        photos,
        told,
        hazard,
        thresholds: state.thresholds,
    })
}

/// The hazard's photos; those that are to show it gone are held beside the found ones.
pub async fn proof(
    state: &Services,
    actor: &Actor,
    hazard: &Hazard,
    site: &Site,
) -> Result<Vec<ReviewedPhoto>, StoreError> {
    let found = integrity::seen(state, actor, &hazard.found.photos, hazard.found_by).await?;
    let shows_it_gone: BTreeSet<&PhotoHash> = hazard.photos_of_rectification().collect();
    let origin = origin(state, actor, hazard).await?;
    let own = [Some(RecordRef::Hazard(hazard.id)), origin.map(RecordRef::Visit)];
    let own: Vec<_> = own.into_iter().flatten().collect();
    let mut photos = vec![];
    // What was rejected shows nothing.
    for record in hazard.events.iter().filter(|record| !record.is_rejected()) {
        for hash in record.event.photos() {
            let found: &[ExaminedPhoto] = if shows_it_gone.contains(hash) { &found } else { &[] };
            let input = PhotoCheckInput { actor, own: own.clone(), site: site.location, found };
            let author = record.by.unwrap_or(hazard.found_by);
            review_photo(state, hash, author, &input, &mut photos).await?;
        }
    }
    Ok(photos)
}

/// The visit that the hazard says it comes from, where that visit says so too: else a record could be named to
/// make an old photo look like its own.
async fn origin(state: &Services, actor: &Actor, hazard: &Hazard) -> Result<Option<VisitId>, StoreError> {
    let Some(id) = hazard.found.visit else { return Ok(None) };
    let stored = state.store.visit(actor.office, id).await?;
    let site = hazard.found_at_site();
    let found = |stored: &StoredVisit| stored.visit.found(hazard.id, hazard.found_by, site);
    Ok(stored.filter(found).map(|_| id))
}

/// What is known of the photo, once. `author`: who named it in the record.
pub(crate) async fn review_photo(
    state: &Services,
    hash: &PhotoHash,
    author: PersonId,
    input: &PhotoCheckInput<'_>,
    photos: &mut Vec<ReviewedPhoto>,
) -> Result<(), StoreError> {
    if photos.iter().any(|known| known.hash == *hash) {
        return Ok(());
    }
    let known = photo_access::facts(state, input.actor, hash, author).await?;
    let (findings, comparison) = match &known {
        Some(known) => integrity::findings(state, known, input).await?,
        None => (vec![], Comparison::ToCome),
    };
    let received = known.as_ref().is_some_and(|photo| photo.received_at.is_some());
    photos.push(ReviewedPhoto {
        hash: hash.clone(),
        received,
        facts: known.map(|photo| photo.facts),
        findings,
        comparison,
    });
    Ok(())
}
