//! Deeds done at the desk: the same rules as those that come from phones, but a person is there to choose again, so what
//! does not fit is refused without a trace.

use crate::{state::AppState, storage::StoreError};
use domain::{
    hazard::{Deed, Entry, Hazard, Incomplete, Misfit},
    id::HazardId,
    role::{Actor, Placement},
    sector::Sector,
    site::Site,
};
use std::slice;
use thiserror::Error;

#[derive(Debug, Error)]
pub enum ActError {
    #[error("no such hazard, or out of sight")]
    NotFound,
    #[error("the role or the place does not allow it")]
    NotAllowed,
    #[error(transparent)]
    Incomplete(Incomplete),
    #[error(transparent)]
    Misfit(Misfit),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Does it now, by the server's clock.
pub async fn act(state: &AppState, actor: &Actor, id: HazardId, deed: Deed) -> Result<Hazard, ActError> {
    deed.check().map_err(ActError::Incomplete)?;
    let now = state.now();
    let mut tx = state.store.write().await?;
    let hazard = tx.hazards(actor.office, &[id]).await?.remove(&id).ok_or(ActError::NotFound)?;
    if !actor.scope.covers(&hazard.place) {
        return Err(ActError::NotFound);
    }
    if !actor.may(deed.action(), &hazard.place) {
        return Err(ActError::NotAllowed);
    }
    if let Deed::Merged { into } = &deed {
        tx.hazards(actor.office, &[*into]).await?.remove(into).ok_or(ActError::NotFound)?;
    }
    hazard.would_take(actor.person, now, &deed).map_err(ActError::Misfit)?;
    let entry = Entry {
        event: state.new_id(),
        at: now,
        by: actor.person,
        name: actor.name.clone(),
        deed,
        misfit: None,
    };
    let (hazard, _) = hazard.take(entry);
    tx.put_hazards(actor.office, slice::from_ref(&hazard), now).await?;
    tx.commit().await?;
    Ok(hazard)
}

/// Where a hazard found at this site lies: in the sector of the checklist that found it, else in the site's.
pub(super) fn place(site: &Site, of_checklist: Option<Sector>) -> Placement {
    Placement { sector: of_checklist.unwrap_or(site.sector), ..site.placement() }
}
