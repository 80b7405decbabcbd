//! All that the phone knows of one site.

use crate::{
    home::running::Running,
    i18n::Lang,
    sites::due_site::{DueSite, kinds},
};
use client::{Device, DeviceError, db::Known, drafts, location, records, session};
use domain::{
    hazard::Hazard, id::SiteId, order::sort_by_key, role::Action, sync::Directory, visit::VisitSummary,
    window::ended_at,
};
use std::cmp::Reverse;

#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    pub due_site: DueSite,
    pub kinds: String,
    /// 社区 · 网格
    pub place: String,
    pub department: Option<String>,
    pub metres: Option<f64>,
    /// Open ones, the most urgent first.
    pub hazards: Vec<Hazard>,
    /// Ended ones that are on this phone, the newest first.
    pub closed: Vec<Hazard>,
    /// Newest first.
    pub history: Vec<VisitSummary>,
    /// Hazards and visits here that this version cannot show.
    pub newer: usize,
    pub running: Vec<Running>,
    /// This person may inspect here.
    pub inspects: bool,
}

/// None where the site is not on this phone.
pub async fn read(device: &Device, id: SiteId, lang: Lang) -> Result<Option<Seen>, DeviceError> {
    let (Some(site), Some(directory)) = (records::site(device, id).await?, records::directory(device).await?)
    else {
        return Ok(None);
    };
    let Known { known: hazards, newer: newer_hazards } = records::hazards_at(device, id).await?;
    let (hazards, mut closed): (Vec<_>, Vec<_>) = hazards.into_iter().partition(Hazard::is_open);
    sort_by_key(&mut closed, |hazard| Reverse(ended_at(hazard)));
    let Known { known: history, newer: newer_visits } = records::visits_at(device, id).await?;
    let mut drafts = drafts::all(device).await?;
    drafts.retain(|draft| draft.site == id);
    let running = Running::all(device, &drafts, std::slice::from_ref(&site), &[]).await?;
    let resource_scope = site.resource_scope();
    let inspects = session::current(device).is_some_and(|me| me.actor.may(Action::Inspect, &resource_scope));
    let due_site = DueSite::of(site, &directory, device.clock.office_now());
    Ok(Some(Seen {
        kinds: kinds(lang, &due_site.site, Some(&directory)).join(" · "),
        place: place(&due_site, &directory),
        department: department(&due_site, &directory),
        metres: due_site.metres(location::recent(device).as_ref()),
        hazards,
        closed,
        history,
        newer: newer_hazards.len() + newer_visits.len(),
        running,
        inspects,
        due_site,
    }))
}

fn place(due_site: &DueSite, directory: &Directory) -> String {
    let community = directory.communities.iter().find(|known| known.id == due_site.site.community);
    let grid = directory.grids.iter().find(|known| known.id == due_site.site.grid);
    let names = [community.map(|known| known.name.as_str()), grid.map(|known| known.name.as_str())];
    names.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn department(due_site: &DueSite, directory: &Directory) -> Option<String> {
    let known = directory.departments.iter().find(|known| Some(known.id) == due_site.site.department);
    known.map(|department| department.name.clone())
}
