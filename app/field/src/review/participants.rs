//! Who was there beside the inspector: names in one line, and those that this phone knows as choices below it.

use crate::{
    device::use_device,
    i18n::{use_lang, visit as t},
    live,
    visit::VisitSession,
};
use client::{changes::Topic, records};
use domain::{
    limits::{NAME, PARTICIPANTS},
    visit::Participant,
};
use leptos::prelude::*;

#[component]
pub fn Participants(work: VisitSession) -> impl IntoView {
    let lang = use_lang();
    let written = move || work.draft_now(|draft| Participant::line(&draft.participants));
    // As it is typed: a comma at its end names nobody yet.
    let line = RwSignal::new(written());
    let most = (NAME * PARTICIPANTS).to_string();
    let toggle = Callback::new(move |one: Participant| {
        work.change_around(|draft| Participant::toggle(&mut draft.participants, &one));
        line.set(written());
    });
    view! {
        <div class="field">
            <label for="participants">{t::participants(lang)}</label>
            <input
                class="input"
                id="participants"
                autocomplete="off"
                maxlength=most
                prop:value=move || line.get()
                on:input=move |event| {
                    let words = event_target_value(&event);
                    work.change_around(|draft| draft.participants = Participant::retyped(&words, &draft.participants));
                    line.set(words);
                }
            />
            <Known work toggle />
        </div>
    }
}

/// Nothing where the phone knows nobody.
#[component]
fn Known(work: VisitSession, toggle: Callback<Participant>) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let site = work.site(Clone::clone);
    let known = live(&[Topic::Records], move || {
        let site = site.clone();
        async move { records::may_take_part(&phone, &site).await.unwrap_or_default() }
    });
    let chip = move |one: Participant| {
        let (name, there) = (one.name.clone(), one.name.clone());
        let is_there = move || work.draft(|draft| draft.participants.iter().any(|known| known.name == there));
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=move || is_there().to_string()
                on:click=move |_| toggle.run(one.clone())
            >
                {name}
            </button>
        }
    };
    move || {
        let known = known.get().filter(|known| !known.is_empty())?;
        let chips = known.into_iter().map(chip).collect_view();
        Some(view! {
            <div class="chip-list" role="group" aria-label=t::known_here(lang)>
                {chips}
            </div>
        })
    }
}
