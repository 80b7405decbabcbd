//! The addresses of forms, and of what was done with them.

use crate::{
    ledger::address::ledger_address, list::address::address, lists::visits::Visits, query::Query,
    server_fns::forms::row::FormFilter,
};
use domain::{
    form::Layer,
    id::FormId,
    ledger::{LedgerFilter, LedgerStatusFilter},
    sector::Sector,
    visit::VisitFilter,
};
use leptos_router::params::ParamsMap;

pub const FORMS: &str = "/office/forms";

pub fn form_address(form: &FormId) -> String {
    format!("{FORMS}/{form}")
}

/// The list, asked so.
pub fn forms_address(filter: &FormFilter) -> String {
    let query = Query::default()
        .with_some("sector", filter.sector.map(Sector::as_str))
        .with_some("layer", filter.layer.map(Layer::as_str))
        .with("q", &filter.query);
    query.at(FORMS)
}

/// What the address of the list asks.
pub fn read(query: &ParamsMap) -> FormFilter {
    FormFilter {
        sector: query.get_str("sector").and_then(Sector::parse),
        layer: query.get_str("layer").and_then(Layer::parse),
        query: query.get("q").unwrap_or_default(),
    }
}

/// Every visit in which it was filled in.
pub fn visits_with(form: &FormId) -> String {
    address::<Visits>(&VisitFilter { form: Some(form.clone()), ..VisitFilter::default() })
}

/// Every hazard that was found by it.
pub fn hazards_by(form: &FormId) -> String {
    let any = LedgerFilter::of(LedgerStatusFilter::Any);
    ledger_address(&LedgerFilter { form: Some(form.clone()), ..any })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_list_is_asked_stands_in_its_address() {
        let filter =
            FormFilter {
                sector: Some(Sector::Fire), layer: Some(Layer::Patrol), query: "灭火器".to_owned()
            };
        let address = forms_address(&filter);
        let words = address.split_once('?').map_or("", |(_, words)| words).split('&');
        let pairs = words.filter_map(|pair| pair.split_once('='));
        let map = pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        assert_eq!(read(&map), filter);
        assert_eq!(forms_address(&FormFilter::default()), FORMS);
    }
}
