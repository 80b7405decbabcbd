//! 网格列表: what the list of grids can be asked, and its rows. It is for whoever sees the whole office, or answers for grids.

use crate::{
    id::{CommunityId, GridId},
    list::{ListFilter, ListPage, Parts},
};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct GridFilter {
    pub lacking: Option<GridLack>,
    pub community: Option<CommunityId>,
    /// Names of the grid and its community.
    pub query: String,
    pub page: u32,
}

impl GridFilter {
    /// All that lack it.
    pub fn of(lack: GridLack) -> Self {
        Self { lacking: Some(lack), ..Self::default() }
    }
}

impl ListFilter for GridFilter {
    fn parts(&mut self, parts: &mut impl Parts) {
        parts.choice("lacking", &mut self.lacking);
        parts.choice("community", &mut self.community);
        parts.search(&mut self.query);
        parts.page(&mut self.page);
    }
}

/// What a grid lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GridLack {
    /// Nobody walks it.
    Inspector,
}

impl GridLack {
    pub const ALL: [Self; 1] = [Self::Inspector];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Inspector => "inspector",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lack| lack.as_str() == word)
    }
}

pub type GridPage = ListPage<GridRow>;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GridRow {
    pub id: GridId,
    pub name: String,
    pub community_name: String,
    /// Names of those who walk it.
    pub inspectors: Vec<String>,
    /// In use.
    pub sites: u64,
}
