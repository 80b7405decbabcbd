//! The ledger's addresses, with the open row.

use crate::{
    list::address::{address, with_open},
    lists::{ledger::Ledger, path},
};
use domain::{id::HazardId, ledger::LedgerFilter, list::ListName};
use leptos_router::params::ParamsMap;

pub use ui::address::hazard_address;

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

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn the_page_of_a_hazard_lies_below_the_ledger() {
        let id = HazardId(Uuid::nil());
        assert_eq!(hazard_address(id), format!("{LEDGER}/{id}"));
    }
}
