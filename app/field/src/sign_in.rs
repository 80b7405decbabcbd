//! Signing in: the only screen that waits for the network, and only the first time or after a session has expired.
//!
//! Its words and fields are in the document (`app/src/sign_in_form.rs`), where a person types into them before this program is
//! here. Here they are brought to life, where they stand: what was typed, the focus and the keyboard stay as they are.

mod form;

use crate::{
    device::use_device,
    errors::ErrorWords,
    i18n::{Lang, device as d, field as t, use_lang},
    parts,
};
use client::{Device, DeviceError, account, outbox, session, space};
use form::Form;
use leptos::{prelude::*, task::spawn_local};
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

/// Another screen has come than the one that the document was made ready for: somebody has signed in in another tab while this
/// program was on its way, or the address is no screen's.
pub fn put_away() {
    Form.leave();
}

/// Where a password of one's own is chosen. What it shares with other screens lies in their part.
fn own_password(old: String, done: Callback<()>) -> AnyView {
    parts::within(move || {
        let old = old.clone();
        Box::pin(async move {
            parts::shared().await?;
            parts::choose_password(old, done).await
        })
    })
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
    document().set_title(t::sign_in(lang));
    let form = Form::shown(lang);
    spawn_local(async move {
        if matches!(outbox::holds_anything(&phone).await, Ok(true)) {
            form.say_safe();
        }
    });
    spawn_local(async move {
        if let Err(error) = space::try_out(&phone).await {
            form.cannot(error.words(lang));
        }
    });

    // The password that was typed and has to be changed.
    let due = RwSignal::new(None::<String>);
    let chosen = {
        let (navigate, next) = (navigate.clone(), next.clone());
        Callback::new(move |()| navigate(&next, NavigateOptions { replace: true, ..Default::default() }))
    };
    let submit = move || {
        let Some((name, secret)) = form.filled_in() else { return };
        form.busy(true);
        let (navigate, next) = (navigate.clone(), next.clone());
        spawn_local(async move {
            match account::sign_in(&phone, &name, &secret).await {
                Ok(signed_in) if signed_in.due.is_some() => {
                    form.leave();
                    due.set(Some(secret));
                }
                Ok(_) => navigate(&next, NavigateOptions { replace: true, ..Default::default() }),
                Err(error) => {
                    form.busy(false);
                    form.refused(words(&phone, lang, &error));
                    if error == DeviceError::WrongPassword {
                        form.back_to_password();
                    }
                }
            }
        });
    };
    form.on_submit(submit);
    move || {
        due.get().map(|old| {
            view! {
                <div class="screen">
                    <main id="main">
                        <div class="account-page">
                            {own_password(old, chosen)}
                        </div>
                    </main>
                </div>
            }
        })
    }
}
