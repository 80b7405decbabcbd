//! Addresses of the patrol's screens. How often the streets are walked goes along from one to the next: it says which doors are done.

use domain::{
    id::{HazardId, SiteId},
    patrol::Rhythm,
};
use leptos_router::params::ParamsMap;

pub fn streets_path(per: Rhythm) -> String {
    format!("/field/streets?per={}", per.as_str())
}

/// The street in which this site stands, at its door.
pub fn street_path(at: SiteId, per: Rhythm) -> String {
    format!("/field/street/{at}?per={}", per.as_str())
}

pub fn door_path(at: SiteId, per: Rhythm) -> String {
    format!("/field/door/{at}?per={}", per.as_str())
}

/// Where a site is made: in the street of this one, at this number, for this report.
pub fn new_site_path(
    beside: Option<SiteId>,
    number: Option<u32>,
    report: Option<HazardId>,
    per: Option<Rhythm>,
) -> String {
    let parts = [
        beside.map(|site| format!("beside={site}")),
        number.map(|number| format!("number={number}")),
        report.map(|report| format!("report={report}")),
        per.map(|per| format!("per={}", per.as_str())),
    ];
    format!("/field/new-site?{}", parts.into_iter().flatten().collect::<Vec<_>>().join("&"))
}

/// As the address of the screen has it.
pub fn rhythm_of(query: &ParamsMap) -> Rhythm {
    query.get("per").and_then(|word| Rhythm::parse(&word)).unwrap_or_default()
}
