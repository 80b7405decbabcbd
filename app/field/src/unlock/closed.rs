//! The phone is locked: six digits open it, and who has forgotten them is told what would be lost. A part of the program by
//! itself, because nobody needs it on a first visit.

use super::{Digits, SomebodyElse, Why, typed};
use crate::{
    components::dialog::open_while,
    device::use_device,
    errors::ErrorWords,
    frame::ErrorNotice,
    i18n::{unlock as t, use_lang},
    sign_in,
    sites::query,
};
use client::{
    DeviceError,
    lock::{self, Lost},
};
use domain::{
    device::pin::{self, WeakPin},
    time::clock as hour,
};
use leptos::{ev::SubmitEvent, html, prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

#[component]
pub fn Unlock() -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    // Whoever unlocks may be somebody else.
    query::remember("");
    let field = NodeRef::<html::Input>::new();
    let (why, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let lost = RwSignal::new(None::<Lost>);
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
            let Err(error) = lock::unlock(&phone, &digits).await else { return };
            let until = lock::waits_until(&phone).await.ok().flatten();
            let words = match until {
                Some(until) => t::pin_wait(lang, hour(until)),
                None => error.words(lang).to_owned(),
            };
            why.try_set(Some(words));
            busy.try_set(false);
            if let Some(Some(field)) = field.try_get_untracked() {
                field.set_value("");
                // A field that cannot take the focus is empty all the same.
                let _ = field.focus();
            }
        });
    };
    let forgotten = move |_| {
        spawn_local(async move {
            match lock::would_be_lost(&phone).await {
                Ok(found) => drop(lost.try_set(Some(found))),
                Err(error) => drop(why.try_set(Some(error.words(lang).to_owned()))),
            }
        });
    };
    view! {
        <p>{t::unlock_hint(lang)}</p>
        <form class="form" novalidate on:submit=submit>
            <Why why />
            <Digits
                id="pin"
                label=t::pin(lang)
                node_ref=field
                invalid=Signal::derive(move || why.get().is_some())
            />
            <button class="button" type="submit" aria-busy=move || busy.get().to_string()>
                {t::unlock(lang)}
            </button>
            <button class="button button--quiet" type="button" on:click=forgotten>
                {t::pin_forgotten(lang)}
            </button>
            <SomebodyElse />
        </form>
        <Forgotten lost />
    }
}

/// Says what will be lost; then the person signs in again and sets another PIN.
#[component]
fn Forgotten(lost: RwSignal<Option<Lost>>) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let navigate = use_navigate();
    let dialog = NodeRef::<html::Dialog>::new();
    let failed = RwSignal::new(None::<DeviceError>);
    open_while(dialog, move || lost.with(Option::is_some));
    let words = move || {
        lost.get().map(|lost| match lost {
            Lost { drafts: 0, unsent: 0, photos: 0 } => t::pin_nothing_lost(lang).to_owned(),
            Lost { drafts, unsent, photos } => t::pin_lost(lang, drafts, unsent, photos),
        })
    };
    let forget = move |_| {
        let navigate = navigate.clone();
        spawn_local(async move {
            match lock::forget(&phone).await {
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
            <p>{words}</p>
            <p>{t::pin_lost_hint(lang)}</p>
            {move || failed.get().map(|error| view! { <ErrorNotice error /> })}
            <div class="action-bar">
                <button class="button button--danger" on:click=forget>{t::pin_reset(lang)}</button>
                <button class="button" autofocus on:click=move |_| lost.set(None)>{t::pin_try_again(lang)}</button>
            </div>
        </dialog>
    }
}
