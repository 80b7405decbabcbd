//! A forgotten PIN: data that can no longer be decrypted is counted, shown and then deleted.

use super::{remembered, session_changed, stays_key};
use crate::{
    Device, DeviceError, action_drafts, begun, changes::Topic, db, given_tasks, new_sites, session, tasks,
};
use domain::{
    device::{StoreName, queue::Queued},
    id::PersonId,
    order::collected,
};
use std::collections::BTreeSet;

/// What a person who has forgotten the PIN would lose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lost {
    /// What was begun and not ended, visits and what was written beside them.
    pub drafts: usize,
    /// Things done that were not sent.
    pub unsent: usize,
    /// Pictures that lie here. Some of them may have been received: which, only the PIN could tell.
    pub photos: usize,
}

pub async fn would_be_lost(device: &Device) -> Result<Lost, DeviceError> {
    let Some(me) = session::owner(device) else { return Ok(Lost::default()) };
    db::read(&device.db, &[StoreName::Drafts, StoreName::Outbox, StoreName::PhotoBytes], async |tx| {
        let queued: Vec<Queued> = tx.all(StoreName::Outbox).await?;
        let submissions: BTreeSet<_> =
            collected(queued.iter().filter(|queued| queued.owner == me).map(|queued| queued.submission));
        Ok(Lost {
            drafts: mine(tx, StoreName::Drafts, me).await?.len() + begun::beside_visits(device),
            unsent: submissions.len(),
            photos: mine(tx, StoreName::PhotoBytes, me).await?.len(),
        })
    })
    .await
}

/// Keys of what is sealed to this person, read one at a time: pictures are large.
async fn mine(tx: &db::Tx<'_>, store: StoreName, me: PersonId) -> Result<Vec<String>, DeviceError> {
    let mut mine = vec![];
    for key in tx.keys(store).await? {
        if tx.kept(store, &key).await?.is_some_and(|kept| kept.owner() == Some(me)) {
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
    session_changed(device);
    db::write(&device.db, &StoreName::ALL, async |tx| {
        for store in StoreName::ALL {
            for key in mine(tx, store, me).await? {
                tx.delete(store, &key).await?;
            }
        }
        for queued in tx.all::<Queued>(StoreName::Outbox).await?.iter().filter(|queued| queued.owner == me) {
            tx.carry_out(&queued.remove()).await?;
        }
        session::clear_records(tx).await?;
        tx.delete(StoreName::Keys, &stays_key(me)).await?;
        tx.delete(StoreName::Keys, &me.to_string()).await
    })
    .await?;
    action_drafts::forget_all(device, me);
    new_sites::forget_all(device, me);
    tasks::forget_all(device, me);
    given_tasks::forget_all(device, me);
    remembered::forget(device);
    device.changes.locked();
    for topic in [Topic::Records, Topic::Drafts, Topic::Outbox, Topic::Photos] {
        device.changes.announce(topic);
    }
    Ok(())
}
