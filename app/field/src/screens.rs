//! # What comes after the first screen
//!
//! Signing in is what a first visit waits for; the other screens, and the engine behind them, are a second file of the same
//! program, fetched when it is there. The service worker keeps it beside the first one, so none of them ever waits
//! for the network again. Only the release build divides the program (feature `split`); elsewhere it is one.

use super::{
    checklists,
    device::{PhoneRef, use_device},
    frame::{BackScreen, Empty},
    hazard, hazards, home, outbox, review, settings, site, sites, unlock,
};
use crate::{
    components::icon::Icon,
    i18n::{field as t, use_lang},
};
use client::engine;
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local, wasm_split::SplitLoaderError};
use send_wrapper::SendWrapper;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    Today,
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
    let phone = use_device();
    Suspend::new(SendWrapper::new(async move {
        waits(true);
        let opened = opened(phone, screen).await;
        waits(false);
        opened.unwrap_or_else(|Missing| view! { <NotArrived /> }.into_any())
    }))
    .into_any()
}

/// Tells `field-boot.js`, which has words for a screen that is not there yet, what is waited for.
fn waits(waits: bool) {
    if let Some(root) = document().document_element() {
        // Fails for names that are none.
        let _ = if waits {
            root.set_attribute("data-waits", "program")
        } else {
            root.remove_attribute("data-waits")
        };
    }
}

/// Takes the second file in and starts the engine that it holds, as often as it takes: without signal and before the phone
/// keeps the program, there is nothing to start.
pub fn begin_when_here(phone: PhoneRef) {
    spawn_local(async move {
        while begin(phone).await.is_err() {
            TimeoutFuture::new(AGAIN_MS).await;
        }
    });
}

const AGAIN_MS: u32 = 3_000;

/// The second file is neither on this phone nor to be had.
#[derive(Debug)]
struct Missing;

impl From<SplitLoaderError> for Missing {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

#[cfg(feature = "split")]
async fn opened(phone: PhoneRef, screen: Screen) -> Result<AnyView, Missing> {
    open(phone, Some(screen)).await
}

#[cfg(not(feature = "split"))]
async fn opened(phone: PhoneRef, screen: Screen) -> Result<AnyView, Missing> {
    open(phone, Some(screen))
}

#[cfg(feature = "split")]
async fn begin(phone: PhoneRef) -> Result<(), Missing> {
    open(phone, None).await.map(drop)
}

#[cfg(not(feature = "split"))]
async fn begin(phone: PhoneRef) -> Result<(), Missing> {
    open(phone, None).map(drop)
}

/// The way into the second file; without a screen, it only starts what works behind them.
#[cfg_attr(
    feature = "split",
    leptos::wasm_split::wasm_split(screens, wasm_split_path = leptos::wasm_split, fallible)
)]
#[cfg_attr(
    not(feature = "split"),
    expect(clippy::unnecessary_wraps, reason = "where the second file is loaded, it may not come")
)]
fn open(phone: PhoneRef, screen: Option<Screen>) -> Result<AnyView, Missing> {
    engine::start(&phone);
    Ok(match screen {
        Some(screen) => view! { <unlock::Gate screen /> }.into_any(),
        None => ().into_any(),
    })
}

/// The screen itself, once what it shows can be read.
pub(super) fn show(screen: Screen) -> AnyView {
    match screen {
        Screen::Today => view! { <home::Home /> }.into_any(),
        Screen::Sites => view! { <sites::Sites /> }.into_any(),
        Screen::Site => view! { <site::SiteScreen /> }.into_any(),
        Screen::Checklists => view! { <checklists::ChooseChecklist /> }.into_any(),
        Screen::Inspect => view! { <review::Inspect /> }.into_any(),
        Screen::Review => view! { <review::Review /> }.into_any(),
        Screen::Hazards => view! { <hazards::Hazards /> }.into_any(),
        Screen::Hazard => view! { <hazard::HazardScreen /> }.into_any(),
        Screen::Outbox => view! { <outbox::Outbox /> }.into_any(),
        Screen::Settings => view! { <settings::Settings /> }.into_any(),
    }
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
