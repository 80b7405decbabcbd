//! Whoever has number and code learns what came of a report.

use super::{
    code_mark,
    gate::{Gate, Pass},
    network,
};
use crate::{error::Error, services::Services, storage::FollowedReport};
use domain::{
    hazard::{Hazard, HazardStatus},
    id::{HazardId, OfficeId},
    limits::CODE,
    public_report::{FollowCode, Followed},
    text::Lang,
};
use i18n::public_reports as t;
use std::net::IpAddr;

/// Tries of one report, and of one network, within a quarter of an hour. Of a code there are a million million.
const OF_ONE: u32 = 20;
const OF_NETWORK: u32 = 60;

/// Hazards that were merged one into the other are followed so far.
const MERGERS: usize = 8;

/// The hazard, or the one that it was merged into.
async fn as_it_goes_on(
    state: &Services,
    office: OfficeId,
    mut id: HazardId,
) -> Result<Option<Hazard>, Error> {
    for _ in 0..MERGERS {
        let Some(hazard) = state.store.hazard(office, id).await? else { return Ok(None) };
        match hazard.status {
            HazardStatus::Merged { into } => id = into,
            HazardStatus::Found
            | HazardStatus::Assigned
            | HazardStatus::Rectified { .. }
            | HazardStatus::AcceptedOnce { .. }
            | HazardStatus::Closed { .. }
            | HazardStatus::Referred { .. } => return Ok(Some(hazard)),
        }
    }
    Ok(None)
}

/// The report of this number, where the code is its own, and the turn of whoever asks. Every try counts.
async fn known<'a>(
    state: &'a Services,
    office: OfficeId,
    address: Option<IpAddr>,
    number: &str,
    code: &str,
) -> Result<(Pass<'a>, FollowedReport), Error> {
    let number = number.trim().to_uppercase();
    let now = state.now();
    if number.chars().count() > CODE {
        return Err(Error::NotFound);
    }
    // The network first: a number is the sender's to invent, and each of them is remembered.
    if state.strangers.count("follows", &network(address), now) > OF_NETWORK
        || state.strangers.count("number", &format!("{office} {number}"), now) > OF_ONE
    {
        return Err(Error::TooManyTries { after_seconds: Gate::window_seconds() });
    }
    let code = FollowCode::typed(code).ok_or(Error::NotFound)?;
    let turn = state.strangers.turn().await.ok_or(Error::Crowded)?;
    let known = state.store.followed_report(office, &number).await?.ok_or(Error::NotFound)?;
    if code_mark(state, office, &number, code.plain()) != known.code {
        return Err(Error::NotFound);
    }
    Ok((turn, known))
}

/// Takes the reply to what the office asks, once. The same that comes again is taken and changes nothing.
///
/// # Errors
/// As of [`follow()`], and [`Error::Invalid`] with the words for what is not taken.
pub async fn reply(
    state: &Services,
    office: OfficeId,
    address: Option<IpAddr>,
    lang: Lang,
    (number, code): (&str, &str),
    words: &str,
) -> Result<(), Error> {
    let (_turn, known) = known(state, office, address, number, code).await?;
    let mut tx = state.store.write().await?;
    let mut report = tx.public_report(office, known.report.id).await?.ok_or(Error::NotFound)?;
    let is_new = report.replied(words, state.now());
    let is_new = is_new.map_err(|why| Error::invalid("reply", t::reply_refusal(lang, why)))?;
    if is_new {
        tx.change_public_report(office, &report).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// # Errors
/// [`Error::NotFound`] where number or code are others, or of another office: all is said alike. [`Error::TooManyTries`] where
/// somebody guesses.
pub async fn follow(
    state: &Services,
    office: OfficeId,
    address: Option<IpAddr>,
    number: &str,
    code: &str,
) -> Result<Followed, Error> {
    let (_turn, known) = known(state, office, address, number, code).await?;
    let FollowedReport { report, voice_of, .. } = known;
    let opened = state.store.public_contact(office, report.id).await?.map(|contact| contact.opened);
    // A voice hears what came of the report that was first.
    let first = match voice_of {
        Some(first) => state.store.public_report(office, first).await?.map(|row| row.report),
        None => None,
    };
    let told = first.as_ref().unwrap_or(&report);
    let hazard = match told.state.hazard() {
        Some(hazard) => as_it_goes_on(state, office, hazard).await?,
        None => None,
    };
    let followed = told.followed(hazard.as_ref(), opened);
    let is_first = first.is_none();
    Ok(Followed {
        number: report.number,
        what: report.what,
        place: report.place.words,
        location: report.place.location,
        // Asked of this one.
        question: report.question,
        // It is paid to whoever was first.
        reward: followed.reward.filter(|_| is_first),
        ..followed
    })
}
