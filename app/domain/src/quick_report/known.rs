//! 已有隐患: what is open here already, told before it is reported once more.

use crate::{
    hazard::Hazard,
    id::SiteId,
    order::{sort_by, sort_by_key},
    place::Location,
};
use std::cmp::Reverse;

/// Within so many metres of where the person stands, whatever its site.
pub const NEAR_METRES: f64 = 30.0;

/// More than these are not looked through in passing.
pub const KNOWN_MOST: usize = 5;

/// One of them, and how far from the person, where both places are known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KnownHazard<'a> {
    pub hazard: &'a Hazard,
    pub metres: Option<f64>,
}

/// Open hazards of the same site, and those near where the person stands; the nearest first, of equals the newest. A hazard
/// lies where it was reported from, else where its site is, which `place_of` says.
pub fn known_already<'a>(
    hazards: &'a [Hazard],
    place_of: &dyn Fn(SiteId) -> Option<Location>,
    site: Option<SiteId>,
    here: Option<&Location>,
) -> Vec<KnownHazard<'a>> {
    let known = |hazard: &'a Hazard| {
        let at = || hazard.found.location.or_else(|| place_of(hazard.place.site));
        let metres = here.and_then(|here| Some(at()?.distance(here)));
        let is_here = site == Some(hazard.place.site) || metres.is_some_and(|metres| metres <= NEAR_METRES);
        is_here.then_some(KnownHazard { hazard, metres })
    };
    let mut known: Vec<_> = hazards.iter().filter(|hazard| hazard.is_open()).filter_map(known).collect();
    sort_by_key(&mut known, |known| Reverse(known.hazard.found_at));
    let far = |known: &KnownHazard<'_>| known.metres.unwrap_or(f64::INFINITY);
    sort_by(&mut known, |a, b| far(a).total_cmp(&far(b)));
    known.truncate(KNOWN_MOST);
    known
}
