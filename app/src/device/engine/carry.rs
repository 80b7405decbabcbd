//! Carrying a step out: ask the server, let `domain` decide what is written down, write it.

use super::{line_changed, mood, note, uploading_signal, wake};
use crate::device::{
    DeviceError,
    changes::{self, Topic},
    clock,
    db::{self, Kept},
    http, photos, session, worker,
};
use chrono::{DateTime, Utc};
use domain::{
    device::{
        Shelf,
        failure::Failure,
        key,
        parcel::ParcelRecord,
        queue::{About, PhotoRecord, Queued},
        settle::{Sent, failed_together},
        upload::{Said, UploadStep, next_chunk},
    },
    id::{DeviceId, OperationId, PersonId},
    photo::PhotoHash,
    sync::{RecordKind, SyncRequest, SyncResponse},
};
use leptos::{prelude::Set, task::spawn_local};
use serde_json::Value;

/// What writing an answer down touches.
const ANSWERED: [Shelf; 6] =
    [Shelf::Meta, Shelf::Records, Shelf::Outbox, Shelf::Operations, Shelf::Parcels, Shelf::Photos];

/// Sends operations and pulls, in one round trip.
pub(super) async fn sync(me: PersonId, ids: Vec<OperationId>) {
    let begun = clock::now();
    let (request, sent) = match prepare(me, &ids).await {
        Ok(prepared) => prepared,
        Err(error) => return not_kept(&error, begun),
    };
    let sends = u32::try_from(sent.len()).unwrap_or(u32::MAX);
    let answer = http::sync(&request).await;
    // As many answers as operations and in their order, or it is not an answer to this.
    let answer = answer
        .and_then(|answer| if Sent::fits(&sent, &answer) { Ok(answer) } else { Err(Failure::NoAnswer) });
    match answer {
        Ok(response) => {
            note("sync", "ok", sends, begun);
            if let Err(error) = clock::compare(response.now, begun).await {
                return not_kept(&error, begun);
            }
            match settle(me, &sent, &response).await {
                Ok(()) => {
                    mood(|mood| {
                        mood.line.reached();
                        if response.pull_failed {
                            mood.line.pull_missed(clock::now(), clock::chance());
                        } else {
                            mood.line.pulled(response.more);
                        }
                    });
                    line_changed(true);
                }
                // Not written down means not received: the same is asked again and answered the same.
                Err(error) => not_kept(&error, begun),
            }
        }
        Err(failure) => {
            note("sync", &format!("{failure:?}"), sends, begun);
            match failure {
                // Only what changed was asked for, and the server itself could not say: photos go on meanwhile.
                Failure::Server { .. } if sent.is_empty() => {
                    mood(|mood| mood.line.pull_missed(clock::now(), clock::chance()));
                    line_changed(true);
                }
                _ => missed(failure),
            }
            if !sent.is_empty() && failed(me, &sent, failure).await.is_ok() {
                changes::announce(Topic::Outbox);
            }
        }
    }
}

/// The phone's own storage failed: the line is well, and waits all the same.
fn not_kept(error: &DeviceError, begun: DateTime<Utc>) {
    note("storage", error.code(), 0, begun);
    missed(Failure::Server { status: 0 });
}

/// Those that are still there, as they are sent.
async fn prepare(me: PersonId, ids: &[OperationId]) -> Result<(SyncRequest, Vec<OperationId>), DeviceError> {
    let shelves = [Shelf::Outbox, Shelf::Operations, Shelf::Meta];
    let (operations, sent, cursor, device) = db::write(&shelves, async |tx| {
        if !session::is_still(tx, me).await? {
            return Err(DeviceError::Locked);
        }
        let queued: Vec<Queued> = tx.all(Shelf::Outbox).await?;
        let (mut operations, mut sent) = (vec![], vec![]);
        for id in ids {
            let Some(queued) = queued.iter().find(|queued| queued.operation == *id) else { continue };
            if let Some(raw) = tx.get::<Value>(Shelf::Operations, &queued.key()).await? {
                operations.push(raw);
                sent.push(*id);
            }
        }
        let device = match tx.get(Shelf::Meta, key::DEVICE).await? {
            Some(device) => device,
            None => {
                let device: DeviceId = clock::new_id();
                tx.put(Shelf::Meta, key::DEVICE, &device).await?;
                device
            }
        };
        Ok((operations, sent, tx.get(Shelf::Meta, key::CURSOR).await?, device))
    })
    .await?;
    if sent.is_empty() && !ids.is_empty() {
        // They stay where they are and are tried again, at longer and longer intervals.
        return Err(DeviceError::Unreadable("operations".to_owned()));
    }
    let request = SyncRequest {
        device,
        now: clock::now(),
        cursor,
        operations,
        pull: true,
        app: env!("CARGO_PKG_VERSION").to_owned(),
        schemas: RecordKind::schemas(),
    };
    Ok((request, sent))
}

/// Writes the answer down, as things stand when it comes.
async fn settle(me: PersonId, sent: &[OperationId], response: &SyncResponse) -> Result<(), DeviceError> {
    db::write(&ANSWERED, async |tx| {
        if !session::is_still(tx, me).await? {
            return Err(DeviceError::Locked);
        }
        let queued: Vec<Queued> = tx.all(Shelf::Outbox).await?;
        let operations: Vec<_> =
            queued.into_iter().filter(|queued| sent.contains(&queued.operation)).collect();
        let mut touched = Sent { reset: tx.get(Shelf::Meta, key::RESET).await?, ..Sent::default() };
        for queued in &operations {
            let parcel: Option<ParcelRecord> = tx.get(Shelf::Parcels, &queued.parcel.to_string()).await?;
            touched.parcels.extend(parcel.map(|parcel| (parcel.id, parcel)));
            if let About::Photo(hash) = &queued.about {
                let photo: Option<PhotoRecord> = tx.get(Shelf::Photos, hash.as_str()).await?;
                touched.photos.extend(photo.map(|photo| (hash.clone(), photo)));
            }
        }
        let writes = Sent { operations, ..touched }.answered(response, clock::now(), clock::chance())?;
        tx.carry_out(&writes).await
    })
    .await?;
    if !sent.is_empty() {
        changes::announce(Topic::Outbox);
    }
    if !sent.is_empty() || !response.changes.is_empty() {
        changes::announce(Topic::Records);
    }
    Ok(())
}

async fn failed(me: PersonId, sent: &[OperationId], failure: Failure) -> Result<(), DeviceError> {
    db::write(&[Shelf::Outbox, Shelf::Meta], async |tx| {
        if !session::is_still(tx, me).await? {
            return Err(DeviceError::Locked);
        }
        let queued: Vec<Queued> = tx.all(Shelf::Outbox).await?;
        let tried = queued.into_iter().filter(|queued| sent.contains(&queued.operation)).collect();
        tx.carry_out(&failed_together(tried, failure, clock::now(), clock::chance())?).await
    })
    .await
}

/// The line waits.
fn missed(failure: Failure) {
    mood(|mood| mood.line.missed(failure, clock::now(), clock::chance()));
    line_changed(failure != Failure::NoAnswer);
    if failure == Failure::NoAnswer && !wake::on_line() {
        spawn_local(worker::ask_to_be_woken());
    }
}

/// Takes one photo's upload a step further.
pub(super) async fn upload(me: PersonId, hash: PhotoHash) {
    let begun = clock::now();
    let held = db::read(&[Shelf::Photos, Shelf::PhotoBytes], async |tx| {
        let record: Option<PhotoRecord> = tx.get(Shelf::Photos, hash.as_str()).await?;
        Ok((record, tx.kept(Shelf::PhotoBytes, hash.as_str()).await?))
    })
    .await;
    let (record, kept) = match held {
        Ok((Some(record), kept)) => (record, kept),
        Ok((None, _)) => return,
        Err(error) => return not_kept(&error, begun),
    };
    let Some(step) = record.upload_step(mood(|mood| mood.chunk)) else { return };
    let percent = u8::try_from(100 - record.unsent() * 100 / record.facts.bytes.max(1)).unwrap_or(100);
    uploading_signal().set(Some((hash.clone(), percent)));
    let said = said(&record, &step, kept).await;
    uploading_signal().set(None);
    let after = record.after(said.as_ref().map_err(|failure| *failure), clock::now(), clock::chance());
    let written = db::write(&[Shelf::Photos, Shelf::Meta], async |tx| {
        if session::is_still(tx, me).await? {
            tx.carry_out(&[after.write()?]).await
        } else {
            Err(DeviceError::Locked)
        }
    })
    .await;
    changes::announce(Topic::Outbox);
    match (&said, written) {
        // The step will be repeated, and answered as before.
        (_, Err(error)) => not_kept(&error, begun),
        // The line is the line's matter; anything else is this photo's.
        (Err(failure @ (Failure::NoAnswer | Failure::SignIn | Failure::Later { .. })), Ok(())) => {
            missed(*failure)
        }
        (Ok(_), Ok(())) if !matches!(step, UploadStep::Ask { .. }) => {
            mood(|mood| mood.line.reached());
            line_changed(true);
        }
        // An answer without a piece that came through says nothing of how pieces fare.
        _ => line_changed(true),
    }
}

async fn said(record: &PhotoRecord, step: &UploadStep, kept: Option<Kept>) -> Result<Said, Failure> {
    let begun = clock::now();
    let facts = &record.facts;
    let (offset, length) = match step {
        UploadStep::Begin { length } => (0, *length),
        UploadStep::Send { offset, length, .. } => (*offset, *length),
        UploadStep::Ask { at } => return http::upload_offset(at).await,
        UploadStep::Claim => return http::photo_receipt(&facts.hash).await,
    };
    let bytes = match kept {
        Some(kept) => kept.bytes(Shelf::PhotoBytes, facts.hash.as_str()).ok().flatten(),
        None => None,
    };
    let within = |bytes: &Vec<u8>| {
        let from = usize::try_from(offset).ok()?;
        let to = usize::try_from(offset + length).ok()?;
        Some(bytes.get(from..to)?.to_vec())
    };
    // The bytes are gone from this phone: nothing can be sent, and the list says so.
    let Some(chunk) = bytes.as_ref().and_then(within) else { return Err(Failure::Refused { status: 422 }) };
    let said = match step {
        UploadStep::Send { at, .. } => http::upload_chunk(at, offset, &chunk).await,
        _ => http::begin_upload(facts, &chunk).await,
    };
    let came = said.as_ref().map_or_else(|failure| format!("{failure:?}"), |_| "ok".to_owned());
    note("upload", &came, 0, begun);
    let took = said.is_ok().then(|| (clock::now() - begun).num_milliseconds().unsigned_abs());
    // A last small piece says nothing of the line.
    if took.is_none() || chunk.len() as u64 >= mood(|mood| mood.chunk) {
        mood(|mood| mood.chunk = next_chunk(mood.chunk, took));
    }
    said
}

/// Fetches a small picture; one that cannot be had is asked for once.
pub(super) async fn fetch(me: PersonId, hash: PhotoHash) {
    let kept = match http::thumbnail(&hash).await {
        Ok(bytes) => db::write(&[Shelf::Thumbnails, Shelf::Meta], async |tx| {
            if session::is_still(tx, me).await? {
                tx.put_bytes(Shelf::Thumbnails, hash.as_str(), &bytes).await
            } else {
                Err(DeviceError::Locked)
            }
        })
        .await
        .is_ok(),
        Err(_) => false,
    };
    if kept {
        photos::arrived();
    } else {
        mood(|mood| mood.missing.push(hash));
    }
}
