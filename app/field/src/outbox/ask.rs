//! The question before a refused submission leaves the list.

use crate::{
    components::dialog::open_while,
    device::use_device,
    errors::ErrorWords,
    i18n::{hazards as t, use_lang},
};
use client::{
    DeviceError,
    outbox::{self, Submission, SubmissionState},
};
use leptos::{html, prelude::*, task::spawn_local};

/// Open for as long as there is a submission to ask about.
#[component]
pub fn AskToTakeOff(asked: RwSignal<Option<Submission>>) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let dialog = NodeRef::<html::Dialog>::new();
    let error = RwSignal::new(None::<DeviceError>);
    open_while(dialog, move || asked.with(Option::is_some));
    let take_off = move |_| {
        let Some(submission) = asked.get_untracked() else { return };
        spawn_local(async move {
            match outbox::dismiss(&phone, submission.id).await {
                Ok(()) => asked.try_set(None),
                Err(failure) => error.try_set(Some(failure)).map(|_| None),
            };
        });
    };
    let close = move |_| {
        asked.set(None);
        error.set(None);
    };
    let words = move || {
        asked.get().map(|submission| match submission.state {
            SubmissionState::Refused { refusal, .. } if refusal.kept.is_some() => {
                t::take_off_kept(lang, submission.title)
            }
            SubmissionState::Refused { .. }
            | SubmissionState::Waiting { .. }
            | SubmissionState::Sending { .. }
            | SubmissionState::Received { .. } => t::take_off_lost(lang, submission.title),
        })
    };
    view! {
        <dialog class="sheet" aria-labelledby="take-off" node_ref=dialog on:close=close>
            <h2 id="take-off">{t::take_off_title(lang)}</h2>
            <p>{words}</p>
            {move || {
                error.get().map(|error| view! { <p class="error-line" role="alert">{error.words(lang)}</p> })
            }}
            <div class="action-bar">
                <button class="button button--quiet" on:click=move |_| asked.set(None)>{t::leave_it(lang)}</button>
                <button class="button button--danger" on:click=take_off>{t::take_off_yes(lang)}</button>
            </div>
        </dialog>
    }
}
