//! What the phone knows of one hazard, read together.

use chrono::{DateTime, Utc};
use client::{
    Device, DeviceError,
    action_drafts::{self, About},
    records,
};
use domain::{
    hazard::{EventRecord, Hazard},
    id::{DepartmentId, HazardId},
    photo::PhotoHash,
    place::Department,
    site::Site,
    time,
};
use std::sync::Arc;

#[derive(Debug, Clone, PartialEq)]
pub struct File {
    pub hazard: Hazard,
    /// None where the site is not on this phone.
    pub site: Option<Site>,
    /// The name of the department that answers for it.
    pub department: Option<String>,
    /// All that it may be assigned to.
    pub departments: Vec<Department>,
    /// It has left this phone; what is here was copied when a command on it was begun.
    pub away: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Loaded {
    Loading,
    NotHere,
    Here(Arc<File>),
    Failed(DeviceError),
}

impl Loaded {
    pub fn file(&self) -> Option<Arc<File>> {
        match self {
            Self::Here(file) => Some(file.clone()),
            Self::Loading | Self::NotHere | Self::Failed(_) => None,
        }
    }
}

impl File {
    pub async fn read(device: &Device, id: Option<HazardId>) -> Result<Option<Self>, DeviceError> {
        let Some(id) = id else { return Ok(None) };
        let found = records::hazard(device, id).await;
        let Some(hazard) = records::known(found.clone())? else {
            // What was begun on it is reached all the same.
            let kept = action_drafts::about(device, id);
            if kept.is_none() {
                found?;
            }
            return Ok(kept.map(|About { hazard, site, department }| Self {
                hazard,
                site,
                department,
                departments: vec![],
                away: true,
            }));
        };
        let site = records::known(records::site(device, hazard.place.site).await)?;
        let directory = records::directory(device).await?;
        let departments = directory.map(|directory| directory.departments).unwrap_or_default();
        let own = departments.iter().find(|one| Some(one.id) == hazard.place.department);
        let department = own.map(|one| one.name.clone());
        Ok(Some(Self { hazard, site, department, departments, away: false }))
    }

    /// The department that answers for it, or else for its sector.
    pub fn answers(&self) -> Option<DepartmentId> {
        let place = &self.hazard.place;
        let of_sector = self.departments.iter().find(|one| one.sectors.contains(&place.sector));
        place.department.or(of_sector.map(|one| one.id))
    }

    /// Empty where the site is not on this phone.
    pub fn site_name(&self) -> String {
        self.site.as_ref().map(|site| site.name.clone()).unwrap_or_default()
    }

    /// Who handed the photo in, and when.
    pub fn stamp(&self, photo: &PhotoHash, now: DateTime<Utc>) -> String {
        let names = |record: &&EventRecord| record.event.photos().contains(&photo);
        let record = self.hazard.events.iter().find(names);
        record
            .map(|record| format!("{} · {}", record.name, time::near(record.when(), now)))
            .unwrap_or_default()
    }
}
