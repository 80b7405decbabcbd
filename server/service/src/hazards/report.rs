//! A hazard that is made at the desk: of what the public reported.

use super::AtHand;
use crate::{
    asker::Asker,
    error::Error,
    hazard_commands::{Answer, Asked, Refused, evaluate, named},
    services::Services,
    storage::Transaction,
};
use chrono::Datelike;
use domain::{
    hazard::{Found, Hazard, HazardCommand, Issued},
    id::{HazardId, SiteId},
    integrity::RecordRef,
    settings::series::Series,
    time::office_day,
};
use std::slice;

/// Reports it in the name of who is at the desk, by the rules of every report, and gives it its number. The caller commits.
pub(crate) async fn report(
    state: &Services,
    tx: &mut dyn Transaction,
    by: &Asker,
    id: HazardId,
    site: SiteId,
    found: Found,
) -> Result<Hazard, Error> {
    let (actor, now) = (&by.actor, state.now());
    let command = HazardCommand::Report(found).tidied();
    let mut records = AtHand::read(tx, actor, id, &command).await?;
    records.sites = tx.sites(actor.office, &[site]).await?;
    let issued = Issued { id: state.new_id(), at: now, received_at: Some(now), by: actor };
    let asked = Asked { hazard: id, site: Some(site), command: &command, issued };
    let mut hazard = match evaluate(&records, &asked)? {
        Answer::Happened(hazard) => hazard,
        // Its id was made this moment.
        Answer::Before(_) => return Err(Refused::IdReused.into()),
    };
    let year = office_day(now).year();
    let series = tx.office_settings(actor.office).await?.series;
    let mut numbers = tx.numbers(actor.office, year).await?;
    numbers.hazard += 1;
    hazard.number = Some(series.number(Series::Hazard, year, numbers.hazard));
    tx.put_numbers(actor.office, year, &numbers).await?;
    tx.put_hazards(actor.office, slice::from_ref(&hazard), now).await?;
    let photos: Vec<_> = command.photos().into_iter().cloned().collect();
    if !photos.is_empty() {
        let places = tx.photo_places(actor.office, &photos).await?;
        let named = named(&photos, actor, RecordRef::Hazard(id), &places, now);
        tx.name_photos(actor.office, &named).await?;
    }
    Ok(hazard)
}
