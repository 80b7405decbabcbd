//! 检查列表: what the list of inspections can be asked, and its rows.

use super::{InspectionKind, InspectionSummary};
use crate::{
    id::{CommunityId, PersonId, SiteId},
    risk::RiskLevel,
    sector::Sector,
    text::Bilingual,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct InspectionFilter {
    pub kind: Option<InspectionKind>,
    pub sector: Option<Sector>,
    pub community: Option<CommunityId>,
    pub site: Option<SiteId>,
    pub inspector: Option<PersonId>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub query: String,
    pub page: u32,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct InspectionPage {
    pub rows: Vec<InspectionRow>,
    pub total: u64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InspectionRow {
    pub summary: InspectionSummary,
    pub site_name: String,
    pub risk: RiskLevel,
    pub community_name: String,
    pub checklist_title: Bilingual,
}
