//! What a person has written for a command on a hazard and not yet given, with copies of what it is about: the hazard may leave
//! the phone meanwhile, and what was begun is finished all the same. A hazard that is being reported is not there yet: what
//! was chosen for it stands beside.

use crate::{
    hazard::Hazard,
    id::HazardId,
    photo::PhotoHash,
    quick_report::QuickReport,
    site::Site,
    visit::{laid_photos, later},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ActionDraft {
    /// Note or reason; of a report, what was seen.
    pub words: String,
    pub day: Option<NaiveDate>,
    pub photos: Vec<PhotoHash>,
    /// What was written into the other fields of its form, by their names; what is proposed there is not kept.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub given: BTreeMap<String, String>,
    /// As it stood when this was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<Box<About>>,
    /// 随手报: of a report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<Box<QuickReport>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct About {
    pub hazard: Hazard,
    #[serde(default)]
    pub site: Option<Site>,
    #[serde(default)]
    pub department: Option<String>,
}

/// One of them, and what it is for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BegunAction {
    /// The one that it will make, where it is a report.
    pub hazard: HazardId,
    /// [`HazardCommandKind::as_str`](crate::hazard::HazardCommandKind::as_str)
    pub command: String,
    pub draft: ActionDraft,
}

impl ActionDraft {
    /// Whether anything would be lost with it; a day is proposed anyway.
    pub fn holds_something(&self) -> bool {
        !self.words.trim().is_empty() || !self.photos.is_empty() || !self.given.is_empty()
    }

    /// Two tabs at one of them: what was changed here since `read`, laid over what the other has `stored`. Where both changed the
    /// same, this one counts: it is later. Photos of both stay.
    #[must_use]
    pub fn laid_over(&self, read: &Self, stored: &Self) -> Self {
        Self {
            words: later(&self.words, &read.words, &stored.words).clone(),
            day: *later(&self.day, &read.day, &stored.day),
            photos: laid_photos(&self.photos, &read.photos, &stored.photos),
            given: later(&self.given, &read.given, &stored.given).clone(),
            about: later(&self.about, &read.about, &stored.about).clone(),
            report: later(&self.report, &read.report, &stored.report).clone(),
        }
    }
}
