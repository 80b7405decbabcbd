//! What the office has sent: the places, sites, forms, hazards and history that this person may see.
//! Watch [`Topic::Records`].
//!
//! Hazards are shown as they will be: what the server last told, with this phone's own unsent commands decided on top.

mod forms;

pub use forms::{earlier_versions, form, form_in_use, forms};

use crate::{
    Device, DeviceError, action_drafts,
    changes::Topic,
    db::{self, Known, Tx},
    outbox, session,
};
use chrono::{DateTime, Utc};
use domain::{
    device::{
        StoreName,
        apply_response::Reset,
        key,
        made_site::{SiteOperation, SitePayload},
        operation_head::{HazardHead, OperationHead, PayloadHead},
        prune::{self, needed},
        queue::{About, Queued},
    },
    form::Form,
    hazard::{Found, Hazard, HazardCommand, Issued},
    id::{FormId, HazardId, SiteId},
    json,
    order::{collected, sort_by, sort_by_key},
    party::SiteParty,
    role::ResourceScope,
    site::Site,
    sync::{self, Directory, DirectoryHead, RecordKind, SignedIn, StoredRecord},
    visit::{Participant, VisitSummary},
};
use std::collections::{BTreeMap, BTreeSet};

/// None before the first pull, and where only a newer version could read it: every screen goes on without it.
pub async fn directory(device: &Device) -> Result<Option<Directory>, DeviceError> {
    known(db::read(&device.db, &[StoreName::Records], async |tx| tx.record("").await).await)
}

/// The part of it that a phone needs until a form is answered.
pub async fn directory_head(device: &Device) -> Result<Option<DirectoryHead>, DeviceError> {
    known(db::read(&device.db, &[StoreName::Records], async |tx| tx.record("").await).await)
}

/// The directory as it lies here, for whoever [reads](read_directory) it later.
pub async fn directory_text(device: &Device) -> Result<Option<String>, DeviceError> {
    let key = sync::key(RecordKind::Directory, "");
    db::read(&device.db, &[StoreName::Records], async |tx| tx.text(StoreName::Records, &key).await).await
}

/// None where only a newer version could.
pub fn read_directory(text: &str) -> Option<Directory> {
    json::read::<StoredRecord<Directory>>(text).ok()?.understood()
}

/// What only a newer version could read counts as not here: for whoever shows something else and would show this beside it.
pub fn known<R>(record: Result<Option<R>, DeviceError>) -> Result<Option<R>, DeviceError> {
    match record {
        Err(DeviceError::NewerRecord) => Ok(None),
        record => record,
    }
}

/// Whether all that this person may see has come in: a pull from the beginning, page by page, is over.
pub async fn are_whole(device: &Device) -> Result<bool, DeviceError> {
    db::read(&device.db, &[StoreName::Meta, StoreName::Records], async |tx| {
        let directory = tx.keys_of(RecordKind::Directory).await?;
        let reset: Option<Reset> = tx.get(StoreName::Meta, key::RESET).await?;
        Ok(!directory.is_empty() && reset.is_none())
    })
    .await
}

/// When the office's records last came in.
pub async fn last_pull(device: &Device) -> Result<Option<DateTime<Utc>>, DeviceError> {
    db::read(&device.db, &[StoreName::Meta], async |tx| tx.get(StoreName::Meta, key::LAST_PULL).await).await
}

/// Takes what has ended long ago off this phone; the office has it.
pub(crate) async fn prune(device: &Device, now: DateTime<Utc>) -> Result<(), DeviceError> {
    let begun = action_drafts::all(device);
    let gone = db::write(&device.db, &[StoreName::Records, StoreName::Outbox], async |tx| {
        // Without it, nobody knows for how long.
        let Some(directory) = known(tx.record::<Directory>("").await)? else { return Ok(0) };
        let hazards: Known<Hazard> = tx.records().await?;
        let visits: Known<VisitSummary> = tx.records().await?;
        let queued: Vec<Queued> = tx.all(StoreName::Outbox).await?;
        let needed = needed(&queued, &begun);
        let writes = prune::prune(&directory.window, &hazards.known, &visits.known, &needed, now);
        tx.carry_out(&writes).await?;
        Ok(writes.len())
    })
    .await?;
    if gone > 0 {
        device.changes.announce(Topic::Records);
    }
    Ok(())
}

/// By name.
pub async fn sites(device: &Device) -> Result<Known<Site>, DeviceError> {
    let mut sites: Known<Site> = db::read(&device.db, &WITH_MADE, async |tx| {
        let mut sites: Known<Site> = tx.records().await?;
        add_made(device, tx, &mut sites.known).await?;
        add_visits(device, tx, &mut sites.known).await?;
        Ok(sites)
    })
    .await?;
    sort_by(&mut sites.known, |a, b| a.pinyin.cmp(&b.pinyin).then_with(|| a.name.cmp(&b.name)));
    Ok(sites)
}

pub async fn site(device: &Device, id: SiteId) -> Result<Option<Site>, DeviceError> {
    db::read(&device.db, &WITH_MADE, async |tx| {
        let known: Option<Site> = tx.record(&id.to_string()).await?;
        let mut found: Vec<Site> = known.into_iter().collect();
        if found.is_empty() {
            add_made(device, tx, &mut found).await?;
            found.retain(|site| site.id == id);
        }
        add_visits(device, tx, &mut found).await?;
        Ok(found.pop())
    })
    .await
}

/// Where sites lie, those among them that were made on this phone and wait to be sent.
const WITH_MADE: [StoreName; 3] = [StoreName::Records, StoreName::Outbox, StoreName::Operations];

/// Sites that this person made on the spot, as the office will have them, beside those that it has told of.
async fn add_made(device: &Device, tx: &Tx<'_>, sites: &mut Vec<Site>) -> Result<(), DeviceError> {
    let Some(me) = session::current(device) else { return Ok(()) };
    let queued: Vec<Queued> = tx.all(StoreName::Outbox).await?;
    let made = |queued: &&Queued| {
        queued.waits() && queued.owner == me.actor.person && matches!(queued.about, About::Site(_))
    };
    let made: Vec<&Queued> = queued.iter().filter(made).collect();
    if made.is_empty() {
        return Ok(());
    }
    // Without the places around it, nobody knows in which community it lies.
    let Some(directory) = known(tx.record::<DirectoryHead>("").await)? else { return Ok(()) };
    for queued in made {
        let operation: Option<SiteOperation> = tx.readable(StoreName::Operations, &queued.key()).await?;
        let Some(SiteOperation { at, payload: SitePayload::NewSite(proposed) }) = operation else { continue };
        let grid = directory.grids.iter().find(|grid| grid.id == proposed.grid);
        if let Some(grid) = grid.filter(|_| sites.iter().all(|site| site.id != proposed.id)) {
            sites.push(proposed.site(grid.community, &me.actor, at));
        }
    }
    Ok(())
}

/// Visits of which the office has not heard yet: where somebody was, nobody is to go at once again.
async fn add_visits(device: &Device, tx: &Tx<'_>, sites: &mut [Site]) -> Result<(), DeviceError> {
    let waiting = outbox::unsent_visits(tx).await?;
    for visit in waiting.iter().filter(|visit| visit.counts_as_last()) {
        // The clock may have run ahead, and been set right since.
        let at = visit.submitted_at.min(device.clock.now());
        for site in sites.iter_mut().filter(|site| site.id == visit.site) {
            site.last_visit = site.last_visit.max(Some(at));
        }
    }
    Ok(())
}

/// Those of them that are here and that this version can show.
pub async fn sites_of(device: &Device, ids: impl Iterator<Item = SiteId>) -> Result<Vec<Site>, DeviceError> {
    let ids: BTreeSet<SiteId> = collected(ids);
    db::read(&device.db, &WITH_MADE, async |tx| {
        let mut sites = tx.records_of::<Site>(ids.iter().map(SiteId::to_string)).await?.known;
        add_made(device, tx, &mut sites).await?;
        add_visits(device, tx, &mut sites).await?;
        sites.retain(|site| ids.contains(&site.id));
        Ok(sites)
    })
    .await
}

/// All that are known, with this phone's unsent commands already decided; the most urgent first.
pub async fn hazards(device: &Device) -> Result<Known<Hazard>, DeviceError> {
    let stores = [StoreName::Records, StoreName::Outbox, StoreName::Operations];
    let (Known { known, newer }, waiting, sites, forms) = db::read(&device.db, &stores, async |tx| {
        let known: Known<Hazard> = tx.records().await?;
        let mut waiting: Vec<OperationHead> = vec![];
        for queued in tx.all::<Queued>(StoreName::Outbox).await? {
            if queued.waits() && matches!(queued.about, About::Hazard(_)) {
                waiting.extend(tx.readable(StoreName::Operations, &queued.key()).await?);
            }
        }
        // What was found is placed by its site and its form; nothing else that waits asks for one.
        let reported = || waiting.iter().filter_map(reported);
        let at: BTreeSet<SiteId> = collected(reported().filter_map(|(site, _)| site));
        let by: BTreeSet<FormId> = collected(reported().filter_map(|(_, found)| found.form.clone()));
        let mut sites = tx.records_of::<Site>(at.iter().map(SiteId::to_string)).await?.known;
        add_made(device, tx, &mut sites).await?;
        let forms = forms::newest_of(tx, &by).await?;
        Ok((known, waiting, sites, forms))
    })
    .await?;

    let mut hazards: BTreeMap<HazardId, Hazard> =
        collected(known.into_iter().map(|hazard| (hazard.id, hazard)));
    let me = session::current(device);
    for operation in &waiting {
        apply(me.as_ref(), &mut hazards, operation, &sites, &forms);
    }
    let now = device.clock.office_now();
    let mut hazards: Vec<_> = hazards.into_values().collect();
    sort_by_key(&mut hazards, |hazard| (!hazard.is_open(), hazard.due(now).rank(), hazard.found_at));
    Ok(Known { known: hazards, newer })
}

/// What was found, and where.
fn reported(operation: &OperationHead) -> Option<(Option<SiteId>, &Found)> {
    let PayloadHead::Hazard(head) = &operation.payload else { return None };
    let HazardCommand::Report(found) = &head.command else { return None };
    Some((head.site, found))
}

/// What the server will do with the operation when it comes.
fn apply(
    me: Option<&SignedIn>,
    hazards: &mut BTreeMap<HazardId, Hazard>,
    operation: &OperationHead,
    sites: &[Site],
    forms: &[Form],
) {
    let PayloadHead::Hazard(head) = &operation.payload else { return };
    let HazardHead { hazard: id, event, site, command } = &**head;
    let Some(me) = me else { return };
    let issued = Issued { id: *event, at: operation.at, received_at: None, by: &me.actor };
    if let Some(hazard) = hazards.remove(id) {
        hazards.insert(*id, hazard.attempt(command, &issued).0);
    } else if let (HazardCommand::Report(found), Some(site)) =
        (command, sites.iter().find(|known| Some(known.id) == *site))
    {
        let form = found.form.as_ref().and_then(|id| forms.iter().find(|form| form.id == *id));
        let sector = form.map_or(site.sector, |form| form.sector);
        let place = ResourceScope { sector, ..site.resource_scope() };
        let party = site.party.as_ref().map(SiteParty::named);
        if let Ok(hazard) = Hazard::open(*id, place, party, found.clone(), &issued) {
            hazards.insert(*id, hazard);
        }
    }
}

/// # Errors
/// [`DeviceError::NewerRecord`] where it is here and this version cannot show it.
pub async fn hazard(device: &Device, id: HazardId) -> Result<Option<Hazard>, DeviceError> {
    if let Some(hazard) = hazards(device).await?.known.into_iter().find(|hazard| hazard.id == id) {
        return Ok(Some(hazard));
    }
    db::read(&device.db, &[StoreName::Records], async |tx| tx.record(&id.to_string()).await).await
}

pub async fn hazards_at(device: &Device, site: SiteId) -> Result<Known<Hazard>, DeviceError> {
    let mut hazards = hazards(device).await?;
    hazards.known.retain(|hazard| hazard.place.site == site);
    hazards.newer.retain(|hazard| hazard["place"]["site"].as_str() == Some(&site.to_string()));
    Ok(hazards)
}

/// Newest first.
pub async fn visits_at(device: &Device, site: SiteId) -> Result<Known<VisitSummary>, DeviceError> {
    let mut here: Known<VisitSummary> =
        db::read(&device.db, &[StoreName::Records], async |tx| tx.records().await).await?;
    here.known.retain(|summary| summary.site == site);
    here.newer.retain(|summary| summary["site"].as_str() == Some(&site.to_string()));
    sort_by_key(&mut here.known, |summary| std::cmp::Reverse(summary.submitted_at));
    Ok(here)
}

/// Whom this phone knows who may have been at the site with whoever inspects it.
pub async fn may_take_part(device: &Device, site: &Site) -> Result<Vec<Participant>, DeviceError> {
    let visits: Known<VisitSummary> =
        db::read(&device.db, &[StoreName::Records], async |tx| tx.records().await).await?;
    Ok(Participant::offered(site, visits.known, session::owner(device)))
}
