//! What the phone's records say of a site beside what the way into a visit needs.

use crate::sites::due_site::DueSite;
use chrono::Datelike as _;
use client::{Device, DeviceError, db, inspections, location, records};
use domain::{
    hazard::Hazard,
    id::SiteId,
    inspection::{Inspected, InspectionDirectory},
    order::sort_by_key,
    party::InspectionCount,
    sync::DirectoryHead,
    visit::VisitSummary,
    window::ended_at,
};
use std::cmp::Reverse;

#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    pub due_site: DueSite,
    /// 社区 · 网格
    pub place: String,
    pub department: Option<String>,
    /// 行政检查 of this year, for those who inspect.
    pub inspections: Option<InspectionCount>,
    pub metres: Option<f64>,
    /// Open ones, the most urgent first.
    pub hazards: Vec<Hazard>,
    /// Ended ones that are on this phone, the newest first.
    pub closed: Vec<Hazard>,
    /// Newest first.
    pub history: Vec<VisitSummary>,
    /// Hazards and visits here that this version cannot show.
    pub newer: usize,
}

/// None where the site is not on this phone.
pub async fn read(device: &Device, id: SiteId) -> Result<Option<Known>, DeviceError> {
    let site = records::site(device, id).await?;
    let (Some(site), Some(directory)) = (site, records::directory_head(device).await?) else {
        return Ok(None);
    };
    let inspection = inspections::known(device).await?;
    let db::Known { known: hazards, newer: newer_hazards } = records::hazards_at(device, id).await?;
    let (hazards, mut closed): (Vec<_>, Vec<_>) = hazards.into_iter().partition(Hazard::is_open);
    sort_by_key(&mut closed, |hazard| Reverse(ended_at(hazard)));
    let db::Known { known: history, newer: newer_visits } = records::visits_at(device, id).await?;
    let due_site = DueSite::of(site, &directory, device.clock.office_now());
    Ok(Some(Known {
        place: place(&due_site, &directory),
        department: department(&due_site, &directory),
        inspections: inspection.map(|known| counted(&due_site, &known, device.clock.today().year())),
        metres: due_site.metres(location::recent(device).as_ref()),
        hazards,
        closed,
        history,
        newer: newer_hazards.len() + newer_visits.len(),
        due_site,
    }))
}

fn place(due_site: &DueSite, directory: &DirectoryHead) -> String {
    let community = directory.communities.iter().find(|known| known.id == due_site.site.community);
    let grid = directory.grids.iter().find(|known| known.id == due_site.site.grid);
    let names = [community.map(|known| known.name.as_str()), grid.map(|known| known.name.as_str())];
    names.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn counted(due_site: &DueSite, known: &InspectionDirectory, year: i32) -> InspectionCount {
    let count = known.counted(Inspected::at(&due_site.site), year);
    InspectionCount { year, count, cap: known.rules.cap() }
}

fn department(due_site: &DueSite, directory: &DirectoryHead) -> Option<String> {
    let known = directory.departments.iter().find(|known| Some(known.id) == due_site.site.department);
    known.map(|department| department.name.clone())
}
