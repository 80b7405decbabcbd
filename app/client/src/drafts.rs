//! Visits under way. Watch [`Topic::Drafts`].
//!
//! A draft keeps copies of the site and of the forms that it is filled in from: whoever was moved, and whatever was retired
//! or withdrawn meanwhile, what was begun can be finished, and the office keeps it.

mod begin;
mod end;
mod in_hand;
mod recheck;
mod seen;

pub use begin::{begin, begin_by_order, begin_not_done, begin_with};
pub use end::{NotSubmitted, discard, submit};

pub(crate) use begin::new;
pub(crate) use end::take_out;
pub(crate) use in_hand::{InHand, Written, forget};
pub(crate) use seen::waiting;

use crate::{
    Device, DeviceError,
    changes::Topic,
    db::{self, Tx},
    session,
};
use domain::{
    device::{
        StoreName,
        bundle::{CarriedDraft, Copies},
        queue::{About, Queued},
    },
    form::Form,
    id::{PersonId, VisitId},
    order::{collected, sort_by_key},
    photo::PhotoHash,
    sync::SyncRecord as _,
    visit::{Draft, Renumbered},
};
use in_hand::{in_hand, laid_over_stored};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A draft as stored: sealed to the person who made it.
#[derive(Debug, Serialize, Deserialize)]
struct Owned {
    owner: PersonId,
    draft: Draft,
}

/// The newest first.
pub async fn all(device: &Device) -> Result<Vec<Draft>, DeviceError> {
    let Some(me) = session::owner(device) else { return Ok(vec![]) };
    let all: Vec<Owned> =
        db::read(&device.db, &[StoreName::Drafts], async |tx| tx.all(StoreName::Drafts).await).await?;
    let mut mine: Vec<_> =
        all.into_iter().filter(|owned| owned.owner == me).map(|owned| owned.draft).collect();
    sort_by_key(&mut mine, |draft| std::cmp::Reverse(draft.started_at));
    Ok(mine)
}

/// Every photo that a draft on this phone names; none where one of the drafts cannot be read.
pub(crate) async fn photos(tx: &Tx<'_>) -> Result<Option<BTreeSet<PhotoHash>>, DeviceError> {
    let drafts: Option<Vec<Owned>> = tx.all_or_none(StoreName::Drafts).await?;
    Ok(drafts.map(|drafts| collected(drafts.iter().flat_map(|owned| owned.draft.photos()).cloned())))
}

pub async fn get(device: &Device, id: VisitId) -> Result<Option<Draft>, DeviceError> {
    let key = id.to_string();
    let owned: Option<Owned> =
        db::read(&device.db, &[StoreName::Drafts], async |tx| tx.get(StoreName::Drafts, &key).await).await?;
    let me = session::owner(device);
    let draft = owned.filter(|owned| Some(owned.owner) == me).map(|owned| owned.draft);
    if let Some(draft) = &draft {
        in_hand(device, draft, Renumbered::default());
    }
    Ok(draft)
}

/// What the draft was begun with.
pub async fn copies(device: &Device, id: VisitId) -> Result<Option<Copies>, DeviceError> {
    let key = id.to_string();
    db::read(&device.db, &[StoreName::DraftCopies], async |tx| tx.get(StoreName::DraftCopies, &key).await)
        .await
}

/// Whether it lies here unfinished, whether or not it can be read.
pub(crate) async fn is_begun(device: &Device, id: VisitId) -> Result<bool, DeviceError> {
    let key = id.to_string();
    let kept = db::read(&device.db, &[StoreName::Drafts], async |tx| tx.kept(StoreName::Drafts, &key).await);
    Ok(kept.await?.is_some())
}

/// Whether it has been submitted and still waits to be sent.
pub async fn is_submitted(device: &Device, id: VisitId) -> Result<bool, DeviceError> {
    let queued: Vec<Queued> =
        db::read(&device.db, &[StoreName::Outbox], async |tx| tx.all(StoreName::Outbox).await).await?;
    Ok(queued.iter().any(|queued| queued.about == About::Visit(id)))
}

/// All that this person has not finished, to be taken along.
pub(crate) async fn carried(device: &Device) -> Result<Vec<CarriedDraft>, DeviceError> {
    let mut carried = vec![];
    for draft in all(device).await? {
        let copies = match copies(device, draft.id).await {
            // Nobody could go on with it; all others go along.
            Err(DeviceError::Unreadable(_)) => None,
            copies => copies?,
        };
        carried.extend(copies.map(|copies| CarriedDraft { draft, copies }));
    }
    Ok(carried)
}

/// One that was begun on another phone; false where it is here already, or was submitted.
pub(crate) async fn take_in(
    device: &Device,
    tx: &Tx<'_>,
    me: PersonId,
    carried: &CarriedDraft,
) -> Result<bool, DeviceError> {
    let CarriedDraft { draft, copies } = carried;
    let key = draft.id.to_string();
    let queued: Vec<Queued> = tx.all(StoreName::Outbox).await?;
    let submitted = queued.iter().any(|queued| queued.about == About::Visit(draft.id));
    if draft.inspector != me || submitted || tx.kept(StoreName::Drafts, &key).await?.is_some() {
        return Ok(false);
    }
    device.ended.borrow_mut().remove(&draft.id);
    tx.put(StoreName::Drafts, &key, &Owned { owner: me, draft: draft.clone() }).await?;
    tx.put(StoreName::DraftCopies, &key, copies).await?;
    Ok(true)
}

/// Goes on with another form in the same visit, a copy of it beside the draft. What is not this person's stays as it is.
pub async fn add_form(device: &Device, id: VisitId, form: &Form) -> Result<(), DeviceError> {
    change_with_copies(device, id, |draft, copies| {
        let before = draft.forms.len();
        draft.add_form(form);
        // Where it is there already, its copy is, too.
        if draft.forms.len() > before {
            keep_copy(copies, form);
        }
        Some(())
    })
    .await
}

/// One of this person's drafts and the copies of its forms, together or not at all. Nothing is written where `change` is of
/// nothing.
async fn change_with_copies(
    device: &Device,
    id: VisitId,
    change: impl Fn(&mut Draft, &mut Copies) -> Option<()>,
) -> Result<(), DeviceError> {
    let (key, me) = (id.to_string(), session::owner(device));
    db::write(&device.db, &[StoreName::Drafts, StoreName::DraftCopies], async |tx| {
        let owned: Option<Owned> = tx.get(StoreName::Drafts, &key).await?;
        let copies: Option<Copies> = tx.get(StoreName::DraftCopies, &key).await?;
        let Some((mut owned, mut copies)) = owned.filter(|owned| Some(owned.owner) == me).zip(copies) else {
            return Ok(());
        };
        if change(&mut owned.draft, &mut copies).is_none() {
            return Ok(());
        }
        tx.put(StoreName::DraftCopies, &key, &copies).await?;
        tx.put(StoreName::Drafts, &key, &owned).await
    })
    .await?;
    device.changes.announce(Topic::Drafts);
    Ok(())
}

/// Beside those of other versions: one that was gone over from knows what its answers were given to.
fn keep_copy(copies: &mut Copies, form: &Form) {
    copies.forms.retain(|copy| copy.record_id() != form.record_id());
    copies.forms.push(form.clone());
}

/// 改用新版: goes over to a newer version of one of its forms, draft and copy together. What has no place there is kept aside with
/// the answers, and the copy of what asked for it stays. Nothing happens where the draft is not this person's or stands on that
/// version already.
pub async fn take_over(device: &Device, id: VisitId, newer: &Form) -> Result<(), DeviceError> {
    change_with_copies(device, id, |draft, copies| {
        let kept = draft.forms.iter_mut().find(|kept| kept.form == newer.id)?;
        if kept.version >= newer.version {
            return None;
        }
        let copy = copies.forms.iter().find(|copy| kept.is_of(copy))?;
        kept.answers = std::mem::take(&mut kept.answers).taken_over(copy, newer);
        kept.version = newer.version;
        keep_copy(copies, newer);
        Some(())
    })
    .await
}

/// Durable when it returns. Calls are carried out in the order made, each whole. What another tab has stored meanwhile stays,
/// but for what was changed here since the draft was read. Instances of repeats that both added are all there.
///
/// # Errors
/// [`DeviceError::ChangedElsewhere`] where another tab ended the draft.
pub async fn save(device: &Device, draft: &Draft) -> Result<(), DeviceError> {
    if device.ended.borrow().contains(&draft.id) {
        return Ok(());
    }
    let key = draft.id.to_string();
    let renumbered = db::write(&device.db, &[StoreName::Drafts, StoreName::DraftCopies], async |tx| {
        let (draft, renumbered) = laid_over_stored(device, tx, draft).await?;
        let owned = Owned { owner: draft.inspector, draft };
        let sealed = tx.sealed(StoreName::Drafts, &key, &owned)?;
        device.written.replace(Some(Written { draft: owned.draft, sealed: sealed.clone() }));
        tx.put_value(StoreName::Drafts, &key, sealed).await?;
        Ok(renumbered)
    })
    .await?;
    in_hand(device, draft, renumbered);
    Ok(())
}
