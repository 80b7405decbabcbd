//! The question before a refused parcel leaves the list.

use crate::{
    components::dialog::open_while,
    field::{device::use_device, errors::ErrorWords},
    i18n::{hazards as t, use_lang},
};
use client::{
    DeviceError,
    outbox::{self, Parcel, ParcelState},
};
use leptos::{html, prelude::*, task::spawn_local};

/// Open for as long as there is a parcel to ask about.
#[component]
pub fn AskToTakeOff(asked: RwSignal<Option<Parcel>>) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let dialog = NodeRef::<html::Dialog>::new();
    let error = RwSignal::new(None::<DeviceError>);
    open_while(dialog, move || asked.with(Option::is_some));
    let take_off = move |_| {
        let Some(parcel) = asked.get_untracked() else { return };
        spawn_local(async move {
            match outbox::dismiss(&phone, parcel.id).await {
                Ok(()) => asked.try_set(None),
                Err(trouble) => error.try_set(Some(trouble)).map(|_| None),
            };
        });
    };
    let close = move |_| {
        asked.set(None);
        error.set(None);
    };
    let words = move || {
        asked.get().map(|parcel| match parcel.state {
            ParcelState::Refused { refusal, .. } if refusal.kept.is_some() => {
                t::take_off_kept(lang, parcel.title)
            }
            ParcelState::Refused { .. }
            | ParcelState::Waiting { .. }
            | ParcelState::Sending { .. }
            | ParcelState::Received { .. } => t::take_off_lost(lang, parcel.title),
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
