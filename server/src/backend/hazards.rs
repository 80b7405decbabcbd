//! A hazard's file.

use super::fault;
use crate::{state::AppState, storage::StoreError};
use app::{
    backend::{HazardFile, PhotoStanding},
    error::Fault,
};
use domain::{
    id::{HazardId, OfficeId},
    photo::PhotoHash,
    role::Actor,
};

pub(super) async fn file(state: &AppState, actor: &Actor, id: HazardId) -> Result<HazardFile, Fault> {
    let hazard = state.store.hazard(actor.office, id).await.map_err(fault::store)?;
    let hazard = hazard.filter(|hazard| actor.scope.covers(&hazard.place)).ok_or(Fault::NotFound)?;
    let site = state.store.site(actor.office, hazard.place.site).await.map_err(fault::store)?;
    let site = site.ok_or(Fault::NotFound)?;
    let places = state.store.places(actor.office).await.map_err(fault::store)?;
    let department =
        hazard.place.department.and_then(|id| places.departments.iter().find(|known| known.id == id));
    let hashes = hazard.photos().into_iter().cloned().collect();
    let photos = photos(state, actor.office, hashes).await.map_err(fault::store)?;
    Ok(HazardFile {
        department_name: department.map(|department| department.name.clone()),
        site,
        photos,
        hazard,
    })
}

/// What is known of these photos, each once.
pub(super) async fn photos(
    state: &AppState,
    office: OfficeId,
    hashes: Vec<PhotoHash>,
) -> Result<Vec<PhotoStanding>, StoreError> {
    let mut photos: Vec<PhotoStanding> = Vec::with_capacity(hashes.len());
    for hash in hashes {
        if photos.iter().any(|known| known.hash == hash) {
            continue;
        }
        let known = state.store.photo(office, &hash).await?;
        let received = known.as_ref().is_some_and(|photo| photo.received_at.is_some());
        photos.push(PhotoStanding { hash, received, facts: known.map(|photo| photo.facts) });
    }
    Ok(photos)
}
