//! The addresses of visits.

use crate::{
    list::address::address,
    lists::{path, visits::Visits},
};
use domain::{
    id::{SiteId, VisitId},
    list::ListName,
    visit::VisitFilter,
};

pub const VISITS: &str = path(ListName::Visits);

pub fn visit_address(visit: VisitId) -> String {
    format!("{VISITS}/{visit}")
}

/// Every visit of one site.
pub fn visits_of(site: SiteId) -> String {
    address::<Visits>(&VisitFilter { site: Some(site), ..VisitFilter::default() })
}
