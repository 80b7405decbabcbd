//! Places that are no more: what they were called, where everything went, who did it and when.

use super::beside::kind_name;
use crate::i18n::{Lang, places as t};
use domain::{file::PlacesFile, place::PlaceId, time};
use leptos::prelude::*;

pub fn former(lang: Lang, file: &PlacesFile) -> AnyView {
    if file.former.is_empty() {
        return view! { <p class="page-lead">{t::no_former(lang)}</p> }.into_any();
    }
    let rows = file.former.iter().map(|one| {
        let into = one.into.map(|into| name_of(file, into)).unwrap_or_default();
        view! {
            <tr>
                <td class="cell--wrap" data-label=t::column_name(lang)>
                    {one.name.clone()}
                </td>
                <td class="u-soft" data-label=t::column_kind(lang)>
                    {kind_name(lang, one.place.kind())}
                </td>
                <td class="cell--wrap" data-label=t::column_into(lang)>
                    {into}
                </td>
                <td data-label=t::column_when(lang)>
                    {time::long(one.at)}
                </td>
                <td data-label=t::column_by(lang)>{one.by.clone()}</td>
            </tr>
        }
    });
    view! {
        <p class="page-lead">{t::lead_former(lang)}</p>
        <div class="table-scroll">
            <table class="data-table data-table--stacked">
                <thead>
                    <tr>
                        <th scope="col">{t::column_name(lang)}</th>
                        <th scope="col">{t::column_kind(lang)}</th>
                        <th scope="col">{t::column_into(lang)}</th>
                        <th scope="col">{t::column_when(lang)}</th>
                        <th scope="col">{t::column_by(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// Which may be no more itself by now.
fn name_of(file: &PlacesFile, place: PlaceId) -> String {
    let snapshot = file.snapshot();
    let known = snapshot.name(place).map(str::to_owned).ok();
    let former = || file.former.iter().find(|one| one.place == place).map(|one| one.name.clone());
    known.or_else(former).unwrap_or_default()
}
