//! A hazard's file.

use super::fault;
use crate::{
    integrity::{self, Matter},
    sight,
    state::AppState,
    storage::{StoreError, StoredInspection},
};
use app::{
    backend::{HazardFile, PhotoStanding},
    error::Fault,
};
use domain::{
    hazard::Hazard,
    id::{HazardId, InspectionId, PersonId},
    integrity::{Comparison, Seen, ShownBy},
    photo::PhotoHash,
    role::Actor,
    site::Site,
};
use std::collections::BTreeSet;

pub(super) async fn file(state: &AppState, actor: &Actor, id: HazardId) -> Result<HazardFile, Fault> {
    let hazard = state.store.hazard(actor.office, id).await.map_err(fault::store)?;
    let hazard = hazard.filter(|hazard| actor.scope.covers(&hazard.place)).ok_or(Fault::NotFound)?;
    let site = state.store.site(actor.office, hazard.place.site).await.map_err(fault::store)?;
    let site = site.ok_or(Fault::NotFound)?;
    let places = state.store.places(actor.office).await.map_err(fault::store)?;
    let department =
        hazard.place.department.and_then(|id| places.departments.iter().find(|known| known.id == id));
    let photos = proof(state, actor, &hazard, &site).await.map_err(fault::store)?;
    Ok(HazardFile {
        department_name: department.map(|department| department.name.clone()),
        site,
        photos,
        hazard,
        thresholds: state.thresholds,
    })
}

/// The hazard's photos; those that are to show it gone are held beside the found ones.
pub(crate) async fn proof(
    state: &AppState,
    actor: &Actor,
    hazard: &Hazard,
    site: &Site,
) -> Result<Vec<PhotoStanding>, StoreError> {
    let found = integrity::seen(state, actor, &hazard.found.photos, hazard.found_by).await?;
    let shows_it_gone: BTreeSet<&PhotoHash> = hazard.photos_of_rectification().collect();
    let origin = origin(state, actor, hazard).await?;
    let own = [Some(ShownBy::Hazard(hazard.id)), origin.map(ShownBy::Inspection)];
    let own: Vec<_> = own.into_iter().flatten().collect();
    let mut photos = vec![];
    // What was rejected shows nothing.
    for record in hazard.events.iter().filter(|record| !record.is_rejected()) {
        for hash in record.event.photos() {
            let found: &[Seen] = if shows_it_gone.contains(hash) { &found } else { &[] };
            let matter = Matter { actor, own: own.clone(), site: site.location, found };
            let author = record.by.unwrap_or(hazard.found_by);
            standing(state, hash, author, &matter, &mut photos).await?;
        }
    }
    Ok(photos)
}

/// The inspection that the hazard says it comes from, where that inspection says so too: else a record could be named to
/// make an old photo look like its own.
async fn origin(
    state: &AppState,
    actor: &Actor,
    hazard: &Hazard,
) -> Result<Option<InspectionId>, StoreError> {
    let Some(id) = hazard.found.inspection else { return Ok(None) };
    let stored = state.store.inspection(actor.office, id).await?;
    let found =
        |stored: &StoredInspection| stored.inspection.found(hazard.id, hazard.found_by, hazard.place.site);
    Ok(stored.filter(found).map(|_| id))
}

/// What is known of the photo, once. `author`: who named it in the record.
pub(super) async fn standing(
    state: &AppState,
    hash: &PhotoHash,
    author: PersonId,
    matter: &Matter<'_>,
    photos: &mut Vec<PhotoStanding>,
) -> Result<(), StoreError> {
    if photos.iter().any(|known| known.hash == *hash) {
        return Ok(());
    }
    let known = sight::facts(state, matter.actor, hash, author).await?;
    let (findings, comparison) = match &known {
        Some(known) => integrity::findings(state, known, matter).await?,
        None => (vec![], Comparison::ToCome),
    };
    let received = known.as_ref().is_some_and(|photo| photo.received_at.is_some());
    photos.push(PhotoStanding {
        hash: hash.clone(),
        received,
        facts: known.map(|photo| photo.facts),
        findings,
        comparison,
    });
    Ok(())
}
