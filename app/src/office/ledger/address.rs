//! The ledger's addresses, with the open row.

use crate::{
    lists::{ledger::Ledger, path},
    office::list::address::{address, with_open},
};
use domain::{id::HazardId, ledger::LedgerFilter, list::ListName};
use leptos_router::params::ParamsMap;

pub const LEDGER: &str = path(ListName::Ledger);

/// The hazard that is open beside the list.
pub fn hazard_in(query: &ParamsMap) -> Option<HazardId> {
    query.get_str("open")?.parse().ok()
}

pub fn ledger_address(filter: &LedgerFilter) -> String {
    address::<Ledger>(filter)
}

/// The ledger with this hazard open beside it.
pub fn ledger_with_open(filter: &LedgerFilter, hazard: HazardId) -> String {
    with_open::<Ledger>(filter, hazard)
}

/// The hazard's own page.
pub fn hazard_address(hazard: HazardId) -> String {
    format!("{LEDGER}/{hazard}")
}
