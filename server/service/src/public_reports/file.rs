//! Reports at the desk: listed, one of them, and its photos.

use super::{contacts::ASKED_FOR, near};
use crate::{asker::Asker, blobs::Variant, error::Error, services::Services};
use domain::{
    id::{PersonId, PublicReportId},
    photo::PhotoHash,
    public_report::{
        ContactHolder, HolderSeat, PublicReportFile, PublicReportFilter, PublicReportPage, PublicReportRow,
        ReportOpening,
    },
    role::{Action, ResourceScope},
};

/// What lies where the person sees it.
pub async fn list(
    state: &Services,
    by: &Asker,
    filter: &PublicReportFilter,
) -> Result<PublicReportPage, Error> {
    by.allow(Action::UseOffice)?;
    Ok(state.store.public_reports(by.actor.office, &by.actor.scope, filter).await?)
}

async fn seen(state: &Services, by: &Asker, id: PublicReportId) -> Result<PublicReportRow, Error> {
    by.allow(Action::UseOffice)?;
    let office = by.actor.office;
    if !state.store.sees_public_report(office, &by.actor.scope, id).await? {
        return Err(Error::NotFound);
    }
    state.store.public_report(office, id).await?.ok_or(Error::NotFound)
}

/// One report, with what stands around it.
pub async fn file(state: &Services, by: &Asker, id: PublicReportId) -> Result<PublicReportFile, Error> {
    let PublicReportRow { report, voices } = seen(state, by, id).await?;
    let office = by.actor.office;
    let contact = state.store.public_contact(office, id).await?;
    let opening = state.store.contact_opening(office, id).await?;
    let opening = opening.filter(|opening| state.now() - opening.at < ASKED_FOR);
    let known = state.store.contact_holders(office).await?;
    let around = near::around(state, office).await?;
    // Whoever reports by the code on a wall need not say where they stand.
    let site = || around.sites.iter().find(|spot| Some(spot.id) == report.place.site);
    let here = report.place.location.or_else(|| site().map(|spot| spot.location));
    let near = match &here {
        None => vec![],
        Some(here) => {
            let hazards = around.hazards_near(here).into_iter().map(|(_, hazard)| hazard);
            let seen = hazards.filter(|hazard| {
                let (grid, site, sector) = (hazard.grid, hazard.site, hazard.sector);
                by.actor.scope.covers(&ResourceScope { grid, site, department: None, sector })
            });
            seen.map(|hazard| (hazard.id, hazard.number.clone(), hazard.what.clone())).collect()
        }
    };
    // Whoever made another key since does not open what was sealed to the one before.
    let opens = |person: PersonId, public: &str| {
        known.iter().any(|holder| holder.person == person && hex::encode(&holder.public) == public)
    };
    let holders = contact.as_ref().and_then(|contact| {
        let shares = &contact.sealed.shares;
        let all = shares.iter().all(|share| opens(share.to, &share.public));
        all.then(|| shares.each_ref().map(|share| share.to))
    });
    let seat = |holder: &ContactHolder| HolderSeat {
        person: holder.person,
        name: holder.name.clone(),
        since: holder.since,
    };
    Ok(PublicReportFile {
        report,
        voices,
        left_phone: contact.is_some(),
        holders,
        opening: opening.map(|opening| ReportOpening {
            by: opening.by,
            by_name: opening.by_name,
            reason: opening.reason,
            at: opening.at,
        }),
        opened: contact.map_or(0, |contact| contact.opened),
        rewards: state.store.office_settings(office).await?.public.rewards,
        near,
        seats: known.iter().map(seat).collect(),
    })
}

/// A photo of a report, as a JPEG.
pub async fn photo(
    state: &Services,
    by: &Asker,
    id: PublicReportId,
    hash: &PhotoHash,
) -> Result<Vec<u8>, Error> {
    let row = seen(state, by, id).await?;
    if !row.report.photos.contains(hash) {
        return Err(Error::NotFound);
    }
    state.blobs.get(hash, Variant::Original).await?.ok_or(Error::NotFound)
}
