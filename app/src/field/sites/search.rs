//! The search field: the list follows every letter, the address follows when the thumb rests.

use super::query::Query;
use crate::i18n::{field as t, use_lang};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use std::time::Duration;

/// Browsers refuse addresses that change too often.
const REST: Duration = Duration::from_millis(400);

#[derive(Clone, Copy)]
pub struct Search {
    /// What stands in the field now.
    pub words: RwSignal<String>,
    query: Memo<Query>,
    show: Callback<Query>,
    pending: StoredValue<Option<TimeoutHandle>>,
}

impl Search {
    pub fn new(query: Memo<Query>, show: Callback<Query>) -> Self {
        let words = RwSignal::new(query.with_untracked(|query| query.words.clone()));
        let search = Self { words, query, show, pending: StoredValue::new(None) };
        // The address was changed from elsewhere: a tap on the bar, the browser's back.
        Effect::new(move |_| {
            let addressed = query.with(|query| query.words.clone());
            if search.pending.get_value().is_none() && words.with_untracked(|words| words.trim() != addressed)
            {
                words.set(addressed);
            }
        });
        on_cleanup(move || search.forget());
        search
    }

    fn typed(self, words: String) {
        self.words.set(words);
        self.forget();
        self.pending.set_value(set_timeout_with_handle(move || self.settle(), REST).ok());
    }

    /// Puts what was typed into the address now, before the screen is left.
    pub fn settle(self) {
        if self.pending.try_get_value().flatten().is_none() {
            return;
        }
        self.forget();
        let words = self.words.get_untracked();
        self.show.run(Query { words, ..self.query.get_untracked() });
    }

    /// Clears the field; the caller changes the address.
    pub fn empty(self) {
        self.forget();
        self.words.set(String::new());
    }

    fn forget(self) {
        if let Some(Some(pending)) = self.pending.try_update_value(Option::take) {
            pending.clear();
        }
    }
}

#[component]
pub fn SearchField(search: Search) -> impl IntoView {
    let lang = use_lang();
    view! {
        <div class="field" role="search">
            <label class="visually-hidden" for="find">
                {t::find(lang)}
            </label>
            <input
                class="text"
                id="find"
                type="search"
                placeholder=t::find_hint(lang)
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                enterkeyhint="search"
                prop:value=search.words
                on:input:target=move |event| search.typed(event.target().value())
                on:change=move |_| search.settle()
            />
        </div>
    }
}
