//! What the office has sent: the places, sites, checklists, hazards and history that this person may see.
//! Watch [`Topic::Records`](super::changes::Topic::Records).

use super::DeviceError;
use domain::{
    checklist::Checklist,
    hazard::Hazard,
    id::{ChecklistId, HazardId, SiteId},
    inspection::InspectionSummary,
    site::Site,
    sync::Directory,
};

/// None before the first pull.
pub async fn directory() -> Result<Option<Directory>, DeviceError> {
    unimplemented!()
}

/// By name.
pub async fn sites() -> Result<Vec<Site>, DeviceError> {
    unimplemented!()
}

pub async fn site(id: SiteId) -> Result<Option<Site>, DeviceError> {
    let _ = id;
    unimplemented!()
}

/// The newest version of each checklist.
pub async fn checklists() -> Result<Vec<Checklist>, DeviceError> {
    unimplemented!()
}

/// Exactly this version; drafts keep theirs.
pub async fn checklist(id: &ChecklistId, version: u32) -> Result<Option<Checklist>, DeviceError> {
    let _ = (id, version);
    unimplemented!()
}

/// All that are known, with this phone's unsent deeds already applied; the most urgent first.
pub async fn hazards() -> Result<Vec<Hazard>, DeviceError> {
    unimplemented!()
}

pub async fn hazard(id: HazardId) -> Result<Option<Hazard>, DeviceError> {
    let _ = id;
    unimplemented!()
}

pub async fn hazards_at(site: SiteId) -> Result<Vec<Hazard>, DeviceError> {
    let _ = site;
    unimplemented!()
}

/// Newest first.
pub async fn inspections_at(site: SiteId) -> Result<Vec<InspectionSummary>, DeviceError> {
    let _ = site;
    unimplemented!()
}
