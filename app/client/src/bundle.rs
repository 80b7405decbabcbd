//! Unsent work as one file, taken to another phone or to the office, and brought in from one. Unfinished inspections go along
//! with their photos: another phone goes on with them.

use crate::{Device, DeviceError, changes::Topic, db, deed_drafts, drafts, outbox::STORES, session};
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
use serde_json::Value;
use std::collections::BTreeSet;

/// A file of unsent work, but for the photos at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    pub name: String,
    /// Its beginning.
    pub head: String,
}

/// The file's beginning and its name; `photo` takes the bytes of one photo after the other, which follow in that order. None
/// where nothing waits and nothing is unfinished. What was refused goes along: the office may still want it.
pub async fn pack(device: &Device, mut photo: impl FnMut(Vec<u8>)) -> Result<Option<Packed>, DeviceError> {
    let me = session::current(device).ok_or(DeviceError::WrongPassword)?;
    let person = me.actor.person;
    let shelves = [Shelf::Meta, Shelf::Outbox, Shelf::Operations, Shelf::Parcels, Shelf::Photos];
    let (operations, parcels, photos, id) = db::read(&device.db, &shelves, async |tx| {
        let mut operations = vec![];
        for queued in tx.all::<Queued>(Shelf::Outbox).await?.iter().filter(|queued| queued.owner == person) {
            let raw: Option<Value> = tx.get(Shelf::Operations, &queued.key()).await?;
            operations.extend(raw.map(|raw| Carried { parcel: queued.parcel, raw }));
        }
        let parcels: Vec<ParcelRecord> = tx.all(Shelf::Parcels).await?;
        let photos: Vec<PhotoRecord> = tx.all(Shelf::Photos).await?;
        let id: Option<DeviceId> = tx.get(Shelf::Meta, key::DEVICE).await?;
        Ok((operations, parcels, photos, id))
    })
    .await?;
    let drafts = drafts::carried(device).await?;
    let deeds = deed_drafts::all(device);
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
    for record in unsent {
        // A photo whose bytes are gone cannot be taken along.
        if let Some(bytes) = bytes_of(device, &record.facts.hash).await? {
            photo(bytes);
            facts.push(record.facts);
        }
    }
    if operations.is_empty() && facts.is_empty() && drafts.is_empty() && deeds.is_empty() {
        return Ok(None);
    }
    let now = device.clock.now();
    let contents = Contents {
        office: me.actor.office,
        person,
        name: me.actor.name,
        device: id.unwrap_or_else(|| device.clock.new_id()),
        made_at: now,
        operations,
        parcels: parcels.into_iter().filter(|parcel| parcel.owner == person).collect(),
        deeds: bundle::raw(&deeds)?,
        drafts: bundle::raw(&drafts)?,
        photos: facts,
    };
    let name = format!("xunan-{}.{EXTENSION}", now.format("%Y%m%d-%H%M"));
    Ok(Some(Packed { name, head: contents.head()? }))
}

async fn bytes_of(device: &Device, hash: &PhotoHash) -> Result<Option<Vec<u8>>, DeviceError> {
    let (shelf, key) = (Shelf::PhotoBytes, hash.as_str());
    let kept = db::read(&device.db, &[shelf], async |tx| tx.kept(shelf, key).await).await?;
    match kept {
        Some(kept) => kept.bytes(&device.encryption, shelf, key),
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
pub async fn unpack(device: &Device, bytes: &[u8]) -> Result<Came, DeviceError> {
    let me = session::owner(device).ok_or(DeviceError::WrongPassword)?;
    let (contents, begin) = Contents::read(bytes).map_err(|_| DeviceError::NotABundle)?;
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
    let came = db::write(&device.db, &shelves, async |tx| {
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
            came.drafts += usize::from(drafts::take_in(device, tx, me, carried).await?);
        }
        tx.carry_out(&[Write::put(Shelf::Meta, key::OUTBOX_NUMBER, &number)?]).await?;
        Ok(came)
    })
    .await?;
    let written = contents.begun_deeds();
    let came = Came {
        drafts: came.drafts + written.iter().filter(|begun| deed_drafts::take_in(device, begun)).count(),
        ..came
    };
    for topic in [Topic::Outbox, Topic::Photos, Topic::Records, Topic::Drafts] {
        device.changes.announce(topic);
    }
    device.changes.wake();
    Ok(came)
}
