//! # Lists
//!
//! A list of the office is told once: what it can be asked ([`ListFilter`]), its rows, and what stands in each of its columns
//! ([`Column`]). From the filter follow the page's address, the chips and the condition in the database; from the columns
//! follow the table on the screen, the CSV and the workbook. So a figure that names a filter opens exactly the rows that it
//! counts, and a file holds exactly the rows that the screen lists.
//!
//! Filter and row of each list stand with their noun, as [`LedgerFilter`](crate::ledger::LedgerFilter) does.

mod column;
mod filter;
mod request;

pub use column::{Cell, Column, Layout, Shown};
pub use filter::{ListFilter, Parts, PhotoState, Word};
pub use request::{FileFormat, ListRequest};

use crate::role::Action;
use serde::{Deserialize, Serialize};

/// Rows of one page of any list.
pub const PAGE_SIZE: u32 = 50;

/// The lists of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListName {
    /// 隐患台账
    Ledger,
    /// 检查
    Visits,
    /// 场所
    Sites,
    /// 抽查
    SpotChecks,
    /// 责任主体
    Parties,
    /// 网格
    Grids,
    /// 派单
    Tasks,
    /// 未上传
    Unsent,
    /// 群众举报
    PublicReports,
    /// 对上门的意见
    Complaints,
    /// 人员
    People,
    /// 待处理内容
    Quarantine,
    /// 操作记录
    Audit,
}

impl ListName {
    pub const ALL: [Self; 13] = [
        Self::Ledger,
        Self::Visits,
        Self::Sites,
        Self::SpotChecks,
        Self::Parties,
        Self::Grids,
        Self::Tasks,
        Self::Unsent,
        Self::PublicReports,
        Self::Complaints,
        Self::People,
        Self::Quarantine,
        Self::Audit,
    ];

    /// The word for it in addresses and names of files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ledger => "hazards",
            Self::Visits => "visits",
            Self::Sites => "sites",
            Self::SpotChecks => "checks",
            Self::Parties => "parties",
            Self::Grids => "grids",
            Self::Tasks => "tasks",
            Self::Unsent => "unsent",
            Self::PublicReports => "reports",
            Self::Complaints => "complaints",
            Self::People => "people",
            Self::Quarantine => "quarantine",
            Self::Audit => "audit",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.as_str() == word)
    }

    /// What somebody must be allowed to do who is to see it, on the screen or in a file.
    pub const fn action(self) -> Action {
        match self {
            Self::Ledger
            | Self::Visits
            | Self::Sites
            | Self::SpotChecks
            | Self::Parties
            | Self::Grids
            | Self::Tasks
            | Self::Unsent
            | Self::PublicReports => Action::UseOffice,
            Self::People | Self::Quarantine => Action::ManagePeople,
            // Nobody who came reads first what is said of them.
            Self::Complaints | Self::Audit => Action::ReadAudit,
        }
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListPage<Row, Summary = ()> {
    pub rows: Vec<Row>,
    /// Of the whole list, not of the page.
    pub total: u64,
    /// Rows of this page that cannot be read: of a later version, or damaged. The others are shown.
    #[serde(default)]
    pub unreadable: u32,
    /// What else is told of the whole list.
    pub summary: Summary,
}

impl<Row, Summary: Default> Default for ListPage<Row, Summary> {
    fn default() -> Self {
        Self { rows: vec![], total: 0, unreadable: 0, summary: Summary::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_called_by_one_word() {
        for name in ListName::ALL {
            assert_eq!(ListName::parse(name.as_str()), Some(name));
        }
        assert_eq!(ListName::parse("nonsense"), None);
    }
}
