//! The part of a preview that is looked at, in the page's address, there and back.

use super::IMPORT;
use crate::query::Query;
use domain::import::{ImportView, RowStatus};
use leptos_router::params::ParamsMap;
use uuid::Uuid;

/// Words that nobody knows show everything.
pub fn import_view(query: &ParamsMap) -> ImportView {
    let word = |key| query.get_str(key).unwrap_or_default();
    ImportView {
        show: RowStatus::parse(word("show")),
        page: word("page").parse().unwrap_or(1).max(1),
        row: word("row").parse().ok(),
    }
}

pub fn preview_address(id: Uuid, view: ImportView) -> String {
    Query::default()
        .with_some("show", view.show.map(RowStatus::as_str))
        .with_some("page", (view.page > 1).then_some(view.page))
        .with_some("row", view.row)
        .at(&format!("{IMPORT}/{id}"))
}

pub fn marked_address(id: Uuid) -> String {
    format!("{IMPORT}/{id}/marked.xlsx")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_survives_the_address() {
        let view = ImportView { show: Some(RowStatus::Wrong), page: 3, row: Some(57) };
        let address = preview_address(Uuid::nil(), view);
        let (_, query) = address.split_once('?').unwrap();
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let read = import_view(&pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect());
        assert_eq!(read, view);
    }
}
