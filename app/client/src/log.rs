//! What the engine did lately: codes, counts and times, nobody's records. Kept over restarts; sent when a person asks.

use super::{DeviceError, db, engine, outbox, session, space};
use domain::{
    device::{
        Shelf,
        queue::{PhotoRecord, PhotoStanding, Queued},
    },
    diagnostics::{Diagnostics, MOST_ENTRIES, Noted},
    sync::Payload,
};
use std::{cell::RefCell, collections::VecDeque};

/// A line each for a long day without signal.
const KEPT: usize = MOST_ENTRIES;

const KEY: &str = "engine";

thread_local! {
    static NEW: RefCell<VecDeque<Noted>> = const { RefCell::new(VecDeque::new()) };
}

pub(super) fn note(noted: Noted) {
    NEW.with_borrow_mut(|new| {
        new.push_back(noted);
        while new.len() > KEPT {
            new.pop_front();
        }
    });
}

/// Writes down what is new; where that fails it is still there the next time.
pub(super) async fn keep() {
    if NEW.with_borrow(VecDeque::is_empty) {
        return;
    }
    let new: Vec<Noted> = NEW.with_borrow_mut(|new| new.drain(..).collect());
    let written = db::write(&[Shelf::Log], async |tx| {
        let mut entries: Vec<Noted> = tx.get(Shelf::Log, KEY).await?.unwrap_or_default();
        entries.extend(new.iter().cloned());
        let over = entries.len().saturating_sub(KEPT);
        entries.drain(..over);
        tx.put(Shelf::Log, KEY, &entries).await
    })
    .await;
    if written.is_err() {
        NEW.with_borrow_mut(|later| new.into_iter().rev().for_each(|noted| later.push_front(noted)));
    }
}

/// Puts a report into the outbox. It goes with the records, so that a photo that is stuck does not hold it up.
pub async fn send() -> Result<(), DeviceError> {
    keep().await;
    let me = session::owner().ok_or(DeviceError::WrongPassword)?;
    let space = space::measure().await;
    let shelves: Vec<_> = outbox::STORES.into_iter().chain([Shelf::Log]).collect();
    db::write(&shelves, async |tx| {
        let entries = tx.get(Shelf::Log, KEY).await?.unwrap_or_default();
        let queued: Vec<Queued> = tx.all(Shelf::Outbox).await?;
        let photos: Vec<PhotoRecord> = tx.all(Shelf::Photos).await?;
        let waiting = queued.iter().filter(|queued| queued.owner == me && queued.waits());
        let pictures = photos.iter().filter(|photo| matches!(photo.standing, PhotoStanding::Waiting { .. }));
        let count = waiting.clone().count() + pictures.clone().count();
        let report = Diagnostics {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            system: session::device_name(),
            waiting: u32::try_from(count).unwrap_or(u32::MAX),
            bytes: waiting.map(|queued| queued.bytes).sum::<u64>()
                + pictures.map(PhotoRecord::unsent).sum::<u64>(),
            free: space.map(|space| space.free),
            persistent: space.map(|space| space.persistent),
            entries,
        };
        outbox::enqueue_alone(tx, Payload::Diagnostics(report)).await
    })
    .await?;
    engine::kick();
    Ok(())
}
