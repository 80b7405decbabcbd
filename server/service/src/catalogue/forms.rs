//! # The built-in forms
//!
//! A file a form (`server/catalogue/forms`), read by `authoring` with the library of laws beside it, so that each carries the
//! sentences that it quotes.

use super::{CatalogueError, law, site_kinds::SiteKinds};
use authoring::catalogue::{self, Fault};
use chrono::NaiveDate;
use domain::{
    form::{Form, Quote},
    id::{QuoteId, SiteKind},
    law::LawLibrary,
};
use std::collections::BTreeSet;

/// In the order of the alphabet.
const FORMS: [(&str, &str); 88] = [
    ("ammonia-cold-store", include_str!("../../../catalogue/forms/ammonia-cold-store.toml")),
    ("bridge-patrol", include_str!("../../../catalogue/forms/bridge-patrol.toml")),
    ("car-charging-patrol", include_str!("../../../catalogue/forms/car-charging-patrol.toml")),
    ("care-home", include_str!("../../../catalogue/forms/care-home.toml")),
    ("care-home-patrol", include_str!("../../../catalogue/forms/care-home-patrol.toml")),
    ("city-facility-patrol", include_str!("../../../catalogue/forms/city-facility-patrol.toml")),
    ("commercial-complex", include_str!("../../../catalogue/forms/commercial-complex.toml")),
    ("commercial-complex-patrol", include_str!("../../../catalogue/forms/commercial-complex-patrol.toml")),
    ("confined-space-patrol", include_str!("../../../catalogue/forms/confined-space-patrol.toml")),
    ("construction-patrol", include_str!("../../../catalogue/forms/construction-patrol.toml")),
    ("construction-site", include_str!("../../../catalogue/forms/construction-site.toml")),
    ("culture-event", include_str!("../../../catalogue/forms/culture-event.toml")),
    ("culture-venue", include_str!("../../../catalogue/forms/culture-venue.toml")),
    ("day-care-patrol", include_str!("../../../catalogue/forms/day-care-patrol.toml")),
    ("delivery-station", include_str!("../../../catalogue/forms/delivery-station.toml")),
    ("ebike-charging", include_str!("../../../catalogue/forms/ebike-charging.toml")),
    ("ebike-patrol", include_str!("../../../catalogue/forms/ebike-patrol.toml")),
    ("ebike-shop", include_str!("../../../catalogue/forms/ebike-shop.toml")),
    ("enterprise-dual-prevention", include_str!("../../../catalogue/forms/enterprise-dual-prevention.toml")),
    ("enterprise-safety", include_str!("../../../catalogue/forms/enterprise-safety.toml")),
    ("entertainment-venue", include_str!("../../../catalogue/forms/entertainment-venue.toml")),
    ("estate-patrol", include_str!("../../../catalogue/forms/estate-patrol.toml")),
    ("factory-park", include_str!("../../../catalogue/forms/factory-park.toml")),
    ("factory-park-patrol", include_str!("../../../catalogue/forms/factory-park-patrol.toml")),
    ("filling-station", include_str!("../../../catalogue/forms/filling-station.toml")),
    ("filling-station-patrol", include_str!("../../../catalogue/forms/filling-station-patrol.toml")),
    ("fire-access", include_str!("../../../catalogue/forms/fire-access.toml")),
    ("fire-lane-campaign", include_str!("../../../catalogue/forms/fire-lane-campaign.toml")),
    ("fireworks-retail", include_str!("../../../catalogue/forms/fireworks-retail.toml")),
    ("fireworks-retail-patrol", include_str!("../../../catalogue/forms/fireworks-retail-patrol.toml")),
    ("gas-station-city", include_str!("../../../catalogue/forms/gas-station-city.toml")),
    ("hazchem-lab", include_str!("../../../catalogue/forms/hazchem-lab.toml")),
    ("hazchem-perimeter-patrol", include_str!("../../../catalogue/forms/hazchem-perimeter-patrol.toml")),
    ("hazchem-plant", include_str!("../../../catalogue/forms/hazchem-plant.toml")),
    ("hazchem-shop", include_str!("../../../catalogue/forms/hazchem-shop.toml")),
    ("hazchem-shop-patrol", include_str!("../../../catalogue/forms/hazchem-shop-patrol.toml")),
    ("hazchem-use", include_str!("../../../catalogue/forms/hazchem-use.toml")),
    ("hazchem-use-patrol", include_str!("../../../catalogue/forms/hazchem-use-patrol.toml")),
    ("hazwaste-patrol", include_str!("../../../catalogue/forms/hazwaste-patrol.toml")),
    ("hazwaste-producer", include_str!("../../../catalogue/forms/hazwaste-producer.toml")),
    ("high-rise-inspection", include_str!("../../../catalogue/forms/high-rise-inspection.toml")),
    ("high-rise-patrol", include_str!("../../../catalogue/forms/high-rise-patrol.toml")),
    ("hospital", include_str!("../../../catalogue/forms/hospital.toml")),
    ("hospital-patrol", include_str!("../../../catalogue/forms/hospital-patrol.toml")),
    ("internet-cafe", include_str!("../../../catalogue/forms/internet-cafe.toml")),
    ("kindergarten-patrol", include_str!("../../../catalogue/forms/kindergarten-patrol.toml")),
    ("leisure-venue-patrol", include_str!("../../../catalogue/forms/leisure-venue-patrol.toml")),
    ("lift-patrol", include_str!("../../../catalogue/forms/lift-patrol.toml")),
    ("lithium-store-patrol", include_str!("../../../catalogue/forms/lithium-store-patrol.toml")),
    ("lodging", include_str!("../../../catalogue/forms/lodging.toml")),
    ("lodging-patrol", include_str!("../../../catalogue/forms/lodging-patrol.toml")),
    ("lone-elderly-visit", include_str!("../../../catalogue/forms/lone-elderly-visit.toml")),
    ("lpg-station-patrol", include_str!("../../../catalogue/forms/lpg-station-patrol.toml")),
    ("market-inspection", include_str!("../../../catalogue/forms/market-inspection.toml")),
    ("old-estate-patrol", include_str!("../../../catalogue/forms/old-estate-patrol.toml")),
    ("paint-workshop", include_str!("../../../catalogue/forms/paint-workshop.toml")),
    ("paint-workshop-patrol", include_str!("../../../catalogue/forms/paint-workshop-patrol.toml")),
    ("religious-and-heritage", include_str!("../../../catalogue/forms/religious-and-heritage.toml")),
    (
        "religious-and-heritage-patrol",
        include_str!("../../../catalogue/forms/religious-and-heritage-patrol.toml"),
    ),
    ("rented-house-patrol", include_str!("../../../catalogue/forms/rented-house-patrol.toml")),
    ("restaurant-gas", include_str!("../../../catalogue/forms/restaurant-gas.toml")),
    ("restaurant-gas-patrol", include_str!("../../../catalogue/forms/restaurant-gas-patrol.toml")),
    ("sandwich-panel-patrol", include_str!("../../../catalogue/forms/sandwich-panel-patrol.toml")),
    ("scenic-area", include_str!("../../../catalogue/forms/scenic-area.toml")),
    ("scenic-area-patrol", include_str!("../../../catalogue/forms/scenic-area-patrol.toml")),
    ("school-bus", include_str!("../../../catalogue/forms/school-bus.toml")),
    ("school-canteen", include_str!("../../../catalogue/forms/school-canteen.toml")),
    ("school-dormitory", include_str!("../../../catalogue/forms/school-dormitory.toml")),
    ("school-drill", include_str!("../../../catalogue/forms/school-drill.toml")),
    ("school-laboratory", include_str!("../../../catalogue/forms/school-laboratory.toml")),
    ("school-management", include_str!("../../../catalogue/forms/school-management.toml")),
    ("school-patrol", include_str!("../../../catalogue/forms/school-patrol.toml")),
    ("school-safety", include_str!("../../../catalogue/forms/school-safety.toml")),
    ("school-surroundings", include_str!("../../../catalogue/forms/school-surroundings.toml")),
    ("school-zone-premises", include_str!("../../../catalogue/forms/school-zone-premises.toml")),
    ("scrap-yard-patrol", include_str!("../../../catalogue/forms/scrap-yard-patrol.toml")),
    ("small-premises", include_str!("../../../catalogue/forms/small-premises.toml")),
    ("small-premises-patrol", include_str!("../../../catalogue/forms/small-premises-patrol.toml")),
    ("small-works-patrol", include_str!("../../../catalogue/forms/small-works-patrol.toml")),
    ("special-equipment", include_str!("../../../catalogue/forms/special-equipment.toml")),
    ("swap-cabinet-patrol", include_str!("../../../catalogue/forms/swap-cabinet-patrol.toml")),
    ("three-in-one-patrol", include_str!("../../../catalogue/forms/three-in-one-patrol.toml")),
    ("training-centre-patrol", include_str!("../../../catalogue/forms/training-centre-patrol.toml")),
    ("transport-company", include_str!("../../../catalogue/forms/transport-company.toml")),
    ("transport-company-patrol", include_str!("../../../catalogue/forms/transport-company-patrol.toml")),
    ("village-road-water-patrol", include_str!("../../../catalogue/forms/village-road-water-patrol.toml")),
    ("warehouse-logistics", include_str!("../../../catalogue/forms/warehouse-logistics.toml")),
    ("warehouse-logistics-patrol", include_str!("../../../catalogue/forms/warehouse-logistics-patrol.toml")),
];

/// The ids of the forms that are built in.
pub fn ids() -> impl Iterator<Item = &'static str> {
    FORMS.into_iter().map(|(id, _)| id)
}

/// The form of this id with what it quotes, or everything that is wrong with its file; None where none is called so.
pub fn built_in(id: &str, library: &LawLibrary) -> Option<Result<Form, Vec<Fault>>> {
    let (_, text) = FORMS.into_iter().find(|(known, _)| *known == id)?;
    Some(read(text, library))
}

/// Every one of them, in the order of the alphabet.
pub(super) fn all(known: &SiteKinds) -> Result<Vec<Form>, CatalogueError> {
    let kinds = known.ids();
    let library = law::library(&kinds)?;
    FORMS.into_iter().map(|(file, text)| sound(file, read(text, &library), &kinds)).collect()
}

fn read(text: &str, library: &LawLibrary) -> Result<Form, Vec<Fault>> {
    catalogue::read(text, &|quote| self::quote(library, quote))
}

/// What the file says fits the rest of the catalogue.
fn sound(
    file: &'static str,
    form: Result<Form, Vec<Fault>>,
    known: &BTreeSet<SiteKind>,
) -> Result<Form, CatalogueError> {
    let form = form.map_err(|faults| CatalogueError::Faulty { file, faults })?;
    if form.id.as_str() != file {
        return Err(CatalogueError::Misnamed { file, id: form.id.to_string() });
    }
    match form.site_kinds.iter().find(|kind| !known.contains(*kind)) {
        Some(kind) => Err(CatalogueError::UnknownKind { file, kind: kind.clone() }),
        None => Ok(form),
    }
}

/// The library of laws that is built in.
pub fn library() -> Result<LawLibrary, CatalogueError> {
    Ok(law::library(&SiteKinds::built_in()?.ids())?)
}

/// A sentence as a form carries it: with the name of its law, and the days on which it holds.
pub fn quote(library: &LawLibrary, id: &QuoteId) -> Option<Quote> {
    let quotation = library.quotation(id)?;
    let law = library.law(&quotation.law)?;
    Some(Quote {
        id: quotation.id.clone(),
        law: format!("《{}》", law.title.zh),
        number: law.number.clone(),
        article: quotation.article.clone(),
        lead: quotation.lead.clone(),
        text: quotation.text.clone(),
        // A text whose first day nobody has seen counts as in force until it ends.
        in_force_from: law.in_force_from.or(law.edition).unwrap_or(NaiveDate::MIN),
        in_force_until: law.in_force_until.and_then(|end| end.pred_opt()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_that_is_built_in_has_no_fault_and_is_called_as_its_file() {
        let library = library().unwrap();
        let mut wrong = vec![];
        for id in ids() {
            match built_in(id, &library).unwrap() {
                Ok(form) if form.id.as_str() == id => {}
                Ok(form) => wrong.push(format!("{id} calls itself {}", form.id)),
                Err(faults) => wrong.extend(faults.iter().map(|fault| format!("{id}: {fault}"))),
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
