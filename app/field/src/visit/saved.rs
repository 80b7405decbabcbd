//! 已存在本机: said where something of a visit is typed, drawn or chosen.

use super::VisitSession;
use crate::i18n::{use_lang, visit as t};
use leptos::prelude::*;

/// Nothing is said while a change is on its way to the database: whoever leaves then may lose it.
#[component]
pub fn SavedMark(work: VisitSession) -> impl IntoView {
    let lang = use_lang();
    view! {
        <span class="u-small" data-saved=move || work.is_saved().to_string()>
            // Its line stays, so that nothing moves under a thumb.
            {move || if work.is_saved() { t::saved(lang) } else { "\u{a0}" }}
        </span>
    }
}
