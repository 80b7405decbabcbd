//! Unsent work as one file, taken to another phone or to the office, and brought in from one. Unfinished inspections go along
//! with their photos: another phone goes on with them.

use super::STORES;
use crate::device::{
    DeviceError,
    changes::{self, Topic},
    clock,
    db::{self, Kept},
    deed_drafts, drafts, engine, session,
};
use domain::{
    device::{
        Shelf, Write,
        bundle::{self, Carried, Contents, EXTENSION},
        enqueue, key,
        parcel::ParcelRecord,
        queue::{PhotoRecord, PhotoStanding, Queued, Tries},
    },
    id::DeviceId,
    json::read_value,
    photo::PhotoHash,
    sync::Operation,
};
use js_sys::{Array, Uint8Array};
use serde_json::Value;
use std::collections::BTreeSet;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// The file and its name; none where nothing waits and nothing is unfinished. What was refused goes along: the office may still want it.
pub async fn pack() -> Result<Option<(web_sys::Blob, String)>, DeviceError> {
    let me = session::current().ok_or(DeviceError::WrongPassword)?;
    let person = me.actor.person;
    let shelves = [Shelf::Meta, Shelf::Outbox, Shelf::Operations, Shelf::Parcels, Shelf::Photos];
    let (operations, parcels, photos, device) = db::read(&shelves, async |tx| {
        let mut operations = vec![];
        for queued in tx.all::<Queued>(Shelf::Outbox).await?.iter().filter(|queued| queued.owner == person) {
            let raw: Option<Value> = tx.get(Shelf::Operations, &queued.key()).await?;
            operations.extend(raw.map(|raw| Carried { parcel: queued.parcel, raw }));
        }
        let parcels: Vec<ParcelRecord> = tx.all(Shelf::Parcels).await?;
        let photos: Vec<PhotoRecord> = tx.all(Shelf::Photos).await?;
        let device: Option<DeviceId> = tx.get(Shelf::Meta, key::DEVICE).await?;
        Ok((operations, parcels, photos, device))
    })
    .await?;
    let drafts = drafts::carried().await?;
    let deeds = deed_drafts::all();
    let of_deeds = deeds.iter().flat_map(|begun| &begun.draft.photos);
    let begun: BTreeSet<PhotoHash> =
        drafts.iter().flat_map(|carried| carried.draft.photos()).chain(of_deeds).cloned().collect();
    let unsent = photos.into_iter().filter(|photo| {
        photo.facts.by == person
            && match photo.standing {
                PhotoStanding::Waiting { .. } | PhotoStanding::Refused => true,
                PhotoStanding::Held | PhotoStanding::Received { .. } => begun.contains(&photo.facts.hash),
            }
    });
    let mut facts = vec![];
    let parts = Array::new();
    for photo in unsent {
        // A photo whose bytes are gone cannot be taken along.
        if let Some(bytes) = bytes_of(&photo.facts.hash).await? {
            parts.push(&Uint8Array::from(bytes.as_slice()));
            facts.push(photo.facts);
        }
    }
    if operations.is_empty() && facts.is_empty() && drafts.is_empty() && deeds.is_empty() {
        return Ok(None);
    }
    let now = clock::now();
    let contents = Contents {
        office: me.actor.office,
        person,
        name: me.actor.name,
        device: device.unwrap_or_else(clock::new_id),
        made_at: now,
        operations,
        parcels: parcels.into_iter().filter(|parcel| parcel.owner == person).collect(),
        deeds: bundle::raw(&deeds)?,
        drafts: bundle::raw(&drafts)?,
        photos: facts,
    };
    parts.unshift(&JsValue::from_str(&contents.head()?));
    let blob = web_sys::Blob::new_with_blob_sequence(&parts);
    let blob = blob.map_err(|_| DeviceError::Unreadable("file of unsent work".to_owned()))?;
    Ok(Some((blob, format!("xunan-{}.{EXTENSION}", now.format("%Y%m%d-%H%M")))))
}

async fn bytes_of(hash: &PhotoHash) -> Result<Option<Vec<u8>>, DeviceError> {
    let kept: Option<Kept> =
        db::read(&[Shelf::PhotoBytes], async |tx| tx.kept(Shelf::PhotoBytes, hash.as_str()).await).await?;
    match kept {
        Some(kept) => kept.bytes(Shelf::PhotoBytes, hash.as_str()),
        None => Ok(None),
    }
}

/// What came that was not here already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Came {
    pub operations: usize,
    pub photos: usize,
    /// Unfinished inspections and deeds.
    pub drafts: usize,
}

/// Only the same person's work comes in: another's goes to the office.
pub async fn unpack(file: &web_sys::File) -> Result<Came, DeviceError> {
    let me = session::owner().ok_or(DeviceError::WrongPassword)?;
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|_| DeviceError::NotABundle)?;
    let bytes = Uint8Array::new(&buffer).to_vec();
    let (contents, begin) = Contents::read(&bytes).map_err(|_| DeviceError::NotABundle)?;
    if contents.person != me {
        return Err(DeviceError::SomebodyElses);
    }
    let mut photos = vec![];
    for (facts, place) in contents.places(begin) {
        let bytes = bytes.get(place).ok_or(DeviceError::NotABundle)?;
        if PhotoHash::of(bytes) != facts.hash {
            return Err(DeviceError::NotABundle);
        }
        photos.push((facts.clone(), bytes));
    }
    let more = [Shelf::PhotoBytes, Shelf::Drafts, Shelf::DraftCopies];
    let shelves: Vec<Shelf> = STORES.into_iter().chain(more).collect();
    let (begun, of_drafts) = (contents.carried_drafts(), contents.of_drafts_only());
    let came = db::write(&shelves, async |tx| {
        let here: Vec<Queued> = tx.all(Shelf::Outbox).await?;
        let here: BTreeSet<_> = here.iter().map(|queued| queued.operation).collect();
        let mut number: u64 = tx.get(Shelf::Meta, key::OUTBOX_NUMBER).await?.unwrap_or_default();
        let mut came = Came::default();
        for Carried { parcel, raw } in &contents.operations {
            let Ok(operation) = read_value::<Operation>(raw) else { continue };
            if here.contains(&operation.id) {
                continue;
            }
            number += 1;
            came.operations += 1;
            tx.carry_out(&enqueue::as_made(number, me, *parcel, &operation, raw)?).await?;
        }
        for parcel in &contents.parcels {
            if tx.text(Shelf::Parcels, &parcel.id.to_string()).await?.is_none() {
                tx.carry_out(&[parcel.write()?]).await?;
            }
        }
        for (facts, bytes) in &photos {
            let key = facts.hash.as_str();
            let known: Option<PhotoRecord> = tx.get(Shelf::Photos, key).await?;
            if known.is_none() {
                came.photos += 1;
                tx.put_bytes(Shelf::PhotoBytes, key, bytes).await?;
                let waiting = PhotoStanding::Waiting {
                    // The server knows of those that were announced before; asking costs one answer.
                    announced: !contents.announces(&facts.hash),
                    urgent: false,
                    tries: Tries::default(),
                    upload: None,
                };
                let standing = if of_drafts.contains(&facts.hash) { PhotoStanding::Held } else { waiting };
                tx.carry_out(&[PhotoRecord { facts: facts.clone(), standing }.write()?]).await?;
            }
        }
        for carried in &begun {
            came.drafts += usize::from(drafts::take_in(tx, me, carried).await?);
        }
        tx.carry_out(&[Write::put(Shelf::Meta, key::OUTBOX_NUMBER, &number)?]).await?;
        Ok(came)
    })
    .await?;
    let written = contents.begun_deeds();
    let came = Came {
        drafts: came.drafts + written.iter().filter(|begun| deed_drafts::take_in(begun)).count(),
        ..came
    };
    for topic in [Topic::Outbox, Topic::Photos, Topic::Records, Topic::Drafts] {
        changes::announce(topic);
    }
    engine::kick();
    Ok(came)
}
