//! Visits under way. Watch [`Topic::Drafts`].
//!
//! A draft keeps copies of the site and of the forms that it is filled in from: whoever was moved, and whatever was retired
//! or withdrawn meanwhile, what was begun can be finished, and the office keeps it.

mod in_hand;
mod seen;

pub(crate) use in_hand::{InHand, Written, forget};
pub(crate) use seen::waiting;

use crate::{
    Device, DeviceError,
    changes::Topic,
    db::{self, Tx},
    inspections,
    outbox::{self, Subject},
    records, session,
};
use domain::{
    device::{
        StoreName,
        bundle::{CarriedDraft, Copies},
        queue::{About, PhotoRecord, PhotoStatus, Queued},
        skew,
    },
    form::Form,
    hazard::HazardCommand,
    id::{HazardId, PersonId, QuestionId, SealedOrderId, VisitId},
    inspection::Breach,
    order::{collected, sort_by_key},
    photo::PhotoHash,
    site::Site,
    spot_check::OrderContent,
    sync::{Payload, SyncRecord as _},
    visit::{
        Draft, DraftIssue, OpenDraft, Position, Renumbered, SignOffDraft, SiteSeen, VisitNature, VisitOutcome,
    },
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

/// Begins one with this form, and saves it.
pub async fn begin(
    device: &Device,
    site: &Site,
    form: &Form,
    nature: VisitNature,
) -> Result<Draft, DeviceError> {
    begin_with(device, site, &[form], nature).await
}

/// Begins the one that an order asks for: its forms in their order, each in the version that is asked today. One that is withdrawn by now
/// is left out. What the office has told of the site since counts, where this person hears of it at all.
pub async fn begin_by_order(
    device: &Device,
    order: SealedOrderId,
    content: &OrderContent,
) -> Result<Draft, DeviceError> {
    let mut forms = vec![];
    for form in &content.forms {
        forms.extend(records::form_in_use(device, form).await?);
    }
    let told = records::known(records::site(device, content.site.id).await)?;
    let forms: Vec<_> = forms.iter().collect();
    start(device, told.as_ref().unwrap_or(&content.site), &forms, content.nature, Some(order)).await
}

/// 没查成: one without a form, to say what was met with. It is a patrol, as the page before a visit has it too until somebody
/// chooses otherwise.
pub async fn begin_not_done(device: &Device, site: &Site) -> Result<Draft, DeviceError> {
    begin_with(device, site, &[], VisitNature::Patrol).await
}

/// Begins one with all of these forms; without any, to say what was met with.
pub async fn begin_with(
    device: &Device,
    site: &Site,
    forms: &[&Form],
    nature: VisitNature,
) -> Result<Draft, DeviceError> {
    start(device, site, forms, nature, None).await
}

async fn start(
    device: &Device,
    site: &Site,
    forms: &[&Form],
    nature: VisitNature,
    order: Option<SealedOrderId>,
) -> Result<Draft, DeviceError> {
    let seen = seen::at(device, site, forms.first().copied()).await?;
    let administrative =
        if nature.is_administrative() { Some(inspections::begun(device).await?) } else { None };
    let mut draft = Draft { administrative, order, ..new(device, site, seen, forms, nature)? };
    if nature == VisitNature::Recheck {
        ask_what_failed(device, &mut draft, forms).await?;
    }
    let (key, owned) = (draft.id.to_string(), Owned { owner: draft.inspector, draft: draft.clone() });
    let copies = Copies { site: site.clone(), forms: forms.iter().copied().cloned().collect() };
    db::write(&device.db, &[StoreName::Drafts, StoreName::DraftCopies], async |tx| {
        tx.put(StoreName::DraftCopies, &key, &copies).await?;
        tx.put(StoreName::Drafts, &key, &owned).await
    })
    .await?;
    in_hand(device, &draft, Renumbered::default());
    device.changes.announce(Topic::Drafts);
    Ok(draft)
}

/// 复查: of each form what failed here before and is still open; of one in which nothing did, all of it. So too of one in which
/// something failed that repeats: which of several it was is found only among its likes.
async fn ask_what_failed(device: &Device, draft: &mut Draft, forms: &[&Form]) -> Result<(), DeviceError> {
    let here = records::hazards_at(device, draft.site).await?.known;
    for form in forms {
        let found: Vec<_> = here
            .iter()
            .filter(|hazard| hazard.is_open() && hazard.found.form.as_ref() == Some(&form.id))
            .filter_map(|hazard| hazard.found.question.as_ref())
            .collect();
        let single = form.single_questions();
        let is_single = |id: &QuestionId| single.iter().any(|question| question.id == *id);
        if found.iter().any(|id| form.question(id).is_some() && !is_single(id)) {
            continue;
        }
        let failed = single.iter().filter(|question| found.contains(&&question.id));
        draft.ask_only(&form.id, failed.map(|question| question.id.clone()).collect());
    }
    Ok(())
}

/// One that nothing was written down of yet. The thumb is at the beginning of its first form.
pub(crate) fn new(
    device: &Device,
    site: &Site,
    site_seen: SiteSeen,
    forms: &[&Form],
    nature: VisitNature,
) -> Result<Draft, DeviceError> {
    let inspector = session::owner(device).ok_or(DeviceError::WrongPassword)?;
    let mut draft = Draft {
        id: device.clock.new_id(),
        site: site.id,
        site_seen,
        nature,
        administrative: None,
        inspector,
        participants: vec![],
        outcome: VisitOutcome::Closed,
        started_at: device.clock.now(),
        order: None,
        location: None,
        forms: vec![],
        position: Position::default(),
        note: String::new(),
        photos: vec![],
        sign_off: SignOffDraft::default(),
    };
    for form in forms {
        draft.add_form(form);
    }
    draft.position = Position::default();
    Ok(draft)
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
    let of_settings = session::owner(device).and_then(|me| crate::photos::in_settings(device, me));
    let gone = db::write(&device.db, &stores, async |tx| {
        let owned: Option<Owned> = tx.get(StoreName::Drafts, &key).await?;
        tx.delete(StoreName::Drafts, &key).await?;
        tx.delete(StoreName::DraftCopies, &key).await?;
        let (Some(mut elsewhere), Some(of_settings)) = (photos(tx).await?, of_settings) else {
            return Ok(());
        };
        elsewhere.extend(of_settings);
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
    open: OpenDraft,
    site: &Site,
    title: String,
) -> Result<(), NotSubmitted> {
    let seen = open.draft().clone();
    let id = seen.id;
    let breaches = inspections::breaches(device, &seen, site).await.map_err(NotSubmitted::Device)?;
    let known: Vec<_> =
        breaches.into_iter().filter(Breach::is_known_offline).map(DraftIssue::Breach).collect();
    if !known.is_empty() {
        return Err(NotSubmitted::Issues(known));
    }
    let mut sealed = open.submit(device.clock.now()).map_err(NotSubmitted::Issues)?;
    if let Some(inspection) = &mut sealed.visit.administrative {
        let went_by = inspections::went_by(device, inspection, site).await.map_err(NotSubmitted::Device)?;
        inspection.went_by = went_by;
    }
    let today = device.clock.today();
    let gone = |(_, command): &(HazardId, HazardCommand)| {
        let HazardCommand::Report(found) = command else { return false };
        found.due.is_some_and(|day| !skew::still_stands(day, today))
    };
    if sealed.hazards.iter().any(gone) {
        return Err(NotSubmitted::Device(DeviceError::DeadlinesGone));
    }
    let of_answers = sealed.visit.photos();
    let of_hazards = sealed.hazards.iter().flat_map(|(_, command)| command.photos());
    let mut photos: Vec<PhotoHash> = vec![];
    for hash in of_answers.chain(of_hazards) {
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
        if !laid_over_stored(device, tx, &seen).await?.0.gives_the_same(&seen) {
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
