//! The addresses of sites.

use crate::{
    list::address::address,
    lists::{path, sites::Sites},
};
use domain::{
    id::{PartyId, SiteId},
    list::ListName,
    site::SiteFilter,
};

pub const SITES: &str = path(ListName::Sites);

pub fn site_address(site: SiteId) -> String {
    format!("{SITES}/{site}")
}

/// The sites for which this party answers.
pub fn sites_of(party: PartyId) -> String {
    address::<Sites>(&SiteFilter { party: Some(party), ..SiteFilter::default() })
}
