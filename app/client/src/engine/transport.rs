//! Carrying a step out: ask the server, let `domain` decide what is written down, write it. What pulling ([`super::pulling`]) and
//! sending ([`super::sending`]) share, and photos.

use super::{Engine, EngineState, heartbeat};
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
        StoreName,
        failure::Failure,
        heartbeat::Told,
        key,
        page::next_page,
        queue::PhotoRecord,
        skew::Compared,
        upload::{UploadReply, UploadStep, next_chunk},
    },
    id::PersonId,
    photo::PhotoHash,
    sync::{Envelope, RecordKind, SyncRequest},
};

/// A request to the server and its answer, by this phone's clock.
#[derive(Clone, Copy)]
pub(super) struct Trip {
    /// When it began; the answer may have been here before.
    pub begun: DateTime<Utc>,
    pub asked: DateTime<Utc>,
    pub answered: DateTime<Utc>,
}

/// What an answer says beside what is written down.
#[derive(Clone, Copy)]
pub(super) struct Said {
    pub now: DateTime<Utc>,
    pub more: bool,
    pub pull_failed: bool,
    pub heard: bool,
    /// Something has changed.
    pub changed: bool,
    /// The places, or who this person is, among it.
    pub directory: bool,
}

impl Said {
    /// Of the answer's records.
    pub fn of(now: DateTime<Utc>, changes: &[Envelope]) -> Self {
        let directory = changes.iter().any(|change| change.kind == RecordKind::Directory.as_str());
        Self { now, more: false, pull_failed: false, heard: false, changed: !changes.is_empty(), directory }
    }
}

/// What of an answer is the phone's own: how the clocks stand, and what the office has heard.
pub(super) struct Noted {
    pub clocks: Compared,
    pub told: Option<Told>,
}

/// Written down with the rest of the answer, in its transaction.
pub(super) async fn note(tx: &db::Tx<'_>, me: PersonId, noted: &Noted) -> Result<(), DeviceError> {
    if !session::is_still(tx, me).await? {
        return Err(DeviceError::Locked);
    }
    tx.put(StoreName::Meta, key::CLOCKS, &noted.clocks).await?;
    match &noted.told {
        Some(told) => tx.put(StoreName::Meta, key::TOLD, told).await,
        None => Ok(()),
    }
}

/// The answer is written down: whoever shows records looks again.
pub(super) async fn announce(device: &Device, said: Said, changed: bool) -> Result<(), DeviceError> {
    // Before the screens look: they ask who may do what.
    if said.directory
        && let Some(directory) = records::directory_head(device).await?
    {
        session::is_told(device, directory.me);
    }
    if changed {
        device.changes.announce(Topic::Records);
    }
    Ok(())
}

/// An answer came, and is kept.
pub(super) fn arrived(engine: &Engine, request: &SyncRequest, said: Said, trip: Trip) {
    let device = &engine.device;
    heartbeat::told(engine, request, said.heard);
    let (now, chance) = (device.clock.now(), device.clock.chance());
    engine.state(|state| {
        state.line.reached();
        state.unanswered.clear();
        if said.changed {
            state.wanted = None;
        }
        // Only a page that was full says how pages fare.
        if said.more {
            let took = (trip.answered - trip.asked).num_milliseconds().unsigned_abs();
            state.page = next_page(state.page, Some(took));
        }
        if said.pull_failed {
            state.line.pull_missed(now, chance);
        } else {
            // One that lay here while a PIN was chosen may be a while old.
            state.line.pulled(said.more || trip.answered < trip.begun);
        }
    });
    engine.line_changed(true);
}

/// None came.
pub(super) fn went_in_vain(engine: &Engine, failure: Failure, sends: u32, begun: DateTime<Utc>) {
    engine.note("sync", &failure.code(), sends, begun);
    if failure == Failure::NoAnswer {
        engine.state(|state| state.page = next_page(state.page, None));
    }
}

/// The phone's own storage failed: the line is well, and waits all the same.
pub(super) fn not_kept(engine: &Engine, error: &DeviceError, begun: DateTime<Utc>) {
    engine.note("storage", error.code(), 0, begun);
    missed(engine, Failure::Server { status: 0 });
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
    let came = said.as_ref().map_or_else(|failure| failure.code(), |_| "ok".to_owned());
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
    engine.state(|state| {
        if let Some((_, wanted)) = &mut state.wanted {
            wanted.leave(&hash);
        }
    });
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
