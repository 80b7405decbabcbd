//! Where reports by the public stand.

use crate::lists::path;
use domain::{
    id::{HazardId, PublicReportId},
    list::ListName,
    public_report::PublicReportFilter,
};

pub const REPORTS: &str = path(ListName::PublicReports);
pub const REPORT_SETTINGS: &str = "/office/reports/settings";

pub fn report_address(id: PublicReportId) -> String {
    format!("{REPORTS}/{id}")
}

/// Those that a hazard came of, or that were joined to it.
pub fn reports_of_hazard(hazard: HazardId) -> String {
    let filter = PublicReportFilter { hazard: Some(hazard), ..PublicReportFilter::default() };
    crate::list::address::request_address(&filter.into())
}
