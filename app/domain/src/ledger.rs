//! 隐患台账: what the ledger can be asked, and its rows. A filter is a set of plain words, so that it fits a URL.

use crate::{
    due::Due,
    fen::Fen,
    hazard::HazardStatusKind,
    id::{CommunityId, DepartmentId, FormId, HazardId, PartyId, PersonId, QuestionId, SiteId, VisitId},
    list::{ListFilter, ListPage, Parts, PhotoState},
    risk::RiskLevel,
    sector::Sector,
    severity::Severity,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Which hazards; every part narrows.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LedgerFilter {
    pub status: LedgerStatusFilter,
    pub level: Option<Severity>,
    pub sector: Option<Sector>,
    pub community: Option<CommunityId>,
    pub department: Option<DepartmentId>,
    pub site: Option<SiteId>,
    /// That answered for the site when it was found.
    pub party: Option<PartyId>,
    pub inspector: Option<PersonId>,
    /// Found by this visit.
    pub visit: Option<VisitId>,
    /// Found where this form …
    pub form: Option<FormId>,
    /// … asks this.
    pub question: Option<QuestionId>,
    /// So for longer than this many days.
    pub waiting: Option<u16>,
    /// Office days, both included.
    pub found_from: Option<NaiveDate>,
    pub found_to: Option<NaiveDate>,
    pub closed_from: Option<NaiveDate>,
    pub closed_to: Option<NaiveDate>,
    pub photos: Option<PhotoState>,
    /// Site, number, words of the hazard, or pinyin initials of the site.
    pub query: String,
    pub sort: LedgerSort,
    /// From 1.
    pub page: u32,
}

impl LedgerFilter {
    /// All that stand so.
    pub fn of(status: LedgerStatusFilter) -> Self {
        Self { status, ..Self::default() }
    }
}

impl ListFilter for LedgerFilter {
    fn parts(&mut self, parts: &mut impl Parts) {
        parts.usual("status", &mut self.status);
        parts.choice("level", &mut self.level);
        parts.choice("sector", &mut self.sector);
        parts.choice("community", &mut self.community);
        parts.choice("department", &mut self.department);
        parts.choice("site", &mut self.site);
        parts.choice("party", &mut self.party);
        parts.choice("inspector", &mut self.inspector);
        parts.choice("visit", &mut self.visit);
        parts.choice("form", &mut self.form);
        parts.choice("question", &mut self.question);
        parts.choice("waiting", &mut self.waiting);
        parts.choice("found_from", &mut self.found_from);
        parts.choice("found_to", &mut self.found_to);
        parts.choice("closed_from", &mut self.closed_from);
        parts.choice("closed_to", &mut self.closed_to);
        parts.choice("photos", &mut self.photos);
        parts.search(&mut self.query);
        parts.usual("sort", &mut self.sort);
        parts.page(&mut self.page);
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LedgerStatusFilter {
    /// 未销号
    #[default]
    Open,
    /// 逾期
    Late,
    /// Due within the seven days from today, today included.
    DueThisWeek,
    /// 等交办
    ToAssign,
    /// 等移送: another authority's or nobody's known, and not referred yet.
    ToRefer,
    /// 整改中
    InRectification,
    /// 等验收
    ToAccept,
    /// 申请延期，等答复
    ExtensionAsked,
    /// Closed in the office's current month.
    ClosedThisMonth,
    Closed,
    Any,
}

impl LedgerStatusFilter {
    pub const ALL: [Self; 11] = [
        Self::Open,
        Self::Late,
        Self::DueThisWeek,
        Self::ToAssign,
        Self::ToRefer,
        Self::InRectification,
        Self::ToAccept,
        Self::ExtensionAsked,
        Self::ClosedThisMonth,
        Self::Closed,
        Self::Any,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Late => "late",
            Self::DueThisWeek => "due_this_week",
            Self::ToAssign => "to_assign",
            Self::ToRefer => "to_refer",
            Self::InRectification => "in_rectification",
            Self::ToAccept => "to_accept",
            Self::ExtensionAsked => "extension_asked",
            Self::ClosedThisMonth => "closed_this_month",
            Self::Closed => "closed",
            Self::Any => "any",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }

    /// The statuses that it is narrowed to; none: it asks for something else.
    pub fn statuses(self) -> Option<&'static [HazardStatusKind]> {
        match self {
            Self::ToAssign | Self::ToRefer => Some(&[HazardStatusKind::Found]),
            Self::InRectification | Self::ExtensionAsked => Some(&[HazardStatusKind::Assigned]),
            Self::ToAccept => Some(&[HazardStatusKind::Rectified, HazardStatusKind::AcceptedOnce]),
            Self::Closed | Self::ClosedThisMonth => Some(&[HazardStatusKind::Closed]),
            Self::Open | Self::Late | Self::DueThisWeek | Self::Any => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LedgerSort {
    /// The longest overdue first.
    #[default]
    Due,
    Newest,
    Number,
    Site,
}

impl LedgerSort {
    pub const ALL: [Self; 4] = [Self::Due, Self::Newest, Self::Number, Self::Site];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Newest => "newest",
            Self::Number => "number",
            Self::Site => "site",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.as_str() == word)
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LedgerRow {
    pub id: HazardId,
    pub number: String,
    pub what: String,
    pub level: Severity,
    pub status: HazardStatusKind,
    /// An extension waits for an answer.
    pub extension_asked: bool,
    /// It waits to be referred.
    pub to_refer: bool,
    pub sector: Sector,
    pub site: SiteId,
    pub site_name: String,
    pub risk: RiskLevel,
    pub party: Option<PartyId>,
    /// As it is called now.
    pub party_name: Option<String>,
    pub community_name: String,
    pub department_name: Option<String>,
    pub found_at: DateTime<Utc>,
    pub found_by: String,
    pub due: Option<NaiveDate>,
    /// What the plan sets aside; none while there is no plan.
    pub funds: Option<Fen>,
}

impl LedgerRow {
    pub fn is_open(&self) -> bool {
        self.status.is_open()
    }

    pub fn due(&self, today: NaiveDate) -> Due {
        if self.is_open() { Due::of(self.due, today) } else { Due::Unset }
    }
}

pub type LedgerPage = ListPage<LedgerRow, LedgerSummary>;

/// What is told of the whole ledger, as it is filtered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LedgerSummary {
    pub late: u64,
    /// The longest overdue among them, in days; 0 where none is.
    pub worst_days: u32,
}
