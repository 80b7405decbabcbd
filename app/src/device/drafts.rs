//! Inspections under way. Watch [`Topic::Drafts`](super::changes::Topic::Drafts).
//!
//! A draft keeps copies of the site and of the checklist that it was begun with: whoever was moved, and whatever was retired
//! or withdrawn meanwhile, what was begun can be finished, and the office keeps it.

use super::{
    DeviceError,
    changes::{self, Topic},
    clock,
    db::{self, Tx},
    deed_drafts, engine,
    outbox::{self, Subject},
    session,
};
use crate::i18n::device as t;
use domain::{
    checklist::Checklist,
    device::{
        Shelf,
        bundle::{CarriedDraft, Copies},
        queue::{About, PhotoRecord, PhotoStanding, Queued},
        skew,
    },
    hazard::Deed,
    id::{InspectionId, PersonId},
    inspection::{Draft, Gap, InspectionKind},
    photo::PhotoHash,
    site::Site,
    sync::Payload,
};
use serde::{Deserialize, Serialize};
use std::{cell::RefCell, collections::BTreeSet};

/// A draft as stored: sealed to the person who made it.
#[derive(Debug, Serialize, Deserialize)]
struct Owned {
    owner: PersonId,
    draft: Draft,
}

thread_local! {
    // A save that was under way when the draft was submitted or thrown away must not bring it back.
    static ENDED: RefCell<BTreeSet<InspectionId>> = const { RefCell::new(BTreeSet::new()) };
}

/// The newest first.
pub async fn all() -> Result<Vec<Draft>, DeviceError> {
    let Some(me) = session::owner() else { return Ok(vec![]) };
    let all: Vec<Owned> = db::read(&[Shelf::Drafts], async |tx| tx.all(Shelf::Drafts).await).await?;
    let mut mine: Vec<_> =
        all.into_iter().filter(|owned| owned.owner == me).map(|owned| owned.draft).collect();
    mine.sort_by_key(|draft| std::cmp::Reverse(draft.started_at));
    Ok(mine)
}

/// Every photo that a draft on this phone names; none where one of the drafts cannot be read.
pub(super) async fn photos(tx: &Tx<'_>) -> Result<Option<BTreeSet<PhotoHash>>, DeviceError> {
    let drafts: Option<Vec<Owned>> = tx.all_or_none(Shelf::Drafts).await?;
    Ok(drafts.map(|drafts| drafts.iter().flat_map(|owned| owned.draft.photos()).cloned().collect()))
}

pub async fn get(id: InspectionId) -> Result<Option<Draft>, DeviceError> {
    let key = id.to_string();
    let owned: Option<Owned> =
        db::read(&[Shelf::Drafts], async |tx| tx.get(Shelf::Drafts, &key).await).await?;
    let me = session::owner();
    Ok(owned.filter(|owned| Some(owned.owner) == me).map(|owned| owned.draft))
}

/// What the draft was begun with.
pub async fn copies(id: InspectionId) -> Result<Option<Copies>, DeviceError> {
    let key = id.to_string();
    db::read(&[Shelf::DraftCopies], async |tx| tx.get(Shelf::DraftCopies, &key).await).await
}

/// Whether it has been submitted and still waits to be sent.
pub async fn is_submitted(id: InspectionId) -> Result<bool, DeviceError> {
    let queued: Vec<Queued> = db::read(&[Shelf::Outbox], async |tx| tx.all(Shelf::Outbox).await).await?;
    Ok(queued.iter().any(|queued| queued.about == About::Inspection(id)))
}

/// All that this person has not finished, to be taken along.
pub(super) async fn carried() -> Result<Vec<CarriedDraft>, DeviceError> {
    let mut carried = vec![];
    for draft in all().await? {
        if let Some(copies) = copies(draft.id).await? {
            carried.push(CarriedDraft { draft, copies });
        }
    }
    Ok(carried)
}

/// One that was begun on another phone; false where it is here already, or was submitted.
pub(super) async fn take_in(tx: &Tx<'_>, me: PersonId, carried: &CarriedDraft) -> Result<bool, DeviceError> {
    let CarriedDraft { draft, copies } = carried;
    let key = draft.id.to_string();
    let queued: Vec<Queued> = tx.all(Shelf::Outbox).await?;
    let submitted = queued.iter().any(|queued| queued.about == About::Inspection(draft.id));
    if draft.inspector != me || submitted || tx.kept(Shelf::Drafts, &key).await?.is_some() {
        return Ok(false);
    }
    ENDED.with_borrow_mut(|ended| ended.remove(&draft.id));
    tx.put(Shelf::Drafts, &key, &Owned { owner: me, draft: draft.clone() }).await?;
    tx.put(Shelf::DraftCopies, &key, copies).await?;
    Ok(true)
}

/// Begins and saves one.
pub async fn begin(site: &Site, checklist: &Checklist, kind: InspectionKind) -> Result<Draft, DeviceError> {
    let inspector = session::owner().ok_or(DeviceError::WrongPassword)?;
    let draft = Draft {
        id: clock::new_id(),
        site: site.id,
        kinds: site.kinds.clone(),
        kind,
        checklist: checklist.id.clone(),
        version: checklist.version,
        inspector,
        started_at: clock::now(),
        location: None,
        items: Default::default(),
        position: None,
        note: String::new(),
    };
    let (key, owned) = (draft.id.to_string(), Owned { owner: inspector, draft: draft.clone() });
    let copies = Copies { site: site.clone(), checklist: checklist.clone() };
    db::write(&[Shelf::Drafts, Shelf::DraftCopies], async |tx| {
        tx.put(Shelf::DraftCopies, &key, &copies).await?;
        tx.put(Shelf::Drafts, &key, &owned).await
    })
    .await?;
    changes::announce(Topic::Drafts);
    Ok(draft)
}

/// Durable when it returns. Calls are carried out in the order made, each whole.
pub async fn save(draft: &Draft) -> Result<(), DeviceError> {
    if ENDED.with_borrow(|ended| ended.contains(&draft.id)) {
        return Ok(());
    }
    let owned = Owned { owner: draft.inspector, draft: draft.clone() };
    let key = draft.id.to_string();
    db::write(&[Shelf::Drafts], async |tx| tx.put(Shelf::Drafts, &key, &owned).await).await
}

/// Throws a draft away, with the photos that nothing else on this phone names; the caller has asked. Where it cannot be
/// read what else names them, they stay, and are cleared away when it can.
pub async fn discard(id: InspectionId) -> Result<(), DeviceError> {
    let key = id.to_string();
    ENDED.with_borrow_mut(|ended| ended.insert(id));
    let stores = [Shelf::Drafts, Shelf::DraftCopies, Shelf::Photos, Shelf::PhotoBytes, Shelf::Thumbnails];
    let of_deeds = session::owner().and_then(deed_drafts::photos);
    let gone = db::write(&stores, async |tx| {
        let owned: Option<Owned> = tx.get(Shelf::Drafts, &key).await?;
        tx.delete(Shelf::Drafts, &key).await?;
        tx.delete(Shelf::DraftCopies, &key).await?;
        let (Some(mut elsewhere), Some(of_deeds)) = (photos(tx).await?, of_deeds) else { return Ok(()) };
        elsewhere.extend(of_deeds);
        for hash in owned.iter().flat_map(|owned| owned.draft.photos()) {
            let record: Option<PhotoRecord> = tx.get(Shelf::Photos, hash.as_str()).await?;
            let sent = record.is_some_and(|record| record.standing != PhotoStanding::Held);
            if sent || elsewhere.contains(hash) {
                continue;
            }
            for store in [Shelf::Photos, Shelf::PhotoBytes, Shelf::Thumbnails] {
                tx.delete(store, hash.as_str()).await?;
            }
        }
        Ok(())
    })
    .await;
    if gone.is_err() {
        ENDED.with_borrow_mut(|ended| ended.remove(&id));
    }
    changes::announce(Topic::Drafts);
    gone
}

#[derive(Debug)]
pub enum NotSubmitted {
    Gaps(Vec<Gap>),
    Device(DeviceError),
}

/// Seals the draft and puts inspection, hazards and photos into the outbox, in one step: afterwards there is either the
/// draft or the outbox entries, never both and never neither.
pub async fn submit(draft: Draft, checklist: &Checklist, site: &Site) -> Result<(), NotSubmitted> {
    let id = draft.id;
    let sealed = draft.submit(checklist, clock::now()).map_err(NotSubmitted::Gaps)?;
    let today = clock::today();
    let due = |deed: &Deed| match deed {
        Deed::Found(found) => found.due,
        _ => None,
    };
    if sealed.hazards.iter().filter_map(|(_, deed)| due(deed)).any(|day| !skew::still_stands(day, today)) {
        return Err(NotSubmitted::Device(DeviceError::DeadlinesGone));
    }
    let of_items = sealed.inspection.photos();
    let of_hazards = sealed.hazards.iter().flat_map(|(_, deed)| deed.photos());
    let mut photos: Vec<PhotoHash> = vec![];
    for hash in of_items.chain(of_hazards) {
        if !photos.contains(hash) {
            photos.push(hash.clone());
        }
    }
    let hazards = sealed.hazards.into_iter().map(|(hazard, deed)| Payload::Hazard {
        hazard,
        event: clock::new_id(),
        site: Some(site.id),
        deed,
    });
    let payloads = std::iter::once(Payload::SubmitInspection(sealed.inspection)).chain(hazards).collect();
    let title = t::inspection_of(super::prefs::load().lang, site.name.clone());

    ENDED.with_borrow_mut(|ended| ended.insert(id));
    let stores: Vec<_> = outbox::STORES.into_iter().chain([Shelf::Drafts, Shelf::DraftCopies]).collect();
    let written = db::write(&stores, async |tx| {
        outbox::enqueue(tx, title, Subject::Inspection { site: site.id }, payloads, photos).await?;
        tx.delete(Shelf::DraftCopies, &id.to_string()).await?;
        tx.delete(Shelf::Drafts, &id.to_string()).await
    })
    .await;
    if let Err(error) = written {
        ENDED.with_borrow_mut(|ended| ended.remove(&id));
        return Err(NotSubmitted::Device(error));
    }
    for topic in [Topic::Drafts, Topic::Outbox, Topic::Records] {
        changes::announce(topic);
    }
    engine::kick();
    Ok(())
}
