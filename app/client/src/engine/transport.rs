//! Carrying a step out: ask the server, let `domain` decide what is written down, write it.

use super::{Engine, EngineState, clocks, first_pull, heartbeat};
use crate::{
    Device, DeviceError,
    changes::Topic,
    db, http,
    platform::{Page as _, Runtime as _, StoredValue},
    records, session,
};
use chrono::{DateTime, Utc};
use domain::{
    device::{
        StoreName, Write,
        apply_response::{Sent, failed_together},
        failure::Failure,
        heartbeat::{Heartbeat, Told},
        key,
        page::next_page,
        queue::{About, PhotoRecord, Queued},
        skew::Compared,
        submission::SubmissionRecord,
        upload::{UploadReply, UploadStep, next_chunk},
    },
    id::{DeviceId, OperationId, PersonId},
    photo::PhotoHash,
    sync::{Cursor, RecordKind, SyncRequest, SyncResponse},
};
use serde_json::Value;

/// What writing an answer down touches.
const ANSWERED: [StoreName; 6] = [
    StoreName::Meta,
    StoreName::Records,
    StoreName::Outbox,
    StoreName::Operations,
    StoreName::Submissions,
    StoreName::Photos,
];

/// Sends operations and pulls, in one round trip.
pub(super) async fn sync(engine: &Engine, me: PersonId, ids: Vec<OperationId>) {
    let device = &engine.device;
    let begun = device.clock.now();
    let (request, sent) = match prepare(device, me, &ids, engine.state(|state| state.page)).await {
        Ok(prepared) => prepared,
        Err(error) => return not_kept(engine, &error, begun),
    };
    let sends = u32::try_from(sent.len()).unwrap_or(u32::MAX);
    let (asked, answered, ready, answer) = match first_pull::answer(engine, me, &request) {
        Some(first) => (first.asked, first.answered, Some(first.writes), Ok(first.response)),
        None => {
            let answer = http::sync(device, &request).await;
            (begun, device.clock.now(), None, answer)
        }
    };
    // As many answers as operations and in their order, or it is not an answer to this.
    let answer = answer
        .and_then(|answer| if Sent::fits(&sent, &answer) { Ok(answer) } else { Err(Failure::NoAnswer) });
    match answer {
        Ok(response) => {
            engine.note("sync", "ok", sends, begun);
            let clocks = clocks::compare(device, response.now, asked, answered);
            let told = heartbeat::heard(me, &request, &response);
            match apply_response(device, me, &sent, &response, (&clocks, told), ready).await {
                Ok(()) => {
                    heartbeat::told(engine, &request, &response);
                    let (now, chance) = (device.clock.now(), device.clock.chance());
                    engine.state(|state| {
                        state.line.reached();
                        state.unanswered.clear();
                        // Only a page that was full says how pages fare.
                        if response.more {
                            let took = (answered - asked).num_milliseconds().unsigned_abs();
                            state.page = next_page(state.page, Some(took));
                        }
                        if response.pull_failed {
                            state.line.pull_missed(now, chance);
                        } else {
                            // One that lay here while a PIN was chosen may be a while old.
                            state.line.pulled(response.more || answered < begun);
                        }
                    });
                    engine.line_changed(true);
                }
                // Not written down means not received: the same is asked again and answered the same.
                Err(error) => not_kept(engine, &error, begun),
            }
        }
        Err(failure) => {
            engine.note("sync", &format!("{failure:?}"), sends, begun);
            if failure == Failure::NoAnswer {
                engine.state(|state| state.page = next_page(state.page, None));
            }
            match failure {
                // Only what changed was asked for, and the server itself could not say: photos go on meanwhile.
                Failure::Server { .. } if sent.is_empty() => {
                    let (now, chance) = (device.clock.now(), device.clock.chance());
                    engine.state(|state| state.line.pull_missed(now, chance));
                    engine.line_changed(true);
                }
                _ => missed(engine, failure),
            }
            if !sent.is_empty() && failed(device, me, &sent, failure).await.is_ok() {
                device.changes.announce(Topic::Outbox);
            }
        }
    }
}

/// The phone's own storage failed: the line is well, and waits all the same.
pub(super) fn not_kept(engine: &Engine, error: &DeviceError, begun: DateTime<Utc>) {
    engine.note("storage", error.code(), 0, begun);
    missed(engine, Failure::Server { status: 0 });
}

/// Those that are still there, as they are sent.
async fn prepare(
    device: &Device,
    me: PersonId,
    ids: &[OperationId],
    page_bytes: u32,
) -> Result<(SyncRequest, Vec<OperationId>), DeviceError> {
    let stores: Vec<_> = heartbeat::STORES.into_iter().chain([StoreName::Operations]).collect();
    let (operations, sent, cursor, name, said) = db::write(&device.db, &stores, async |tx| {
        if !session::is_still(tx, me).await? {
            return Err(DeviceError::Locked);
        }
        let queued: Vec<Queued> = tx.all(StoreName::Outbox).await?;
        let (mut operations, mut sent) = (vec![], vec![]);
        for id in ids {
            let Some(queued) = queued.iter().find(|queued| queued.operation == *id) else { continue };
            if let Some(raw) = tx.get::<Value>(StoreName::Operations, &queued.key()).await? {
                operations.push(raw);
                sent.push(*id);
            }
        }
        let name = device_name(device, tx).await?;
        let said = heartbeat::next(device, tx, me, &queued).await?;
        Ok((operations, sent, tx.get(StoreName::Meta, key::CURSOR).await?, name, said))
    })
    .await?;
    if sent.is_empty() && !ids.is_empty() {
        // They stay where they are and are tried again, at longer and longer intervals.
        return Err(DeviceError::Unreadable("operations".to_owned()));
    }
    Ok((request(device, name, cursor, operations, Some(said), page_bytes), sent))
}

/// This phone's own name, made where there is none yet.
pub(super) async fn device_name(device: &Device, tx: &db::Tx<'_>) -> Result<DeviceId, DeviceError> {
    if let Some(name) = tx.get(StoreName::Meta, key::DEVICE).await? {
        return Ok(name);
    }
    let name: DeviceId = device.clock.new_id();
    tx.put(StoreName::Meta, key::DEVICE, &name).await?;
    Ok(name)
}

pub(super) fn request(
    device: &Device,
    name: DeviceId,
    cursor: Option<Cursor>,
    operations: Vec<Value>,
    heartbeat: Option<Heartbeat>,
    page_bytes: u32,
) -> SyncRequest {
    SyncRequest {
        device: name,
        now: device.clock.now(),
        cursor,
        operations,
        pull: true,
        page_bytes: Some(page_bytes),
        app: env!("CARGO_PKG_VERSION").to_owned(),
        heartbeat,
    }
}

/// Writes the answer down, as things stand when it comes; `ready` where that was decided before.
async fn apply_response(
    device: &Device,
    me: PersonId,
    sent: &[OperationId],
    response: &SyncResponse,
    (clocks, told): (&Compared, Option<Told>),
    ready: Option<Vec<Write>>,
) -> Result<(), DeviceError> {
    let changed = ready.is_some() || !response.changes.is_empty();
    db::write(&device.db, &ANSWERED, async |tx| {
        if !session::is_still(tx, me).await? {
            return Err(DeviceError::Locked);
        }
        tx.put(StoreName::Meta, key::CLOCKS, clocks).await?;
        if let Some(told) = &told {
            tx.put(StoreName::Meta, key::TOLD, told).await?;
        }
        if let Some(ready) = ready {
            return tx.carry_out(&ready).await;
        }
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
    if !sent.is_empty() {
        device.changes.announce(Topic::Outbox);
    }
    // Before the screens look: they ask who may do what.
    if response.changes.iter().any(|change| change.kind == RecordKind::Directory.as_str())
        && let Some(directory) = records::directory_head(device).await?
    {
        session::is_told(device, directory.me);
    }
    if changed || !sent.is_empty() {
        device.changes.announce(Topic::Records);
    }
    Ok(())
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

/// The line waits.
pub(super) fn missed(engine: &Engine, failure: Failure) {
    let device = &engine.device;
    let (now, chance) = (device.clock.now(), device.clock.chance());
    engine.state(|state| state.line.missed(failure, now, chance));
    engine.line_changed(failure != Failure::NoAnswer);
    if failure == Failure::NoAnswer && !device.page.is_online() {
        let asking = device.clone();
        device.runtime.spawn(async move { asking.page.ask_to_be_woken().await });
    }
}

/// Takes one photo's upload a step further.
pub(super) async fn upload(engine: &Engine, me: PersonId, hash: PhotoHash) {
    let device = &engine.device;
    let begun = device.clock.now();
    let held = db::read(&device.db, &[StoreName::Photos, StoreName::PhotoBytes], async |tx| {
        let record: Option<PhotoRecord> = tx.get(StoreName::Photos, hash.as_str()).await?;
        Ok((record, tx.kept(StoreName::PhotoBytes, hash.as_str()).await?))
    })
    .await;
    let (record, kept) = match held {
        Ok((Some(record), kept)) => (record, kept),
        Ok((None, _)) => return,
        Err(error) => return not_kept(engine, &error, begun),
    };
    let Some(step) = record.upload_step(engine.state(|state| state.chunk)) else { return };
    if !record.is_received() {
        let percent = u8::try_from(100 - record.unsent() * 100 / record.facts.bytes.max(1)).unwrap_or(100);
        device.uploading.set(Some((hash.clone(), percent)));
    }
    let said = said(engine, &record, &step, kept).await;
    device.uploading.set(None);
    let (now, chance) = (device.clock.now(), device.clock.chance());
    let after = record.after(said.as_ref().map_err(|failure| *failure), now, chance);
    let written = db::write(&device.db, &[StoreName::Photos, StoreName::Meta], async |tx| {
        if session::is_still(tx, me).await? {
            tx.carry_out(&[after.write()?]).await
        } else {
            Err(DeviceError::Locked)
        }
    })
    .await;
    device.changes.announce(Topic::Outbox);
    match (&said, written) {
        // The step will be repeated, and answered as before.
        (_, Err(error)) => not_kept(engine, &error, begun),
        // The line is the line's matter; anything else is this photo's.
        (Err(failure @ (Failure::NoAnswer | Failure::SignIn | Failure::RetryAfter { .. })), Ok(())) => {
            missed(engine, *failure);
        }
        (Ok(_), Ok(())) if !matches!(step, UploadStep::Ask { .. }) => {
            engine.state(|state| state.line.reached());
            engine.line_changed(true);
        }
        // An answer without a piece that came through says nothing of how pieces fare.
        _ => engine.line_changed(true),
    }
}

async fn said(
    engine: &Engine,
    record: &PhotoRecord,
    step: &UploadStep,
    kept: Option<StoredValue>,
) -> Result<UploadReply, Failure> {
    let device = &engine.device;
    let begun = device.clock.now();
    let facts = &record.facts;
    let (offset, length) = match step {
        UploadStep::Begin { length } => (0, *length),
        UploadStep::Send { offset, length, .. } => (*offset, *length),
        UploadStep::Ask { at } => return http::upload_offset(device, at).await,
        UploadStep::Claim => return http::photo_receipt(device, &facts.hash).await,
    };
    let bytes = match kept {
        Some(kept) => {
            kept.bytes(&device.encryption, StoreName::PhotoBytes, facts.hash.as_str()).ok().flatten()
        }
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
        UploadStep::Send { at, .. } => http::upload_chunk(device, at, offset, &chunk).await,
        _ => http::begin_upload(device, facts, &chunk).await,
    };
    let came = said.as_ref().map_or_else(|failure| format!("{failure:?}"), |_| "ok".to_owned());
    engine.note("upload", &came, 0, begun);
    let took = said.is_ok().then(|| (device.clock.now() - begun).num_milliseconds().unsigned_abs());
    // A last small piece says nothing of the line.
    if took.is_none() || chunk.len() as u64 >= engine.state(|state| state.chunk) {
        engine.state(|state| state.chunk = next_chunk(state.chunk, took));
    }
    said
}

/// Fetches a small picture.
pub(super) async fn fetch(engine: &Engine, me: PersonId, hash: PhotoHash) {
    let came = http::thumbnail(&engine.device, &hash).await;
    keep_small(engine, me, hash, came).await;
}

/// Fetches a picture of a form as it is: it is small enough, and its name says which bytes it has.
pub(super) async fn fetch_picture(engine: &Engine, me: PersonId, hash: PhotoHash) {
    let came = http::photo(&engine.device, &hash).await;
    keep_small(engine, me, hash, came).await;
}

/// One that the server does not have is asked for once; one that did not come, when the line is there again.
async fn keep_small(engine: &Engine, me: PersonId, hash: PhotoHash, came: Result<Vec<u8>, Failure>) {
    let device = &engine.device;
    let bytes = match came {
        Ok(bytes) => bytes,
        Err(failure) => return engine.state(|state| not_had(failure, state).push(hash)),
    };
    let kept = db::write(&device.db, &[StoreName::Thumbnails, StoreName::Meta], async |tx| {
        if session::is_still(tx, me).await? {
            tx.put_bytes(StoreName::Thumbnails, hash.as_str(), &bytes).await
        } else {
            Err(DeviceError::Locked)
        }
    })
    .await;
    match kept {
        Ok(()) => device.changes.announce(Topic::Photos),
        Err(_) => engine.state(|state| state.unanswered.push(hash)),
    }
}

/// Where a small picture is noted that was not had.
fn not_had(failure: Failure, state: &mut EngineState) -> &mut Vec<PhotoHash> {
    match failure {
        Failure::Gone | Failure::Refused { .. } | Failure::Conflict | Failure::Unwritable => {
            &mut state.missing
        }
        Failure::NoAnswer | Failure::SignIn | Failure::RetryAfter { .. } | Failure::Server { .. } => {
            &mut state.unanswered
        }
    }
}
