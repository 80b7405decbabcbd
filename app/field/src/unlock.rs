//! 解锁: what is kept on this phone opens with six digits.
//!
//! Asked after a while without a touch; set when a person first signs in on a phone. Who has forgotten them is told what is lost
//! before it is.

mod closed;

pub use closed::Unlock;

use super::{
    device::use_device,
    errors::ErrorWords,
    frame::ErrorNotice,
    parts,
    screens::{Screen, show},
    sign_in,
};
use crate::i18n::{Lang, field as f, ready as r, unlock as t, use_lang};
use client::{
    DeviceError, account,
    lock::{self, Lock, NewPin},
    session,
};
use domain::device::pin::{self, WeakPin};
use leptos::{ev::SubmitEvent, html, prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, components::Redirect, hooks::use_navigate};

/// The screen, once the phone is unlocked.
#[component]
pub fn Gate(screen: Screen) -> impl IntoView {
    let phone = use_device();
    let (state, blocked, slow) = (phone.lock(), phone.storage_blocked(), phone.storage_slow());
    let failed = RwSignal::new(None::<DeviceError>);
    ui::effect(move || {
        if state.get() == Lock::Unknown {
            spawn_local(async move { drop(failed.try_set(lock::look(&phone).await.err())) });
        }
    });
    move || match (state.get(), failed.get()) {
        (Lock::Open, _) => show(screen),
        (Lock::New, _) => view! { <SetPin /> }.into_any(),
        (Lock::Closed, _) => {
            let lang = use_lang();
            view! { <Page title=t::unlock(lang)>{parts::within(|| Box::pin(parts::unlock()))}</Page> }
                .into_any()
        }
        (Lock::Unknown, _) if session::owner(&phone).is_none() => {
            view! { <Redirect path=sign_in::path_back_to_here() /> }.into_any()
        }
        (Lock::Unknown, Some(error)) => {
            let again = move |_| {
                failed.set(None);
                spawn_local(async move { drop(failed.try_set(lock::look(&phone).await.err())) });
            };
            let lang = use_lang();
            view! {
                <Page title=t::unlock(lang)>
                    {lock::was_cleared(&phone)
                        .then(|| view! { <div class="notice notice--refused" role="alert"><p>{t::was_cleared(lang)}</p></div> })}
                    <ErrorNotice error />
                    <button class="button" type="button" on:click=again>
                        {f::try_again(lang)}
                    </button>
                </Page>
            }
            .into_any()
        }
        (Lock::Unknown, None) if blocked.get() => {
            let lang = use_lang();
            view! {
                <Page title=t::blocked(lang)>
                    <p role="status">{t::blocked_hint(lang)}</p>
                </Page>
            }
            .into_any()
        }
        (Lock::Unknown, None) if slow.get() => {
            let lang = use_lang();
            view! {
                <Page title=t::unlock(lang)>
                    <p role="status">{r::storage_silent(lang)}</p>
                </Page>
            }
            .into_any()
        }
        (Lock::Unknown, None) => ().into_any(),
    }
}

#[component]
fn Page(title: &'static str, children: Children) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    document().set_title(title);
    view! {
        <div class="screen">
            <main id="main">
                <div class="account-page">
                    <p class="brand">
                        <strong class="brand__name">{f::product(lang)}</strong>
                        <span>{session::current(&phone).map(|me| me.actor.name)}</span>
                    </p>
                    <h1>{title}</h1>
                    {children()}
                </div>
            </main>
        </div>
    }
}

/// Six digits: the phone shows its number keys, nobody sees them over the shoulder, and no password manager takes them for
/// the account's password.
#[component]
fn Digits(
    id: &'static str,
    label: &'static str,
    node_ref: NodeRef<html::Input>,
    #[prop(into)] invalid: Signal<bool>,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input
                class="input input--pin"
                id=id
                name=id
                node_ref=node_ref
                type="password"
                inputmode="numeric"
                maxlength=pin::DIGITS.to_string()
                autocomplete="off"
                enterkeyhint="go"
                aria-required="true"
                aria-invalid=move || invalid.get().to_string()
                aria-describedby=move || invalid.get().then_some("why")
            />
        </div>
    }
}

#[component]
fn Why(why: RwSignal<Option<String>>) -> impl IntoView {
    move || {
        why.get().map(
            |words| view! { <div class="notice notice--refused" role="alert" id="why"><p>{words}</p></div> },
        )
    }
}

fn typed(field: NodeRef<html::Input>) -> String {
    field.get_untracked().map(|field| field.value()).unwrap_or_default()
}

fn weak(lang: Lang, weak: WeakPin) -> &'static str {
    match weak {
        WeakPin::NotSixDigits => t::pin_six_digits(lang),
        WeakPin::Guessable => t::pin_guessable(lang),
    }
}

#[component]
fn SetPin() -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let (first, second) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    let (why, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    // While the digits are typed again, what is to become of them is made ready.
    let (begun, made) =
        (StoredValue::new_local(String::new()), StoredValue::new_local(None::<(String, NewPin)>));
    let begin = move |_| {
        let digits = typed(first);
        if pin::check(&digits).is_err() || begun.with_value(|begun| *begun == digits) {
            return;
        }
        begun.set_value(digits.clone());
        spawn_local(async move {
            let Ok(pin) = lock::prepare_pin(&phone, &digits).await else { return };
            // The person may have left the screen by now.
            made.try_update_value(|made| *made = Some((digits, pin)));
        });
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (digits, again) = (typed(first), typed(second));
        let refused = match pin::check(&digits) {
            Err(reason) => Some(weak(lang, reason)),
            Ok(()) if digits != again => Some(t::pin_differs(lang)),
            Ok(()) => None,
        };
        why.set(refused.map(str::to_owned));
        if refused.is_some() || busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let made = made.try_update_value(Option::take).flatten().filter(|(of, _)| *of == digits);
            let kept = match made {
                Some((_, pin)) => lock::keep_pin(&phone, pin).await,
                None => lock::set_pin(&phone, &digits).await,
            };
            if let Err(error) = kept {
                why.try_set(Some(error.words(lang).to_owned()));
                busy.try_set(false);
            }
        });
    };
    view! {
        <Page title=t::set_pin(lang)>
            {lock::was_cleared(&phone)
                .then(|| view! { <div class="notice notice--refused" role="alert"><p>{t::was_cleared(lang)}</p></div> })}
            <p>{t::set_pin_hint(lang)}</p>
            <form class="form" novalidate on:submit=submit on:input=begin>
                <Why why />
                <Digits
                    id="pin"
                    label=t::pin(lang)
                    node_ref=first
                    invalid=Signal::derive(move || why.get().is_some())
                />
                <Digits
                    id="pin-again"
                    label=t::pin_again(lang)
                    node_ref=second
                    invalid=Signal::derive(move || why.get().is_some())
                />
                <button class="button" type="submit" aria-busy=move || busy.get().to_string()>
                    {t::set_pin_done(lang)}
                </button>
                <SomebodyElse />
            </form>
        </Page>
    }
}

/// The phone passes to a colleague: what is not sent stays sealed for its owner. Signing in needs the network, so without
/// one nobody is signed out.
#[component]
fn SomebodyElse() -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let navigate = use_navigate();
    let (failed, line) = (RwSignal::new(None::<DeviceError>), phone.line());
    let offline = Signal::derive(move || !line.get().online);
    let leave = move |_| {
        let navigate = navigate.clone();
        spawn_local(async move {
            match account::sign_out(&phone).await {
                Ok(()) => navigate("/field/signin", NavigateOptions { replace: true, ..Default::default() }),
                Err(error) => drop(failed.try_set(Some(error))),
            }
        });
    };
    view! {
        {move || failed.get().map(|error| view! { <ErrorNotice error /> })}
        <button class="button button--quiet" type="button" disabled=offline on:click=leave>
            {t::somebody_else(lang)}
        </button>
        <p class="u-small">
            {move || if offline.get() { t::somebody_else_offline(lang) } else { t::somebody_else_hint(lang) }}
        </p>
    }
}
