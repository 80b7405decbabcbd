//! A report that begins at a wall: the code there says which site it is about.

use super::network;
use crate::{codes::opening, error::Error, services::Services};
use domain::{id::OfficeId, site::Site};
use std::net::IpAddr;

/// Codes that one network reads within the window. Many phones share an address, and nobody guesses a code in so few tries.
const MOST_READ: u32 = 120;

/// The site at whose wall this code hangs, and its office. None of a wrong code, of a hazard's, of one that was ended, and where a
/// network has read too many: whoever guesses learns nothing of either, and the report can be written all the same.
pub async fn site_at(
    state: &Services,
    address: Option<IpAddr>,
    code: &str,
) -> Result<Option<(OfficeId, Site)>, Error> {
    if code.trim().is_empty() {
        return Ok(None);
    }
    if state.strangers.count("walls", &network(address), state.now()) > MOST_READ {
        return Ok(None);
    }
    Ok(opening::site_of(state, code).await?)
}
