//! What today asks of this person, read from the phone's own records.

use super::running::Running;
use crate::sites::due_site::DueSite;
use chrono::{DateTime, Utc};
use client::{Device, DeviceError, action_drafts, db::Known, drafts, outbox, records, session};
use domain::{
    order::sort_by_key,
    role::{Action, Actor},
    site::Site,
    sync::DirectoryHead,
};
use futures::future::try_join4;
use leptos::prelude::Memo;

#[derive(Debug, Clone, PartialEq)]
pub struct Today {
    /// None before the first pull.
    pub directory: Option<DirectoryHead>,
    pub me: Actor,
    pub running: Vec<Running>,
    /// Something may have been written for a hazard, or for a report, and not done.
    pub begun: bool,
    /// Late or due today, the most urgent first.
    pub visits: Vec<DueSite>,
    /// Sites that this version cannot show.
    pub newer: usize,
    pub unsent: outbox::Counts,
}

/// As it was read last; none until it is read.
pub type TodayRead = Memo<Option<Result<Today, DeviceError>>>;

pub async fn read(device: &Device) -> Result<Today, DeviceError> {
    let me = session::current(device).ok_or(DeviceError::WrongPassword)?.actor;
    let now = device.clock.office_now();
    // Together, because whoever opens the app waits for it: one by one they would be four ways to the database and back.
    let (directory, sites, drafts, unsent) = try_join4(
        records::directory_head(device),
        records::sites(device),
        drafts::all(device),
        outbox::counts(device),
    )
    .await?;
    let Known { known: sites, newer: newer_sites } = sites;
    let running = Running::all(device, &drafts, &sites, &newer_sites).await?;
    let visits = match &directory {
        Some(directory) if is_sent_round(&me) => visits(sites, directory, now),
        Some(_) | None => vec![],
    };
    let newer_directory = directory.is_none() && records::are_whole(device).await?;
    let newer = newer_sites.len() + usize::from(newer_directory);
    Ok(Today { directory, me, running, begun: action_drafts::any(device), visits, newer, unsent })
}

/// Whether the office's visits are theirs to make: whoever is of a site checks it when they choose.
pub fn is_sent_round(me: &Actor) -> bool {
    me.may_do(Action::Inspect) && !me.role.is_contact()
}

fn visits(sites: Vec<Site>, directory: &DirectoryHead, now: DateTime<Utc>) -> Vec<DueSite> {
    let known = sites.into_iter().filter(|site| !site.retired);
    let mut pressing: Vec<_> = known
        .map(|site| DueSite::of(site, directory, now))
        .filter(|due_site| due_site.due.is_due())
        .collect();
    sort_by_key(&mut pressing, |due_site| (due_site.due.rank(), due_site.site.risk));
    pressing
}
