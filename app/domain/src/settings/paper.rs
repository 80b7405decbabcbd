//! 文书: which papers an office issues. One that it does not issue is offered nowhere.

use crate::{list::ListName, text::Bilingual};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What the desk prints or writes as a file for the archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// 检查记录: a visit, for whoever signs it.
    VisitRecord,
    /// 隐患排查治理台账: the ledger as a file.
    HazardLedger,
}

impl Paper {
    pub const ALL: [Self; 2] = [Self::VisitRecord, Self::HazardLedger];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::VisitRecord => "visit_record",
            Self::HazardLedger => "hazard_ledger",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|paper| paper.as_str() == word)
    }

    /// Which paper the list is as a file.
    pub fn of_list(list: ListName) -> Option<Self> {
        match list {
            ListName::Ledger => Some(Self::HazardLedger),
            ListName::Visits
            | ListName::Sites
            | ListName::Parties
            | ListName::Grids
            | ListName::People
            | ListName::Quarantine
            | ListName::SpotChecks
            | ListName::Tasks
            | ListName::Unsent
            | ListName::PublicReports
            | ListName::Complaints
            | ListName::Audit => None,
        }
    }

    pub fn name(self) -> Bilingual {
        match self {
            Self::VisitRecord => Bilingual::new("检查记录", "Record of a visit"),
            Self::HazardLedger => Bilingual::new("隐患排查治理台账", "Ledger of hazards"),
        }
    }
}

/// Those that are issued, kept as what is not: a paper that comes with a later version is issued until the office says
/// otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "Vec<String>", into = "Vec<Paper>")]
pub struct Papers(BTreeSet<Paper>);

impl From<Vec<String>> for Papers {
    fn from(words: Vec<String>) -> Self {
        Self(words.iter().filter_map(|word| Paper::parse(word)).collect())
    }
}

impl From<Papers> for Vec<Paper> {
    fn from(papers: Papers) -> Self {
        papers.0.into_iter().collect()
    }
}

impl Papers {
    pub fn issuing(papers: &BTreeSet<Paper>) -> Self {
        Self(Paper::ALL.into_iter().filter(|paper| !papers.contains(paper)).collect())
    }

    pub fn issues(&self, paper: Paper) -> bool {
        !self.0.contains(&paper)
    }

    pub fn issued(&self) -> BTreeSet<Paper> {
        Paper::ALL.into_iter().filter(|paper| self.issues(*paper)).collect()
    }
}
