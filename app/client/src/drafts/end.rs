//! The end of a draft: it is thrown away, or sealed and submitted.

use super::{Owned, in_hand::laid_over_stored, photos};
use crate::{
    Device, DeviceError,
    changes::Topic,
    db, inspections,
    outbox::{self, Subject},
    session,
};
use domain::{
    device::{
        StoreName,
        queue::{PhotoRecord, PhotoStatus},
        skew,
    },
    hazard::HazardCommand,
    id::{HazardId, VisitId},
    inspection::Breach,
    photo::PhotoHash,
    site::Site,
    sync::Payload,
    visit::{DraftIssue, OpenDraft},
};

/// Throws a draft away, with the photos that nothing else on this phone names; the caller has asked. Where it cannot be
/// read what else names them, they stay, and are cleared away when it can.
pub async fn discard(device: &Device, id: VisitId) -> Result<(), DeviceError> {
    take_out(device, id).await?;
    Ok(())
}

/// The same; says whether it was still there. Another tab may have ended it.
pub(crate) async fn take_out(device: &Device, id: VisitId) -> Result<bool, DeviceError> {
    let key = id.to_string();
    device.ended.borrow_mut().insert(id);
    let stores = [
        StoreName::Drafts,
        StoreName::DraftCopies,
        StoreName::Photos,
        StoreName::PhotoBytes,
        StoreName::Thumbnails,
    ];
    let of_settings = session::owner(device).and_then(|me| crate::photos::in_settings(device, me));
    let gone = db::write(&device.db, &stores, async |tx| {
        let is_there = tx.kept(StoreName::Drafts, &key).await?.is_some();
        let owned: Option<Owned> = tx.get(StoreName::Drafts, &key).await?;
        tx.delete(StoreName::Drafts, &key).await?;
        tx.delete(StoreName::DraftCopies, &key).await?;
        let (Some(mut elsewhere), Some(of_settings)) = (photos(tx).await?, of_settings) else {
            return Ok(is_there);
        };
        elsewhere.extend(of_settings);
        for hash in owned.iter().flat_map(|owned| owned.draft.photos()) {
            let record: Option<PhotoRecord> = tx.get(StoreName::Photos, hash.as_str()).await?;
            let sent = record.is_some_and(|record| record.status != PhotoStatus::Held);
            if sent || elsewhere.contains(hash) {
                continue;
            }
            for store in [StoreName::Photos, StoreName::PhotoBytes, StoreName::Thumbnails] {
                tx.delete(store, hash.as_str()).await?;
            }
        }
        Ok(is_there)
    })
    .await;
    if gone.is_err() {
        device.ended.borrow_mut().remove(&id);
    }
    device.changes.announce(Topic::Drafts);
    gone
}

#[derive(Debug)]
pub enum NotSubmitted {
    Issues(Vec<DraftIssue>),
    Device(DeviceError),
}

/// Seals the draft and puts visit, hazards and photos into the outbox, in one step: afterwards there is either the
/// draft or the outbox entries, never both and never neither. `title` is what the outbox calls it. Where another tab has stored
/// what whoever submits has not seen, the draft stays, with both.
pub async fn submit(
    device: &Device,
    open: OpenDraft,
    site: &Site,
    title: String,
) -> Result<(), NotSubmitted> {
    let seen = open.draft().clone();
    let id = seen.id;
    let breaches = inspections::breaches(device, &seen, site).await.map_err(NotSubmitted::Device)?;
    let known: Vec<_> =
        breaches.into_iter().filter(Breach::is_known_offline).map(DraftIssue::Breach).collect();
    if !known.is_empty() {
        return Err(NotSubmitted::Issues(known));
    }
    let mut sealed = open.submit(device.clock.now()).map_err(NotSubmitted::Issues)?;
    if let Some(inspection) = &mut sealed.visit.administrative {
        let went_by = inspections::went_by(device, inspection, site).await.map_err(NotSubmitted::Device)?;
        inspection.went_by = went_by;
    }
    let today = device.clock.today();
    let gone = |(_, command): &(HazardId, HazardCommand)| {
        let HazardCommand::Report(found) = command else { return false };
        found.due.is_some_and(|day| !skew::still_stands(day, today))
    };
    if sealed.hazards.iter().any(gone) {
        return Err(NotSubmitted::Device(DeviceError::DeadlinesGone));
    }
    let of_answers = sealed.visit.photos();
    let of_hazards = sealed.hazards.iter().flat_map(|(_, command)| command.photos());
    let mut photos: Vec<PhotoHash> = vec![];
    for hash in of_answers.chain(of_hazards) {
        if !photos.contains(hash) {
            photos.push(hash.clone());
        }
    }
    let hazards = sealed.hazards.into_iter().map(|(hazard, command)| Payload::Hazard {
        hazard,
        event: device.clock.new_id(),
        site: Some(site.id),
        command,
    });
    let payloads = std::iter::once(Payload::SubmitVisit(sealed.visit)).chain(hazards).collect();

    let subject = Subject::Visit { site: site.id, order: seen.order };
    device.ended.borrow_mut().insert(id);
    let stores: Vec<_> =
        outbox::STORES.into_iter().chain([StoreName::Drafts, StoreName::DraftCopies]).collect();
    let written = db::write(&device.db, &stores, async |tx| {
        if !laid_over_stored(device, tx, &seen).await?.0.gives_the_same(&seen) {
            return Err(DeviceError::ChangedElsewhere);
        }
        outbox::enqueue(device, tx, title, subject, payloads, photos).await?;
        tx.delete(StoreName::DraftCopies, &id.to_string()).await?;
        tx.delete(StoreName::Drafts, &id.to_string()).await
    })
    .await;
    if let Err(error) = written {
        device.ended.borrow_mut().remove(&id);
        return Err(NotSubmitted::Device(error));
    }
    for topic in [Topic::Drafts, Topic::Outbox, Topic::Records] {
        device.changes.announce(topic);
    }
    device.changes.wake();
    Ok(())
}
