//! 群众举报: what people without an account tell, and what the office makes of it. The rules are `domain`'s
//! ([`domain::public_report`]).
//!
//! Whoever sends has solved a [`puzzle`] and passes a [`gate`] of few turns, so that strangers cost an inspector's sync nothing.
//! What they send is received once, however often it comes. At the desk it is listed, looked at and acted on; who sent it follows
//! it by number and code. A telephone number is sealed to two people as it comes, and opened by both of them ([`contacts`]).

mod act;
pub mod contacts;
mod file;
mod follow;
pub mod gate;
mod near;
pub mod publish;
pub mod puzzle;
mod receive;
mod sealing;
mod wall;

pub use act::{Wanted, act};
pub use file::{file, list, photo};
pub use follow::{follow, reply};
pub use near::{NO_SITE, Near, NearLine, NearSite, near};
pub use receive::{LARGEST_PHOTO, Received, Sent, receive};
pub use wall::site_at;

use crate::{
    error::Error,
    services::Services,
    storage::{Store, StoreError},
};
use domain::{
    audit::{Subject, SubjectKind},
    id::OfficeId,
    place::Office,
    public_report::{PublicReport, PublicSettings},
};
use std::net::{IpAddr, Ipv6Addr};

/// What the page that takes a report begins with.
#[derive(Debug, Clone)]
pub struct Opening {
    pub office: Office,
    pub settings: PublicSettings,
    /// To be solved before it is sent.
    pub question: String,
    /// Whether a telephone number can be taken: there are two who could open it.
    pub takes_phone: bool,
}

/// The offices that people may report to.
pub async fn offices(state: &Services) -> Result<Vec<Office>, Error> {
    Ok(state.store.offices().await?)
}

/// # Errors
/// [`Error::NotFound`] where there is no such office.
pub async fn opening(state: &Services, office: OfficeId) -> Result<Opening, Error> {
    let offices = state.store.offices().await?;
    let office = offices.into_iter().find(|known| known.id == office).ok_or(Error::NotFound)?;
    let settings = state.store.office_settings(office.id).await?.public;
    let question = puzzle::asked(state, office.id, settings.difficulty);
    let takes_phone = state.store.contact_holders(office.id).await?.len() >= contacts::SEATS;
    Ok(Opening { office, settings, question, takes_phone })
}

fn subject(report: &PublicReport) -> Subject {
    Subject::new(SubjectKind::PublicReport, report.id.0, report.number.clone())
}

/// As which an address counts: an IPv6 network is one.
fn network(address: Option<IpAddr>) -> String {
    let network = match address {
        Some(IpAddr::V6(address)) => {
            Some(IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))))
        }
        other => other,
    };
    network.map(|address| address.to_string()).unwrap_or_default()
}

/// The mark by which a code is known. Only this installation makes it, so that whoever reads the records learns no code.
fn code_mark(state: &Services, office: OfficeId, number: &str, code: &str) -> Vec<u8> {
    let parts: [&[u8]; 3] = [office.0.as_bytes(), number.as_bytes(), code.as_bytes()];
    state.secrets.mark("code of a public report", &parts).to_vec()
}

/// Whether there is an office of this id; the only one where none is named.
pub async fn office_of(store: &dyn Store, named: Option<OfficeId>) -> Result<Option<Office>, StoreError> {
    let offices = store.offices().await?;
    Ok(match named {
        Some(id) => offices.into_iter().find(|office| office.id == id),
        None if offices.len() == 1 => offices.into_iter().next(),
        None => None,
    })
}
