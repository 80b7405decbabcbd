//! Deeds done at the desk: the same rules as those that come from phones, but a person is there to choose again, so what
//! does not fit is refused without a trace.

use crate::{state::AppState, storage::StoreError};
use chrono::{DateTime, Utc};
use domain::{
    hazard::{Around, Deed, Entry, Hazard, Incomplete, Misfit, Unfounded},
    id::{DepartmentId, HazardId},
    role::{Actor, Placement},
    sector::Sector,
    site::Site,
};
use std::{collections::HashSet, slice};
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
    /// Something happened to the hazard that the person did not know of.
    #[error("changed meanwhile")]
    Changed,
    #[error(transparent)]
    Unfounded(Unfounded),
    /// Nobody has told of the photos that are to show that it is put right.
    #[error("the facts of the photos that are to prove it have not come")]
    Unproven,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Does it now, by the server's clock. `seen` are the events that the person knew of when they chose: two people who look at
/// the same hazard do not both assign it.
pub async fn act(
    state: &AppState,
    actor: &Actor,
    id: HazardId,
    deed: Deed,
    seen: usize,
) -> Result<Hazard, ActError> {
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
    if hazard.log.len() != seen {
        return Err(ActError::Changed);
    }
    hazard.would_take(actor.person, now, &deed).map_err(ActError::Misfit)?;
    let other = match &deed {
        Deed::Merged { into } => tx.hazards(actor.office, &[*into]).await?.remove(into),
        _ => None,
    };
    let departments = tx.departments(actor.office).await?;
    check_claims(&deed, &hazard, actor, now, &departments, other.as_ref()).map_err(ActError::Unfounded)?;
    let announced = tx.announcers(actor.office, &hazard.after).await?;
    if !hazard.has_proof_for(&deed, |told| announced.contains(&told)) {
        return Err(ActError::Unproven);
    }
    let entry = Entry {
        event: state.new_id(),
        at: now,
        received_at: Some(now),
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

/// The rules that the phones' events are held to, too.
fn check_claims(
    deed: &Deed,
    hazard: &Hazard,
    actor: &Actor,
    now: DateTime<Utc>,
    departments: &HashSet<DepartmentId>,
    other: Option<&Hazard>,
) -> Result<(), Unfounded> {
    let around = Around {
        departments: &|department| departments.contains(&department),
        hazard: &|id| other.filter(|other| other.id == id),
        inspection: &|_| None,
    };
    deed.check_claims(hazard.id, hazard.place.site, actor, now, &around)
}

/// Where a hazard found at this site lies: in the sector of the checklist that found it, else in the site's.
pub(super) fn place(site: &Site, of_checklist: Option<Sector>) -> Placement {
    Placement { sector: of_checklist.unwrap_or(site.sector), ..site.placement() }
}
