//! The addresses of sites.

use crate::lists::path;
use domain::{id::SiteId, list::ListName};

pub const SITES: &str = path(ListName::Sites);

pub fn site_address(site: SiteId) -> String {
    format!("{SITES}/{site}")
}
