//! What waits, as the planner wants to see it.

use super::Engine;
use crate::{DeviceError, db};
use chrono::{DateTime, Utc};
use domain::{
    device::{
        StoreName,
        connection::has_come,
        key,
        plan::{Queue, Step},
        queue::{PhotoRecord, Queued},
    },
    hazard::Hazard,
    id::PersonId,
    order::collected,
    photo::PhotoHash,
};
use std::collections::BTreeSet;

pub(super) async fn queue(engine: &Engine, me: PersonId, now: DateTime<Utc>) -> Result<Queue, DeviceError> {
    let db = &engine.device.db;
    let stores = [StoreName::Outbox, StoreName::Photos, StoreName::Meta];
    let (queued, photos, last_pull) = db::read(db, &stores, async |tx| {
        let queued: Vec<Queued> = tx.all(StoreName::Outbox).await?;
        let photos: Vec<PhotoRecord> = tx.all(StoreName::Photos).await?;
        let last_pull: Option<DateTime<Utc>> = tx.get(StoreName::Meta, key::LAST_PULL).await?;
        Ok((queued, photos, last_pull))
    })
    .await?;
    let (line, missing) = engine.state(|state| (state.line.clone(), state.missing.clone()));
    let quiet = !has_come(line.quiet_until, now);
    let queue = Queue::of(me, &queued, &photos, last_pull, line);
    // Small pictures are for idle times on a line that is well. Before, all hazards need not be read for them: least of all
    // when the app has just been opened, and its first screen reads them.
    let waits = queued.iter().any(|queued| queued.owner == me && queued.waits());
    if waits || quiet || !matches!(queue.next(now), Step::WaitUntil(_)) {
        return Ok(queue);
    }
    let (hazards, thumbnails) = db::read(db, &[StoreName::Records, StoreName::Thumbnails], async |tx| {
        Ok((tx.records::<Hazard>().await?.known, tx.keys(StoreName::Thumbnails).await?))
    })
    .await?;
    Ok(Queue { thumbnails: wanted(&hazards, &thumbnails, &missing), ..queue })
}

/// The first found photo of each open hazard, and the newest of its rectification.
fn wanted(hazards: &[Hazard], have: &[String], missing: &[PhotoHash]) -> Vec<PhotoHash> {
    let have: BTreeSet<&str> = collected(have.iter().map(String::as_str));
    let open = hazards.iter().filter(|hazard| hazard.is_open());
    let photos = open.flat_map(|hazard| hazard.found.photos.iter().take(2).chain(hazard.after.first()));
    photos.filter(|hash| !have.contains(hash.as_str()) && !missing.contains(hash)).cloned().collect()
}
