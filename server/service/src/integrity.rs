//! # What speaks against photos, for whoever accepts
//!
//! The rules are [`domain::integrity`]'s; here is what they are asked about: the photo's facts, the place of its record,
//! every record that shows it or its like, and what the found photos look like. An earlier record is named only to whom
//! it may be shown.

use crate::{
    services::Services,
    sight,
    storage::{StoreError, StoredPhoto},
};
use domain::{
    id::PersonId,
    integrity::{
        Comparison, EarlierRecord, PhotoFinding, Seen, ShownBy, beside_found, of_facts, used_before,
    },
    photo::PhotoHash,
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
    /// The found photos, where this one is to show that the hazard is gone; else none.
    pub found: &'a [Seen],
}

/// What speaks against the photo, and how far it has been compared.
pub async fn findings(
    state: &Services,
    photo: &StoredPhoto,
    matter: &Matter<'_>,
) -> Result<(Vec<PhotoFinding>, Comparison), StoreError> {
    let (office, hash, thresholds) = (matter.actor.office, &photo.facts.hash, &state.thresholds);
    let seen = Seen { facts: photo.facts.clone(), sight: state.store.sight(office, hash).await? };
    let mut findings = used_before(&matter.own, &state.store.shown(office, hash).await?, thresholds);
    findings.truncate(MOST_USES);
    findings.extend(of_facts(&photo.facts, matter.site.as_ref(), thresholds));
    findings.extend(beside_found(&seen, matter.found, thresholds));
    findings.sort_by_key(|finding| !finding.is_of_another_use());
    let mut told = Vec::with_capacity(findings.len());
    for finding in findings {
        let earlier = match finding.earlier_use() {
            Some(used) => record(state, matter.actor, used.by).await?,
            None => None,
        };
        let finding = if earlier.is_some() { finding } else { finding.without_use() };
        told.push(PhotoFinding { finding, earlier });
    }
    Ok((told, seen.comparison()))
}

/// The number of a record that this person may see.
async fn record(state: &Services, actor: &Actor, by: ShownBy) -> Result<Option<EarlierRecord>, StoreError> {
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

/// These photos that this person named, as far as they have arrived and anybody has looked.
pub async fn seen(
    state: &Services,
    actor: &Actor,
    photos: &[PhotoHash],
    author: PersonId,
) -> Result<Vec<Seen>, StoreError> {
    let mut seen = vec![];
    for hash in photos {
        if let Some(photo) = sight::facts(state, actor, hash, author).await? {
            seen.push(Seen { facts: photo.facts, sight: state.store.sight(actor.office, hash).await? });
        }
    }
    Ok(seen)
}
