//! A point on the ground: where the phone is now.

use super::{control::aside, given::One};
use crate::{
    components::icon::{Icon, Sign},
    device::use_device,
    i18n::{answers, field as f, use_lang, visit as t},
};
use client::location;
use domain::form::Answer;
use leptos::{prelude::*, task::spawn_local};

#[component]
pub fn Place(one: One) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let (locating, failed) = (RwSignal::new(false), RwSignal::new(false));
    let take = move |_| {
        if locating.get_untracked() {
            return;
        }
        locating.set(true);
        spawn_local(async move {
            let found = location::locate(&phone).await;
            // The person may have left the screen by now.
            if one.work.is_over() || locating.try_set(false).is_some() {
                return;
            }
            failed.set(found.is_none());
            if let Some(found) = found {
                one.give(&Answer::Place(found));
            }
        });
    };
    let at = move || match one.answer.get() {
        Some(Answer::Place(at)) => Some(answers::place(lang, &at)),
        _ => None,
    };
    let words = move || match (locating.get(), at().is_some()) {
        (true, _) => f::locating(lang),
        (false, true) => t::take_place_again(lang),
        (false, false) => t::take_place(lang),
    };
    view! {
        <div class="answer">
            <button
                type="button"
                class="answer__choice"
                aria-busy=move || locating.get().then_some("true")
                on:click=take
            >
                <Sign icon=Icon::Locate />
                {words}
            </button>
        </div>
        {move || at().map(|words| view! { <p class="question-card__stands" role="status">{words}</p> })}
        {move || failed.get().then(|| view! { <p class="error-line" role="alert">{f::not_located_hint(lang)}</p> })}
        <div class="chip-list">{aside(one)}</div>
    }
    .into_any()
}
