//! The queue as stored: operations in the order they were made, photos by their hash.

use super::{LastTry, ParcelRecord, Subject};
use crate::device::{
    DeviceError, clock,
    db::{Store, Tx, key},
    session,
};
use chrono::{DateTime, Utc};
use domain::{
    id::{OperationId, PersonId},
    photo::{PhotoFacts, PhotoHash},
    sync::{Operation, Payload, Refusal, SCHEMA},
};
use serde::{Deserialize, Serialize};

/// What putting something into the outbox touches.
pub(in crate::device) const STORES: [Store; 4] = [Store::Meta, Store::Outbox, Store::Parcels, Store::Photos];

/// An operation that waits, or was refused.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::device) struct Queued {
    /// Counts up on this phone whatever its clock does: the order of sending.
    pub number: u64,
    pub owner: PersonId,
    pub parcel: OperationId,
    pub operation: Operation,
    /// As sent.
    pub bytes: u64,
    pub standing: Standing,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub(in crate::device) enum Standing {
    Waiting {
        #[serde(default)]
        tries: u32,
        #[serde(default)]
        not_before: Option<DateTime<Utc>>,
        #[serde(default)]
        last_try: Option<LastTry>,
    },
    Refused {
        refusal: Refusal,
    },
}

impl Queued {
    /// The key under which it is stored; keys sort as numbers do.
    pub fn key(&self) -> String {
        format!("{:012}", self.number)
    }

    /// Not refused: it will be sent, and counts for what is shown.
    pub fn counts(&self) -> bool {
        matches!(self.standing, Standing::Waiting { .. })
    }

    pub fn last_try(&self) -> Option<&LastTry> {
        match &self.standing {
            Standing::Waiting { last_try, .. } => last_try.as_ref(),
            Standing::Refused { .. } => None,
        }
    }
}

/// A photo that this phone took.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::device) struct PhotoRecord {
    pub facts: PhotoFacts,
    pub standing: PhotoStanding,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub(in crate::device) enum PhotoStanding {
    /// Belongs to a draft.
    Held,
    Waiting {
        /// The server knows its facts.
        announced: bool,
        #[serde(default)]
        tries: u32,
        #[serde(default)]
        not_before: Option<DateTime<Utc>>,
        #[serde(default)]
        last_try: Option<LastTry>,
    },
    Refused,
    Received {
        at: DateTime<Utc>,
    },
}

impl PhotoRecord {
    pub fn is_received(&self) -> bool {
        matches!(self.standing, PhotoStanding::Received { .. })
    }

    pub fn last_try(&self) -> Option<&LastTry> {
        match &self.standing {
            PhotoStanding::Waiting { last_try, .. } => last_try.as_ref(),
            _ => None,
        }
    }
}

/// Puts a parcel into the outbox: its payloads in order, then the facts of its photos.
pub(in crate::device) async fn enqueue(
    tx: &Tx<'_>,
    title: String,
    subject: Subject,
    payloads: Vec<Payload>,
    photos: &[PhotoHash],
) -> Result<(), DeviceError> {
    let owner = session::owner().ok_or(DeviceError::WrongPassword)?;
    let now = clock::now();
    let mut announcements = vec![];
    for hash in photos {
        let Some(mut photo) = tx.get::<PhotoRecord>(Store::Photos, hash.as_str()).await? else { continue };
        announcements.push(Payload::Photo(photo.facts.clone()));
        if !photo.is_received() {
            photo.standing =
                PhotoStanding::Waiting { announced: false, tries: 0, not_before: None, last_try: None };
            tx.put(Store::Photos, hash.as_str(), &photo).await?;
        }
    }
    let mut number: u64 = tx.get(Store::Meta, key::OUTBOX_NUMBER).await?.unwrap_or_default();
    let mut parcel = None;
    for payload in payloads.into_iter().chain(announcements) {
        number += 1;
        let operation = Operation { id: clock::new_id(), schema: SCHEMA, at: now, payload };
        let parcel = *parcel.get_or_insert(operation.id);
        let bytes = serde_json::to_string(&operation).map_or(0, |text| text.len() as u64);
        let standing = Standing::Waiting { tries: 0, not_before: None, last_try: None };
        let queued = Queued { number, owner, parcel, operation, bytes, standing };
        tx.put(Store::Outbox, &queued.key(), &queued).await?;
    }
    tx.put(Store::Meta, key::OUTBOX_NUMBER, &number).await?;
    let Some(id) = parcel else { return Ok(()) };
    let record = ParcelRecord { id, owner, title, subject, at: now, photos: photos.to_vec(), receipt: None };
    tx.put(Store::Parcels, &id.to_string(), &record).await
}
