//! The addresses of inspections.

use crate::{
    lists::{inspections::Inspections, path},
    office::list::address::address,
};
use domain::{
    id::{InspectionId, SiteId},
    inspection::InspectionFilter,
    list::ListName,
};

pub const INSPECTIONS: &str = path(ListName::Inspections);

pub fn inspection_address(inspection: InspectionId) -> String {
    format!("{INSPECTIONS}/{inspection}")
}

/// Every inspection of one site.
pub fn inspections_of(site: SiteId) -> String {
    address::<Inspections>(&InspectionFilter { site: Some(site), ..InspectionFilter::default() })
}
