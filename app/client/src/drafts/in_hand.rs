//! The draft in hand, in a tab that may not be the only one: what was changed here is laid over what another has stored.

use super::Owned;
use crate::{Device, DeviceError, db::Tx, platform::StoredValue};
use domain::{
    device::{StoreName, bundle::Copies},
    form::Form,
    id::VisitId,
    visit::{Draft, Renumbered},
};

/// A draft as this tab last read or saved it, and the numbers by which its instances are stored where others had taken theirs.
#[derive(Clone)]
pub(crate) struct InHand {
    draft: Draft,
    renumbered: Renumbered,
}

/// From now on, what changes is told apart by this from what another tab stores.
pub fn in_hand(device: &Device, draft: &Draft, renumbered: Renumbered) {
    // A reading or a save that the lock has overtaken leaves nothing behind in memory.
    if device.encryption.owner() == Some(draft.inspector) {
        device.in_hand.borrow_mut().insert(draft.id, InHand { draft: draft.clone(), renumbered });
    }
}

/// What is open is closed.
pub(crate) fn forget(device: &Device) {
    device.in_hand.borrow_mut().clear();
    device.written.take();
    device.actions_in_hand.borrow_mut().clear();
}

/// The draft that this tab wrote last. A tap writes, and what lies there as it was written need not be unsealed and read first.
pub(crate) struct Written {
    pub draft: Draft,
    pub sealed: StoredValue,
}

/// Each tab holds the draft as it read it. What it writes must not bring back what another tab has submitted or discarded, nor
/// take away what was given there. Answers the draft as it is to be stored, and by which numbers.
pub async fn laid_over_stored(
    device: &Device,
    tx: &Tx<'_>,
    draft: &Draft,
) -> Result<(Draft, Renumbered), DeviceError> {
    let key = draft.id.to_string();
    let Some(kept) = tx.kept(StoreName::Drafts, &key).await? else {
        return Err(DeviceError::ChangedElsewhere);
    };
    // Looked at when the saves before this one are done: a tap that takes back what one of them is writing is a change, too.
    let read = device.in_hand.borrow().get(&draft.id).cloned();
    // Sealing makes every writing another one: what lies there is this tab's own to the last byte, or somebody else wrote.
    let ours = device.written.borrow().as_ref().and_then(|written| {
        let is_it = written.draft.id == draft.id && written.sealed.is_same(&kept);
        is_it.then(|| written.draft.clone())
    });
    // One that cannot be read is written anew.
    let stored = match ours {
        Some(ours) => Some(ours),
        None => {
            let kept: Option<Owned> = tx.read(StoreName::Drafts, &key, kept).unwrap_or_default();
            kept.map(|owned| owned.draft)
        }
    };
    let Some(stored) = stored else { return Ok((draft.clone(), Renumbered::default())) };
    let InHand { draft: read, mut renumbered } =
        read.unwrap_or_else(|| InHand { draft: stored.clone(), renumbered: Renumbered::default() });
    if renumbered.is_empty() && !draft.adds_instances(&read) {
        return Ok((draft.laid_over(&read, &stored), renumbered));
    }
    let forms = forms(tx, draft.id).await?;
    renumbered.tell_apart(draft, &read, &stored, &forms);
    let (here, read) = (renumbered.applied(draft, &forms), renumbered.applied(&read, &forms));
    Ok((here.laid_over(&read, &stored), renumbered))
}

/// What the draft is filled in from: which repeats its questions stand in. A copy that cannot be read keeps nobody from saving.
async fn forms(tx: &Tx<'_>, id: VisitId) -> Result<Vec<Form>, DeviceError> {
    let key = id.to_string();
    let Some(kept) = tx.kept(StoreName::DraftCopies, &key).await? else { return Ok(vec![]) };
    let copies: Option<Copies> = tx.read(StoreName::DraftCopies, &key, kept).unwrap_or_default();
    Ok(copies.map(|copies| copies.forms).unwrap_or_default())
}
