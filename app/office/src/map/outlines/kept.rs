//! The outlines that the office has: each can be taken off the map.

use crate::{
    i18n::{Lang, map as t},
    sending::{Sending, SentForm},
};
use domain::map::KeptOutline;
use leptos::prelude::*;

/// Nothing where there are none.
pub fn list(lang: Lang, kept: Vec<KeptOutline>, removes: Sending) -> AnyView {
    if kept.is_empty() {
        return ().into_any();
    }
    let count = kept.len();
    let rows = kept.into_iter().map(|outline| row(lang, outline, removes)).collect_view();
    view! {
        <section aria-labelledby="kept-outlines">
            <h2 id="kept-outlines">{t::outlines_kept(lang, count)}</h2>
            <p class="u-small">{t::outlines_kept_hint(lang)}</p>
            <div class="table-scroll">
                <table class="data-table data-table--stacked">
                    <thead>
                        <tr>
                            <th scope="col">{t::outlines_place(lang)}</th>
                            <th scope="col" class="cell--right">
                                {t::outlines_points(lang)}
                            </th>
                            <th scope="col">{t::outlines_remove(lang)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn row(lang: Lang, outline: KeptOutline, removes: Sending) -> impl IntoView + use<> {
    let KeptOutline { place, name, points } = outline;
    let hears = t::outlines_remove_of(lang, &name);
    view! {
        <tr>
            <td class="cell--wrap" data-label=t::outlines_place(lang)>
                {name}
            </td>
            <td class="cell--right" data-label=t::outlines_points(lang)>
                {points.to_string()}
            </td>
            <td data-label=t::outlines_remove(lang)>
                <SentForm to=removes>
                    <input type="hidden" name="kind" value=place.kind().as_str() />
                    <input type="hidden" name="place" value=place.uuid().to_string() />
                    <button class="button button--small button--quiet" aria-label=hears>
                        {t::outlines_remove(lang)}
                    </button>
                </SentForm>
            </td>
        </tr>
    }
}
