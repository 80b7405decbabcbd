//! Where the desk shows a record that showed a photo.

use super::{inspections::address::inspection_address, ledger::address::hazard_address};
use domain::integrity::ShownBy;

pub fn record_address(by: ShownBy) -> Option<String> {
    Some(match by {
        ShownBy::Hazard(id) => hazard_address(id),
        ShownBy::Inspection(id) => inspection_address(id),
    })
}
