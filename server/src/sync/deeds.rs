//! Deeds done at the desk: the same rules as those that come from phones, but a person is there to choose again, so what
//! does not fit is refused without a trace.

use crate::{
    state::AppState,
    storage::{StoreError, Transaction},
};
use domain::{
    hazard::{Deed, Entry, Hazard, Incomplete, Misfit},
    id::{ChecklistId, HazardId, OfficeId},
    role::{Actor, Placement},
    site::Site,
};
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
    let hazard = tx.hazard(actor.office, id).await?.ok_or(ActError::NotFound)?;
    if !actor.scope.covers(&hazard.place) {
        return Err(ActError::NotFound);
    }
    if !actor.may(deed.action(), &hazard.place) {
        return Err(ActError::NotAllowed);
    }
    if let Deed::Merged { into } = &deed {
        tx.hazard(actor.office, *into).await?.ok_or(ActError::NotFound)?;
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
    tx.put_hazard(actor.office, &hazard, now).await?;
    tx.commit().await?;
    Ok(hazard)
}

/// Where a hazard found at this site lies: in the sector of the checklist that found it, else in the site's.
pub(super) async fn place(
    tx: &mut dyn Transaction,
    office: OfficeId,
    site: &Site,
    checklist: Option<&ChecklistId>,
) -> Result<Placement, StoreError> {
    let sector = match checklist {
        Some(id) => tx.sector_of(office, id).await?.unwrap_or(site.sector),
        None => site.sector,
    };
    Ok(Placement { sector, ..site.placement() })
}
