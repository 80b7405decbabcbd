//! The addresses of parties.

use crate::lists::path;
use domain::{id::PartyId, list::ListName};

pub const PARTIES: &str = path(ListName::Parties);

pub fn party_address(party: PartyId) -> String {
    format!("{PARTIES}/{party}")
}
