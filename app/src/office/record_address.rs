//! Where the desk shows a record that showed a photo.

use super::{inspections::address::inspection_address, ledger::address::hazard_address};
use domain::integrity::RecordRef;

pub fn record_address(by: RecordRef) -> Option<String> {
    Some(match by {
        RecordRef::Hazard(id) => hazard_address(id),
        RecordRef::Inspection(id) => inspection_address(id),
    })
}
