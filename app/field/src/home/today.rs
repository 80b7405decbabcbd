//! What today asks of this person, read from the phone's own records.

use super::running::Running;
use crate::sites::due_site::DueSite;
use chrono::{DateTime, Utc};
use client::{Device, DeviceError, action_drafts, db::Known, drafts, outbox, records, session};
use domain::{
    device::action_draft::BegunAction,
    due::Due,
    hazard::{Hazard, waits_for},
    order::sort_by_key,
    role::{Action, Actor},
    site::Site,
    sync::Directory,
    time::office_day,
};
use futures::future::try_join5;

#[derive(Debug, Clone, PartialEq)]
pub struct Today {
    /// None before the first pull.
    pub directory: Option<Directory>,
    pub me: Actor,
    pub running: Vec<Running>,
    /// Written for a hazard and not done.
    pub begun: Vec<BegunAction>,
    /// Late or due today, the most urgent first.
    pub visits: Vec<DueSite>,
    pub rechecks: Vec<Recheck>,
    /// Sites and hazards that this version cannot show.
    pub newer: usize,
    pub unsent: outbox::Counts,
}

/// A hazard that waits for this person.
#[derive(Debug, Clone, PartialEq)]
pub struct Recheck {
    pub hazard: Hazard,
    pub site: Option<String>,
    pub due: Due,
}

pub async fn read(device: &Device) -> Result<Today, DeviceError> {
    let me = session::current(device).ok_or(DeviceError::WrongPassword)?.actor;
    let now = device.clock.office_now();
    // Together, because whoever opens the app waits for it: one by one they would be five ways to the database and back.
    let (directory, sites, drafts, hazards, unsent) = try_join5(
        records::directory(device),
        records::sites(device),
        drafts::all(device),
        records::hazards(device),
        outbox::counts(device),
    )
    .await?;
    let Known { known: sites, newer: newer_sites } = sites;
    let Known { known: hazards, newer: newer_hazards } = hazards;
    let running = Running::all(device, &drafts, &sites, &newer_sites).await?;
    let rechecks = rechecks(hazards, &sites, &me, now);
    let visits = match &directory {
        Some(directory) if me.role.may(Action::Inspect) => visits(sites, directory, now),
        Some(_) | None => vec![],
    };
    let begun = action_drafts::all(device);
    let newer_directory = directory.is_none() && records::are_whole(device).await?;
    let newer = newer_sites.len() + newer_hazards.len() + usize::from(newer_directory);
    Ok(Today { directory, me, running, begun, visits, rechecks, newer, unsent })
}

fn visits(sites: Vec<Site>, directory: &Directory, now: DateTime<Utc>) -> Vec<DueSite> {
    let known = sites.into_iter().filter(|site| !site.retired);
    let mut pressing: Vec<_> = known
        .map(|site| DueSite::of(site, directory, now))
        .filter(|due_site| due_site.due.is_due())
        .collect();
    sort_by_key(&mut pressing, |due_site| (due_site.due.rank(), due_site.site.risk));
    pressing
}

/// `hazards` come the most urgent first and stay so.
fn rechecks(hazards: Vec<Hazard>, sites: &[Site], me: &Actor, now: DateTime<Utc>) -> Vec<Recheck> {
    let name = |hazard: &Hazard| {
        let site = sites.iter().find(|site| site.id == hazard.place.site);
        site.map(|site| site.name.clone())
    };
    hazards
        .into_iter()
        .filter(|hazard| waits_for(hazard, me, office_day(now)))
        .map(|hazard| Recheck { site: name(&hazard), due: hazard.due(now), hazard })
        .collect()
}
