//! Sealing what a version that did not encrypt has left.
//!
//! Once for each person on a phone, a record at a time: the photos of a street do not fit into memory together.

use crate::device::{
    DeviceError,
    db::{self, Kept},
};
use domain::{
    device::{
        Shelf,
        queue::{PhotoRecord, Queued},
    },
    id::PersonId,
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What says whose a record is that does not say so itself.
struct Owners {
    me: PersonId,
    /// Of operations, by their running number.
    numbers: BTreeMap<String, PersonId>,
    /// Photos of mine.
    photos: BTreeSet<String>,
}

impl Owners {
    fn is_mine(&self, shelf: Shelf, key: &str, text: &str) -> bool {
        let owner = match shelf {
            Shelf::Operations => self.numbers.get(key).copied(),
            // Records of the office belong to whoever has them on the phone.
            _ => stated(text).or(Some(self.me)),
        };
        owner == Some(self.me)
    }
}

/// Everything that lies open and is this person's.
pub(super) async fn seal(me: PersonId) -> Result<(), DeviceError> {
    let done = format!("sealed/{me}");
    let read = [Shelf::Meta, Shelf::Outbox, Shelf::Photos];
    let owners = db::read(&read, async |tx| {
        if tx.get(Shelf::Meta, &done).await? == Some(true) {
            return Ok(None);
        }
        let queued: Vec<Queued> = tx.all(Shelf::Outbox).await?;
        let photos: Vec<PhotoRecord> = tx.all(Shelf::Photos).await?;
        let mine = photos.into_iter().filter(|photo| photo.facts.by == me);
        Ok(Some(Owners {
            me,
            numbers: queued.iter().map(|queued| (queued.key(), queued.owner)).collect(),
            photos: mine.map(|photo| photo.facts.hash.as_str().to_owned()).collect(),
        }))
    })
    .await?;
    let Some(owners) = owners else { return Ok(()) };
    for shelf in Shelf::ALL.into_iter().filter(|shelf| shelf.is_private()) {
        for key in db::read(&[shelf], async |tx| tx.keys(shelf).await).await? {
            seal_one(shelf, &key, &owners).await?;
        }
    }
    db::write(&[Shelf::Meta], async |tx| tx.put(Shelf::Meta, &done, &true).await).await
}

async fn seal_one(shelf: Shelf, key: &str, owners: &Owners) -> Result<(), DeviceError> {
    let kept = db::read(&[shelf], async |tx| tx.kept(shelf, key).await).await?;
    let blob = match kept {
        Some(Kept::Text(_)) => None,
        Some(blob @ Kept::Blob(_)) if shelf == Shelf::Thumbnails || owners.photos.contains(key) => {
            blob.bytes(shelf, key).await?
        }
        _ => return Ok(()),
    };
    // As it lies there by now: it may have changed, or gone.
    db::write(&[shelf], async |tx| match (tx.kept(shelf, key).await?, &blob) {
        (Some(Kept::Text(text)), _) if owners.is_mine(shelf, key, &text) => {
            tx.put_text(shelf, key, &text).await
        }
        (Some(Kept::Blob(_)), Some(bytes)) => tx.put_bytes(shelf, key, bytes).await,
        _ => Ok(()),
    })
    .await
}

/// Of a record that says so itself.
fn stated(text: &str) -> Option<PersonId> {
    let record: Value = serde_json::from_str(text).ok()?;
    let owner = record.get("owner").or_else(|| record.pointer("/facts/by"))?;
    owner.as_str()?.parse().ok()
}
