//! Unsent work as one file, taken to another phone or to the office, and brought in from one. Unfinished visits go along
//! with their photos: another phone goes on with them.

use crate::{
    Device, DeviceError, action_drafts, changes::Topic, db, drafts, new_sites, outbox::STORES, session, tasks,
};
use domain::{
    device::{
        StoreName, Write,
        bundle::{self, Carried, Contents, EXTENSION},
        enqueue::{self, OperationSummary},
        key,
        queue::{PhotoRecord, PhotoStatus, Queued, RetryState},
        submission::SubmissionRecord,
    },
    id::DeviceId,
    order::collected,
    photo::PhotoHash,
    time::hour_and_minute,
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
/// where nothing waits and nothing is unfinished. What was refused goes along: the office may still want it. What cannot be read stays
/// behind, and keeps nothing else from being taken along.
pub async fn pack(device: &Device, mut photo: impl FnMut(Vec<u8>)) -> Result<Option<Packed>, DeviceError> {
    let me = session::current(device).ok_or(DeviceError::WrongPassword)?;
    let person = me.actor.person;
    let stores = [
        StoreName::Meta,
        StoreName::Outbox,
        StoreName::Operations,
        StoreName::Submissions,
        StoreName::Photos,
    ];
    let (operations, submissions, photos, id) = db::read(&device.db, &stores, async |tx| {
        let mut operations = vec![];
        for queued in
            tx.all::<Queued>(StoreName::Outbox).await?.iter().filter(|queued| queued.owner == person)
        {
            let raw: Option<Value> = tx.readable(StoreName::Operations, &queued.key()).await?;
            operations.extend(raw.map(|raw| Carried { submission: queued.submission, raw }));
        }
        let submissions: Vec<SubmissionRecord> = tx.all(StoreName::Submissions).await?;
        let photos: Vec<PhotoRecord> = tx.all(StoreName::Photos).await?;
        let id: Option<DeviceId> = tx.get(StoreName::Meta, key::DEVICE).await?;
        Ok((operations, submissions, photos, id))
    })
    .await?;
    let drafts = drafts::carried(device).await?;
    let actions = action_drafts::all(device);
    let (sites, given) = (new_sites::load(device), tasks::kept(device));
    let of_actions = actions.iter().flat_map(|begun| &begun.draft.photos);
    let of_doors = sites.iter().flat_map(|begun| &begun.photos);
    let of_drafts = drafts.iter().flat_map(|carried| carried.draft.photos());
    let begun: BTreeSet<PhotoHash> = collected(of_drafts.chain(of_actions).chain(of_doors).cloned());
    let unsent = photos.into_iter().filter(|photo| {
        photo.facts.by == person
            && match photo.status {
                PhotoStatus::Waiting { .. } | PhotoStatus::Refused => true,
                PhotoStatus::Held | PhotoStatus::Received { .. } => begun.contains(&photo.facts.hash),
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
    let nothing_begun = drafts.is_empty() && actions.is_empty() && sites.is_none() && given.is_none();
    if operations.is_empty() && facts.is_empty() && nothing_begun {
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
        submissions: submissions.into_iter().filter(|submission| submission.owner == person).collect(),
        actions: bundle::raw(&actions)?,
        drafts: bundle::raw(&drafts)?,
        sites: bundle::raw(sites.as_slice())?,
        tasks: bundle::raw(given.as_slice())?,
        photos: facts,
    };
    let digits = |written: String| written.replace(['-', ':'], "");
    let (day, time) = (digits(now.date_naive().to_string()), digits(hour_and_minute(&now)));
    let name = format!("xunan-{day}-{time}.{EXTENSION}");
    Ok(Some(Packed { name, head: contents.head()? }))
}

async fn bytes_of(device: &Device, hash: &PhotoHash) -> Result<Option<Vec<u8>>, DeviceError> {
    let (store, key) = (StoreName::PhotoBytes, hash.as_str());
    let kept = db::read(&device.db, &[store], async |tx| tx.kept(store, key).await).await?;
    let Some(kept) = kept else { return Ok(None) };
    match kept.bytes(&device.encryption, store, key) {
        // What is damaged is gone.
        Err(DeviceError::Unreadable(_)) => Ok(None),
        bytes => bytes,
    }
}

/// What came that was not here already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Came {
    pub operations: usize,
    pub photos: usize,
    /// Unfinished visits, drafts of actions, sites and work that were begun.
    pub drafts: usize,
    /// What this version cannot read; a newer one brings it in from the same file.
    pub left: usize,
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
    let more = [StoreName::PhotoBytes, StoreName::Drafts, StoreName::DraftCopies];
    let stores: Vec<StoreName> = STORES.into_iter().chain(more).collect();
    let (begun, of_drafts) = (contents.carried_drafts(), contents.of_drafts_only());
    let came = db::write(&device.db, &stores, async |tx| {
        let here: Vec<Queued> = tx.all(StoreName::Outbox).await?;
        let here: BTreeSet<_> = collected(here.iter().map(|queued| queued.operation));
        let mut number: u64 = tx.get(StoreName::Meta, key::OUTBOX_NUMBER).await?.unwrap_or_default();
        let mut came = Came::default();
        for Carried { submission, raw } in &contents.operations {
            let Some(operation) = OperationSummary::read(raw) else {
                came.left += 1;
                continue;
            };
            if here.contains(&operation.id) {
                continue;
            }
            number += 1;
            came.operations += 1;
            tx.carry_out(&enqueue::as_made(number, me, *submission, operation, raw)?).await?;
        }
        for submission in &contents.submissions {
            if tx.text(StoreName::Submissions, &submission.id.to_string()).await?.is_none() {
                tx.carry_out(&[submission.write()?]).await?;
            }
        }
        for (facts, bytes) in &photos {
            let key = facts.hash.as_str();
            let known: Option<PhotoRecord> = tx.get(StoreName::Photos, key).await?;
            if known.is_none() {
                came.photos += 1;
                tx.put_bytes(StoreName::PhotoBytes, key, bytes).await?;
                let waiting = PhotoStatus::Waiting {
                    // The server knows of those that were announced before; asking costs one answer.
                    announced: !contents.announces(&facts.hash),
                    urgent: false,
                    tries: RetryState::default(),
                    upload: None,
                };
                let status = if of_drafts.contains(&facts.hash) { PhotoStatus::Held } else { waiting };
                tx.carry_out(&[PhotoRecord { facts: facts.clone(), status }.write()?]).await?;
            }
        }
        for carried in &begun {
            came.drafts += usize::from(drafts::take_in(device, tx, me, carried).await?);
        }
        tx.carry_out(&[Write::put(StoreName::Meta, key::OUTBOX_NUMBER, &number)?]).await?;
        Ok(came)
    })
    .await?;
    let (written, sites, given) = (contents.begun_actions(), contents.begun_sites(), contents.begun_tasks());
    let held = contents.drafts.len() + contents.actions.len() + contents.sites.len() + contents.tasks.len();
    let unread = held - begun.len() - written.len() - sites.len() - given.len();
    let mut taken = written.iter().filter(|begun| action_drafts::take_in(device, begun)).count();
    taken += given.iter().filter(|begun| tasks::take_in(device, begun)).count();
    for begun in &sites {
        taken += usize::from(new_sites::take_in(device, begun).await?);
    }
    let came = Came { left: came.left + unread, drafts: came.drafts + taken, ..came };
    for topic in [Topic::Outbox, Topic::Photos, Topic::Records, Topic::Drafts] {
        device.changes.announce(topic);
    }
    device.changes.wake();
    Ok(came)
}
