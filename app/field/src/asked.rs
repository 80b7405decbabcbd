//! A record that is not on this phone: the office is asked for it, and the screen says how that goes. Once it has come, the
//! screen that shows this reads it like any other.

use crate::{
    components::icon::Icon,
    device::use_device,
    errors::ErrorWords,
    frame::Empty,
    i18n::{field as t, use_lang},
};
use client::{DeviceError, asked};
use domain::sync::RecordKind;
use leptos::{prelude::*, task::spawn_local};

#[derive(Debug, Clone, PartialEq)]
enum Asked {
    Waits,
    /// It is there and on its way to the screen, or it is not there for this person.
    Answered(bool),
    InVain(DeviceError),
}

/// Asks at once, and again when somebody says so.
#[component]
pub fn AskFor(
    kind: RecordKind,
    id: String,
    /// Where else to go, and what the button says.
    way: (String, &'static str),
) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let state = RwSignal::new(Asked::Waits);
    let ask = Callback::new(move |()| {
        state.set(Asked::Waits);
        let id = id.clone();
        spawn_local(async move {
            let came = match asked::record(&phone, kind, &id).await {
                Ok(is_there) => Asked::Answered(is_there),
                Err(error) => Asked::InVain(error),
            };
            // The person may have left the screen by now.
            state.try_set(came);
        });
    });
    ask.run(());
    move || match state.get() {
        Asked::Waits | Asked::Answered(true) => {
            view! { <Empty icon=Icon::Search title=t::asking(lang) words=t::asking_hint(lang) /> }.into_any()
        }
        Asked::Answered(false) => view! {
            <Empty
                icon=Icon::Search
                title=t::not_here(lang)
                words=t::not_here_hint(lang)
                way=way.clone()
            />
        }
        .into_any(),
        Asked::InVain(error) => {
            let words = match error {
                DeviceError::Offline => t::asked_in_vain(lang),
                other => other.words(lang),
            };
            view! {
                <Empty icon=Icon::Offline title=t::not_here(lang) words way=way.clone() />
                <button class="button button--quiet" on:click=move |_| ask.run(())>
                    {t::try_again(lang)}
                </button>
            }
            .into_any()
        }
    }
}
