//! Visits under way. Watch [`Topic::Drafts`].
//!
//! A draft keeps copies of the site and of the checklists that it is filled in from: whoever was moved, and whatever was retired
//! or withdrawn meanwhile, what was begun can be finished, and the office keeps it.

use crate::{
    Device, DeviceError, action_drafts,
    changes::Topic,
    db::{self, Tx},
    outbox::{self, Subject},
    platform::StoredValue,
    session,
};
use domain::{
    checklist::Checklist,
    device::{
        StoreName,
        bundle::{CarriedDraft, Copies},
        queue::{About, PhotoRecord, PhotoStatus, Queued},
        skew,
    },
    hazard::HazardCommand,
    id::{HazardId, PersonId, VisitId},
    order::{collected, sort_by_key},
    photo::PhotoHash,
    site::Site,
    sync::Payload,
    visit::{Draft, DraftIssue, Position, VisitNature, VisitOutcome},
};
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
        in_hand(device, draft);
    }
    Ok(draft)
}

/// From now on, what changes is told apart by this from what another tab stores.
fn in_hand(device: &Device, draft: &Draft) {
    // A reading or a save that the lock has overtaken leaves nothing behind in memory.
    if device.encryption.owner() == Some(draft.inspector) {
        device.in_hand.borrow_mut().insert(draft.id, draft.clone());
    }
}

/// What is open is closed.
pub(crate) fn forget(device: &Device) {
    device.in_hand.borrow_mut().clear();
    device.written.take();
}

/// What the draft was begun with.
pub async fn copies(device: &Device, id: VisitId) -> Result<Option<Copies>, DeviceError> {
    let key = id.to_string();
    db::read(&device.db, &[StoreName::DraftCopies], async |tx| tx.get(StoreName::DraftCopies, &key).await)
        .await
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
        if let Some(copies) = copies(device, draft.id).await? {
            carried.push(CarriedDraft { draft, copies });
        }
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

/// Begins one with this checklist, and saves it.
pub async fn begin(
    device: &Device,
    site: &Site,
    checklist: &Checklist,
    nature: VisitNature,
) -> Result<Draft, DeviceError> {
    start(device, site, Some(checklist), nature).await
}

/// 没查成: one without a checklist, to say what was met with. One comes unannounced, as the page before a visit has it too
/// until somebody chooses otherwise.
pub async fn begin_not_done(device: &Device, site: &Site) -> Result<Draft, DeviceError> {
    start(device, site, None, VisitNature::Surprise).await
}

async fn start(
    device: &Device,
    site: &Site,
    checklist: Option<&Checklist>,
    nature: VisitNature,
) -> Result<Draft, DeviceError> {
    let inspector = session::owner(device).ok_or(DeviceError::WrongPassword)?;
    let mut draft = Draft {
        id: device.clock.new_id(),
        site: site.id,
        kinds: site.kinds.clone(),
        nature,
        inspector,
        participants: vec![],
        outcome: VisitOutcome::Closed,
        started_at: device.clock.now(),
        location: None,
        forms: vec![],
        position: Position::default(),
        note: String::new(),
        photos: vec![],
    };
    if let Some(checklist) = checklist {
        draft.add_form(checklist);
    }
    let (key, owned) = (draft.id.to_string(), Owned { owner: inspector, draft: draft.clone() });
    let copies = Copies { site: site.clone(), checklists: checklist.into_iter().cloned().collect() };
    db::write(&device.db, &[StoreName::Drafts, StoreName::DraftCopies], async |tx| {
        tx.put(StoreName::DraftCopies, &key, &copies).await?;
        tx.put(StoreName::Drafts, &key, &owned).await
    })
    .await?;
    in_hand(device, &draft);
    device.changes.announce(Topic::Drafts);
    Ok(draft)
}

/// Goes on with another checklist in the same visit, a copy of it beside the draft. What is not this person's stays as it is.
pub async fn add_form(device: &Device, id: VisitId, checklist: &Checklist) -> Result<(), DeviceError> {
    let (key, me) = (id.to_string(), session::owner(device));
    db::write(&device.db, &[StoreName::Drafts, StoreName::DraftCopies], async |tx| {
        let owned: Option<Owned> = tx.get(StoreName::Drafts, &key).await?;
        let copies: Option<Copies> = tx.get(StoreName::DraftCopies, &key).await?;
        let Some((mut owned, mut copies)) = owned.filter(|owned| Some(owned.owner) == me).zip(copies) else {
            return Ok(());
        };
        let before = owned.draft.forms.len();
        owned.draft.add_form(checklist);
        // Where it is there already, its copy is, too.
        if owned.draft.forms.len() > before {
            copies.checklists.push(checklist.clone());
        }
        tx.put(StoreName::DraftCopies, &key, &copies).await?;
        tx.put(StoreName::Drafts, &key, &owned).await
    })
    .await?;
    device.changes.announce(Topic::Drafts);
    Ok(())
}

/// Durable when it returns. Calls are carried out in the order made, each whole. What another tab has stored meanwhile stays,
/// but for what was changed here since the draft was read.
///
/// # Errors
/// [`DeviceError::ChangedElsewhere`] where another tab ended the draft.
pub async fn save(device: &Device, draft: &Draft) -> Result<(), DeviceError> {
    if device.ended.borrow().contains(&draft.id) {
        return Ok(());
    }
    let key = draft.id.to_string();
    db::write(&device.db, &[StoreName::Drafts], async |tx| {
        let draft = laid_over_stored(device, tx, draft).await?;
        let owned = Owned { owner: draft.inspector, draft };
        let sealed = tx.sealed(StoreName::Drafts, &key, &owned)?;
        device.written.replace(Some(Written { draft: owned.draft, sealed: sealed.clone() }));
        tx.put_value(StoreName::Drafts, &key, sealed).await
    })
    .await?;
    in_hand(device, draft);
    Ok(())
}

/// The draft that this tab wrote last. A tap writes, and what lies there as it was written need not be unsealed and read first.
pub(crate) struct Written {
    draft: Draft,
    sealed: StoredValue,
}

/// Each tab holds the draft as it read it. What it writes must not bring back what another tab has submitted or discarded, nor
/// take away what was given there.
async fn laid_over_stored(device: &Device, tx: &Tx<'_>, draft: &Draft) -> Result<Draft, DeviceError> {
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
    Ok(stored
        .map_or_else(|| draft.clone(), |stored| draft.laid_over(read.as_ref().unwrap_or(&stored), &stored)))
}

/// Throws a draft away, with the photos that nothing else on this phone names; the caller has asked. Where it cannot be
/// read what else names them, they stay, and are cleared away when it can.
pub async fn discard(device: &Device, id: VisitId) -> Result<(), DeviceError> {
    let key = id.to_string();
    device.ended.borrow_mut().insert(id);
    let stores = [
        StoreName::Drafts,
        StoreName::DraftCopies,
        StoreName::Photos,
        StoreName::PhotoBytes,
        StoreName::Thumbnails,
    ];
    let of_actions = session::owner(device).and_then(|me| action_drafts::photos(device, me));
    let gone = db::write(&device.db, &stores, async |tx| {
        let owned: Option<Owned> = tx.get(StoreName::Drafts, &key).await?;
        tx.delete(StoreName::Drafts, &key).await?;
        tx.delete(StoreName::DraftCopies, &key).await?;
        let (Some(mut elsewhere), Some(of_actions)) = (photos(tx).await?, of_actions) else { return Ok(()) };
        elsewhere.extend(of_actions);
        for hash in owned.iter().flat_map(|owned| owned.draft.photos()) {
            let record: Option<PhotoRecord> = tx.get(StoreName::Photos, hash.as_str()).await?;
            let sent = record.is_some_and(|record| record.status != PhotoStatus::Held);
            if sent || elsewhere.contains(hash) {
                continue;
            }
            for store in [StoreName::Photos, StoreName::PhotoBytes, StoreName::Thumbnails] {
                tx.delete(store, hash.as_str()).await?;
            }
        }
        Ok(())
    })
    .await;
    if gone.is_err() {
        device.ended.borrow_mut().remove(&id);
    }
    device.changes.announce(Topic::Drafts);
    gone
}

#[derive(Debug)]
pub enum NotSubmitted {
    Issues(Vec<DraftIssue>),
    Device(DeviceError),
}

/// Seals the draft and puts visit, hazards and photos into the outbox, in one step: afterwards there is either the
/// draft or the outbox entries, never both and never neither. `title` is what the outbox calls it. Where another tab has stored
/// what whoever submits has not seen, the draft stays, with both.
pub async fn submit(
    device: &Device,
    draft: Draft,
    checklists: &[Checklist],
    site: &Site,
    title: String,
) -> Result<(), NotSubmitted> {
    let id = draft.id;
    let seen = draft.clone();
    let sealed = draft.submit(checklists, device.clock.now()).map_err(NotSubmitted::Issues)?;
    let today = device.clock.today();
    let gone = |(_, command): &(HazardId, HazardCommand)| {
        let HazardCommand::Report(found) = command else { return false };
        found.due.is_some_and(|day| !skew::still_stands(day, today))
    };
    if sealed.hazards.iter().any(gone) {
        return Err(NotSubmitted::Device(DeviceError::DeadlinesGone));
    }
    let of_items = sealed.visit.photos();
    let of_hazards = sealed.hazards.iter().flat_map(|(_, command)| command.photos());
    let mut photos: Vec<PhotoHash> = vec![];
    for hash in of_items.chain(of_hazards) {
        if !photos.contains(hash) {
            photos.push(hash.clone());
        }
    }
    let hazards = sealed.hazards.into_iter().map(|(hazard, command)| Payload::Hazard {
        hazard,
        event: device.clock.new_id(),
        site: Some(site.id),
        command,
    });
    let payloads = std::iter::once(Payload::SubmitVisit(sealed.visit)).chain(hazards).collect();

    device.ended.borrow_mut().insert(id);
    let stores: Vec<_> =
        outbox::STORES.into_iter().chain([StoreName::Drafts, StoreName::DraftCopies]).collect();
    let written = db::write(&device.db, &stores, async |tx| {
        if !laid_over_stored(device, tx, &seen).await?.gives_the_same(&seen) {
            return Err(DeviceError::ChangedElsewhere);
        }
        outbox::enqueue(device, tx, title, Subject::Visit { site: site.id }, payloads, photos).await?;
        tx.delete(StoreName::DraftCopies, &id.to_string()).await?;
        tx.delete(StoreName::Drafts, &id.to_string()).await
    })
    .await;
    if let Err(error) = written {
        device.ended.borrow_mut().remove(&id);
        return Err(NotSubmitted::Device(error));
    }
    for topic in [Topic::Drafts, Topic::Outbox, Topic::Records] {
        device.changes.announce(topic);
    }
    device.changes.wake();
    Ok(())
}
