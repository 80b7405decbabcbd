//! What a list says when nothing fits its filters.

use crate::{
    components::icon::{Icon, Sign},
    i18n::office,
};
use domain::text::Lang;
use leptos::prelude::*;

/// `all` is the list without filters.
pub fn nothing_fits(lang: Lang, words: &'static str, all: &'static str) -> AnyView {
    view! {
        <div class="empty">
            <Sign icon=Icon::Search />
            <h2>{words}</h2>
            <p>{office::no_rows_hint(lang)}</p>
            <a class="button button--small" href=all>
                {office::show_all(lang)}
            </a>
        </div>
    }
    .into_any()
}
