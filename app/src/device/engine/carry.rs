//! Carrying a step out, and writing down what came of it.

mod apply;

use super::{MOOD, Mood, line_signal, missed, reached, uploading_signal, wake};
use crate::device::{
    DeviceError,
    changes::{self, Topic},
    clock,
    db::{self, Store, key},
    http::{self, Failure},
    outbox::{LastTry, PhotoRecord, PhotoStanding, Queued, Standing, TryFailure},
    photos, session,
};
use chrono::{DateTime, Duration, Utc};
use domain::{
    id::{DeviceId, OperationId},
    photo::PhotoHash,
    sync::{SyncRequest, plan::back_off},
};
use leptos::prelude::{Set, Update};

/// Sends operations and pulls, in one round trip.
pub(super) async fn sync(ids: Vec<OperationId>) {
    match prepare(&ids).await {
        Err(_) => missed(wake::on_line(), None),
        Ok((request, sent)) => match http::sync(&request).await {
            Ok(response) if response.outcomes.len() == sent.len() => {
                reached();
                let more = response.more;
                match apply::response(&sent, response).await {
                    Ok(()) => MOOD.with_borrow_mut(|mood: &mut Mood| mood.pull_wanted = more),
                    // Not written down means not received: the same is asked again and answered the same.
                    Err(_) => missed(true, None),
                }
            }
            // As many answers as operations, or it is not an answer to this.
            Ok(_) => line_is_down(&ids, &Failure::NoAnswer).await,
            Err(failure) => line_is_down(&ids, &failure).await,
        },
    }
}

async fn prepare(ids: &[OperationId]) -> Result<(SyncRequest, Vec<Queued>), DeviceError> {
    let (queued, cursor, device) = db::write(&[Store::Outbox, Store::Meta], async |tx| {
        let queued: Vec<Queued> = tx.all(Store::Outbox).await?;
        let device = match tx.get(Store::Meta, key::DEVICE).await? {
            Some(device) => device,
            None => {
                let device: DeviceId = clock::new_id();
                tx.put(Store::Meta, key::DEVICE, &device).await?;
                device
            }
        };
        Ok((queued, tx.get(Store::Meta, key::CURSOR).await?, device))
    })
    .await?;
    let sent: Vec<Queued> = queued.into_iter().filter(|queued| ids.contains(&queued.operation.id)).collect();
    let operations = sent.iter().map(|queued| serde_json::to_value(&queued.operation));
    let operations =
        operations.collect::<Result<_, _>>().map_err(|e| DeviceError::Unreadable(e.to_string()))?;
    Ok((SyncRequest { device, now: clock::now(), cursor, operations, pull: true }, sent))
}

/// The whole request failed; nothing is known of its operations.
async fn line_is_down(ids: &[OperationId], failure: &Failure) {
    let why = match failure {
        Failure::SignIn => {
            line_signal().update(|line| line.signed_out = true);
            TryFailure::SignIn
        }
        Failure::Later { after_seconds } => {
            missed(true, *after_seconds);
            TryFailure::Later
        }
        Failure::NoAnswer => {
            missed(false, None);
            TryFailure::NoAnswer
        }
        Failure::Refused { .. } | Failure::NotAnnounced | Failure::Server { .. } => {
            missed(true, Some(20));
            TryFailure::Server
        }
    };
    let tried = LastTry { at: clock::now(), why };
    let noted = db::write(&[Store::Outbox], async |tx| {
        for mut queued in tx.all::<Queued>(Store::Outbox).await? {
            if ids.contains(&queued.operation.id)
                && let Standing::Waiting { tries, last_try, .. } = &mut queued.standing
            {
                *tries += 1;
                *last_try = Some(tried.clone());
                tx.put(Store::Outbox, &queued.key(), &queued).await?;
            }
        }
        Ok(())
    })
    .await;
    if noted.is_ok() {
        changes::announce(Topic::Outbox);
    }
}

/// Sends one photo's bytes.
pub(super) async fn upload(hash: PhotoHash) {
    let held = db::read(&[Store::Photos, Store::PhotoBytes], async |tx| {
        let record: Option<PhotoRecord> = tx.get(Store::Photos, hash.as_str()).await?;
        Ok((record, tx.blob(Store::PhotoBytes, hash.as_str()).await?))
    })
    .await;
    let (record, bytes) = match held {
        Ok((Some(record), Some(bytes))) => (record, bytes),
        // The bytes are gone from this phone: nothing can be sent, and the list says so.
        Ok((Some(_), None)) => return settle(&hash, PhotoStanding::Refused).await,
        Ok((None, _)) => return,
        Err(_) => return missed(true, None),
    };
    let signal = uploading_signal();
    signal.set(Some((hash.clone(), 0)));
    changes::announce(Topic::Outbox);
    let size = bytes.size().max(1.0);
    let progress = {
        let (signal, hash) = (signal.clone(), hash.clone());
        move |sent: f64| signal.set(Some((hash.clone(), (sent / size * 100.0).clamp(0.0, 100.0) as u8)))
    };
    let answer = http::upload(&hash, &record.facts.media_type, &bytes, progress).await;
    signal.set(None);
    match answer {
        // A receipt counts only when it names these bytes.
        Ok(receipt) if receipt.hash == hash && receipt.bytes == record.facts.bytes => {
            reached();
            settle(&hash, PhotoStanding::Received { at: receipt.at }).await;
        }
        Ok(_) => put_off(record, TryFailure::NoAnswer, None).await,
        Err(Failure::Refused { .. }) => {
            reached();
            settle(&hash, PhotoStanding::Refused).await;
        }
        Err(Failure::NoAnswer) => {
            missed(wake::on_line(), None);
            put_off(record, TryFailure::NoAnswer, None).await;
        }
        Err(Failure::SignIn) => {
            line_signal().update(|line| line.signed_out = true);
            put_off(record, TryFailure::SignIn, None).await;
        }
        Err(Failure::Later { after_seconds }) => put_off(record, TryFailure::Later, after_seconds).await,
        Err(Failure::NotAnnounced | Failure::Server { .. }) => {
            put_off(record, TryFailure::Server, None).await
        }
    }
}

/// This photo waits; the others go on.
async fn put_off(record: PhotoRecord, why: TryFailure, after_seconds: Option<u32>) {
    let PhotoStanding::Waiting { announced, tries, .. } = record.standing else { return };
    let now: DateTime<Utc> = clock::now();
    let asked = Duration::seconds(after_seconds.unwrap_or(0).into());
    let standing = PhotoStanding::Waiting {
        announced,
        tries: tries + 1,
        not_before: Some(now + back_off(tries + 1, clock::chance()).max(asked)),
        last_try: Some(LastTry { at: now, why }),
    };
    settle(&record.facts.hash, standing).await;
}

async fn settle(hash: &PhotoHash, standing: PhotoStanding) {
    let written = db::write(&[Store::Photos], async |tx| {
        let Some(mut record) = tx.get::<PhotoRecord>(Store::Photos, hash.as_str()).await? else {
            return Ok(());
        };
        record.standing = standing;
        tx.put(Store::Photos, hash.as_str(), &record).await
    })
    .await;
    if written.is_err() {
        // The upload will be repeated, and answered as before.
        missed(true, None);
    }
    changes::announce(Topic::Outbox);
}

/// Fetches a small picture; one that cannot be had is asked for once.
pub(super) async fn fetch(hash: PhotoHash) {
    let kept = match http::thumbnail(&hash).await {
        Ok(blob) => db::write(&[Store::Thumbnails], async |tx| {
            tx.put_blob(Store::Thumbnails, hash.as_str(), &blob).await
        })
        .await
        .is_ok(),
        Err(_) => false,
    };
    if kept {
        photos::arrived();
    } else {
        MOOD.with_borrow_mut(|mood| mood.missing.push(hash));
    }
    if session::current().is_none() {
        MOOD.with_borrow_mut(|mood| mood.missing.clear());
    }
}
