//! The addresses of a form that is being written. Rows are numbered as in its workbook, whose first row is the headings; that
//! is how faults name them, too.

use crate::{forms::address::form_address, query::Query};
use domain::id::{FormId, SiteKind};
use leptos_router::params::ParamsMap;

/// Rows of a workbook before the first of a draft.
const HEADINGS: usize = 2;

/// What of a draft is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Chosen {
    /// What is said of the form as a whole.
    Whole,
    /// From 0.
    Row(usize),
}

/// The word for [`Chosen::Whole`].
const WHOLE: &str = "form";

impl Chosen {
    pub fn parse(word: &str) -> Option<Self> {
        if word == WHOLE {
            return Some(Self::Whole);
        }
        Some(Self::Row(word.parse::<usize>().ok()?.checked_sub(HEADINGS)?))
    }

    pub fn row(self) -> Option<usize> {
        match self {
            Self::Row(row) => Some(row),
            Self::Whole => None,
        }
    }

    pub fn word(self) -> String {
        match self {
            Self::Whole => WHOLE.to_owned(),
            Self::Row(row) => number(row).to_string(),
        }
    }
}

/// The number by which authors know a row.
pub fn number(row: usize) -> usize {
    row + HEADINGS
}

/// What the page shows: the row that is open, and where the form is tried out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EditorView {
    pub chosen: Option<Chosen>,
    pub kind: Option<SiteKind>,
}

pub fn editor_address(form: &FormId, view: &EditorView) -> String {
    Query::default()
        .with_some("row", view.chosen.map(Chosen::word))
        .with_some("kind", view.kind.as_ref())
        .at(&format!("{}/edit", form_address(form)))
}

/// Words that nobody knows open nothing.
pub fn read(query: &ParamsMap) -> EditorView {
    EditorView {
        chosen: query.get_str("row").and_then(Chosen::parse),
        kind: query.get_str("kind").filter(|kind| !kind.is_empty()).map(SiteKind::from),
    }
}

/// A version of a form as a workbook; None: its draft.
pub fn workbook_address(form: &FormId, version: Option<u32>) -> String {
    let name = version.map_or_else(|| "draft".to_owned(), |version| version.to_string());
    format!("{}/{name}.xlsx", form_address(form))
}

/// The same with its pictures.
pub fn bundle_address(form: &FormId, version: Option<u32>) -> String {
    let name = version.map_or_else(|| "draft".to_owned(), |version| version.to_string());
    format!("{}/{name}.zip", form_address(form))
}

/// Two versions side by side; None: the newest that is published, and the draft.
pub fn compare_address(form: &FormId, old: Option<u32>, new: Option<u32>) -> String {
    let query = Query::default().with_some("old", old).with_some("new", new);
    query.at(&format!("{}/compare", form_address(form)))
}

/// The form's page after a version was published: the page says of it what is recorded, not what the address says.
pub fn published_address(form: &FormId, version: u32) -> String {
    Query::default().with("published", version).at(&form_address(form))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(address: &str) -> ParamsMap {
        let words = address.split_once('?').map_or("", |(_, words)| words).split('&');
        let pairs = words.filter_map(|pair| pair.split_once('='));
        pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
    }

    #[test]
    fn what_is_open_stands_in_the_address() {
        let form = FormId::from("small-places");
        for chosen in [None, Some(Chosen::Whole), Some(Chosen::Row(0)), Some(Chosen::Row(41))] {
            let view = EditorView { chosen, kind: Some(SiteKind::from("small-shop")) };
            assert_eq!(read(&map(&editor_address(&form, &view))), view);
        }
        assert_eq!(editor_address(&form, &EditorView::default()), "/office/forms/small-places/edit");
    }

    #[test]
    fn a_row_has_its_number_in_the_workbook() {
        assert_eq!(Chosen::parse("3"), Some(Chosen::Row(1)));
        assert_eq!(Chosen::Row(1).word(), "3");
        assert_eq!(Chosen::parse("1"), None, "the headings");
        assert_eq!(Chosen::parse("last"), None);
    }

    #[test]
    fn versions_have_files_and_comparisons() {
        let form = FormId::from("a");
        assert_eq!(workbook_address(&form, None), "/office/forms/a/draft.xlsx");
        assert_eq!(workbook_address(&form, Some(4)), "/office/forms/a/4.xlsx");
        assert_eq!(bundle_address(&form, None), "/office/forms/a/draft.zip");
        assert_eq!(bundle_address(&form, Some(4)), "/office/forms/a/4.zip");
        assert_eq!(compare_address(&form, None, None), "/office/forms/a/compare");
        assert_eq!(compare_address(&form, Some(3), Some(4)), "/office/forms/a/compare?old=3&new=4");
        assert_eq!(published_address(&form, 4), "/office/forms/a?published=4");
    }
}
