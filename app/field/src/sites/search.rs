//! The search field: the list follows every letter.

use super::query;
use crate::i18n::{field as t, use_lang};
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub struct Search {
    /// What stands in the field now.
    pub words: RwSignal<String>,
}

impl Search {
    pub fn new() -> Self {
        let words = RwSignal::new(query::words());
        ui::effect(move || words.with(|words| query::remember(words)));
        Self { words }
    }

    pub fn empty(self) {
        self.words.set(String::new());
    }
}

#[component]
pub fn SearchField(search: Search) -> impl IntoView {
    let lang = use_lang();
    view! {
        <div class="field" role="search">
            <label class="u-visually-hidden" for="find">
                {t::find(lang)}
            </label>
            <input
                class="input"
                id="find"
                type="search"
                placeholder=t::find_hint(lang)
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                enterkeyhint="search"
                prop:value=search.words
                on:input:target=move |event| search.words.set(event.target().value())
            />
        </div>
    }
}
