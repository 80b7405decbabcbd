//! 待传: what waits for the server, and what came of what was sent.
//! Watch [`Topic::Outbox`](super::changes::Topic::Outbox).

use super::DeviceError;
use chrono::{DateTime, Utc};
use domain::{
    hazard::Deed,
    id::{HazardId, OperationId, SiteId},
    photo::PhotoHash,
    receipt::Receipt,
    sync::Refusal,
};
use serde::{Deserialize, Serialize};

/// One thing as the person did it: an inspection with its hazards and photos, or a deed with its photos.
#[derive(Debug, Clone, PartialEq)]
pub struct Parcel {
    /// The first operation's id names the parcel.
    pub id: OperationId,
    pub title: String,
    pub subject: Subject,
    pub at: DateTime<Utc>,
    pub state: ParcelState,
    /// Received and all.
    pub photos: (usize, usize),
    /// Bytes that still wait.
    pub bytes: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Subject {
    Inspection { site: SiteId },
    Hazard { hazard: HazardId },
}

#[derive(Debug, Clone, PartialEq)]
pub enum ParcelState {
    /// Waits for signal or for its turn; with the last try, if any.
    Waiting { last_try: Option<LastTry> },
    /// Of all its bytes, 0 to 100.
    Sending { percent: u8 },
    /// The first refused part; the rest may have been received.
    Refused { operation: OperationId, refusal: Refusal },
    /// Everything, photos included.
    Received { receipt: Receipt },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastTry {
    pub at: DateTime<Utc>,
    pub why: TryFailure,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TryFailure {
    NoAnswer,
    Server,
    SignIn,
    /// The server asked to wait.
    Later,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Parcels not wholly received, refused ones included.
    pub unsent: usize,
    pub refused: usize,
    pub bytes: u64,
}

/// Unsent and refused ones first, oldest first; then those received in the last days, newest first.
pub async fn all() -> Result<Vec<Parcel>, DeviceError> {
    unimplemented!()
}

pub async fn counts() -> Result<Counts, DeviceError> {
    unimplemented!()
}

/// Applies a deed to this phone's copy of the hazard and puts it, with its photos, into the outbox.
pub async fn act(hazard: HazardId, deed: Deed, title: String) -> Result<(), DeviceError> {
    let _ = (hazard, deed, title);
    unimplemented!()
}

/// Takes a refused parcel off the list; its record stays on the server where it was kept.
pub async fn dismiss(parcel: OperationId) -> Result<(), DeviceError> {
    let _ = parcel;
    unimplemented!()
}

/// The photo is being uploaded: percent, for the thumbnail's ring.
pub fn uploading() -> Option<(PhotoHash, u8)> {
    unimplemented!()
}
