//! 场所、单位: anything that can be inspected.

mod list;

pub use list::{SiteFilter, SiteLack, SitePage, SiteRow};

use crate::{
    id::{CommunityId, DepartmentId, GridId, SiteId, SiteKind},
    place::Location,
    risk::RiskLevel,
    role::ResourceScope,
    search::Query,
    sector::Sector,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// 责任人: somebody who answers for a site.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Contact {
    pub name: String,
    /// What they are at the site: 主要负责人, 安全员, …
    #[serde(default)]
    pub duty: String,
    #[serde(default)]
    pub phone: String,
}

/// A place to inspect, as the phone and the desk know it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Site {
    pub id: SiteId,
    pub community: CommunityId,
    pub grid: GridId,
    pub name: String,
    /// Short code on the wall, unique in the office; can be typed where no camera reads it.
    pub code: String,
    pub kinds: Vec<SiteKind>,
    pub sector: Sector,
    pub risk: RiskLevel,
    #[serde(default)]
    pub address: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    #[serde(default)]
    pub contacts: Vec<Contact>,
    /// 包联领导: the office leader who answers for the site.
    #[serde(default)]
    pub leader: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<DepartmentId>,
    /// What it is found by, as [`search::key`](crate::search::key) makes it on the server, so that phone and desk search
    /// alike; it sorts by sound.
    #[serde(default)]
    pub pinyin: String,
    /// When something was last checked here; a closed door does not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_visit: Option<DateTime<Utc>>,
    #[serde(default)]
    pub retired: bool,
}

impl Site {
    pub fn resource_scope(&self) -> ResourceScope {
        ResourceScope { grid: self.grid, site: self.id, department: self.department, sector: self.sector }
    }

    pub fn is_kind(&self, kind: &SiteKind) -> bool {
        self.kinds.contains(kind)
    }

    /// Whether the query finds it, by name, code, address or the sound of its name.
    pub fn matches(&self, query: &Query) -> bool {
        query.finds(&self.pinyin, &[])
    }
}
