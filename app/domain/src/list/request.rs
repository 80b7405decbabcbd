//! A list with what it is asked: what a figure opens, and what a file is made of.

use super::{ListFilter, ListName};
use crate::{
    audit::AuditFilter, code::ComplaintFilter, device::heartbeat::UnsentFilter, ledger::LedgerFilter,
    party::PartyFilter, person::PersonFilter, place::GridFilter, public_report::PublicReportFilter,
    quarantine::QuarantineFilter, site::SiteFilter, spot_check::SpotCheckFilter, task::TaskFilter,
    visit::VisitFilter,
};
use serde::{Deserialize, Serialize};

macro_rules! requests {
    ($($name:ident: $filter:ty),+ $(,)?) => {
        /// One of the lists, and what it is asked.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum ListRequest {
            $($name($filter),)+
        }

        impl ListRequest {
            pub fn name(&self) -> ListName {
                match self { $(Self::$name(_) => ListName::$name,)+ }
            }

            /// Keys and words of its address.
            pub fn words(&self) -> Vec<(&'static str, String)> {
                match self { $(Self::$name(filter) => filter.words(),)+ }
            }

            /// As the words of an address say it.
            pub fn read(name: ListName, word: impl Fn(&str) -> Option<String>) -> Self {
                match name { $(ListName::$name => Self::$name(ListFilter::read(word)),)+ }
            }
        }

        $(impl From<$filter> for ListRequest {
            fn from(filter: $filter) -> Self {
                Self::$name(filter)
            }
        })+
    };
}

requests!(
    Ledger: LedgerFilter,
    Visits: VisitFilter,
    Sites: SiteFilter,
    SpotChecks: SpotCheckFilter,
    Parties: PartyFilter,
    Grids: GridFilter,
    Tasks: TaskFilter,
    Unsent: UnsentFilter,
    PublicReports: PublicReportFilter,
    Complaints: ComplaintFilter,
    People: PersonFilter,
    Quarantine: QuarantineFilter,
    Audit: AuditFilter,
);

/// A file that a list can be had as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileFormat {
    /// For any program.
    Csv,
    /// For a spreadsheet.
    Xlsx,
}

impl FileFormat {
    pub const ALL: [Self; 2] = [Self::Csv, Self::Xlsx];

    /// The end of the file's name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == word)
    }

    /// Rows that such a file holds at the most; where there are more, it says so. A sheet has room for a million, and
    /// spreadsheets grow slow long before.
    pub const fn most_rows(self) -> u32 {
        match self {
            Self::Csv => 1_000_000,
            Self::Xlsx => 100_000,
        }
    }
}
