//! A photo's way to the server: chunk by chunk, by the tus protocol, so that a cut costs a chunk at the most.
//!
//! What the server has is remembered with the photo after every chunk, so that a phone that was switched off goes on
//! where it stopped. After any trouble the server is asked first. The photo is received when a [`PhotoReceipt`] names its
//! hash and its size; nothing else ends an upload. The server unpacks it after that: until a receipt says that it could, the
//! bytes stay on the phone, and one that says that it could not makes the photo a refused one.

use super::{
    connection::back_off,
    failure::Failure,
    queue::{PhotoRecord, PhotoStatus, RetryState},
};
use crate::sync::{PhotoReceipt, Unpacking};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What a chunk is on a line of unknown or poor speed, and at the most there, in bytes.
pub const CHUNK: u64 = 512 * 1024;
/// On a good line.
const LARGEST_CHUNK: u64 = 4 * 1024 * 1024;
/// On a line where even [`CHUNK`] does not get through.
const SMALLEST_CHUNK: u64 = 64 * 1024;

/// How often a photo is sent again whose pieces all arrived and whose whole was refused: bytes may change on the way.
const ANEW: u32 = 3;

/// An upload that the server has opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// Its path on the server.
    pub at: String,
    /// Bytes that the server has.
    pub offset: u64,
    /// Whether the offset is what the server last said, with no trouble since.
    #[serde(default)]
    pub sure: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UploadStep {
    /// Open one, with the first bytes.
    Begin {
        length: u64,
    },
    /// Ask how much the server has.
    Ask {
        at: String,
    },
    Send {
        at: String,
        offset: u64,
        length: u64,
    },
    /// The server has all of it: ask for the receipt, and whether it could be unpacked.
    Claim,
}

/// What the server said to a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UploadReply {
    /// So much is there.
    Has {
        at: String,
        offset: u64,
    },
    Receipt(PhotoReceipt),
}

impl PhotoRecord {
    /// None where nothing is to be sent.
    pub fn upload_step(&self, chunk: u64) -> Option<UploadStep> {
        let upload = match &self.status {
            PhotoStatus::Waiting { upload, .. } => upload,
            PhotoStatus::Received { unpacking: Some(_), .. } => return Some(UploadStep::Claim),
            PhotoStatus::Held | PhotoStatus::Refused | PhotoStatus::Received { unpacking: None, .. } => {
                return None;
            }
        };
        let bytes = self.facts.bytes;
        Some(match upload {
            None => UploadStep::Begin { length: chunk.min(bytes) },
            Some(upload) if !upload.sure => UploadStep::Ask { at: upload.at.clone() },
            Some(upload) if upload.offset >= bytes => UploadStep::Claim,
            Some(upload) => UploadStep::Send {
                at: upload.at.clone(),
                offset: upload.offset,
                length: chunk.min(bytes - upload.offset),
            },
        })
    }

    /// The photo as it stands after the step.
    pub fn after(&self, said: Result<&UploadReply, Failure>, now: DateTime<Utc>, jitter: f64) -> Self {
        let (announced, urgent, tries, upload) = match self.status.clone() {
            PhotoStatus::Waiting { announced, urgent, tries, upload } => (announced, urgent, tries, upload),
            PhotoStatus::Received { at, unpacking: Some(tries) } => {
                let status = self.asked_again(at, &tries, said, now, jitter);
                return Self { status, ..self.clone() };
            }
            PhotoStatus::Held | PhotoStatus::Refused | PhotoStatus::Received { unpacking: None, .. } => {
                return self.clone();
            }
        };
        let waiting = |announced, tries, upload| PhotoStatus::Waiting { announced, urgent, tries, upload };
        let was_sure = upload.as_ref().is_some_and(|upload| upload.sure);
        let doubted = upload.map(|upload| Upload { sure: false, ..upload });
        let status = match said {
            Ok(UploadReply::Receipt(receipt)) if self.is_named_by(receipt) => {
                received(receipt, &RetryState::default(), now, jitter)
            }
            // A receipt for something else is none.
            Ok(UploadReply::Receipt(_)) => {
                waiting(announced, tries.failed(Failure::NoAnswer, now, jitter), doubted)
            }
            Ok(UploadReply::Has { at, offset }) => {
                let new = Upload { at: at.clone(), offset: *offset, sure: true };
                let before = doubted.as_ref().map_or(0, |upload| upload.offset);
                let tries = match (*offset > before, was_sure) {
                    (true, _) => RetryState::default(),
                    // Pieces that change nothing are pieces in vain.
                    (false, true) => tries.failed(Failure::NoAnswer, now, jitter),
                    // An answer to a question is no progress: whatever goes wrong next waits longer than before.
                    (false, false) => tries,
                };
                waiting(announced, tries, Some(new))
            }
            Err(Failure::Refused { status: 422 }) if doubted.is_some() && tries.tries < ANEW => {
                waiting(announced, tries.failed(Failure::Gone, now, jitter), None)
            }
            Err(Failure::Refused { status: 403 | 413 | 415 | 422 }) => PhotoStatus::Refused,
            // Expired or thrown away: from the beginning, which finds out if the photo is there after all.
            Err(Failure::Gone) => waiting(announced, tries.failed(Failure::Gone, now, jitter), None),
            // Either another offset, which is asked for, or a photo that the server was never told of.
            Err(Failure::Conflict) => match doubted {
                Some(upload) => waiting(announced, tries, Some(upload)),
                None => waiting(announced, tries.failed(Failure::Conflict, now, jitter), None),
            },
            Err(Failure::SignIn) => waiting(announced, tries, doubted),
            Err(failure) => waiting(announced, tries.failed(failure, now, jitter), doubted),
        };
        Self { status, ..self.clone() }
    }

    fn is_named_by(&self, receipt: &PhotoReceipt) -> bool {
        receipt.hash == self.facts.hash && receipt.bytes == self.facts.bytes
    }

    /// What the server has is not doubted: whatever goes wrong, only the answer waits.
    fn asked_again(
        &self,
        at: DateTime<Utc>,
        tries: &RetryState,
        said: Result<&UploadReply, Failure>,
        now: DateTime<Utc>,
        jitter: f64,
    ) -> PhotoStatus {
        let again =
            |failure| PhotoStatus::Received { at, unpacking: Some(tries.failed(failure, now, jitter)) };
        match said {
            Ok(UploadReply::Receipt(receipt)) if self.is_named_by(receipt) => {
                received(receipt, tries, now, jitter)
            }
            Ok(UploadReply::Receipt(_) | UploadReply::Has { .. }) => again(Failure::NoAnswer),
            Err(Failure::SignIn) => PhotoStatus::Received { at, unpacking: Some(tries.clone()) },
            Err(failure) => again(failure),
        }
    }
}

/// By this receipt. `tries`: how often it was asked for.
fn received(receipt: &PhotoReceipt, tries: &RetryState, now: DateTime<Utc>, jitter: f64) -> PhotoStatus {
    /// The first wait is some ten seconds, in which a server that has nothing else to do is done.
    const HEAD_START: u32 = 3;
    let unpacking = match receipt.unpacking {
        Unpacking::Failed => return PhotoStatus::Refused,
        Unpacking::Done => None,
        Unpacking::ToCome => {
            let tries = tries.tries.saturating_add(1);
            let not_before = Some(now + back_off(tries.saturating_add(HEAD_START), jitter));
            Some(RetryState { tries, not_before, last_try: None })
        }
    };
    PhotoStatus::Received { at: receipt.at, unpacking }
}

/// The next chunk's size, when the last one took so long or did not arrive.
pub fn next_chunk(chunk: u64, milliseconds: Option<u64>) -> u64 {
    match milliseconds {
        None => (chunk / 2).clamp(SMALLEST_CHUNK, CHUNK),
        Some(..1_000) => (chunk * 2).min(LARGEST_CHUNK),
        Some(..4_000) => chunk,
        Some(_) => (chunk / 2).clamp(SMALLEST_CHUNK, CHUNK),
    }
}
