//! Signing in: the only screen that waits for the network, and only the first time or after a session has expired.

use crate::{
    device::use_device,
    errors::ErrorWords,
    i18n::{Lang, device as d, field as t, use_lang},
    live,
    new_password::ChoosePassword,
};
use client::{Device, DeviceError, account, outbox, session, space};
use leptos::{ev::SubmitEvent, html, prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

const HOME: &str = "/field/";

/// The sign-in screen's address, with the way back to this one.
pub fn path_back_to_here() -> String {
    let location = window().location();
    let here = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    format!("/field/signin?next={}", js_sys::encode_uri_component(&here))
}

/// Only the phone's own screens are followed, and never this one again.
fn destination(next: Option<String>) -> String {
    next.filter(|path| path.starts_with("/field/") && !path.starts_with("/field/signin"))
        .unwrap_or_else(|| HOME.to_owned())
}

fn words(device: &Device, lang: Lang, error: &DeviceError) -> &'static str {
    match error {
        DeviceError::Offline if session::owner(device).is_none() => d::first_sign_in_needs_signal(lang),
        error => error.words(lang),
    }
}

#[component]
pub fn SignIn() -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let next = use_query_map().with_untracked(|query| destination(query.get("next")));
    let navigate = use_navigate();
    let (username, password) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    let (no_username, no_password) = (RwSignal::new(false), RwSignal::new(false));
    let refused = RwSignal::new(None::<&'static str>);
    let (busy, shown) = (RwSignal::new(false), RwSignal::new(false));
    let waiting = live(&[], move || async move { outbox::holds_anything(&phone).await });
    let safe = move || matches!(waiting.get(), Some(Ok(true)));
    let tried = live(&[], move || async move { space::try_out(&phone).await });
    let cannot = move || match tried.get() {
        Some(Err(error)) => Some(error.words(lang)),
        _ => None,
    };
    document().set_title(t::sign_in(lang));

    // The password that was typed and has to be changed.
    let due = RwSignal::new(None::<String>);
    let chosen = {
        let (navigate, next) = (navigate.clone(), next.clone());
        Callback::new(move |()| navigate(&next, NavigateOptions { replace: true, ..Default::default() }))
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        // Read from the fields themselves: a password manager may fill them without an event.
        let typed = |field: NodeRef<html::Input>| field.get_untracked().map(|field| field.value());
        let (name, secret) = (typed(username).unwrap_or_default(), typed(password).unwrap_or_default());
        refused.set(None);
        no_username.set(name.trim().is_empty());
        no_password.set(secret.is_empty());
        if name.trim().is_empty() {
            return focus(username);
        }
        if secret.is_empty() {
            return focus(password);
        }
        busy.set(true);
        let (navigate, next) = (navigate.clone(), next.clone());
        spawn_local(async move {
            match account::sign_in(&phone, &name, &secret).await {
                Ok(signed_in) if signed_in.due.is_some() => {
                    busy.set(false);
                    due.set(Some(secret));
                }
                Ok(_) => navigate(&next, NavigateOptions { replace: true, ..Default::default() }),
                Err(error) => {
                    busy.set(false);
                    refused.set(Some(words(&phone, lang, &error)));
                    if error == DeviceError::WrongPassword {
                        focus(password);
                    }
                }
            }
        });
    };
    view! {
        <div class="screen">
            <main id="main">
                {move || {
                    due.get()
                        .map(|old| {
                            view! {
                                <div class="account-page">
                                    <ChoosePassword old=Signal::stored(old) done=chosen />
                                </div>
                            }
                        })
                }}
                <div class="account-page" hidden=move || due.with(Option::is_some)>
                    <p class="brand">
                        <strong class="brand__name">{t::product(lang)}</strong>
                        <span>{t::what_it_is(lang)}</span>
                    </p>
                    <h1>{t::sign_in(lang)}</h1>
                    {move || {
                        cannot()
                            .map(|words| {
                                view! {
                                    <div class="notice notice--refused" role="alert">
                                        <p>
                                            <b>{d::would_not_keep(lang)}</b>
                                        </p>
                                        <p>{words}</p>
                                    </div>
                                }
                            })
                    }}
                    <Show when=safe>
                        <div class="notice notice--good">
                            <p>{t::work_is_safe(lang)}</p>
                        </div>
                    </Show>
                    <form class="form" novalidate on:submit=submit>
                        {move || {
                            refused
                                .get()
                                .map(|words| {
                                    view! {
                                        <div class="notice notice--refused" role="alert" id="why">
                                            <p>
                                                <b>{t::not_signed_in(lang)}</b>
                                            </p>
                                            <p>{words}</p>
                                        </div>
                                    }
                                })
                        }}
                        <div class="field">
                            <label for="username">{t::username(lang)}</label>
                            <Missing id="username-missing" when=no_username words=t::username_missing(lang) />
                            <input
                                class="input"
                                id="username"
                                name="username"
                                node_ref=username
                                autocomplete="username"
                                autocapitalize="none"
                                spellcheck="false"
                                enterkeyhint="next"
                                aria-required="true"
                                aria-invalid=move || no_username.get().to_string()
                                aria-describedby=move || no_username.get().then_some("username-missing")
                            />
                        </div>
                        <div class="field">
                            <label for="password">{t::password(lang)}</label>
                            <Missing id="password-missing" when=no_password words=t::password_missing(lang) />
                            <div class="field__group">
                                <input
                                    class="input"
                                    id="password"
                                    name="password"
                                    node_ref=password
                                    type=move || if shown.get() { "text" } else { "password" }
                                    autocomplete="current-password"
                                    autocapitalize="none"
                                    spellcheck="false"
                                    enterkeyhint="go"
                                    aria-required="true"
                                    aria-invalid=move || no_password.get().to_string()
                                    aria-describedby=move || no_password.get().then_some("password-missing")
                                />
                                <button
                                    class="link"
                                    type="button"
                                    aria-label=t::show_password(lang)
                                    aria-pressed=move || shown.get().to_string()
                                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                                >
                                    {move || if shown.get() { t::hide(lang) } else { t::show(lang) }}
                                </button>
                            </div>
                        </div>
                        <button class="button" type="submit" aria-busy=move || busy.get().to_string()>
                            {move || if busy.get() { t::signing_in(lang) } else { t::sign_in(lang) }}
                        </button>
                    </form>
                    <p class="u-small">{t::no_account(lang)}</p>
                </div>
            </main>
        </div>
    }
}

#[component]
fn Missing(id: &'static str, when: RwSignal<bool>, words: &'static str) -> impl IntoView {
    move || when.get().then(|| view! { <p class="error-line" id=id>{words}</p> })
}

fn focus(field: NodeRef<html::Input>) {
    if let Some(field) = field.get_untracked() {
        // A field that cannot take the focus is still marked.
        let _ = field.focus();
    }
}
