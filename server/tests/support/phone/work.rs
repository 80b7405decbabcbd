//! What the person does with the phone.

use super::HeadlessPhone;
use chrono::{DateTime, Utc};
use domain::{
    device::{
        StoreName, Write,
        enqueue::{self, NewSubmission},
        key,
        queue::{PhotoRecord, PhotoStatus, RetryState},
        submission::Subject,
    },
    id::OperationId,
    photo::{PhotoFacts, PhotoHash},
    sync::{Operation, Payload},
};
use serde_json::Value;

impl HeadlessPhone {
    /// As the screens submit it: one submission, what was done in its order, then the facts of its photos.
    pub fn submit(
        &mut self,
        subject: Subject,
        payloads: Vec<Payload>,
        photos: Vec<(PhotoFacts, Vec<u8>)>,
        at: DateTime<Utc>,
        mut new_id: impl FnMut() -> OperationId,
    ) {
        let mut held = vec![];
        for (facts, bytes) in photos {
            self.kept.bytes.insert(facts.hash.clone(), bytes);
            held.push(PhotoRecord { facts, status: PhotoStatus::Held });
        }
        let named: Vec<PhotoHash> = held.iter().map(|photo| photo.facts.hash.clone()).collect();
        let (owner, title) = (self.person, String::new());
        let new_submission = NewSubmission { owner, title, subject, at, payloads, photos: held, named };
        let last = self.kept.get(StoreName::Meta, key::OUTBOX_NUMBER).unwrap_or(0);
        let made = &mut self.made;
        let writes = new_submission.writes(last, || {
            let id = new_id();
            made.push(id);
            id
        });
        self.kept.carry_out(&writes.unwrap());
        self.line.wake();
    }

    /// An operation just as it is, whatever else the phone would have made of it.
    pub fn put(&mut self, raw: Value) {
        let operation: Operation = serde_json::from_value(raw.clone()).unwrap();
        self.made.push(operation.id);
        let number = self.kept.get(StoreName::Meta, key::OUTBOX_NUMBER).unwrap_or(0) + 1;
        let (me, id) = (self.person, operation.id);
        let mut writes = enqueue::as_made(number, me, id, &operation, &raw).unwrap();
        writes.push(Write::put(StoreName::Meta, key::OUTBOX_NUMBER, &number).unwrap());
        self.kept.carry_out(&writes);
        self.line.wake();
    }

    /// With the operation that announces it.
    pub fn put_photo(&mut self, bytes: Vec<u8>, announcement: Value) {
        let operation: Operation = serde_json::from_value(announcement.clone()).unwrap();
        let Payload::Photo(facts) = operation.payload else { panic!("{announcement}") };
        self.hold(facts, bytes);
        self.put(announcement);
    }

    fn hold(&mut self, facts: PhotoFacts, bytes: Vec<u8>) {
        self.kept.bytes.insert(facts.hash.clone(), bytes);
        let status = PhotoStatus::Waiting {
            announced: false,
            urgent: false,
            tries: RetryState::default(),
            upload: None,
        };
        self.kept.carry_out(&[PhotoRecord { facts, status }.write().unwrap()]);
    }
}
