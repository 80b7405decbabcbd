//! The engine's [log](crate::log), kept over restarts, and sent when a person asks.

use crate::{Device, DeviceError, db, log::KEPT, outbox, platform::Page as _, session};
use domain::{
    device::{
        StoreName,
        queue::{PhotoRecord, PhotoStatus, Queued},
    },
    diagnostics::{Diagnostics, Noted},
    sync::Payload,
};

const KEY: &str = "engine";

/// Writes down what is new; where that fails it is still there the next time.
pub(crate) async fn keep(device: &Device) {
    let new = device.log.take();
    if new.is_empty() {
        return;
    }
    let written = db::write(&device.db, &[StoreName::Log], async |tx| {
        let mut entries: Vec<Noted> = tx.get(StoreName::Log, KEY).await?.unwrap_or_default();
        entries.extend(new.iter().cloned());
        let over = entries.len().saturating_sub(KEPT);
        entries.drain(..over);
        tx.put(StoreName::Log, KEY, &entries).await
    })
    .await;
    if written.is_err() {
        device.log.put_back(new);
    }
}

/// Puts a report into the outbox. It goes with the records, so that a photo that is stuck does not hold it up.
pub async fn send(device: &Device) -> Result<(), DeviceError> {
    keep(device).await;
    let me = session::owner(device).ok_or(DeviceError::WrongPassword)?;
    let space = device.page.space().await;
    let stores: Vec<_> = outbox::STORES.into_iter().chain([StoreName::Log]).collect();
    db::write(&device.db, &stores, async |tx| {
        let entries = tx.get(StoreName::Log, KEY).await?.unwrap_or_default();
        let queued: Vec<Queued> = tx.all(StoreName::Outbox).await?;
        let photos: Vec<PhotoRecord> = tx.all(StoreName::Photos).await?;
        let waiting = queued.iter().filter(|queued| queued.owner == me && queued.waits());
        let pictures = photos.iter().filter(|photo| matches!(photo.status, PhotoStatus::Waiting { .. }));
        let count = waiting.clone().count() + pictures.clone().count();
        let report = Diagnostics {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            system: device.page.device_name(),
            waiting: u32::try_from(count).unwrap_or(u32::MAX),
            bytes: waiting.map(|queued| queued.bytes).sum::<u64>()
                + pictures.map(PhotoRecord::unsent).sum::<u64>(),
            free: space.map(|space| space.free),
            persistent: space.map(|space| space.persistent),
            entries,
        };
        outbox::enqueue_alone(device, tx, Payload::Diagnostics(report)).await
    })
    .await?;
    device.changes.wake();
    Ok(())
}
