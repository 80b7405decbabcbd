//! 场所列表: what the list of sites can be asked, and its rows.

use super::Site;
use crate::{
    id::{CommunityId, GridId},
    risk::RiskLevel,
    sector::Sector,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SiteFilter {
    pub query: String,
    pub community: Option<CommunityId>,
    pub grid: Option<GridId>,
    pub sector: Option<Sector>,
    pub risk: Option<RiskLevel>,
    pub lacking: Option<SiteLack>,
    pub page: u32,
}

/// What a site lacks: nobody is forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SiteLack {
    Visit,
    Contact,
    Leader,
}

impl SiteLack {
    pub const ALL: [Self; 3] = [Self::Visit, Self::Contact, Self::Leader];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Visit => "visit",
            Self::Contact => "contact",
            Self::Leader => "leader",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lack| lack.as_str() == word)
    }
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SitePage {
    pub rows: Vec<SiteRow>,
    pub total: u64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SiteRow {
    pub site: Site,
    pub open_hazards: u64,
    pub next_visit: NaiveDate,
}
