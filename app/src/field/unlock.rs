//! 解锁: what is kept on this phone opens with six digits.
//!
//! Asked once a working day; set when a person first signs in on a phone. Who has forgotten them is told what is lost
//! before it is.

use super::{
    frame::Trouble,
    screens::{Screen, show},
    sign_in,
};
use crate::{
    device::{
        DeviceError,
        lock::{self, Lock},
        session,
    },
    i18n::{Lang, field as f, unlock as t, use_lang},
};
use domain::{
    device::pin::{self, WeakPin},
    time::clock as hour,
};
use leptos::{ev::SubmitEvent, html, prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// The screen, once the phone is unlocked.
#[component]
pub fn Gate(screen: Screen) -> impl IntoView {
    let state = lock::state();
    let failed = RwSignal::new(None::<DeviceError>);
    let look = move || {
        spawn_local(async move {
            if let Err(error) = lock::look().await {
                failed.try_set(Some(error));
            }
        });
    };
    if state.get_untracked() != Lock::Open {
        look();
    }
    move || match (state.get(), failed.get()) {
        (Lock::Open, _) => show(screen),
        (Lock::New, _) => view! { <SetPin /> }.into_any(),
        (Lock::Closed, _) => view! { <Unlock /> }.into_any(),
        (Lock::Unknown, Some(error)) => {
            view! { <Page title=t::unlock(use_lang())><Trouble error /></Page> }.into_any()
        }
        (Lock::Unknown, None) => ().into_any(),
    }
}

#[component]
fn Page(title: &'static str, children: Children) -> impl IntoView {
    let lang = use_lang();
    document().set_title(title);
    view! {
        <div class="phone">
            <main id="main">
                <div class="narrow">
                    <p class="brand">
                        <strong>{f::product(lang)}</strong>
                        <span>{session::current().map(|me| me.actor.name)}</span>
                    </p>
                    <h1>{title}</h1>
                    {children()}
                </div>
            </main>
        </div>
    }
}

/// Six digits: the phone shows its number keys, and nobody sees them over the shoulder.
#[component]
fn Digits(
    id: &'static str,
    label: &'static str,
    node_ref: NodeRef<html::Input>,
    /// For password managers.
    autocomplete: &'static str,
    #[prop(into)] invalid: Signal<bool>,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input
                class="text pin"
                id=id
                name=id
                node_ref=node_ref
                type="password"
                inputmode="numeric"
                maxlength=pin::DIGITS.to_string()
                autocomplete=autocomplete
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
        why.get()
            .map(|words| view! { <div class="notice refused" role="alert" id="why"><p>{words}</p></div> })
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
    let lang = use_lang();
    let (first, second) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    let (why, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
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
            if let Err(error) = lock::set_pin(&digits).await {
                why.try_set(Some(error.words(lang).to_owned()));
                busy.try_set(false);
            }
        });
    };
    view! {
        <Page title=t::set_pin(lang)>
            {lock::was_cleared()
                .then(|| view! { <div class="notice refused" role="alert"><p>{t::was_cleared(lang)}</p></div> })}
            <p>{t::set_pin_hint(lang)}</p>
            <form class="form" novalidate on:submit=submit>
                <Why why />
                <Digits
                    id="pin"
                    label=t::pin(lang)
                    node_ref=first
                    autocomplete="new-password"
                    invalid=Signal::derive(move || why.get().is_some())
                />
                <Digits
                    id="pin-again"
                    label=t::pin_again(lang)
                    node_ref=second
                    autocomplete="new-password"
                    invalid=Signal::derive(move || why.get().is_some())
                />
                <button class="button" type="submit" aria-busy=move || busy.get().to_string()>
                    {t::set_pin_done(lang)}
                </button>
            </form>
        </Page>
    }
}

#[component]
fn Unlock() -> impl IntoView {
    let lang = use_lang();
    let field = NodeRef::<html::Input>::new();
    let (why, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let lost = RwSignal::new(None::<(usize, usize)>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let digits = typed(field);
        if pin::check(&digits) == Err(WeakPin::NotSixDigits) {
            return why.set(Some(t::pin_six_digits(lang).to_owned()));
        }
        busy.set(true);
        why.set(None);
        spawn_local(async move {
            let Err(error) = lock::unlock(&digits).await else { return };
            let until = lock::waits_until().await.ok().flatten();
            let words = match until {
                Some(until) => t::pin_wait(lang, hour(until)),
                None => error.words(lang).to_owned(),
            };
            why.try_set(Some(words));
            busy.try_set(false);
            if let Some(Some(field)) = field.try_get_untracked() {
                field.set_value("");
                let _ = field.focus();
            }
        });
    };
    let forgotten = move |_| {
        spawn_local(async move {
            match lock::would_be_lost().await {
                Ok(found) => drop(lost.try_set(Some(found))),
                Err(error) => drop(why.try_set(Some(error.words(lang).to_owned()))),
            }
        });
    };
    view! {
        <Page title=t::unlock(lang)>
            <p>{t::unlock_hint(lang)}</p>
            <form class="form" novalidate on:submit=submit>
                <Why why />
                <Digits
                    id="pin"
                    label=t::pin(lang)
                    node_ref=field
                    autocomplete="current-password"
                    invalid=Signal::derive(move || why.get().is_some())
                />
                <button class="button" type="submit" aria-busy=move || busy.get().to_string()>
                    {t::unlock(lang)}
                </button>
                <button class="button quiet" type="button" on:click=forgotten>
                    {t::pin_forgotten(lang)}
                </button>
            </form>
            <Forgotten lost />
        </Page>
    }
}

/// What is lost, said before it is; then whoever it is signs in anew and sets another PIN.
#[component]
fn Forgotten(lost: RwSignal<Option<(usize, usize)>>) -> impl IntoView {
    let lang = use_lang();
    let navigate = use_navigate();
    let dialog = NodeRef::<html::Dialog>::new();
    let failed = RwSignal::new(None::<DeviceError>);
    Effect::new(move |_| {
        if let (Some(dialog), Some(_)) = (dialog.get(), lost.get())
            && !dialog.open()
        {
            // Fails only where it is open already.
            let _ = dialog.show_modal();
        }
    });
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let words = move || {
        lost.get().map(|(drafts, unsent)| match (drafts, unsent) {
            (0, 0) => t::pin_nothing_lost(lang).to_owned(),
            (drafts, unsent) => t::pin_lost(lang, drafts, unsent),
        })
    };
    let forget = move |_| {
        let navigate = navigate.clone();
        spawn_local(async move {
            let gone = match lock::forget().await {
                Ok(()) => session::sign_out().await,
                Err(error) => Err(error),
            };
            match gone {
                Ok(()) => {
                    let here = sign_in::path_back_to_here();
                    navigate(&here, NavigateOptions { replace: true, ..Default::default() });
                }
                Err(error) => drop(failed.try_set(Some(error))),
            }
        });
    };
    view! {
        <dialog class="sheet" aria-labelledby="forgotten" node_ref=dialog on:close=move |_| lost.set(None)>
            <h2 id="forgotten">{t::pin_forgotten(lang)}</h2>
            <p class="strong">{words}</p>
            <p>{t::pin_lost_hint(lang)}</p>
            {move || failed.get().map(|error| view! { <Trouble error /> })}
            <div class="foot">
                <button class="button danger" on:click=forget>{t::pin_reset(lang)}</button>
                <button class="button" autofocus on:click=move |_| close()>{t::pin_try_again(lang)}</button>
            </div>
        </dialog>
    }
}
