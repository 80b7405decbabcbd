//! Where the desk shows a record that showed a photo.

use super::{ledger::address::hazard_address, sites::address::site_address, visits::address::visit_address};
use domain::integrity::RecordRef;

pub fn record_address(by: RecordRef) -> Option<String> {
    Some(match by {
        RecordRef::Hazard(id) => hazard_address(id),
        RecordRef::Visit(id) => visit_address(id),
        RecordRef::Site(id) => site_address(id),
    })
}
