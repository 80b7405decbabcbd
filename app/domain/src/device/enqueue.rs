//! What is written when a person submits something: a submission with its operations, and its photos set on their way.

use super::{
    StoreName, Unwritable, Write, key,
    operation_head::OperationHead,
    queue::{About, DeliveryStatus, PhotoRecord, PhotoStatus, Queued, RetryState, site_of},
    submission::{Subject, SubmissionRecord},
};
use crate::{
    hazard::HazardCommand,
    id::{OperationId, PersonId, SiteId},
    json::{read_value, value_of},
    photo::PhotoHash,
    sync::{Operation, Payload, SCHEMA},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// An operation as a queue knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct OperationSummary {
    pub id: OperationId,
    pub at: DateTime<Utc>,
    pub about: About,
    /// The site that it makes, or at which it is done.
    pub site: Option<SiteId>,
}

impl From<&Operation> for OperationSummary {
    fn from(operation: &Operation) -> Self {
        let Operation { id, at, payload, .. } = operation;
        Self { id: *id, at: *at, about: About::of(payload), site: site_of(payload) }
    }
}

/// Of an operation of which nothing else is understood.
#[derive(Deserialize)]
struct Dated {
    id: OperationId,
    at: DateTime<Utc>,
}

impl OperationSummary {
    /// Of one that was made elsewhere. What a newer app made and this one does not know is about nothing that a screen shows,
    /// and is sent as it was made. None where it cannot be an operation.
    pub fn read(raw: &Value) -> Option<Self> {
        if let Ok(head) = read_value::<OperationHead>(raw) {
            return Some(Self { id: head.id, at: head.at, about: head.about(), site: head.site() });
        }
        let Dated { id, at } = read_value(raw).ok()?;
        Some(Self { id, at, about: About::Other, site: None })
    }
}

/// What a person does at once.
#[derive(Debug, Clone)]
pub struct NewSubmission {
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

impl NewSubmission {
    /// All of it. `last`: the running number that was given last; `new_id`: a fresh id for each operation.
    pub fn writes(
        self,
        last: u64,
        mut new_id: impl FnMut() -> OperationId,
    ) -> Result<Vec<Write>, Unwritable> {
        let urgent = self.payloads.iter().any(finds);
        let mut writes = vec![];
        // The facts first: a record is believed to show only what was told of.
        let announcements = self.photos.iter().map(|photo| Payload::Photo(photo.facts.clone()));
        let before = announcements.len();
        let payloads: Vec<_> = announcements.chain(self.payloads.iter().cloned()).collect();
        let ids: Vec<OperationId> = payloads.iter().map(|_| new_id()).collect();
        // The thing itself names the submission, not its photos.
        let submission = ids.get(before).or(ids.first()).copied();
        for mut photo in self.photos {
            if !photo.is_received() {
                photo.status = PhotoStatus::Waiting {
                    announced: false,
                    urgent,
                    tries: RetryState::default(),
                    upload: None,
                };
                writes.push(photo.write()?);
            }
        }
        let (mut number, mut queue) = (last, vec![]);
        for (id, payload) in ids.into_iter().zip(payloads) {
            number += 1;
            let operation = Operation { id, schema: SCHEMA, at: self.at, payload };
            let raw = value_of(&operation)?;
            let submission = submission.unwrap_or(id);
            let queued = queued(number, self.owner, submission, (&operation).into(), &raw);
            queue.push((Queued { urgent, ..queued }, raw));
        }
        writes.extend(lined_up(queue)?);
        writes.push(Write::put(StoreName::Meta, key::OUTBOX_NUMBER, &number)?);
        if let Some(id) = submission {
            let Self { owner, title, subject, at, named: photos, .. } = self;
            let record = SubmissionRecord { id, owner, title, subject, at, photos, receipt: None };
            writes.push(record.write()?);
        }
        Ok(writes)
    }
}

/// A hazard that was found now, and a site at which something is done: the office must hear of them first.
fn finds(payload: &Payload) -> bool {
    matches!(payload, Payload::Hazard { command: HazardCommand::Report(_), .. } | Payload::NewSite(_))
}

/// An operation that was made elsewhere, as it was made.
pub fn as_made(
    number: u64,
    owner: PersonId,
    submission: OperationId,
    operation: OperationSummary,
    raw: &Value,
) -> Result<Vec<Write>, Unwritable> {
    lined_up([(queued(number, owner, submission, operation, raw), raw)])
}

/// An operation without a submission: no list shows it.
pub fn alone(
    number: u64,
    owner: PersonId,
    at: DateTime<Utc>,
    id: OperationId,
    payload: Payload,
) -> Result<Vec<Write>, Unwritable> {
    let urgent = opens(&payload);
    let operation = Operation { id, schema: SCHEMA, at, payload };
    let raw = value_of(&operation)?;
    let queued = Queued { urgent, ..queued(number, owner, id, (&operation).into(), &raw) };
    let mut writes = lined_up([(queued, raw)])?;
    writes.push(Write::put(StoreName::Meta, key::OUTBOX_NUMBER, &number)?);
    Ok(writes)
}

/// An order that was opened: the office must hear of that before it hears of what was found there, however urgent. Until then
/// nobody of another place is believed to be at the site, and a check that began before its hour is not the check.
fn opens(payload: &Payload) -> bool {
    matches!(payload, Payload::OrderOpened { .. })
}

/// Operations in their order, each beside what is sent of it; all of them, or none.
fn lined_up<S: Serialize>(queue: impl IntoIterator<Item = (Queued, S)>) -> Result<Vec<Write>, Unwritable> {
    let mut writes = vec![];
    for (queued, sent) in queue {
        writes.push(Write::put(StoreName::Operations, queued.key(), &sent)?);
        writes.push(queued.write()?);
    }
    Ok(writes)
}

/// `raw` is what is sent: the JSON of a [`Value`], keys in order, and the server hashes the same.
fn queued(
    number: u64,
    owner: PersonId,
    submission: OperationId,
    operation: OperationSummary,
    raw: &Value,
) -> Queued {
    let OperationSummary { id, at, about, site } = operation;
    let text = raw.to_string();
    Queued {
        number,
        owner,
        submission,
        operation: id,
        about,
        site,
        at,
        bytes: text.len() as u64,
        hash: Operation::hash_of(&text),
        urgent: false,
        status: DeliveryStatus::Waiting(RetryState::default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        hazard::Evidence,
        id::{EventId, HazardId},
    };
    use std::collections::BTreeMap;
    use uuid::Uuid;

    /// What is sent, as an operation of which JSON knows no form: its keys are no texts.
    type Odd = BTreeMap<(u8, u8), u8>;

    fn waiting(number: u64) -> Queued {
        let id = OperationId(Uuid::from_u128(u128::from(number)));
        let command = HazardCommand::Rectify(Evidence { note: "清完了".to_owned(), photos: vec![] });
        let hazard = HazardId(Uuid::from_u128(5));
        let payload = Payload::Hazard { hazard, event: EventId(Uuid::from_u128(6)), site: None, command };
        let operation = Operation { id, schema: SCHEMA, at: DateTime::UNIX_EPOCH, payload };
        queued(number, PersonId(Uuid::from_u128(3)), id, (&operation).into(), &Value::Null)
    }

    #[test]
    fn one_operation_that_cannot_be_said_leaves_no_half_of_what_was_done() {
        let writes = lined_up([(waiting(1), Odd::new()), (waiting(2), Odd::new())]).unwrap();
        assert_eq!(writes.len(), 4, "each with what is sent of it");
        let odd = Odd::from([((1, 2), 3)]);
        let none = lined_up([(waiting(1), Odd::new()), (waiting(2), odd)]);
        assert!(matches!(none, Err(Unwritable(_))), "{none:?}");
    }
}
