//! 总览: who must act today, then the figures. Every figure names the ledger filter that opens its rows.

use crate::{
    id::{CommunityId, HazardId, SiteId},
    ledger::LedgerFilter,
    sector::Sector,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    pub as_of: DateTime<Utc>,
    pub open: u64,
    pub late: u64,
    /// The longest overdue, in days.
    pub worst_days: u32,
    pub due_this_week: u64,
    pub major: u64,
    pub closed_this_month: u64,
    /// Photos announced whose bytes have not arrived.
    pub photos_missing: u64,
    /// Oldest week first, twelve of them.
    pub weeks: Vec<Week>,
    pub by_sector: Vec<(Sector, u64)>,
    pub by_community: Vec<(CommunityId, String, u64)>,
    pub concerns: Vec<Concern>,
    pub recurring: Vec<Recurring>,
}

/// Found and closed in the seven days from this day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Week {
    pub from: NaiveDate,
    pub found: u64,
    pub closed: u64,
}

/// Something that somebody should see to today.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Concern {
    pub what: ConcernKind,
    pub count: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConcernKind {
    /// Reported as put right more than two days ago.
    WaitingForAcceptance,
    /// Found more than a day ago and not assigned.
    WaitingForAssignment,
    /// Extensions that wait for an answer.
    ExtensionsAsked,
    /// Sites not visited within their level's interval.
    SitesNotVisited,
    GridsWithoutInspector,
    SitesWithoutContact,
    SitesWithoutLeader,
}

/// The same item failed again at the same site within ninety days.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recurring {
    pub site: SiteId,
    pub site_name: String,
    pub what: String,
    pub times: u64,
    pub newest: HazardId,
}

impl Concern {
    /// The ledger's view of it, where it is about hazards.
    pub fn filter(&self) -> Option<LedgerFilter> {
        use crate::ledger::Standing;
        let standing = match self.what {
            ConcernKind::WaitingForAcceptance => Standing::ToAccept,
            ConcernKind::WaitingForAssignment => Standing::ToAssign,
            ConcernKind::ExtensionsAsked => Standing::InRectification,
            ConcernKind::SitesNotVisited
            | ConcernKind::GridsWithoutInspector
            | ConcernKind::SitesWithoutContact
            | ConcernKind::SitesWithoutLeader => return None,
        };
        Some(LedgerFilter { standing, ..LedgerFilter::default() })
    }
}
