//! The selection itself: [`super`] says to the byte what is done here.

use super::{Digest, DrawError, DrawSite, Method, Population, digest::value_of};
use crate::id::{PersonId, SiteId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{collections::BTreeMap, num::NonZero};

/// A site that was drawn, and who goes there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawnSite {
    pub site: SiteId,
    /// Who has the least to do comes first.
    pub people: Vec<PersonId>,
}

/// In the order in which the sites were drawn.
pub(super) fn select(
    population: &Population,
    method: &Method,
    seed: &Digest,
) -> Result<Vec<DrawnSite>, DrawError> {
    let mut left: Vec<&DrawSite> = population.sites.iter().collect();
    let mut workload: BTreeMap<PersonId, u64> =
        population.people.iter().map(|person| (person.id, u64::from(person.workload))).collect();
    let mut drawn = vec![];
    for step in 1..=method.sites {
        let too_few = DrawError::TooFewSites { wanted: method.sites, there: population.sites.len() };
        let site = next(&mut left, seed, step).ok_or(too_few)?;
        let people = sent(population, method, seed, site, &workload)?;
        for person in &people {
            *workload.entry(*person).or_default() += 1;
        }
        drawn.push(DrawnSite { site: site.id, people });
    }
    Ok(drawn)
}

/// Takes one of those that are left, each with the chance of its weight; none where none has any.
fn next<'a>(left: &mut Vec<&'a DrawSite>, seed: &Digest, step: u32) -> Option<&'a DrawSite> {
    let all: u64 = left.iter().map(|site| u64::from(site.weight)).sum();
    let number = Digest::of("site", [Value::from(seed), Value::from(step)]);
    let mut rest = number.modulo(NonZero::new(all)?);
    let place = left.iter().position(|site| {
        let weight = u64::from(site.weight);
        let is_here = rest < weight;
        rest = rest.saturating_sub(weight);
        is_here
    })?;
    Some(left.remove(place))
}

/// Those who may go there and have the least to do; among equals the hash decides.
fn sent(
    population: &Population,
    method: &Method,
    seed: &Digest,
    site: &DrawSite,
    workload: &BTreeMap<PersonId, u64>,
) -> Result<Vec<PersonId>, DrawError> {
    let may_go = population.people.iter().filter(|person| person.avoidance(site, method).is_none());
    let mut order: Vec<_> = may_go
        .map(|person| {
            let chance = Digest::of("person", [Value::from(seed), value_of(&site.id), value_of(&person.id)]);
            (workload.get(&person.id).copied().unwrap_or_default(), chance, person.id)
        })
        .collect();
    let (wanted, there) = (method.people_per_site, order.len());
    if (there as u64) < u64::from(wanted) {
        return Err(DrawError::TooFewMayGo { site: site.name.clone(), wanted, there });
    }
    order.sort_unstable();
    Ok(order.into_iter().take(wanted as usize).map(|(_, _, person)| person).collect())
}
