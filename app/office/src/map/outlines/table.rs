//! Outlines below one another: each with whose it is, of how many points, and what is said or done about it.

use crate::i18n::{Lang, map as t};
use leptos::prelude::*;

pub struct Row {
    /// Of the community or grid.
    pub name: String,
    pub points: usize,
    /// What stands in the last column.
    pub last: AnyView,
}

/// `heading`: of the last column.
pub fn table(lang: Lang, heading: &'static str, rows: impl Iterator<Item = Row>) -> AnyView {
    let row = |row: Row| {
        view! {
            <tr>
                <td class="cell--wrap" data-label=t::outlines_place(lang)>
                    {row.name}
                </td>
                <td class="cell--right" data-label=t::outlines_points(lang)>
                    {row.points.to_string()}
                </td>
                <td data-label=heading>{row.last}</td>
            </tr>
        }
    };
    let rows = rows.map(row).collect_view();
    view! {
        <div class="table-scroll">
            <table class="data-table data-table--stacked">
                <thead>
                    <tr>
                        <th scope="col">{t::outlines_place(lang)}</th>
                        <th scope="col" class="cell--right">
                            {t::outlines_points(lang)}
                        </th>
                        <th scope="col">{heading}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
