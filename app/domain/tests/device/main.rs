//! What a phone writes down: nothing is let go of but for a receipt that names it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod answers;
mod bundle;
mod failures;
mod heartbeats;
mod outbox;
mod records;

use chrono::{DateTime, TimeZone, Utc};
use domain::{
    device::{
        StoreName, Write,
        apply_response::Sent,
        enqueue::NewSubmission,
        is_dropped,
        queue::{PhotoRecord, PhotoStatus, Queued},
        submission::{Subject, SubmissionRecord},
    },
    hazard::{Evidence, HazardCommand},
    id::{EventId, HazardId, OperationId, PersonId},
    photo::{PhotoFacts, PhotoHash},
    receipt::Receipt,
    sync::{OperationResult, Outcome, Payload, SyncResponse},
};
use serde_json::Value;
use std::collections::BTreeMap;
use uuid::Uuid;

const ME: PersonId = PersonId(Uuid::from_u128(3));

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 25, 1, 0, 0).unwrap()
}

fn photo(bytes: u64) -> PhotoRecord {
    let facts = PhotoFacts {
        hash: PhotoHash::of(b"photo"),
        bytes,
        media_type: "image/jpeg".into(),
        width: 2,
        height: 1,
        at: now(),
        by: ME,
        location: None,
        original: None,
        camera: None,
        source: None,
        caption_height: 0,
    };
    PhotoRecord { facts, status: PhotoStatus::Held }
}

/// The stores after these writes.
fn stores(writes: &[Write]) -> BTreeMap<(StoreName, String), Value> {
    let mut stores = BTreeMap::new();
    for write in writes {
        match write {
            Write::Put { store, key, text } => {
                stores.insert((*store, key.clone()), serde_json::from_str(text).unwrap());
            }
            Write::Delete { store, key } => drop(stores.remove(&(*store, key.clone()))),
            Write::RetainOnly { keep } => {
                stores.retain(|(on, key), _| *on != StoreName::Records || !is_dropped(key, keep));
            }
        }
    }
    stores
}

fn on<T: serde::de::DeserializeOwned>(
    stores: &BTreeMap<(StoreName, String), Value>,
    store: StoreName,
) -> Vec<T> {
    let values = stores.iter().filter(|((on, _), _)| *on == store);
    values.map(|(_, value)| serde_json::from_value(value.clone()).unwrap()).collect()
}

/// A rectified hazard with its photo, as it is put into the outbox.
fn enqueued() -> BTreeMap<(StoreName, String), Value> {
    let hazard = HazardId(Uuid::from_u128(5));
    let evidence = Evidence { note: "清完了".into(), photos: vec![photo(900).facts.hash] };
    let command = HazardCommand::Rectify(evidence);
    let payload = Payload::Hazard { hazard, event: EventId(Uuid::from_u128(6)), site: None, command };
    let new_submission = NewSubmission {
        owner: ME,
        title: "清走杂物".into(),
        subject: Subject::Hazard { hazard },
        at: now(),
        payloads: vec![payload],
        photos: vec![photo(900)],
        named: vec![photo(900).facts.hash],
    };
    let mut ids = 100;
    let fresh = || {
        ids += 1;
        OperationId(Uuid::from_u128(ids))
    };
    stores(&new_submission.writes(7, fresh).unwrap())
}

fn sent(stores: &BTreeMap<(StoreName, String), Value>) -> Sent {
    let submissions: Vec<SubmissionRecord> = on(stores, StoreName::Submissions);
    let photos: Vec<PhotoRecord> = on(stores, StoreName::Photos);
    Sent {
        operations: on(stores, StoreName::Outbox),
        submissions: submissions.into_iter().map(|submission| (submission.id, submission)).collect(),
        photos: photos.into_iter().map(|photo| (photo.facts.hash.clone(), photo)).collect(),
        reset: None,
    }
}

fn receipt(queued: &Queued) -> Receipt {
    Receipt {
        number: "HZ-2026-000001".into(),
        operation: queued.operation,
        hash: queued.hash.clone(),
        at: now(),
        signature: None,
    }
}

fn answer(outcomes: impl IntoIterator<Item = (OperationId, Outcome)>) -> SyncResponse {
    let outcomes = outcomes.into_iter().map(|(id, outcome)| OperationResult { operation: Some(id), outcome });
    SyncResponse {
        now: now(),
        outcomes: outcomes.collect(),
        changes: vec![],
        cursor: None,
        reset: false,
        more: false,
        passed_over: vec![],
        pull_failed: false,
        heard: false,
    }
}
