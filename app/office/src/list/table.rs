//! The table of a list, drawn from its columns.

use super::DeskList;
use crate::lists::CellContext;
use domain::{
    list::{Column, Layout},
    text::Lang,
};
use leptos::prelude::*;

/// The table of the list's page.
pub fn table<L: DeskList>(around: &CellContext, rows: Vec<L::Row>) -> AnyView {
    view! { <div class="table-scroll">{stacked::<L>(around, &rows)}</div> }.into_any()
}

/// Rows one below another; on a narrow screen each becomes a card.
pub fn stacked<L: DeskList>(around: &CellContext, rows: &[L::Row]) -> AnyView {
    stacked_with::<L>(around, rows, |key, row| L::cell(key, row, around))
}

/// The same, with cells that want to know more than their row.
pub fn stacked_with<L: DeskList>(
    around: &CellContext,
    rows: &[L::Row],
    more: impl Fn(&'static str, &L::Row) -> Option<AnyView>,
) -> AnyView {
    let rows = rows.iter().map(|row| {
        let cells = cells::<L>(around, row, |key| more(key, row));
        view! { <tr>{cells}</tr> }
    });
    let rows = rows.collect_view();
    view! {
        <table class="data-table data-table--stacked">
            {headings::<L>(around.lang)}
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn on_screen<L: DeskList>() -> impl Iterator<Item = &'static Column<L::Row, CellContext>> {
    L::columns().iter().filter(|column| column.is_on_screen())
}

pub fn headings<L: DeskList>(lang: Lang) -> AnyView {
    let headings = on_screen::<L>().map(|column| {
        let at_end = matches!(column.layout, Layout::End | Layout::EndFigures);
        let heading = (column.heading)(lang);
        view! {
            <th scope="col" class=at_end.then_some("cell--right")>
                {heading}
            </th>
        }
    });
    view! {
        <thead>
            <tr>{headings.collect_view()}</tr>
        </thead>
    }
    .into_any()
}

/// The cells of one row. `more` makes those that are more than their words.
pub fn cells<L: DeskList>(
    around: &CellContext,
    row: &L::Row,
    more: impl Fn(&'static str) -> Option<AnyView>,
) -> AnyView {
    let cells = on_screen::<L>().map(|column| {
        let heading = (column.heading)(around.lang);
        let words = (column.cell)(row, around).words();
        let title = column.is_cut.then(|| words.clone()).filter(|words| !words.is_empty());
        let shown = more(column.key).unwrap_or_else(|| words.into_any());
        view! {
            <td class=class(column.layout) title=title data-label=heading>
                {shown}
            </td>
        }
    });
    cells.collect_view().into_any()
}

fn class(layout: Layout) -> Option<&'static str> {
    match layout {
        Layout::Words | Layout::Figures => None,
        Layout::Minor | Layout::MinorFigures => Some("u-soft"),
        Layout::Long => Some("cell--wrap"),
        Layout::Note => Some("cell--wrap u-small"),
        Layout::End | Layout::EndFigures => Some("cell--right"),
        Layout::Code => Some("u-code"),
    }
}
