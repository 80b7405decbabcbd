//! What waits, as the planner wants to see it.

use super::Engine;
use crate::{DeviceError, db};
use chrono::{DateTime, Utc};
use domain::{
    device::{
        StoreName, key,
        plan::Queue,
        queue::{PhotoRecord, Queued},
    },
    hazard::Hazard,
    id::PersonId,
    order::collected,
    photo::PhotoHash,
};
use std::collections::BTreeSet;

pub(super) async fn queue(engine: &Engine, me: PersonId) -> Result<Queue, DeviceError> {
    let stores =
        [StoreName::Outbox, StoreName::Photos, StoreName::Meta, StoreName::Records, StoreName::Thumbnails];
    let (queued, photos, last_pull, hazards, thumbnails) = db::read(&engine.device.db, &stores, async |tx| {
        let queued: Vec<Queued> = tx.all(StoreName::Outbox).await?;
        let photos: Vec<PhotoRecord> = tx.all(StoreName::Photos).await?;
        let last_pull: Option<DateTime<Utc>> = tx.get(StoreName::Meta, key::LAST_PULL).await?;
        // Small pictures are for idle times; while anything waits, the hazards need not be read for them.
        let waits = queued.iter().any(|queued| queued.owner == me && queued.waits());
        let hazards: Vec<Hazard> = if waits { vec![] } else { tx.records().await?.known };
        Ok((queued, photos, last_pull, hazards, tx.keys(StoreName::Thumbnails).await?))
    })
    .await?;
    let (line, missing) = engine.state(|state| (state.line.clone(), state.missing.clone()));
    let queue = Queue::of(me, &queued, &photos, last_pull, line);
    Ok(Queue { thumbnails: wanted(&hazards, &thumbnails, &missing), ..queue })
}

/// The first found photo of each open hazard, and the newest of its rectification.
fn wanted(hazards: &[Hazard], have: &[String], missing: &[PhotoHash]) -> Vec<PhotoHash> {
    let have: BTreeSet<&str> = collected(have.iter().map(String::as_str));
    let open = hazards.iter().filter(|hazard| hazard.is_open());
    let photos = open.flat_map(|hazard| hazard.found.photos.iter().take(2).chain(hazard.after.first()));
    photos.filter(|hash| !have.contains(hash.as_str()) && !missing.contains(hash)).cloned().collect()
}
