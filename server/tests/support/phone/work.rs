//! What the person does with the phone.

use super::HeadlessPhone;
use domain::{
    device::{
        StoreName, Write, enqueue, key,
        queue::{PhotoRecord, PhotoStatus, RetryState},
    },
    photo::PhotoFacts,
    sync::{Operation, Payload},
};
use serde_json::Value;

impl HeadlessPhone {
    /// An operation just as it is, whatever else the phone would have made of it.
    pub fn put(&mut self, raw: Value) {
        let operation: Operation = serde_json::from_value(raw.clone()).unwrap();
        self.made.push(operation.id);
        let number = self.kept.get(StoreName::Meta, key::OUTBOX_NUMBER).unwrap_or(0) + 1;
        let (me, id) = (self.person, operation.id);
        let mut writes = enqueue::as_made(number, me, id, (&operation).into(), &raw).unwrap();
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
