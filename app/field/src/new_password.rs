//! The page that asks for a password of one's own after an administrator has set one. Nothing else is shown before. A part of the
//! program by itself: most who sign in have chosen theirs.

use crate::{
    device::use_device,
    errors::ErrorWords,
    i18n::{device as d, field as f, password as t, use_lang},
};
use client::{DeviceError, account, http::NotChanged};
use leptos::{ev::SubmitEvent, html, prelude::*, task::spawn_local};

/// `old` was just typed on the sign-in screen; `done` is told once the session may be used.
#[component]
pub fn ChoosePassword(old: String, done: Callback<()>) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let field = NodeRef::<html::Input>::new();
    let (refused, busy, shown) = (RwSignal::new(None::<String>), RwSignal::new(false), RwSignal::new(true));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        if busy.get_untracked() {
            return;
        }
        refused.set(None);
        busy.set(true);
        let old = old.clone();
        spawn_local(async move {
            let words = match account::change_password(&phone, old, typed).await {
                // The person may have left by now, and the page that was to lead on with them.
                Ok(()) => {
                    let _ = done.try_run(());
                    return;
                }
                Err(NotChanged::Because(words)) => words,
                Err(NotChanged::Failure(failure)) => match DeviceError::from(failure) {
                    DeviceError::Offline => d::not_reached(lang).to_owned(),
                    error => error.words(lang).to_owned(),
                },
            };
            busy.set(false);
            refused.set(Some(words));
        });
    };
    view! {
        <h1>{t::choose_own(lang)}</h1>
        <p>{t::choose_own_hint(lang)}</p>
        <form class="form" novalidate on:submit=submit>
            <div class="field">
                <label for="new-password">{t::new_password(lang)}</label>
                <p class="field__hint" id="new-password-h">
                    {t::rule(lang)}
                </p>
                {move || {
                    refused.get().map(|words| view! { <p class="error-line" role="alert" id="new-password-e">{words}</p> })
                }}
                <div class="field__group">
                    <input
                        class="input"
                        id="new-password"
                        node_ref=field
                        type=move || if shown.get() { "text" } else { "password" }
                        autocomplete="new-password"
                        autocapitalize="none"
                        spellcheck="false"
                        enterkeyhint="go"
                        aria-required="true"
                        aria-invalid=move || refused.with(Option::is_some).to_string()
                        aria-describedby="new-password-h new-password-e"
                    />
                    <button
                        class="link"
                        type="button"
                        aria-label=f::show_password(lang)
                        aria-pressed=move || shown.get().to_string()
                        on:click=move |_| shown.update(|shown| *shown = !*shown)
                    >
                        {move || if shown.get() { f::hide(lang) } else { f::show(lang) }}
                    </button>
                </div>
            </div>
            <button class="button" type="submit" aria-busy=move || busy.get().to_string()>
                {t::save_and_begin(lang)}
            </button>
        </form>
    }
}
