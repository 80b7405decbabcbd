//! What the person sees: one thing as they did it, with all that belongs to it.

use super::{
    StoreName, Unwritable, Write,
    queue::{DeliveryStatus, LastTry, PhotoRecord, PhotoStatus, Queued},
};
use crate::{
    id::{HazardId, OperationId, PersonId, SealedOrderId, SiteId},
    order::sort_by_key,
    photo::PhotoHash,
    receipt::Receipt,
    sync::{Reason, Refusal},
};
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

/// How long what was received stays on the list.
pub const REMEMBERED: Duration = Duration::days(3);

/// One thing as the person did it: a visit with its hazards and photos, or an event with its photos.
#[derive(Debug, Clone, PartialEq)]
pub struct Submission {
    /// Named by the operation that it is about, before which its photos' facts go.
    pub id: OperationId,
    pub title: String,
    pub subject: Subject,
    pub at: DateTime<Utc>,
    pub state: SubmissionState,
    /// Received and all.
    pub photos: (usize, usize),
    /// Bytes that still wait.
    pub bytes: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    Visit {
        site: SiteId,
        /// 封存任务: the order that it was begun for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        order: Option<SealedOrderId>,
    },
    Hazard {
        hazard: HazardId,
    },
    /// A task that is given: to visit the site, or to see to a hazard there.
    Task {
        site: SiteId,
        hazard: Option<HazardId>,
    },
    /// Made on the spot.
    Site {
        site: SiteId,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub enum SubmissionState {
    /// Waits for signal or for its turn; with the last try, if any.
    Waiting { last_try: Option<LastTry> },
    /// Of all its bytes, 0 to 100.
    Sending { percent: u8 },
    /// The first refused part; the rest may have been received.
    Refused { operation: OperationId, refusal: Refusal },
    /// Everything, photos included.
    Received { receipt: Receipt },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Submissions not wholly received, refused ones included.
    pub unsent: usize,
    pub refused: usize,
    pub bytes: u64,
}

/// A submission as stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SubmissionRecord {
    pub id: OperationId,
    pub owner: PersonId,
    pub title: String,
    pub subject: Subject,
    pub at: DateTime<Utc>,
    pub photos: Vec<PhotoHash>,
    /// Of the newest operation received.
    pub receipt: Option<Receipt>,
}

impl SubmissionRecord {
    pub fn write(&self) -> Result<Write, Unwritable> {
        Write::put(StoreName::Submissions, self.id.to_string(), self)
    }

    /// How it stands. `uploading`: the photo under way and its percentage.
    pub fn submission(
        self,
        operations: &[&Queued],
        photos: &[&PhotoRecord],
        uploading: Option<&(PhotoHash, u8)>,
    ) -> Submission {
        let here = self.photos.len();
        let received = photos.iter().filter(|photo| photo.is_received()).count();
        let of_operations = operations.iter().filter(|queued| queued.waits()).map(|queued| queued.bytes);
        let bytes = of_operations.sum::<u64>() + photos.iter().map(|photo| photo.unsent()).sum::<u64>();
        let state = if let Some((operation, refusal)) = self.refused(operations, photos) {
            SubmissionState::Refused { operation, refusal }
        } else if let Some(percent) = sending(photos, uploading) {
            SubmissionState::Sending { percent }
        } else {
            match self.receipt {
                Some(receipt) if operations.is_empty() && received == here => {
                    SubmissionState::Received { receipt }
                }
                _ => SubmissionState::Waiting { last_try: last_try(operations, photos) },
            }
        };
        let Self { id, title, subject, at, .. } = self;
        Submission { id, title, subject, at, state, photos: (received, here), bytes }
    }

    fn refused(&self, operations: &[&Queued], photos: &[&PhotoRecord]) -> Option<(OperationId, Refusal)> {
        let operation = operations.iter().find_map(|queued| match &queued.status {
            DeliveryStatus::Refused { refusal } => Some((queued.operation, refusal.clone())),
            DeliveryStatus::Waiting(_) => None,
        });
        let photo = || {
            let refused = photos.iter().any(|photo| photo.status == PhotoStatus::Refused);
            let refusal = Refusal { reason: Reason::AttachmentRefused, kept: None, message: String::new() };
            refused.then_some((self.id, refusal))
        };
        operation.or_else(photo)
    }

    /// Whether nothing of it waits, and long enough ago. `now` is the office's time, as is a receipt's: when the phone made it says
    /// nothing where its clock was set since.
    pub fn may_be_forgotten(
        &self,
        operations: &[Queued],
        photos: &[PhotoRecord],
        now: DateTime<Utc>,
    ) -> bool {
        let waits = operations.iter().any(|queued| queued.submission == self.id);
        let photo_waits =
            photos.iter().any(|photo| !photo.is_settled() && self.photos.contains(&photo.facts.hash));
        !waits && !photo_waits && self.receipt.as_ref().is_some_and(|receipt| now - receipt.at > REMEMBERED)
    }
}

fn sending(photos: &[&PhotoRecord], uploading: Option<&(PhotoHash, u8)>) -> Option<u8> {
    let (hash, percent) = uploading?;
    let current = photos.iter().find(|photo| photo.facts.hash == *hash)?;
    let bytes = |photo: &&PhotoRecord| photo.facts.bytes;
    let all = photos.iter().map(bytes).sum::<u64>().max(1);
    let done = photos.iter().filter(|photo| photo.is_received()).map(bytes).sum::<u64>();
    let sent = done + current.facts.bytes * u64::from(*percent) / 100;
    Some(u8::try_from(sent * 100 / all).unwrap_or(100))
}

fn last_try(operations: &[&Queued], photos: &[&PhotoRecord]) -> Option<LastTry> {
    let of_operations = operations.iter().filter_map(|queued| queued.last_try());
    let of_photos = photos.iter().filter_map(|photo| photo.last_try());
    of_operations.chain(of_photos).max_by_key(|last| last.at).cloned()
}

/// Unsent and refused ones first, oldest first; then those received in the last days, newest first.
pub fn in_order(submissions: &mut Vec<Submission>) {
    sort_by_key(submissions, |submission| {
        let milliseconds = submission.at.timestamp_millis();
        match submission.state {
            SubmissionState::Received { .. } => (true, -milliseconds),
            SubmissionState::Waiting { .. }
            | SubmissionState::Sending { .. }
            | SubmissionState::Refused { .. } => (false, milliseconds),
        }
    });
}

impl Counts {
    pub fn of(submissions: &[Submission]) -> Self {
        submissions.iter().fold(Self::default(), |counts, submission| match submission.state {
            SubmissionState::Received { .. } => counts,
            SubmissionState::Refused { .. } => Self {
                unsent: counts.unsent + 1,
                refused: counts.refused + 1,
                bytes: counts.bytes + submission.bytes,
            },
            SubmissionState::Waiting { .. } | SubmissionState::Sending { .. } => {
                Self { unsent: counts.unsent + 1, bytes: counts.bytes + submission.bytes, ..counts }
            }
        })
    }
}
