//! How grave it is, each level with what it means.

use crate::i18n::{Lang, trade, use_lang, visit as t};
use domain::severity::Severity;
use leptos::prelude::*;

#[component]
pub fn LevelChoice(#[prop(into)] level: Signal<Severity>, choose: Callback<Severity>) -> impl IntoView {
    let lang = use_lang();
    let choice = move |one: Severity| {
        view! {
            <button
                class="level-choice__option"
                type="button"
                aria-pressed=move || (level.get() == one).to_string()
                on:click=move |_| choose.run(one)
            >
                <b>{trade::severity(lang, one)}</b>
                <span class="u-small">{hint(lang, one)}</span>
            </button>
        }
    };
    view! {
        <div class="level-choice" role="group" aria-label=t::level(lang)>
            {choice(Severity::General)}
            {choice(Severity::Major)}
        </div>
    }
}

fn hint(lang: Lang, level: Severity) -> &'static str {
    match level {
        Severity::General => t::general_means(lang),
        Severity::Major => t::major_means(lang),
    }
}
