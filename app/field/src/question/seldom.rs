//! What is asked seldom: a part of the program by itself, so that the first tap on a form does not wait for it.

use super::{
    control::aside,
    given::One,
    paper::{Paper, Time},
    place::Place,
};
use crate::{
    i18n::{use_lang, visit as t},
    scan::{Scan, ScanFor},
};
use domain::{
    form::{Answer, PaperRule},
    limits::TEXT,
};
use leptos::prelude::*;

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub enum Seldom {
    Day(PaperRule),
    Month(PaperRule),
    Time,
    Words {
        /// How many lines the field is high.
        lines: u8,
    },
    Code,
    Place,
}

/// Its control.
pub fn seldom(one: One, asked: Seldom) -> AnyView {
    match asked {
        Seldom::Day(rule) => view! { <Paper one rule month=false /> }.into_any(),
        Seldom::Month(rule) => view! { <Paper one rule month=true /> }.into_any(),
        Seldom::Time => view! { <Time one /> }.into_any(),
        Seldom::Words { lines } => view! { <Words one lines /> }.into_any(),
        Seldom::Code => view! { <Code one /> }.into_any(),
        Seldom::Place => view! { <Place one /> }.into_any(),
    }
}

#[component]
fn Words(one: One, lines: u8) -> impl IntoView {
    let given = move || match one.answer.get() {
        Some(Answer::Text(words)) => words,
        _ => String::new(),
    };
    let read = move |words: String| {
        if words.trim().is_empty() { one.clear() } else { one.give(&Answer::Text(words)) }
    };
    view! {
        <textarea
            class="input input--area"
            rows=lines.clamp(1, 12).to_string()
            maxlength=TEXT.to_string()
            autocomplete="off"
            aria-labelledby=one.label()
            prop:value=given
            on:input=move |event| read(event_target_value(&event))
        ></textarea>
        <div class="chip-list">{aside(one)}</div>
    }
    .into_any()
}

/// What a label says, scanned or typed: no spelling is mended in it.
#[component]
fn Code(one: One) -> impl IntoView {
    let lang = use_lang();
    let given = move || match one.answer.get() {
        Some(Answer::Code(words)) => words,
        _ => String::new(),
    };
    let read = move |words: String| {
        if words.trim().is_empty() { one.clear() } else { one.give(&Answer::Code(words)) }
    };
    let reads = ScanFor::Words { most: TEXT, write: Callback::new(read) };
    view! {
        <div class="measure">
            <input
                class="input measure__day"
                type="text"
                maxlength=TEXT.to_string()
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-labelledby=one.label()
                prop:value=given
                on:input=move |event| read(event_target_value(&event))
            />
            <Scan reads about=one.label() />
            {aside(one)}
        </div>
        <p class="u-small">{t::code_as_printed(lang)}</p>
    }
    .into_any()
}
