//! # The phone's screens
//!
//! One screen to a file. They read and write this phone's own records only ([`client`]); the network is never
//! between a tap and "saved". Whatever the database holds is read through [`live`], so that a screen shows what just
//! changed, whether by a tap, by another tab or by the engine.

#![cfg(target_arch = "wasm32")]
// Views are deeply nested types; the default limit is too low for a screen of them.
#![recursion_limit = "512"]

mod asked;
mod chip_choice;
mod device;
mod document;
mod errors;
pub mod finding;
pub mod forms;
pub mod frame;
pub mod hazard;
pub mod hazards;
pub mod home;
pub mod inspection;
mod live;
pub mod map;
mod new_password;
pub mod notices;
pub mod orders;
pub mod outbox;
mod parts;
pub mod patrol;
pub mod photo_strip;
pub mod question;
pub mod quick_report;
pub mod readiness;
pub mod review;
mod scan;
mod scanner;
pub mod screens;
mod segmented;
pub mod settings;
pub mod sign_in;
pub mod sign_off;
pub mod site;
pub mod sites;
mod sought;
pub mod tasks;
mod throw_away;
mod typed_line;
pub mod unlock;
pub mod visit;

pub use live::live;

use client::{Device, Host, prefs, session};
use device::{PhoneRef, use_device};
use frame::NotHere;
use leptos::prelude::*;
use leptos_router::{
    PossibleRouteMatch,
    components::{Redirect, Route, Router, Routes},
    path,
};
use screens::{Screen, later};
use std::sync::Arc;
use ui::{components, i18n};

/// As this phone keeps things, and as its tabs know each other.
const NAME: &str = "xunan";

/// Mounts the phone's screens on the empty document and starts the engine behind them.
pub fn mount() {
    mount_on(Device::new(Host::new(NAME)));
}

/// The same, on a device that is there already.
pub fn mount_on(device: Device) {
    let prefs = prefs::load(&device);
    document::apply(&prefs);
    let phone = PhoneRef::new(device);
    leptos::mount::mount_to_body(move || {
        provide_context(prefs.lang);
        provide_context(phone);
        view! { <Screens /> }
    });
    // After mounting, which sets up what tasks run on.
    screens::begin_when_here(phone);
}

/// A screen's address. It is of one type, whatever it is made of: what the router does with a route is compiled once.
type Address = Arc<dyn PossibleRouteMatch + Send + Sync>;

fn at(path: impl PossibleRouteMatch + Send + Sync + 'static) -> Address {
    Arc::new(path)
}

#[component]
fn Screens() -> impl IntoView {
    view! {
        <Router>
            <Routes fallback=not_here>
                <Route path=at(path!("/field")) view=signed_in(Screen::Today) />
                <Route path=at(path!("/field/signin")) view=sign_in::SignIn />
                <Route path=at(path!("/field/sites")) view=signed_in(Screen::Sites) />
                <Route path=at(path!("/field/sites/:id")) view=signed_in(Screen::Site) />
                <Route path=at(path!("/field/sites/:id/check")) view=signed_in(Screen::Forms) />
                <Route path=at(path!("/field/visit/:id")) view=signed_in(Screen::Inspect) />
                <Route path=at(path!("/field/visit/:id/inspection")) view=signed_in(Screen::Inspection) />
                <Route path=at(path!("/field/visit/:id/review")) view=signed_in(Screen::Review) />
                <Route path=at(path!("/field/hazards")) view=signed_in(Screen::Hazards) />
                <Route path=at(path!("/field/hazards/:id")) view=signed_in(Screen::Hazard) />
                <Route path=at(path!("/field/orders/:id")) view=signed_in(Screen::Order) />
                <Route path=at(path!("/field/streets")) view=signed_in(Screen::Streets) />
                <Route path=at(path!("/field/street/:id")) view=signed_in(Screen::Street) />
                <Route path=at(path!("/field/door/:id")) view=signed_in(Screen::Door) />
                <Route path=at(path!("/field/map")) view=signed_in(Screen::Map) />
                <Route path=at(path!("/field/new-site")) view=signed_in(Screen::NewSite) />
                <Route path=at(path!("/field/report")) view=signed_in(Screen::QuickReport) />
                <Route path=at(path!("/field/notices")) view=signed_in(Screen::Notices) />
                <Route path=at(path!("/field/outbox")) view=signed_in(Screen::Outbox) />
                <Route path=at(path!("/field/settings")) view=signed_in(Screen::Settings) />
            </Routes>
        </Router>
    }
}

/// A screen behind sign-in; who is not signed in comes back to it afterwards.
fn signed_in(screen: Screen) -> impl Fn() -> AnyView + Clone + Send + Sync + 'static {
    move || match session::owner(&use_device()) {
        Some(_) => {
            sign_in::put_away();
            later(screen)
        }
        None => view! { <Redirect path=sign_in::path_back_to_here() /> }.into_any(),
    }
}

fn not_here() -> impl IntoView {
    sign_in::put_away();
    NotHere()
}
