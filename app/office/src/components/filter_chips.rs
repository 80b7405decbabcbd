//! Filters in one line: links that switch, and choices that apply as soon as they are made. Everything is in the address,
//! and without the program a button applies the choices.

use super::options::Options;
use crate::i18n::{office, use_lang};
use chrono::NaiveDate;
use leptos::{
    ev,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Element, HtmlFormElement},
};

/// A chip that leads to the list with this filter switched.
#[component]
pub fn FilterLink(href: String, on: bool, children: Children) -> impl IntoView {
    view! {
        <a class="chip" href=href aria-current=on.then_some("true") data-noscroll="true">
            {children()}
        </a>
    }
}

/// A native choice; the first option, named like the filter, is no choice.
#[component]
pub fn FilterSelect(
    name: &'static str,
    label: &'static str,
    /// Value and words of each option.
    options: Vec<(String, String)>,
    #[prop(into)] chosen: String,
    /// What is sent where nothing is chosen.
    #[prop(optional, into)]
    unchosen: String,
) -> impl IntoView {
    let on = !chosen.is_empty();
    view! {
        <label class="chip chip--select" class:chip--on=on>
            <span class="u-visually-hidden">{label}</span>
            <select class="chip__control" name=name on:change=apply>
                <option value=unchosen>{label}</option>
                <Options options chosen />
            </select>
        </label>
    }
}

/// A day to choose; it applies when the field is left, because a day being typed is a day on the way to another.
#[component]
pub fn FilterDay(name: &'static str, label: &'static str, chosen: Option<NaiveDate>) -> impl IntoView {
    let value = chosen.map(|day| day.to_string()).unwrap_or_default();
    let before = value.clone();
    let leave = move |event: ev::FocusEvent| {
        if event_target_value(&event) != before {
            apply(event.into());
        }
    };
    view! {
        <label class="chip" class:chip--on=chosen.is_some()>
            {label}
            <input class="chip__control" type="date" name=name value=value on:blur=leave />
        </label>
    }
}

/// Applies the choices where no program does it at once.
#[component]
pub fn ApplyWithoutScript() -> impl IntoView {
    let button = format!(r#"<button class="chip">{}</button>"#, office::apply(use_lang()));
    view! { <noscript inner_html=button></noscript> }
}

fn apply(event: ev::Event) {
    let control = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let form = control.and_then(|control| control.closest("form").ok().flatten());
    if let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) {
        // A form that cannot be submitted stays as it is, and its button still works.
        let _ = form.request_submit();
    }
}
