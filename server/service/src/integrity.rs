//! # Photo checks for the person who accepts a rectification
//!
//! The rules are [`domain::integrity`]'s; here is what they are asked about: the photo's facts, the place of its record,
//! every record that shows it or its like, and what the found photos look like. An earlier record is named only to whom
//! it may be shown.

use crate::{
    photo_access,
    services::Services,
    storage::{StoreError, StoredPhoto},
};
use domain::{
    id::PersonId,
    integrity::{
        Comparison, ExaminedPhoto, PhotoFinding, PriorRecord, RecordRef, compare_before_after, of_facts,
        used_before,
    },
    photo::PhotoHash,
    place::Location,
    role::Actor,
    visit::Visit,
};

/// Of records that showed a photo before, the earliest are told; more of them say no more.
const MOST_USES: usize = 3;

/// What a photo is compared by.
#[derive(Debug)]
pub struct PhotoCheckInput<'a> {
    pub actor: &'a Actor,
    /// The record, and those that belong to it.
    pub own: Vec<RecordRef>,
    pub site: Option<Location>,
    /// The found photos, where this one is to show that the hazard is gone; else none.
    pub found: &'a [ExaminedPhoto],
}

/// What speaks against the photo, and how far it has been compared.
pub async fn findings(
    state: &Services,
    photo: &StoredPhoto,
    input: &PhotoCheckInput<'_>,
) -> Result<(Vec<PhotoFinding>, Comparison), StoreError> {
    let (office, hash, thresholds) = (input.actor.office, &photo.facts.hash, &state.thresholds);
    let seen = ExaminedPhoto {
        facts: photo.facts.clone(),
        fingerprint: state.store.fingerprint(office, hash).await?,
    };
    let mut findings = used_before(&input.own, &state.store.shown(office, hash).await?, thresholds);
    findings.truncate(MOST_USES);
    findings.extend(of_facts(&photo.facts, input.site.as_ref(), thresholds));
    findings.extend(compare_before_after(&seen, input.found, thresholds));
    findings.sort_by_key(|finding| !finding.is_of_another_use());
    findings.splice(0..0, seen.damage());
    let mut told = Vec::with_capacity(findings.len());
    for finding in findings {
        let earlier = match finding.prior_use() {
            Some(used) => record(state, input.actor, used.by).await?,
            None => None,
        };
        let finding = if earlier.is_some() { finding } else { finding.without_use() };
        told.push(PhotoFinding { finding, earlier });
    }
    Ok((told, seen.comparison()))
}

/// The number of a record that this person may see.
async fn record(state: &Services, actor: &Actor, by: RecordRef) -> Result<Option<PriorRecord>, StoreError> {
    Ok(match by {
        RecordRef::Hazard(id) => {
            let Some(hazard) = state.store.hazard(actor.office, id).await? else { return Ok(None) };
            let site = state.store.site(actor.office, hazard.place.site).await?;
            let seen = site.is_some_and(|site| actor.scope.covers(&hazard.seen_in(site.grid)));
            seen.then(|| PriorRecord { by, number: hazard.number.unwrap_or_default() })
        }
        RecordRef::Visit(id) => {
            let Some(stored) = state.store.visit(actor.office, id).await? else { return Ok(None) };
            let site = state.store.site(actor.office, stored.visit.site).await?;
            let seen = site.is_some_and(|site| actor.scope.covers(&Visit::seen_at(&site)));
            seen.then_some(PriorRecord { by, number: stored.number })
        }
        RecordRef::Site(id) => {
            let site = state.store.site(actor.office, id).await?;
            let seen = site.filter(|site| actor.scope.covers(&site.resource_scope()));
            seen.map(|site| PriorRecord { by, number: site.code })
        }
    })
}

/// These photos that this person named, as far as they have arrived and anybody has looked.
pub async fn seen(
    state: &Services,
    actor: &Actor,
    photos: &[PhotoHash],
    author: PersonId,
) -> Result<Vec<ExaminedPhoto>, StoreError> {
    let mut seen = vec![];
    for hash in photos {
        if let Some(photo) = photo_access::facts(state, actor, hash, author).await? {
            seen.push(ExaminedPhoto {
                facts: photo.facts,
                fingerprint: state.store.fingerprint(actor.office, hash).await?,
            });
        }
    }
    Ok(seen)
}
