//! Addresses of the desk that phone and desk both lead to. The desk's other addresses stand with their pages.

use domain::id::HazardId;

/// The hazard's own page.
pub fn hazard_address(hazard: HazardId) -> String {
    format!("/office/hazards/{hazard}")
}
