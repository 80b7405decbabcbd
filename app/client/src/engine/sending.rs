//! Sending operations, and pulling in the same round trip. Of the engine's errands: nothing is sent before something was submitted.

use super::{
    Engine, clocks, heartbeat,
    prepare::{Prepared, prepare},
    pulling,
    transport::{self, Noted, Said, Trip},
};
use crate::{Device, DeviceError, changes::Topic, db, http, session};
use domain::{
    device::{
        StoreName,
        apply_response::{Sent, failed_together},
        failure::Failure,
        key,
        queue::{About, PhotoRecord, Queued},
        submission::SubmissionRecord,
    },
    id::{OperationId, PersonId},
    sync::SyncResponse,
};

/// What writing an answer down touches.
const STORES: [StoreName; 6] = [
    StoreName::Meta,
    StoreName::Records,
    StoreName::Outbox,
    StoreName::Operations,
    StoreName::Submissions,
    StoreName::Photos,
];

/// Sends operations and pulls, in one round trip.
pub(super) async fn send(engine: &Engine, me: PersonId, ids: Vec<OperationId>) {
    let device = &engine.device;
    let begun = device.clock.now();
    let Prepared { request, sent, unread } =
        match prepare(device, me, &ids, engine.state(|state| state.page)).await {
            Ok(prepared) => prepared,
            Err(error) => return transport::not_kept(engine, &error, begun),
        };
    if let Some(id) = unread {
        // It stays where it is and is looked at again, at longer and longer intervals: neither other work nor photos wait for it.
        let _ = failed(device, me, &[id], Failure::Server { status: 0 }).await;
    }
    if sent.is_empty() {
        return pulling::ask(engine, me, &request, begun).await;
    }
    let sends = u32::try_from(sent.len()).unwrap_or(u32::MAX);
    // What was asked for while a PIN was chosen is no answer to this.
    engine.state(|state| state.first = None);
    let answer = http::sync(device, &request).await;
    let trip = Trip { begun, asked: begun, answered: device.clock.now() };
    // As many answers as operations and in their order, or it is not an answer to this.
    let answer = answer
        .and_then(|answer| if Sent::fits(&sent, &answer) { Ok(answer) } else { Err(Failure::NoAnswer) });
    match answer {
        Ok(response) => {
            engine.note("sync", "ok", sends, begun);
            let said = said(&response);
            let clocks = clocks::compare(device, said.now, trip.asked, trip.answered);
            let noted = Noted { clocks, told: heartbeat::heard(me, &request, said.heard) };
            match apply_response(device, me, &sent, &response, noted).await {
                Ok(()) => transport::arrived(engine, &request, said, trip),
                // Not written down means not received: the same is asked again and answered the same.
                Err(error) => transport::not_kept(engine, &error, begun),
            }
        }
        Err(failure) => {
            transport::went_in_vain(engine, failure, sends, begun);
            transport::missed(engine, failure);
            if failed(device, me, &sent, failure).await.is_ok() {
                device.changes.announce(Topic::Outbox);
            }
        }
    }
}

fn said(response: &SyncResponse) -> Said {
    Said {
        more: response.more,
        pull_failed: response.pull_failed,
        heard: response.heard,
        ..Said::of(response.now, &response.changes)
    }
}

/// Writes the answer down, as things stand when it comes.
async fn apply_response(
    device: &Device,
    me: PersonId,
    sent: &[OperationId],
    response: &SyncResponse,
    noted: Noted,
) -> Result<(), DeviceError> {
    db::write(&device.db, &STORES, async |tx| {
        transport::note(tx, me, &noted).await?;
        let queued: Vec<Queued> = tx.all(StoreName::Outbox).await?;
        let operations: Vec<_> =
            queued.into_iter().filter(|queued| sent.contains(&queued.operation)).collect();
        let mut touched = Sent { reset: tx.get(StoreName::Meta, key::RESET).await?, ..Sent::default() };
        for queued in &operations {
            let submission: Option<SubmissionRecord> =
                tx.get(StoreName::Submissions, &queued.submission.to_string()).await?;
            touched.submissions.extend(submission.map(|submission| (submission.id, submission)));
            if let About::Photo(hash) = &queued.about {
                let photo: Option<PhotoRecord> = tx.get(StoreName::Photos, hash.as_str()).await?;
                touched.photos.extend(photo.map(|photo| (hash.clone(), photo)));
            }
        }
        let (now, chance) = (device.clock.now(), device.clock.chance());
        let writes = Sent { operations, ..touched }.answered(response, now, chance)?;
        tx.carry_out(&writes).await
    })
    .await?;
    device.changes.announce(Topic::Outbox);
    // What was sent is no longer decided on top of the office's records.
    transport::announce(device, said(response), true).await
}

async fn failed(
    device: &Device,
    me: PersonId,
    sent: &[OperationId],
    failure: Failure,
) -> Result<(), DeviceError> {
    db::write(&device.db, &[StoreName::Outbox, StoreName::Meta], async |tx| {
        if !session::is_still(tx, me).await? {
            return Err(DeviceError::Locked);
        }
        let queued: Vec<Queued> = tx.all(StoreName::Outbox).await?;
        let tried = queued.into_iter().filter(|queued| sent.contains(&queued.operation)).collect();
        let (now, chance) = (device.clock.now(), device.clock.chance());
        tx.carry_out(&failed_together(tried, failure, now, chance)?).await
    })
    .await
}
