//! # What speaks against photos, for whoever accepts
//!
//! The rules are [`domain::integrity`]'s; here is what they are asked about: the photo's facts, the place of its record,
//! every record that shows it or its like, and what the found photos look like. An earlier record is named only to whom
//! it may be shown.

use crate::{
    state::AppState,
    storage::{StoreError, StoredPhoto},
};
use domain::{
    id::OfficeId,
    integrity::{EarlierRecord, Finding, PhotoFinding, ShownBy, of_facts, other_place, used_before},
    photo::{Look, PhotoHash},
    place::Location,
    role::{Actor, Placement},
};

/// Of records that showed a photo before, the earliest are told; more of them say no more.
const MOST_USES: usize = 3;

/// What a photo is judged by.
#[derive(Debug)]
pub struct Matter<'a> {
    pub actor: &'a Actor,
    /// The record, and those that belong to it.
    pub own: Vec<ShownBy>,
    pub site: Option<Location>,
    /// What the found photos look like, where this one is to show that the hazard is gone.
    pub found: &'a [Look],
}

pub async fn findings(
    state: &AppState,
    photo: &StoredPhoto,
    matter: &Matter<'_>,
) -> Result<Vec<PhotoFinding>, StoreError> {
    let (office, hash, thresholds) = (matter.actor.office, &photo.facts.hash, &state.thresholds);
    let mut findings = used_before(&matter.own, &state.store.shown(office, hash).await?, thresholds);
    findings.truncate(MOST_USES);
    findings.extend(of_facts(&photo.facts, matter.site.as_ref(), thresholds));
    if !matter.found.is_empty()
        && let Some(look) = state.store.look(office, hash).await?
    {
        findings.extend(other_place(&look, matter.found, thresholds));
    }
    let mut told = Vec::with_capacity(findings.len());
    for finding in findings {
        let earlier = match &finding {
            Finding::SameBytes { earlier } | Finding::NearlySame { earlier, .. } => {
                record(state, matter.actor, earlier.by).await?
            }
            _ => None,
        };
        told.push(PhotoFinding { finding, earlier });
    }
    Ok(told)
}

/// The number of a record that this person may see.
async fn record(state: &AppState, actor: &Actor, by: ShownBy) -> Result<Option<EarlierRecord>, StoreError> {
    let covers = |place: &Placement| actor.scope.covers(place);
    Ok(match by {
        ShownBy::Hazard(id) => {
            let hazard = state.store.hazard(actor.office, id).await?.filter(|hazard| covers(&hazard.place));
            hazard.map(|hazard| EarlierRecord { by, number: hazard.number.unwrap_or_default() })
        }
        ShownBy::Inspection(id) => {
            let Some(stored) = state.store.inspection(actor.office, id).await? else { return Ok(None) };
            let site = state.store.site(actor.office, stored.inspection.site).await?;
            let seen = site.is_some_and(|site| covers(&site.placement()));
            seen.then_some(EarlierRecord { by, number: stored.number })
        }
    })
}

/// What these photos look like, as far as anybody has looked.
pub async fn looks(
    state: &AppState,
    office: OfficeId,
    photos: &[PhotoHash],
) -> Result<Vec<Look>, StoreError> {
    let mut looks = vec![];
    for hash in photos {
        looks.extend(state.store.look(office, hash).await?);
    }
    Ok(looks)
}
