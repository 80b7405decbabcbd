//! 其他检查表: what is not offered at the site, folded, and found by a word of its title or its sector. Nobody scrolls through all.

use super::Choosing;
use crate::{
    components::icon::{Icon, Sign},
    i18n::{Lang, use_lang, visit as t},
    parts,
};
use domain::form::Form;
use leptos::prelude::*;
use std::sync::Arc;
use web_sys::{Element, Event};

/// As many as a screen shows.
const SHOWN: usize = 8;

#[component]
pub(super) fn Others(
    choosing: Choosing,
    forms: Vec<Arc<Form>>,
    /// Nothing else can be chosen.
    alone: bool,
) -> impl IntoView {
    let lang = use_lang();
    let (forms, hand) = (StoredValue::new(forms), choosing.hand);
    let open = alone || hand.unfolded.get_untracked();
    // Built when they are first looked at.
    let opened = RwSignal::new(open);
    let toggled = move |event: Event| {
        // Told of once: what is typed into stays as it is.
        if !opened.get_untracked() {
            opened.set(true);
        }
        hand.unfolded.set(event_target::<Element>(&event).has_attribute("open"));
    };
    view! {
        <details class="card card--pad disclosure" open=open on:toggle=toggled>
            <summary class="disclosure__summary">
                <Sign icon=Icon::List />
                {t::others(lang)}
            </summary>
            {move || opened.get().then(|| parts::within(move || Box::pin(parts::other_forms(choosing, forms))))}
        </details>
    }
}

/// What is unfolded: another part of the program.
#[component]
pub fn OtherForms(choosing: Choosing, forms: StoredValue<Vec<Arc<Form>>>) -> impl IntoView {
    let (lang, hand) = (use_lang(), choosing.hand);
    let found = move || {
        let words = hand.sought.get().trim().to_lowercase();
        let mut found: Vec<_> = forms.with_value(|forms| {
            forms.iter().filter(|form| is_called(lang, form, &words)).map(Arc::clone).collect()
        });
        let more = found.len().saturating_sub(SHOWN);
        found.truncate(SHOWN);
        if found.is_empty() {
            return view! { <p class="u-small" role="status">{t::no_form_found(lang)}</p> }.into_any();
        }
        view! {
            {choosing.rows(found)}
            {(more > 0).then(|| view! { <p class="u-small" role="status">{t::more_forms(lang, more)}</p> })}
        }
        .into_any()
    };
    view! {
        <input
            class="input"
            type="search"
            autocomplete="off"
            aria-label=t::find_form(lang)
            placeholder=t::find_form(lang)
            prop:value=move || hand.sought.get()
            on:input=move |event| {
                hand.empty.set(None);
                hand.sought.set(event_target_value(&event));
            }
        />
        {move || {
            // Only what is not offered may ask nothing.
            let empty = hand.empty.get();
            empty.map(|title| view! { <p class="error-line" role="alert">{t::asks_nothing(lang, &title)}</p> })
        }}
        {found}
    }
}

/// Every word that was typed stands in title, layer or sector.
fn is_called(lang: Lang, form: &Form, words: &str) -> bool {
    let called = [form.title.get(lang), form.sector.name().get(lang), t::layer(lang, form.layer)].join(" ");
    let called = called.to_lowercase();
    words.split_whitespace().all(|word| called.contains(word))
}
