//! 群众举报列表: what the list can be asked, its rows, and one report as the desk shows it.

use super::{PublicReport, PublicSettings, ReportStateKind, RewardSum};
use crate::{
    id::{HazardId, PersonId},
    list::{ListFilter, ListPage, Parts},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PublicReportFilter {
    pub state: Option<ReportStateKind>,
    /// What came of it.
    pub hazard: Option<HazardId>,
    /// Words of what was said and of the place.
    pub query: String,
    pub page: u32,
}

impl ListFilter for PublicReportFilter {
    fn parts(&mut self, parts: &mut impl Parts) {
        parts.choice("state", &mut self.state);
        parts.choice("hazard", &mut self.hazard);
        parts.search(&mut self.query);
        parts.page(&mut self.page);
    }
}

/// A report, and how many people said the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PublicReportRow {
    pub report: PublicReport,
    /// At least 1.
    pub voices: u32,
}

/// Those that wait first, of these the oldest; then the newest.
pub type PublicReportPage = ListPage<PublicReportRow>;

/// Who holds a key to the numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HolderSeat {
    pub person: PersonId,
    pub name: String,
    pub since: DateTime<Utc>,
}

/// An opening that one of the two has begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportOpening {
    pub by: PersonId,
    pub by_name: String,
    pub reason: String,
    pub at: DateTime<Utc>,
}

/// A listed major hazard, and whether anybody may read of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisclosureRow {
    pub hazard: HazardId,
    pub number: String,
    pub what: String,
    pub public: bool,
}

/// What an office decides of reports by the public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportSettingsFile {
    pub settings: PublicSettings,
    /// Who opens numbers, at most two.
    pub seats: Vec<HolderSeat>,
    pub hazards: Vec<DisclosureRow>,
}

/// One report with what stands around it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PublicReportFile {
    pub report: PublicReport,
    pub voices: u32,
    /// Whether a number was left.
    pub left_phone: bool,
    /// The two who open it; none where one of them has no key any more.
    pub holders: Option<[PersonId; 2]>,
    pub opening: Option<ReportOpening>,
    /// How often it was opened.
    pub opened: u32,
    /// The office's table.
    pub rewards: Vec<RewardSum>,
    /// Open hazards near it, as id, number and words.
    pub near: Vec<(HazardId, String, String)>,
    /// Whose keys there are now, at most two.
    pub seats: Vec<HolderSeat>,
}
