//! What was seen: typed, or one of the sentences that the office uses most, found by their characters or the initials of their sounds.

use super::{
    Around,
    writing::{Part, Writing},
};
use crate::{
    i18n::{Lang, quick_report as t, use_lang, visit as v},
    sought::{folded, sought},
};
use domain::{
    limits::TEXT,
    quick_report::{learned, offered, with_those_of_office},
};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn Words(writing: Writing, around: Memo<Around>) -> impl IntoView {
    let lang = use_lang();
    let wrong = move || writing.wrong(Part::Words);
    let write = move |words: String| {
        writing.words.set(words);
        writing.mend(Part::Words);
    };
    let phrases = ui::memo(move || {
        let known = |around: &Around| {
            let around = around.as_ref()?;
            Some(with_those_of_office(learned(&around.hazards, &folded), &around.phrases, &folded))
        };
        Arc::new(around.with(known).unwrap_or_default())
    });
    let sector = ui::memo(move || writing.chosen.with(|chosen| chosen.site.as_ref().map(|site| site.sector)));
    let choices = move || {
        let typed = writing.words.get();
        let phrases = phrases.get();
        let offered = offered(&phrases, &sought(&typed), &folded(&typed), sector.get());
        let offered = offered.into_iter().map(|phrase| (phrase.words.clone(), phrase.times));
        // What is looked for is read through; what is there without asking takes little room.
        let (around, choices): (_, Vec<AnyView>) = if typed.trim().is_empty() {
            ("chip-list", offered.map(|(words, _)| chip(words, write)).collect())
        } else {
            ("card rows", offered.map(|(words, times)| row(lang, words, times, write)).collect())
        };
        (!choices.is_empty()).then(|| {
            view! {
                <div class=around role="group" aria-label=t::phrases(lang)>
                    {choices}
                </div>
            }
        })
    };
    view! {
        <div class="field">
            <label for="quick-words">{v::what_seen(lang)}</label>
            <p class="field__hint" id="quick-words-h">{t::by_initials(lang)}</p>
            {move || {
                wrong().map(|words| view! { <p class="error-line" id="quick-words-e" role="alert">{words}</p> })
            }}
            <textarea
                class="input input--area"
                id="quick-words"
                autocomplete="off"
                rows="2"
                maxlength=TEXT.to_string()
                aria-invalid=move || wrong().map(|_| "true")
                aria-describedby=move || if wrong().is_some() { "quick-words-e" } else { "quick-words-h" }
                prop:value=move || writing.words.get()
                on:input=move |event| write(event_target_value(&event))
            ></textarea>
            {choices}
        </div>
    }
}

fn chip(words: String, write: impl Fn(String) + 'static) -> AnyView {
    let chosen = words.clone();
    view! {
        <button type="button" class="chip" on:click=move |_| write(chosen.clone())>
            {words}
        </button>
    }
    .into_any()
}

/// With how often it was written.
fn row(lang: Lang, words: String, times: usize, write: impl Fn(String) + 'static) -> AnyView {
    let chosen = words.clone();
    let times = (times > 1).then(|| view! { <span class="u-small">{t::times(lang, times)}</span> });
    view! {
        <button type="button" class="rows__low" on:click=move |_| write(chosen.clone())>
            <span class="rows__body">{words}</span>
            {times}
        </button>
    }
    .into_any()
}
