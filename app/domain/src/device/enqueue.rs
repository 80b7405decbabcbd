//! What is written when a person submits something: a parcel with its operations, and its photos set on their way.

use super::{
    Shelf, Write, key,
    parcel::{ParcelRecord, Subject},
    queue::{About, PhotoRecord, PhotoStanding, Queued, Standing, Tries},
};
use crate::{
    hazard::Deed,
    id::{OperationId, PersonId},
    photo::PhotoHash,
    sync::{Operation, Payload, SCHEMA},
};
use chrono::{DateTime, Utc};
use serde_json::Value;

/// What a person does at once.
#[derive(Debug, Clone)]
pub struct Deposit {
    pub owner: PersonId,
    pub title: String,
    pub subject: Subject,
    pub at: DateTime<Utc>,
    /// In the order in which the server is to take them.
    pub payloads: Vec<Payload>,
    /// Those of its photos that are on this phone, as they stand.
    pub photos: Vec<PhotoRecord>,
    /// Named by the payloads, on this phone or not.
    pub named: Vec<PhotoHash>,
}

impl Deposit {
    /// `last`: the running number that was given last; `new_id`: a fresh id for each operation.
    pub fn writes(self, last: u64, mut new_id: impl FnMut() -> OperationId) -> Vec<Write> {
        let urgent = self.payloads.iter().any(finds);
        let mut writes = vec![];
        // The facts first: a record is believed to show only what was told of.
        let announcements = self.photos.iter().map(|photo| Payload::Photo(photo.facts.clone()));
        let before = announcements.len();
        let payloads: Vec<_> = announcements.chain(self.payloads.iter().cloned()).collect();
        let ids: Vec<OperationId> = payloads.iter().map(|_| new_id()).collect();
        // The thing itself names the parcel, not its photos.
        let parcel = ids.get(before).or(ids.first()).copied();
        for mut photo in self.photos {
            if !photo.is_received() {
                photo.standing = PhotoStanding::Waiting {
                    announced: false,
                    urgent,
                    tries: Tries::default(),
                    upload: None,
                };
                writes.push(photo.write());
            }
        }
        let mut number = last;
        for (id, payload) in ids.into_iter().zip(payloads) {
            number += 1;
            let operation = Operation { id, schema: SCHEMA, at: self.at, payload };
            let raw = serde_json::to_value(&operation).unwrap_or_default();
            let parcel = parcel.unwrap_or(id);
            writes.extend(with_urgency(urgent, queued(number, self.owner, parcel, &operation, &raw), &raw));
        }
        writes.push(Write::put(Shelf::Meta, key::OUTBOX_NUMBER, &number));
        if let Some(id) = parcel {
            let Self { owner, title, subject, at, named: photos, .. } = self;
            let record = ParcelRecord { id, owner, title, subject, at, photos, receipt: None };
            writes.push(record.write());
        }
        writes
    }
}

/// A hazard that was found now; the office must hear of it first.
fn finds(payload: &Payload) -> bool {
    matches!(payload, Payload::Hazard { deed: Deed::Found(_), .. })
}

/// An operation that was made elsewhere, as it was made.
pub fn as_made(
    number: u64,
    owner: PersonId,
    parcel: OperationId,
    operation: &Operation,
    raw: &Value,
) -> [Write; 2] {
    with_urgency(false, queued(number, owner, parcel, operation, raw), raw)
}

/// An operation without a parcel: no list shows it.
pub fn alone(
    number: u64,
    owner: PersonId,
    at: DateTime<Utc>,
    id: OperationId,
    payload: Payload,
) -> Vec<Write> {
    let operation = Operation { id, schema: SCHEMA, at, payload };
    let raw = serde_json::to_value(&operation).unwrap_or_default();
    let writes = as_made(number, owner, id, &operation, &raw);
    writes.into_iter().chain([Write::put(Shelf::Meta, key::OUTBOX_NUMBER, &number)]).collect()
}

fn with_urgency(urgent: bool, queued: Queued, raw: &Value) -> [Write; 2] {
    let queued = Queued { urgent, ..queued };
    [Write::put(Shelf::Operations, queued.key(), raw), queued.write()]
}

/// `raw` is what is sent: the JSON of a [`Value`], keys in order, and the server hashes the same.
pub(super) fn queued(
    number: u64,
    owner: PersonId,
    parcel: OperationId,
    operation: &Operation,
    raw: &Value,
) -> Queued {
    let text = raw.to_string();
    Queued {
        number,
        owner,
        parcel,
        operation: operation.id,
        about: About::of(&operation.payload),
        at: operation.at,
        bytes: text.len() as u64,
        hash: Operation::hash_of(&text),
        urgent: false,
        standing: Standing::Waiting(Tries::default()),
    }
}
