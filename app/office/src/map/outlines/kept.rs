//! The outlines that the office has: each can be taken off the map.

use super::table::{Row, table};
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
    let rows = kept.into_iter().map(|outline| row(lang, outline, removes));
    view! {
        <section aria-labelledby="kept-outlines">
            <h2 id="kept-outlines">{t::outlines_kept(lang, count)}</h2>
            <p class="u-small">{t::outlines_kept_hint(lang)}</p>
            {table(lang, t::outlines_remove(lang), rows)}
        </section>
    }
    .into_any()
}

fn row(lang: Lang, outline: KeptOutline, removes: Sending) -> Row {
    let KeptOutline { place, name, points } = outline;
    let hears = t::outlines_remove_of(lang, &name);
    let remove = view! {
        <SentForm to=removes>
            <input type="hidden" name="kind" value=place.kind().as_str() />
            <input type="hidden" name="place" value=place.uuid().to_string() />
            <button class="button button--small button--quiet" aria-label=hears>
                {t::outlines_remove(lang)}
            </button>
        </SentForm>
    };
    Row { name, points, last: remove.into_any() }
}
