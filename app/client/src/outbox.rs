//! 待传: what waits for the server, and what came of what was sent.
//! Watch [`Topic::Outbox`].
//!
//! What a person does at once is one *submission*: a visit with its hazards and photos, or a command with its photos. It
//! holds operations, each queued, answered and perhaps refused by itself, and photos whose bytes follow. Everything is
//! marked with its owner: another person who signs in on this phone neither sees nor sends it.

pub use domain::device::{
    queue::{LastTry, TryFailure},
    submission::{Counts, Subject, Submission, SubmissionState},
};

use crate::{
    Device, DeviceError,
    changes::Topic,
    db::{self, Tx},
    drafts, given_tasks, photos, session,
};
use chrono::{DateTime, Utc};
use domain::{
    device::{
        StoreName, Unwritable,
        enqueue::{self, NewSubmission},
        key,
        queue::{About, DeliveryStatus, PhotoRecord, PhotoStatus, Queued, RetryState},
        submission::{REMEMBERED, SubmissionRecord, in_order},
        submitted_visit::{SubmittedVisit, VisitOperation},
    },
    hazard::{Found, HazardCommand},
    id::{HazardId, OperationId, SiteId},
    limits::{Excess, Field, OverLimit},
    order::collected,
    photo::PhotoHash,
    sync::{self, LARGEST_OPERATION, Payload, RecordKind},
};
use std::collections::{BTreeMap, BTreeSet};

/// What putting something into the outbox touches.
pub(crate) const STORES: [StoreName; 5] =
    [StoreName::Meta, StoreName::Outbox, StoreName::Operations, StoreName::Submissions, StoreName::Photos];

/// Unsent and refused ones first, oldest first; then those received in the last days, newest first.
pub async fn all(device: &Device) -> Result<Vec<Submission>, DeviceError> {
    let Some(me) = session::owner(device) else { return Ok(vec![]) };
    let stores = [StoreName::Submissions, StoreName::Outbox, StoreName::Photos];
    let (records, queued, photos) = db::read(&device.db, &stores, async |tx| {
        let records: Vec<SubmissionRecord> = tx.all(StoreName::Submissions).await?;
        let queued: Vec<Queued> = tx.all(StoreName::Outbox).await?;
        let photos: Vec<PhotoRecord> = tx.all(StoreName::Photos).await?;
        Ok((records, queued, photos))
    })
    .await?;
    let photos: BTreeMap<_, _> = collected(photos.into_iter().map(|photo| (photo.facts.hash.clone(), photo)));
    let uploading = device.uploading.get();
    let mine = records.into_iter().filter(|record| record.owner == me);
    let mut submissions: Vec<Submission> = mine
        .map(|record| {
            let operations: Vec<_> = queued.iter().filter(|queued| queued.submission == record.id).collect();
            let photos: Vec<_> = record.photos.iter().filter_map(|hash| photos.get(hash)).collect();
            record.submission(&operations, &photos, uploading.as_ref())
        })
        .collect();
    in_order(&mut submissions);
    Ok(submissions)
}

/// Visits that wait to be sent. One that cannot be read again is sent all the same, and says nothing here.
pub(crate) async fn unsent_visits(tx: &Tx<'_>) -> Result<Vec<SubmittedVisit>, DeviceError> {
    let mut visits = vec![];
    for queued in tx.all::<Queued>(StoreName::Outbox).await? {
        if !queued.waits() || !matches!(queued.about, About::Visit(_)) {
            continue;
        }
        let operation: Option<VisitOperation> = tx.readable(StoreName::Operations, &queued.key()).await?;
        visits.extend(operation.map(SubmittedVisit::from));
    }
    Ok(visits)
}

pub async fn counts(device: &Device) -> Result<Counts, DeviceError> {
    Ok(Counts::of(&all(device).await?))
}

/// Whether anybody's unsent work or draft is sealed on this phone; says nothing of whose.
pub async fn holds_anything(device: &Device) -> Result<bool, DeviceError> {
    db::read(&device.db, &[StoreName::Outbox, StoreName::Drafts], async |tx| {
        Ok(!tx.keys(StoreName::Outbox).await?.is_empty() || !tx.keys(StoreName::Drafts).await?.is_empty())
    })
    .await
}

/// Applies a command to this phone's copy of the hazard and puts it, with its photos, into the outbox.
pub async fn act(
    device: &Device,
    hazard: HazardId,
    command: HazardCommand,
    title: String,
) -> Result<(), DeviceError> {
    put_hazard_submission(device, hazard, None, command, title).await
}

/// Reports a hazard that no visit found.
pub async fn report(
    device: &Device,
    site: SiteId,
    found: Found,
    title: String,
) -> Result<HazardId, DeviceError> {
    let hazard = device.clock.new_id();
    put_hazard_submission(device, hazard, Some(site), HazardCommand::Report(found), title).await?;
    Ok(hazard)
}

/// `site`: of a report, which makes the hazard there. One that is made already, by another tab for instance, is not made once more.
pub(crate) async fn put_hazard_submission(
    device: &Device,
    hazard: HazardId,
    site: Option<SiteId>,
    command: HazardCommand,
    title: String,
) -> Result<(), DeviceError> {
    let photos: Vec<PhotoHash> = command.photos().into_iter().cloned().collect();
    let payload = Payload::Hazard { hazard, event: device.clock.new_id(), site, command };
    let stores: Vec<_> = STORES.into_iter().chain(site.map(|_| StoreName::Records)).collect();
    db::write(&device.db, &stores, async |tx| {
        if site.is_some() && is_made(tx, hazard).await? {
            return Ok(());
        }
        enqueue(device, tx, title, Subject::Hazard { hazard }, vec![payload], photos).await
    })
    .await?;
    for topic in [Topic::Outbox, Topic::Records] {
        device.changes.announce(topic);
    }
    device.changes.wake();
    Ok(())
}

/// Whether the hazard is on its way to the office, or there.
async fn is_made(tx: &Tx<'_>, hazard: HazardId) -> Result<bool, DeviceError> {
    let key = sync::key(RecordKind::Hazard, &hazard.to_string());
    let queued: Vec<Queued> = tx.all(StoreName::Outbox).await?;
    let waits = queued.iter().any(|queued| queued.about == About::Hazard(hazard));
    Ok(waits || tx.kept(StoreName::Records, &key).await?.is_some())
}

/// Puts a submission into the outbox: the facts of its photos, then its payloads in order.
pub(crate) async fn enqueue(
    device: &Device,
    tx: &Tx<'_>,
    title: String,
    subject: Subject,
    payloads: Vec<Payload>,
    named: Vec<PhotoHash>,
) -> Result<(), DeviceError> {
    let owner = session::owner(device).ok_or(DeviceError::WrongPassword)?;
    let payloads: Vec<_> = payloads.into_iter().map(Payload::tidied).collect();
    payloads.iter().try_for_each(Payload::check_limits)?;
    payloads.iter().try_for_each(check_size)?;
    let mut photos = vec![];
    for hash in &named {
        photos.extend(tx.get::<PhotoRecord>(StoreName::Photos, hash.as_str()).await?);
    }
    let last = tx.get(StoreName::Meta, key::OUTBOX_NUMBER).await?.unwrap_or_default();
    let new_submission =
        NewSubmission { owner, title, subject, at: device.clock.now(), payloads, photos, named };
    tx.carry_out(&new_submission.writes(last, || device.clock.new_id())?).await
}

/// Each text within its limit, and together more than the office takes at once: many long remarks in several forms. Queued,
/// it would be refused for good; here it can still be shortened.
fn check_size(payload: &Payload) -> Result<(), DeviceError> {
    /// Id, schema and time beside the payload, and more than they take.
    const AROUND: usize = 1024;
    let bytes = serde_json::to_string(payload).map_err(Unwritable::from)?.len();
    if bytes + AROUND <= LARGEST_OPERATION {
        return Ok(());
    }
    Err(OverLimit { field: Field::Answers, excess: Excess::TooLong(LARGEST_OPERATION as u32) }.into())
}

/// Queues an operation that no list shows, such as a report.
pub(crate) async fn enqueue_alone(device: &Device, tx: &Tx<'_>, payload: Payload) -> Result<(), DeviceError> {
    let owner = session::owner(device).ok_or(DeviceError::WrongPassword)?;
    let last: u64 = tx.get(StoreName::Meta, key::OUTBOX_NUMBER).await?.unwrap_or_default();
    let (now, id) = (device.clock.now(), device.clock.new_id());
    tx.carry_out(&enqueue::alone(last + 1, owner, now, id, payload)?).await
}

/// Lets a submission be tried at once, whatever it waits for.
pub async fn try_now(device: &Device, submission: OperationId) -> Result<(), DeviceError> {
    let now_due = |tries: &mut RetryState| tries.not_before = None;
    db::write(&device.db, &STORES, async |tx| {
        for mut queued in tx.all::<Queued>(StoreName::Outbox).await? {
            if let DeliveryStatus::Waiting(tries) = &mut queued.status
                && queued.submission == submission
            {
                now_due(tries);
                tx.carry_out(&[queued.write()?]).await?;
            }
        }
        let record: Option<SubmissionRecord> =
            tx.get(StoreName::Submissions, &submission.to_string()).await?;
        for hash in record.iter().flat_map(|record| &record.photos) {
            let photo: Option<PhotoRecord> = tx.get(StoreName::Photos, hash.as_str()).await?;
            if let Some(mut photo) = photo
                && let PhotoStatus::Waiting { tries, .. } = &mut photo.status
            {
                now_due(tries);
                tx.carry_out(&[photo.write()?]).await?;
            }
        }
        Ok(())
    })
    .await?;
    device.changes.wake();
    Ok(())
}

/// Takes a refused submission off the list; its record stays on the server where it was kept. Photos that something begun names stay
/// for that.
pub async fn dismiss(device: &Device, submission: OperationId) -> Result<(), DeviceError> {
    let stores: Vec<_> = STORES.into_iter().chain([StoreName::PhotoBytes, StoreName::Drafts]).collect();
    let of_tasks = given_tasks::refused(device).await?;
    let of_settings = session::owner(device).and_then(|me| photos::in_settings(device, me));
    db::write(&device.db, &stores, async |tx| {
        let queued: Vec<Queued> = tx.all(StoreName::Outbox).await?;
        let of_it = || queued.iter().filter(|queued| queued.submission == submission);
        for refused in of_it().filter(|queued| !queued.waits()) {
            tx.carry_out(&refused.remove()).await?;
        }
        if of_it().any(Queued::waits) {
            return Ok(());
        }
        let records: Vec<SubmissionRecord> = tx.all(StoreName::Submissions).await?;
        let (gone, others): (Vec<_>, Vec<_>) =
            records.into_iter().partition(|record| record.id == submission);
        let begun = drafts::photos(tx).await?.zip(of_settings).map(|(mut begun, of_settings)| {
            begun.extend(of_settings);
            begun
        });
        for hash in gone.iter().flat_map(|record| &record.photos) {
            let photo: Option<PhotoRecord> = tx.get(StoreName::Photos, hash.as_str()).await?;
            // What the server will never be told of, or does not take, has nowhere to go.
            let goes_nowhere = |photo: &PhotoRecord| {
                let unheard = matches!(photo.status, PhotoStatus::Waiting { announced: false, .. });
                unheard || photo.status == PhotoStatus::Refused
            };
            let elsewhere = others.iter().any(|record| record.photos.contains(hash));
            let Some(photo) = photo.filter(goes_nowhere).filter(|_| !elsewhere) else { continue };
            // Where it cannot be read what was begun, it may name anything.
            if begun.as_ref().is_none_or(|begun| begun.contains(hash)) {
                tx.carry_out(&[PhotoRecord { status: PhotoStatus::Held, ..photo }.write()?]).await?;
            } else {
                delete_photo(tx, hash).await?;
            }
        }
        tx.delete(StoreName::Submissions, &submission.to_string()).await
    })
    .await?;
    given_tasks::dismissed(device, submission, &of_tasks);
    device.changes.announce(Topic::Outbox);
    Ok(())
}

/// Forgets what was received long ago, and frees the photo bytes that the server holds and could unpack. `now` is the office's time.
pub(crate) async fn prune(device: &Device, now: DateTime<Utc>) -> Result<(), DeviceError> {
    let stores = [StoreName::Submissions, StoreName::Outbox, StoreName::Photos, StoreName::PhotoBytes];
    db::write(&device.db, &stores, async |tx| {
        let queued: Vec<Queued> = tx.all(StoreName::Outbox).await?;
        let photos: Vec<PhotoRecord> = tx.all(StoreName::Photos).await?;
        let mut named = BTreeSet::new();
        for record in tx.all::<SubmissionRecord>(StoreName::Submissions).await? {
            if record.may_be_forgotten(&queued, &photos, now) {
                tx.delete(StoreName::Submissions, &record.id.to_string()).await?;
            } else {
                named.extend(record.photos);
            }
        }
        // Without them, what is still on the list would count them as waiting.
        for photo in photos.iter().filter(|photo| !named.contains(&photo.facts.hash)) {
            if let PhotoStatus::Received { at, unpacking: None } = photo.status
                && now - at > REMEMBERED
            {
                delete_photo(tx, &photo.facts.hash).await?;
            }
        }
        Ok(())
    })
    .await
}

async fn delete_photo(tx: &Tx<'_>, hash: &PhotoHash) -> Result<(), DeviceError> {
    tx.delete(StoreName::PhotoBytes, hash.as_str()).await?;
    tx.delete(StoreName::Photos, hash.as_str()).await
}
