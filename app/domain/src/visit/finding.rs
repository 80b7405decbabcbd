//! The hazard sheet of a failed item, before it is sent.

use crate::{
    checklist::{Item, Severity},
    hazard::{FixedOnSpot, Found, HazardCommand},
    id::{ChecklistId, HazardId, ItemId, VisitId},
    photo::PhotoHash,
    text::Lang,
};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// The hazard sheet of a failed item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    pub hazard: HazardId,
    pub level: Severity,
    pub what: String,
    pub basis: String,
    pub due: NaiveDate,
    pub responsible: String,
    pub photos: Vec<PhotoHash>,
    /// 立查立改
    pub fixed: bool,
    pub after: Vec<PhotoHash>,
    pub after_note: String,
}

impl Finding {
    /// Everything already proposed, so that failing costs one tap more than passing.
    pub fn propose(hazard: HazardId, item: &Item, responsible: &str, today: NaiveDate, lang: Lang) -> Self {
        let days = Days::new(item.deadline_days.into());
        Self {
            hazard,
            level: item.severity,
            what: item.hazard.as_ref().unwrap_or(&item.text).get(lang).to_owned(),
            basis: item.basis.as_ref().map(|basis| basis.get(lang).to_owned()).unwrap_or_default(),
            due: today.checked_add_days(days).unwrap_or(today),
            responsible: responsible.to_owned(),
            photos: vec![],
            fixed: false,
            after: vec![],
            after_note: String::new(),
        }
    }

    /// As it is sent, from this item of this checklist.
    pub(super) fn report(&self, visit: VisitId, checklist: &ChecklistId, item: &ItemId) -> HazardCommand {
        HazardCommand::Report(Found {
            level: self.level,
            what: self.what.trim().to_owned(),
            basis: self.basis.clone(),
            due: (!self.fixed).then_some(self.due),
            responsible: self.responsible.trim().to_owned(),
            photos: self.photos.clone(),
            visit: Some(visit),
            checklist: Some(checklist.clone()),
            item: Some(item.clone()),
            fixed: self
                .fixed
                .then(|| FixedOnSpot { note: self.after_note.clone(), photos: self.after.clone() }),
        })
    }
}
