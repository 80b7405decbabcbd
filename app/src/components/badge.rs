//! How far a hazard has come: grey while somebody works on it, ink where it waits for the office, teal when it is closed.

use crate::i18n::{trade, use_lang};
use leptos::prelude::*;

/// `stage` is [`domain::hazard::Stage::word`].
#[component]
pub fn StageBadge(#[prop(into)] stage: String, extension_asked: bool) -> impl IntoView {
    let lang = use_lang();
    let class = match stage.as_str() {
        _ if extension_asked => "badge badge--act",
        "found" | "rectified" | "accepted_once" => "badge badge--act",
        "assigned" => "badge",
        _ => "badge badge--done",
    };
    let words = if extension_asked { trade::extension_asked(lang) } else { trade::stage_word(lang, &stage) };
    view! { <span class=class>{words}</span> }
}
