//! One or several of what is offered now.

use super::{control::aside, given::One};
use crate::i18n::use_lang;
use domain::{form::Answer, id::OptionId};
use leptos::prelude::*;
use std::collections::BTreeSet;

#[component]
pub fn Choices(one: One, many: bool) -> impl IntoView {
    let lang = use_lang();
    // What is offered may depend on other answers.
    let offered = ui::memo(move || {
        let choices = one.key.with_value(|key| {
            one.work.look(key, |state| {
                let choices =
                    state.choices().map(|choice| (choice.id.clone(), choice.text.get(lang).to_owned()));
                choices.collect::<Vec<_>>()
            })
        });
        choices.unwrap_or_default()
    });
    let rows =
        move || offered.get().into_iter().map(|(id, words)| row(one, many, id, words)).collect::<Vec<_>>();
    view! {
        <div class="check-list">{rows}</div>
        <div class="chip-list">{aside(one)}</div>
    }
    .into_any()
}

fn row(one: One, many: bool, id: OptionId, words: String) -> AnyView {
    let shown = id.clone();
    let checked = move || {
        one.answer.with(|answer| match answer {
            Some(Answer::SelectOne(id)) => *id == shown,
            Some(Answer::SelectMultiple(ids)) => ids.contains(&shown),
            _ => false,
        })
    };
    let choose = move |_| {
        if !many {
            return one.give(&Answer::SelectOne(id.clone()));
        }
        let mut ids = match one.answer.get_untracked() {
            Some(Answer::SelectMultiple(ids)) => ids,
            _ => BTreeSet::new(),
        };
        if !ids.remove(&id) {
            ids.insert(id.clone());
        }
        if ids.is_empty() { one.clear() } else { one.give(&Answer::SelectMultiple(ids)) }
    };
    view! {
        <label class="check">
            <input
                class="check__input"
                type=if many { "checkbox" } else { "radio" }
                name=one.label()
                prop:checked=checked
                on:change=choose
            />
            <span class="check__label">{words}</span>
        </label>
    }
    .into_any()
}
