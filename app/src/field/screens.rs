//! # What comes after the first screen
//!
//! Signing in and Today are what a first visit waits for; the other screens are a second file of the same program,
//! fetched when the first of them is opened. The service worker keeps it beside the first one, so none of them ever waits
//! for the network again. Only the release build divides the program (feature `split`); elsewhere it is one.

use super::{
    checklists,
    frame::{BackScreen, Empty},
    hazard, hazards, inspect, outbox, review, settings, site, sites,
};
use crate::{
    components::icon::Icon,
    device::worker,
    i18n::{field as t, use_lang},
};
use leptos::{prelude::*, task::spawn_local, wasm_split::SplitLoaderError};
use send_wrapper::SendWrapper;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    Sites,
    Site,
    Checklists,
    Inspect,
    Review,
    Hazards,
    Hazard,
    Outbox,
    Settings,
}

/// The screen, as soon as its part of the program is here.
pub fn later(screen: Screen) -> AnyView {
    Suspend::new(SendWrapper::new(async move {
        opened(screen).await.unwrap_or_else(|Missing| view! { <NotArrived /> }.into_any())
    }))
    .into_any()
}

/// Takes the second file in as soon as the phone keeps it, so that a page opened before an update is whole after it.
pub fn take_in_when_kept() {
    spawn_local(async {
        if worker::program_kept().await {
            // Where this fails, the screen that needs it tries again and says so.
            let _ = take_in().await;
        }
    });
}

/// The second file is neither on this phone nor to be had.
#[derive(Debug)]
struct Missing;

impl From<SplitLoaderError> for Missing {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

#[cfg(feature = "split")]
async fn opened(screen: Screen) -> Result<AnyView, Missing> {
    open(screen).await
}

#[cfg(not(feature = "split"))]
async fn opened(screen: Screen) -> Result<AnyView, Missing> {
    open(screen)
}

#[cfg(not(feature = "split"))]
async fn take_in() -> Result<(), SplitLoaderError> {
    Ok(())
}

#[cfg_attr(
    feature = "split",
    leptos::wasm_split::wasm_split(screens, wasm_split_path = leptos::wasm_split, preload(take_in), fallible)
)]
fn open(screen: Screen) -> Result<AnyView, Missing> {
    Ok(match screen {
        Screen::Sites => view! { <sites::Sites /> }.into_any(),
        Screen::Site => view! { <site::SiteScreen /> }.into_any(),
        Screen::Checklists => view! { <checklists::ChooseChecklist /> }.into_any(),
        Screen::Inspect => view! { <inspect::Inspect /> }.into_any(),
        Screen::Review => view! { <review::Review /> }.into_any(),
        Screen::Hazards => view! { <hazards::Hazards /> }.into_any(),
        Screen::Hazard => view! { <hazard::HazardScreen /> }.into_any(),
        Screen::Outbox => view! { <outbox::Outbox /> }.into_any(),
        Screen::Settings => view! { <settings::Settings /> }.into_any(),
    })
}

#[component]
fn NotArrived() -> impl IntoView {
    let lang = use_lang();
    view! {
        <BackScreen title=t::not_arrived(lang).to_owned() back="/field/".to_owned()>
            <Empty
                icon=Icon::Offline
                title=t::not_arrived(lang)
                words=t::not_arrived_hint(lang)
                way=("/field/".to_owned(), t::to_today(lang))
            />
        </BackScreen>
    }
}
