//! Beginning a visit: by a form, by an order, or without one.

use super::{Owned, in_hand::in_hand, recheck::ask_what_failed, seen};
use crate::{
    Device, DeviceError,
    changes::Topic,
    db::{self, Tx},
    inspections, records, session,
};
use domain::{
    device::{StoreName, bundle::Copies},
    form::Form,
    id::{PersonId, SealedOrderId},
    site::Site,
    spot_check::OrderContent,
    visit::{Draft, Position, Renumbered, SiteSeen, VisitNature},
};

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
/// is left out. What the office has told of the site since counts, where this person hears of it at all. One that was begun for the
/// order and not ended, in another tab for instance, is gone on with: an order asks for one visit.
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
    // Looked for in the step that would make a second one: what two tabs do at once is done one after the other there.
    let there = db::write(&device.db, &[StoreName::Drafts, StoreName::DraftCopies], async |tx| {
        if let Some(order) = order
            && let Some(there) = begun_for(tx, order, draft.inspector).await?
        {
            return Ok(Some(there));
        }
        tx.put(StoreName::DraftCopies, &key, &copies).await?;
        tx.put(StoreName::Drafts, &key, &owned).await?;
        Ok(None)
    })
    .await?;
    let draft = there.unwrap_or(draft);
    in_hand(device, &draft, Renumbered::default());
    device.changes.announce(Topic::Drafts);
    Ok(draft)
}

/// The visit of this person that was begun for the order and is not ended.
async fn begun_for(
    tx: &Tx<'_>,
    order: SealedOrderId,
    inspector: PersonId,
) -> Result<Option<Draft>, DeviceError> {
    let begun: Vec<Owned> = tx.all(StoreName::Drafts).await?;
    let mut theirs = begun.into_iter().filter(|owned| owned.owner == inspector).map(|owned| owned.draft);
    Ok(theirs.find(|draft| draft.order == Some(order)))
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
    let (id, now) = (device.clock.new_id(), device.clock.now());
    let mut draft = Draft::begun(id, site.id, site_seen, nature, inspector, now);
    for form in forms {
        draft.add_form(form);
    }
    draft.position = Position::default();
    Ok(draft)
}
