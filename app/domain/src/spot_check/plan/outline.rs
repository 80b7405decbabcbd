//! What a plan says of all its checks together.

use crate::{
    id::{DepartmentId, FormId, PersonId},
    spot_check::SpotCheckKind,
    visit::VisitNature,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// What a plan says of all its checks together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanOutline {
    /// Published with the fingerprint of a draw: it names no site.
    pub title: String,
    pub kind: SpotCheckKind,
    /// Patrol or administrative inspection.
    pub nature: VisitNature,
    pub forms: Vec<FormId>,
    /// 检查事项: of an administrative inspection, by its code on the published list; empty: chosen at the site.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub matter: String,
    /// 依据: by what it is checked.
    pub basis: String,
    /// Whom the teams telephone, and who decides what only a leader may.
    pub leader: PersonId,
    pub opens_at: DateTime<Utc>,
    /// The last day on which a check counts as carried out, by the office's calendar.
    pub until: NaiveDate,
    /// How many people go to each site.
    pub team_size: u32,
    /// Of a joint check: the departments that take part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub departments: Vec<DepartmentId>,
    #[serde(default)]
    pub meet: String,
    #[serde(default)]
    pub bring: String,
    #[serde(default)]
    pub note: String,
}

impl PlanOutline {
    /// Without what a maker may have written of the sites: where they meet, what for, and why.
    #[must_use]
    pub fn for_outsiders(&self) -> Self {
        let nothing = String::new;
        Self {
            matter: nothing(),
            basis: nothing(),
            meet: nothing(),
            bring: nothing(),
            note: nothing(),
            ..self.clone()
        }
    }
}
