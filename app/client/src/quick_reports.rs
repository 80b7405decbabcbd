//! 随手报: reports without a visit, made from what lies on this phone, and begun ones that are kept until they are made.
//! Watch [`Topic::Records`](crate::changes::Topic::Records) and [`Topic::Outbox`](crate::changes::Topic::Outbox).
//!
//! What was begun lies among the [drafts of actions](action_drafts), under the id of the hazard that it will make. So a tap
//! that has brought it into the outbox before the page was thrown away is known again, and nothing is reported twice.

use crate::{
    Device, DeviceError,
    action_drafts::{self, ActionDraft, BegunAction},
    outbox, records, session,
};
use domain::{
    hazard::{Hazard, HazardCommandKind},
    id::{HazardId, SiteId},
    order::collected,
    place::Location,
    quick_report::{NotReported, may_report_at, office::OfficePhrase},
    role::Actor,
    site::Site,
};
use std::collections::BTreeMap;
use thiserror::Error;

/// Under which drafts of reports are kept.
const COMMAND: &str = HazardCommandKind::Report.as_str();

/// What a report is made among.
#[derive(Debug, Clone, PartialEq)]
pub struct Surroundings {
    /// At which this person may report something, by name.
    pub sites: Vec<Site>,
    /// All that are on this phone, those of its unsent reports among them.
    pub hazards: Vec<Hazard>,
    /// Where sites are, in use or not.
    pub places: BTreeMap<SiteId, Location>,
    /// What the office writes most.
    pub phrases: Vec<OfficePhrase>,
}

/// Why a report was not made.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum Failed {
    #[error(transparent)]
    NotReported(#[from] NotReported),
    #[error(transparent)]
    Device(#[from] DeviceError),
}

pub async fn surroundings(device: &Device) -> Result<Surroundings, DeviceError> {
    let me = me(device)?;
    let sites = records::sites(device).await?.known;
    let places = collected(sites.iter().filter_map(|site| Some((site.id, site.location?))));
    let sites = sites.into_iter().filter(|site| may_report_at(&me, site)).collect();
    let hazards = records::hazards(device).await?.known;
    let phrases = records::directory(device).await?.map(|directory| directory.phrases).unwrap_or_default();
    Ok(Surroundings { sites, hazards, places, phrases })
}

fn me(device: &Device) -> Result<Actor, DeviceError> {
    Ok(session::current(device).ok_or(DeviceError::WrongPassword)?.actor)
}

/// The newest that was begun and holds anything; where a site is named, of that site.
pub fn begun(device: &Device, site: Option<SiteId>) -> Option<HazardId> {
    let is_of_it = |begun: &BegunAction| {
        let report = begun.draft.report.as_ref();
        let of = report.and_then(|report| report.site.as_ref()).map(|site| site.id);
        report.is_some() && (site.is_none() || of == site)
    };
    // Ids begin with the time, and lie in their order.
    action_drafts::all(device).into_iter().rfind(is_of_it).map(|begun| begun.hazard)
}

/// What was written for the report that makes this hazard; nothing where it was not begun.
pub fn load(device: &Device, id: HazardId) -> ActionDraft {
    action_drafts::load(device, id, COMMAND)
}

/// Whether it is kept; see [`action_drafts::save`].
pub fn save(device: &Device, id: HazardId, draft: &ActionDraft) -> bool {
    action_drafts::save(device, id, COMMAND, draft)
}

pub fn forget(device: &Device, id: HazardId) {
    action_drafts::forget(device, id, COMMAND);
}

/// Puts the report into the outbox, with its photos; the draft is gone then. One that is there already is not put once more.
/// `title` is what the outbox calls it.
///
/// # Errors
/// What it lacks, or that it could not be written: the draft stays.
pub async fn submit(device: &Device, id: HazardId, draft: &ActionDraft, title: String) -> Result<(), Failed> {
    let chosen = draft.report.as_deref().cloned().unwrap_or_default();
    let (site, command) = chosen.report(&draft.words, &draft.photos, &me(device)?)?;
    if action_drafts::is_changed_elsewhere(device, id, COMMAND, draft) {
        return Err(DeviceError::ChangedElsewhere.into());
    }
    outbox::put_hazard_submission(device, id, Some(site), command, title).await?;
    forget(device, id);
    Ok(())
}
