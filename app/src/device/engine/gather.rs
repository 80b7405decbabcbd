//! What waits, as the planner wants to see it.

use super::{MOOD, line_signal};
use crate::device::{
    DeviceError,
    db::{self, Store, key},
    outbox::{PhotoRecord, PhotoStanding, Queued, Standing},
    session,
};
use chrono::{DateTime, Utc};
use domain::{
    hazard::Hazard,
    photo::PhotoHash,
    sync::plan::{Queue, WaitingOperation, WaitingPhoto},
};
use leptos::prelude::GetUntracked;
use std::collections::BTreeSet;

pub(super) async fn queue() -> Result<Queue, DeviceError> {
    let me = session::owner();
    let stores = [Store::Outbox, Store::Photos, Store::Meta, Store::Hazards, Store::Thumbnails];
    let (queued, photos, last_pull, hazards, thumbnails) = db::read(&stores, async |tx| {
        let queued: Vec<Queued> = tx.all(Store::Outbox).await?;
        let photos: Vec<PhotoRecord> = tx.all(Store::Photos).await?;
        let last_pull: Option<DateTime<Utc>> = tx.get(Store::Meta, key::LAST_PULL).await?;
        let hazards: Vec<Hazard> = tx.all(Store::Hazards).await?;
        Ok((queued, photos, last_pull, hazards, tx.keys(Store::Thumbnails).await?))
    })
    .await?;
    let mine = queued.into_iter().filter(|queued| Some(queued.owner) == me);
    let operations = mine.filter_map(|queued| match queued.standing {
        Standing::Waiting { not_before, .. } => {
            Some(WaitingOperation { id: queued.operation.id, bytes: queued.bytes, not_before })
        }
        Standing::Refused { .. } => None,
    });
    let photos = photos.into_iter().filter(|photo| Some(photo.facts.by) == me);
    let photos = photos.filter_map(|photo| match photo.standing {
        PhotoStanding::Waiting { announced, not_before, .. } => {
            Some(WaitingPhoto { hash: photo.facts.hash, bytes: photo.facts.bytes, announced, not_before })
        }
        _ => None,
    });
    Ok(MOOD.with_borrow(|mood| Queue {
        operations: operations.collect(),
        photos: photos.collect(),
        thumbnails: wanted(&hazards, &thumbnails, &mood.missing),
        last_pull,
        pull_wanted: mood.pull_wanted,
        quiet_until: mood.quiet_until,
        signed_out: line_signal().get_untracked().signed_out,
    }))
}

/// The first found photo of each open hazard, and the newest of its rectification.
fn wanted(hazards: &[Hazard], have: &[String], missing: &[PhotoHash]) -> Vec<PhotoHash> {
    let have: BTreeSet<&str> = have.iter().map(String::as_str).collect();
    let open = hazards.iter().filter(|hazard| hazard.is_open());
    let photos = open.flat_map(|hazard| hazard.found.photos.iter().take(2).chain(hazard.after.first()));
    photos.filter(|hash| !have.contains(hash.as_str()) && !missing.contains(hash)).cloned().collect()
}
