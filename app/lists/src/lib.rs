//! # What the lists show
//!
//! The columns of each list, in the words of the catalogues. The desk draws its tables from them and the server writes its
//! files from them, so that a file says what the screen says. How a list is asked stands in [`domain::list`]; what is more
//! than words on the screen, in `office`.

pub mod audit;
pub mod complaints;
pub mod grids;
pub mod ledger;
pub mod parties;
pub mod people;
pub mod public_reports;
pub mod quarantine;
pub mod sites;
pub mod spot_checks;
pub mod tasks;
pub mod unsent;
pub mod visits;

use chrono::NaiveDate;
use domain::{
    id::{CommunityId, DepartmentId, GridId, SiteKind},
    list::{Column, ListFilter, ListName, ListPage},
    place::{Community, Department, Grid},
    sync::SiteKindInfo,
    text::Lang,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// One list: what it is asked, its rows, and what stands in its columns.
pub trait List: Sized + Send + Sync + 'static {
    type Filter: ListFilter + PartialEq + Send + Sync + 'static;
    type Row: Clone + Send + Sync + 'static;
    /// What is told of the whole list beside how long it is.
    type Summary: Clone + Default + Send + Sync + 'static;

    const NAME: ListName;

    fn title(lang: Lang) -> &'static str;

    fn columns() -> &'static [Column<Self::Row, CellContext>];
}

/// One page of a list.
pub type PageOf<L> = ListPage<<L as List>::Row, <L as List>::Summary>;

/// What a cell may need beside its row.
#[derive(Debug, Clone)]
pub struct CellContext {
    pub lang: Lang,
    /// The office's day.
    pub today: NaiveDate,
    pub names: Arc<Names>,
}

/// The page of the list.
pub const fn path(list: ListName) -> &'static str {
    match list {
        ListName::Ledger => "/office/hazards",
        ListName::Visits => "/office/visits",
        ListName::Sites => "/office/sites",
        ListName::SpotChecks => "/office/checks",
        ListName::Parties => "/office/parties",
        ListName::Grids => "/office/grids",
        ListName::Tasks => "/office/tasks",
        ListName::Unsent => "/office/unsent",
        ListName::PublicReports => "/office/reports",
        ListName::Complaints => "/office/complaints",
        ListName::People => "/office/people",
        ListName::Quarantine => "/office/quarantine",
        ListName::Audit => "/office/audit",
    }
}

/// What places and kinds are called.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Names {
    pub communities: Vec<Community>,
    pub grids: Vec<Grid>,
    pub departments: Vec<Department>,
    pub kinds: Vec<SiteKindInfo>,
}

impl Names {
    pub fn community(&self, id: CommunityId) -> &str {
        let found = self.communities.iter().find(|community| community.id == id);
        found.map_or("", |community| &community.name)
    }

    /// `惠民社区 · 第三网格`
    pub fn grid(&self, id: GridId) -> String {
        let found = self.grids.iter().find(|grid| grid.id == id);
        found.map_or_else(String::new, |grid| format!("{} · {}", self.community(grid.community), grid.name))
    }

    pub fn department(&self, id: DepartmentId) -> &str {
        let found = self.departments.iter().find(|department| department.id == id);
        found.map_or("", |department| &department.name)
    }

    /// A kind that the catalogue has no longer is shown by its id.
    pub fn kind<'a>(&'a self, id: &'a SiteKind, lang: Lang) -> &'a str {
        let found = self.kinds.iter().find(|kind| kind.id == *id);
        found.map_or(id.as_str(), |kind| kind.name.get(lang))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::list::{FileFormat, Layout};
    use std::collections::BTreeSet;

    fn is_well_made<L: List>() {
        let columns = L::columns();
        let keys: BTreeSet<_> = columns.iter().map(|column| column.key).collect();
        assert_eq!(keys.len(), columns.len(), "{:?} has a column twice", L::NAME);
        for lang in [Lang::Zh, Lang::En] {
            let in_files = columns.iter().filter(|column| column.is_in_files());
            let headings: Vec<_> = in_files.map(|column| (column.heading)(lang)).collect();
            let different: BTreeSet<_> = headings.iter().collect();
            assert_eq!(different.len(), headings.len(), "{:?}: {headings:?}", L::NAME);
            assert!(headings.iter().all(|heading| !heading.is_empty()), "{:?}", L::NAME);
        }
        assert!(columns.iter().any(|column| column.is_on_screen()), "{:?}", L::NAME);
    }

    /// A file's columns are told apart by their headings alone.
    #[test]
    fn every_column_has_a_heading_of_its_own() {
        is_well_made::<ledger::Ledger>();
        is_well_made::<visits::Visits>();
        is_well_made::<sites::Sites>();
        is_well_made::<spot_checks::SpotChecks>();
        is_well_made::<parties::Parties>();
        is_well_made::<grids::Grids>();
        is_well_made::<tasks::Tasks>();
        is_well_made::<unsent::UnsentWork>();
        is_well_made::<public_reports::PublicReports>();
        is_well_made::<complaints::Complaints>();
        is_well_made::<people::People>();
        is_well_made::<quarantine::Quarantine>();
        is_well_made::<audit::Audit>();
    }

    /// Words of the product's own, which are short in both languages: they fit.
    const SHORT: [&str; 11] = [
        "act",
        "decision",
        "kind",
        "last_seen",
        "nature",
        "next_visit",
        "outcome",
        "progress",
        "result",
        "role",
        "state",
    ];

    fn is_told_in_full<L: List>() {
        for column in L::columns().iter().filter(|column| column.is_on_screen()) {
            let ends_in_an_ellipsis = matches!(column.layout, Layout::Words | Layout::Minor);
            let is_told = column.is_cut || SHORT.contains(&column.key);
            assert!(
                !ends_in_an_ellipsis || is_told,
                "{:?}: {} is cut, and told nowhere",
                L::NAME,
                column.key
            );
        }
    }

    /// Or it goes on in another line.
    #[test]
    fn what_may_be_cut_is_told_in_full_where_one_points_at_it() {
        is_told_in_full::<ledger::Ledger>();
        is_told_in_full::<visits::Visits>();
        is_told_in_full::<sites::Sites>();
        is_told_in_full::<spot_checks::SpotChecks>();
        is_told_in_full::<parties::Parties>();
        is_told_in_full::<grids::Grids>();
        is_told_in_full::<tasks::Tasks>();
        is_told_in_full::<unsent::UnsentWork>();
        is_told_in_full::<public_reports::PublicReports>();
        is_told_in_full::<complaints::Complaints>();
        is_told_in_full::<people::People>();
        is_told_in_full::<quarantine::Quarantine>();
        is_told_in_full::<audit::Audit>();
    }

    #[test]
    fn every_list_has_a_page_of_its_own() {
        let paths: BTreeSet<_> = ListName::ALL.into_iter().map(path).collect();
        assert_eq!(paths.len(), ListName::ALL.len());
        assert_eq!(FileFormat::parse("csv"), Some(FileFormat::Csv));
    }
}
