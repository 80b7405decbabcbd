//! A PIN that nobody remembers: what cannot be read any more is counted, and then thrown away.

use super::{changed_hands, remembered, stays_key};
use crate::{Device, DeviceError, changes::Topic, db, deed_drafts, session};
use domain::{
    device::{Shelf, queue::Queued},
    id::PersonId,
};
use std::collections::BTreeSet;

/// What a person who has forgotten the PIN would lose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lost {
    /// Unfinished inspections.
    pub drafts: usize,
    /// Things done that were not sent.
    pub unsent: usize,
    /// Pictures that lie here. Some of them may have been received: which, only the PIN could tell.
    pub photos: usize,
}

pub async fn would_be_lost(device: &Device) -> Result<Lost, DeviceError> {
    let Some(me) = session::owner(device) else { return Ok(Lost::default()) };
    db::read(&device.db, &[Shelf::Drafts, Shelf::Outbox, Shelf::PhotoBytes], async |tx| {
        let queued: Vec<Queued> = tx.all(Shelf::Outbox).await?;
        let parcels: BTreeSet<_> =
            queued.iter().filter(|queued| queued.owner == me).map(|queued| queued.parcel).collect();
        Ok(Lost {
            drafts: mine(tx, Shelf::Drafts, me).await?.len(),
            unsent: parcels.len(),
            photos: mine(tx, Shelf::PhotoBytes, me).await?.len(),
        })
    })
    .await
}

/// Keys of what is sealed to this person, read one at a time: pictures are large.
async fn mine(tx: &db::Tx<'_>, shelf: Shelf, me: PersonId) -> Result<Vec<String>, DeviceError> {
    let mut mine = vec![];
    for key in tx.keys(shelf).await? {
        if tx.kept(shelf, &key).await?.is_some_and(|kept| kept.owner() == Some(me)) {
            mine.push(key);
        }
    }
    Ok(mine)
}

/// Throws away what nobody can read any more, and signs out: whoever it is sets a new PIN after the password only. The
/// caller has asked.
pub async fn forget(device: &Device) -> Result<(), DeviceError> {
    let me = session::owner(device).ok_or(DeviceError::WrongPassword)?;
    session::leave(device);
    changed_hands(device);
    db::write(&device.db, &Shelf::ALL, async |tx| {
        for shelf in Shelf::ALL {
            for key in mine(tx, shelf, me).await? {
                tx.delete(shelf, &key).await?;
            }
        }
        for queued in tx.all::<Queued>(Shelf::Outbox).await?.iter().filter(|queued| queued.owner == me) {
            tx.carry_out(&queued.remove()).await?;
        }
        session::clear_records(tx).await?;
        tx.delete(Shelf::Keys, &stays_key(me)).await?;
        tx.delete(Shelf::Keys, &me.to_string()).await
    })
    .await?;
    deed_drafts::forget_all(device, me);
    remembered::forget(device);
    device.changes.locked();
    for topic in [Topic::Records, Topic::Drafts, Topic::Outbox, Topic::Photos] {
        device.changes.announce(topic);
    }
    Ok(())
}
