//! 待传: what waits for the server, and what came of what was sent.
//! Watch [`Topic::Outbox`](super::changes::Topic::Outbox).
//!
//! What a person does at once is one *parcel*: an inspection with its hazards and photos, or a deed with its photos. It
//! holds operations, each queued, answered and perhaps refused by itself, and photos whose bytes follow. Everything is
//! marked with its owner: another person who signs in on this phone neither sees nor sends it.

mod queue;

pub(super) use queue::{PhotoRecord, PhotoStanding, Queued, Standing, enqueue};

use super::{
    DeviceError,
    changes::{self, Topic},
    clock,
    db::{self, Store},
    engine, session,
};
use chrono::{DateTime, Duration, Utc};
use domain::{
    hazard::Deed,
    id::{HazardId, OperationId, PersonId, SiteId},
    photo::PhotoHash,
    receipt::Receipt,
    sync::{Payload, Reason, Refusal},
};
use serde::{Deserialize, Serialize, de::IgnoredAny};
use std::collections::BTreeMap;

/// How long what was received stays on the list.
const REMEMBERED: Duration = Duration::days(3);

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

/// A parcel as stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct ParcelRecord {
    pub id: OperationId,
    pub owner: PersonId,
    pub title: String,
    pub subject: Subject,
    pub at: DateTime<Utc>,
    pub photos: Vec<PhotoHash>,
    /// Of the newest operation received.
    pub receipt: Option<Receipt>,
}

/// Unsent and refused ones first, oldest first; then those received in the last days, newest first.
pub async fn all() -> Result<Vec<Parcel>, DeviceError> {
    let Some(me) = session::owner() else { return Ok(vec![]) };
    let stores = [Store::Parcels, Store::Outbox, Store::Photos];
    let (records, queued, photos) = db::read(&stores, async |tx| {
        let records: Vec<ParcelRecord> = tx.all(Store::Parcels).await?;
        let queued: Vec<Queued> = tx.all(Store::Outbox).await?;
        let photos: Vec<PhotoRecord> = tx.all(Store::Photos).await?;
        Ok((records, queued, photos))
    })
    .await?;
    let photos: BTreeMap<_, _> = photos.into_iter().map(|photo| (photo.facts.hash.clone(), photo)).collect();
    let uploading = engine::uploading();
    let mine = records.into_iter().filter(|record| record.owner == me);
    let mut parcels: Vec<Parcel> = mine
        .map(|record| {
            let operations: Vec<_> = queued.iter().filter(|queued| queued.parcel == record.id).collect();
            let photos: Vec<_> = record.photos.iter().filter_map(|hash| photos.get(hash)).collect();
            assemble(record, &operations, &photos, uploading.as_ref())
        })
        .collect();
    let received = |parcel: &Parcel| matches!(parcel.state, ParcelState::Received { .. });
    parcels.sort_by_key(|parcel| {
        let milliseconds = parcel.at.timestamp_millis();
        if received(parcel) { (true, -milliseconds) } else { (false, milliseconds) }
    });
    Ok(parcels)
}

fn assemble(
    record: ParcelRecord,
    operations: &[&Queued],
    photos: &[&PhotoRecord],
    uploading: Option<&(PhotoHash, u8)>,
) -> Parcel {
    let received = photos.iter().filter(|photo| photo.is_received()).count();
    let waiting = photos.iter().filter(|photo| !photo.is_received());
    let photo_bytes = |photo: &&PhotoRecord| photo.facts.bytes;
    let bytes = operations.iter().filter(|queued| queued.counts()).map(|queued| queued.bytes).sum::<u64>()
        + waiting.clone().map(photo_bytes).sum::<u64>();

    let refused_operation = operations.iter().find_map(|queued| match &queued.standing {
        Standing::Refused { refusal } => Some((queued.operation.id, refusal.clone())),
        Standing::Waiting { .. } => None,
    });
    let refused_photo = || {
        let refused = photos.iter().any(|photo| photo.standing == PhotoStanding::Refused);
        refused
            .then(|| (record.id, Refusal { reason: Reason::PhotoRefused, kept: None, words: String::new() }))
    };
    let sending = uploading.filter(|(hash, _)| record.photos.contains(hash));

    let state = if let Some((operation, refusal)) = refused_operation.or_else(refused_photo) {
        ParcelState::Refused { operation, refusal }
    } else if let Some((hash, percent)) = sending {
        let all = photos.iter().map(photo_bytes).sum::<u64>().max(1);
        let done = photos.iter().filter(|photo| photo.is_received()).map(photo_bytes).sum::<u64>();
        let current = photos.iter().find(|photo| photo.facts.hash == *hash).map_or(0, photo_bytes);
        let sent = done + current * u64::from(*percent) / 100;
        ParcelState::Sending { percent: u8::try_from(sent * 100 / all).unwrap_or(100) }
    } else if operations.is_empty() && received == record.photos.len() && record.receipt.is_some() {
        match record.receipt.clone() {
            Some(receipt) => ParcelState::Received { receipt },
            None => ParcelState::Waiting { last_try: None },
        }
    } else {
        let tries = operations.iter().filter_map(|queued| queued.last_try());
        let tries = tries.chain(waiting.filter_map(|photo| photo.last_try()));
        ParcelState::Waiting { last_try: tries.max_by_key(|last| last.at).cloned() }
    };
    Parcel {
        id: record.id,
        title: record.title,
        subject: record.subject,
        at: record.at,
        state,
        photos: (received, record.photos.len()),
        bytes,
    }
}

pub async fn counts() -> Result<Counts, DeviceError> {
    Ok(all().await?.iter().fold(Counts::default(), |counts, parcel| match parcel.state {
        ParcelState::Received { .. } => counts,
        ParcelState::Refused { .. } => Counts {
            unsent: counts.unsent + 1,
            refused: counts.refused + 1,
            bytes: counts.bytes + parcel.bytes,
        },
        _ => Counts { unsent: counts.unsent + 1, bytes: counts.bytes + parcel.bytes, ..counts },
    }))
}

/// Whether anybody's unsent work or draft is sealed on this phone; says nothing of whose.
pub async fn holds_anything() -> Result<bool, DeviceError> {
    let stores = [Store::Outbox, Store::Photos, Store::Drafts];
    db::read(&stores, async |tx| {
        let queued: Vec<Queued> = tx.all(Store::Outbox).await?;
        let photos: Vec<PhotoRecord> = tx.all(Store::Photos).await?;
        let drafts: Vec<IgnoredAny> = tx.all(Store::Drafts).await?;
        let unsent = photos.iter().any(|photo| !photo.is_received());
        Ok(!queued.is_empty() || unsent || !drafts.is_empty())
    })
    .await
}

/// Applies a deed to this phone's copy of the hazard and puts it, with its photos, into the outbox.
pub async fn act(hazard: HazardId, deed: Deed, title: String) -> Result<(), DeviceError> {
    put_hazard_parcel(hazard, None, deed, title).await
}

/// Reports a hazard that no inspection found.
pub async fn report(site: SiteId, deed: Deed, title: String) -> Result<HazardId, DeviceError> {
    let hazard = clock::new_id();
    put_hazard_parcel(hazard, Some(site), deed, title).await?;
    Ok(hazard)
}

async fn put_hazard_parcel(
    hazard: HazardId,
    site: Option<SiteId>,
    deed: Deed,
    title: String,
) -> Result<(), DeviceError> {
    let photos: Vec<PhotoHash> = deed.photos().into_iter().cloned().collect();
    let payload = Payload::Hazard { hazard, event: clock::new_id(), site, deed };
    db::write(&queue::STORES, async |tx| {
        enqueue(tx, title, Subject::Hazard { hazard }, vec![payload], &photos).await
    })
    .await?;
    for topic in [Topic::Outbox, Topic::Records] {
        changes::announce(topic);
    }
    engine::kick();
    Ok(())
}

/// Takes a refused parcel off the list; its record stays on the server where it was kept.
pub async fn dismiss(parcel: OperationId) -> Result<(), DeviceError> {
    db::write(&queue::STORES, async |tx| {
        let queued: Vec<Queued> = tx.all(Store::Outbox).await?;
        for refused in queued.iter().filter(|queued| queued.parcel == parcel && !queued.counts()) {
            tx.delete(Store::Outbox, &refused.key()).await?;
        }
        if queued.iter().any(|queued| queued.parcel == parcel && queued.counts()) {
            return Ok(());
        }
        tx.delete(Store::Parcels, &parcel.to_string()).await
    })
    .await?;
    changes::announce(Topic::Outbox);
    Ok(())
}

/// Forgets what was received long ago, and frees the photo bytes that the server holds.
pub(super) async fn prune(now: DateTime<Utc>) -> Result<(), DeviceError> {
    let stores = [Store::Parcels, Store::Outbox, Store::Photos, Store::PhotoBytes];
    db::write(&stores, async |tx| {
        let queued: Vec<Queued> = tx.all(Store::Outbox).await?;
        for record in tx.all::<ParcelRecord>(Store::Parcels).await? {
            let waits = queued.iter().any(|queued| queued.parcel == record.id);
            if !waits && record.receipt.is_some() && now - record.at > REMEMBERED {
                let mut received = true;
                for hash in &record.photos {
                    let photo: Option<PhotoRecord> = tx.get(Store::Photos, hash.as_str()).await?;
                    received &= photo.is_none_or(|photo| photo.is_received());
                }
                if received {
                    tx.delete(Store::Parcels, &record.id.to_string()).await?;
                }
            }
        }
        for photo in tx.all::<PhotoRecord>(Store::Photos).await? {
            if let PhotoStanding::Received { at } = photo.standing
                && now - at > REMEMBERED
            {
                tx.delete(Store::PhotoBytes, photo.facts.hash.as_str()).await?;
                tx.delete(Store::Photos, photo.facts.hash.as_str()).await?;
            }
        }
        Ok(())
    })
    .await
}
