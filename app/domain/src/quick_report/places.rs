//! Where somebody may report something, the nearest first.

use crate::{hazard::HazardCommandKind, order::sort_by, place::Location, role::Actor, site::Site};

/// A site within so many metres is taken to be meant; whoever stands farther away says which.
pub const AT_HAND_METRES: f64 = 200.0;

/// Whether this person may report a hazard of the site, which is in use.
pub fn may_report_at(by: &Actor, site: &Site) -> bool {
    !site.retired && by.reports_in_passing() && by.may_ask(HazardCommandKind::Report, &site.resource_scope())
}

/// The nearest first, with metres; those whose place is unknown come last, in the order in which they came. Without a place
/// to measure from all stay as they came.
pub fn by_distance<'a>(sites: &'a [Site], from: Option<&Location>) -> Vec<(&'a Site, Option<f64>)> {
    let metres = |site: &Site| Some(site.location.as_ref()?.distance(from?));
    let mut places: Vec<_> = sites.iter().map(|site| (site, metres(site))).collect();
    let far = |metres: Option<f64>| metres.unwrap_or(f64::INFINITY);
    sort_by(&mut places, |(_, a), (_, b)| far(*a).total_cmp(&far(*b)));
    places
}

/// The site that somebody means who stands there. None is near enough, or the phone does not know well enough where it is.
pub fn nearest<'a>(sites: &'a [Site], from: &Location) -> Option<&'a Site> {
    if from.accuracy.is_some_and(|metres| metres > AT_HAND_METRES) {
        return None;
    }
    let (site, metres) = by_distance(sites, Some(from)).into_iter().next()?;
    metres.filter(|metres| *metres <= AT_HAND_METRES).map(|_| site)
}
