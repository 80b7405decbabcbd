//! Every sector and every kind of site has a patrol and an inspection, or it is said why not.

use crate::{assert_none, built_in, tables};
use domain::{
    form::{Form, Layer},
    id::SiteKind,
    sector::Sector,
};
use service::catalogue::site_kinds::SiteKinds;
use std::collections::BTreeSet;

/// Kinds of site that lack a layer, with the reason. Whoever answers for a home, a road or a bridge is no business that an
/// inspection could find there; a kind that only marks a building is inspected by the list of whoever uses it.
const WITHOUT: [(&str, Layer, &str); 9] = [
    (
        "sandwich-panel",
        Layer::Inspection,
        "marks a building; its user is inspected by the list of his own kind",
    ),
    ("confined-space", Layer::Inspection, "marks a place; who works in it is inspected as an enterprise"),
    ("lone-elderly", Layer::Inspection, "a home: it is visited and not inspected"),
    ("small-works", Layer::Inspection, "below the limit of a permit; looked at while it lasts"),
    ("village-road", Layer::Inspection, "the village's; nobody is inspected there"),
    ("village-water", Layer::Inspection, "the village's; nobody is inspected there"),
    ("bridge", Layer::Inspection, "the city's; defects are passed on to it"),
    ("city-facility", Layer::Inspection, "the city's; defects are passed on to it"),
    (
        "metro-station",
        Layer::Patrol,
        "walked by its operator and the transport police; the office inspects its exits",
    ),
];

/// The same of sectors.
const SECTORS_WITHOUT: [(Sector, Layer, &str); 1] = [(
    Sector::General,
    Layer::Inspection,
    "has no business of its own; what it asks of enterprises stands in their lists",
)];

/// Campaigns come and go.
const STANDING: [Layer; 2] = [Layer::Patrol, Layer::Inspection];

#[test]
fn every_kind_of_site_has_a_patrol_and_an_inspection_or_a_reason() {
    let catalogue = SiteKinds::built_in().unwrap();
    let (mut table, mut wrong) = (vec![], vec![]);
    for kind in catalogue.kinds.iter().map(|kind| &kind.id) {
        for layer in STANDING {
            let of_both = |form: &&Form| form.layer == layer && form.site_kinds.contains(kind);
            let forms: Vec<_> = built_in().iter().filter(of_both).map(|form| form.id.as_str()).collect();
            let reason = WITHOUT.iter().find(|(id, of, _)| *id == kind.as_str() && *of == layer);
            match (forms.as_slice(), reason) {
                ([], None) => wrong.push(format!("{kind} has no list of the layer {}", layer.as_str())),
                ([], Some((_, _, why))) => table.push(format!("{kind} {}: none, {why}", layer.as_str())),
                (forms, None) => table.push(format!("{kind} {}: {}", layer.as_str(), forms.join(", "))),
                (forms, Some(_)) => wrong.push(format!("{kind} is excused and has {}", forms.join(", "))),
            }
        }
    }
    tables::write("layers", &table);
    assert_none(&wrong);
}

#[test]
fn every_sector_has_a_patrol_and_an_inspection_or_a_reason() {
    let known: BTreeSet<_> =
        built_in().iter().map(|form| (form.sector.as_str(), form.layer.as_str())).collect();
    let mut wrong = vec![];
    for sector in Sector::ALL {
        for layer in STANDING {
            let has = known.contains(&(sector.as_str(), layer.as_str()));
            let is_excused = SECTORS_WITHOUT.iter().any(|(of, lacks, _)| *of == sector && *lacks == layer);
            if has == is_excused {
                wrong.push(format!("{} {}: has one: {has}", sector.as_str(), layer.as_str()));
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn what_is_excused_is_a_kind_of_site() {
    let kinds = SiteKinds::built_in().unwrap().ids();
    let unknown = WITHOUT.iter().filter(|(id, _, _)| !kinds.contains(&SiteKind::from(*id)));
    assert_none(&unknown.map(|(id, _, _)| (*id).to_owned()).collect::<Vec<_>>());
}
