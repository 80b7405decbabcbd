//! # The phone's screens
//!
//! One screen to a file. They read and write this phone's own records only ([`crate::device`]); the network is never
//! between a tap and "saved". Whatever the database holds is read through [`live`], so that a screen shows what just
//! changed, whether by a tap, by another tab or by the engine.

pub mod checklists;
pub mod finding;
pub mod frame;
pub mod hazard;
pub mod hazards;
pub mod home;
pub mod inspect;
pub mod item;
mod live;
pub mod outbox;
pub mod photo_strip;
pub mod review;
pub mod settings;
pub mod sign_in;
pub mod site;
pub mod sites;

pub use live::live;

use crate::device::{engine, prefs, session};
use frame::NotHere;
use leptos::prelude::*;
use leptos_router::{
    components::{Redirect, Route, Router, Routes},
    path,
};

/// Mounts the phone's screens on the empty document and starts the engine behind them.
pub fn mount() {
    let prefs = prefs::load();
    prefs::apply(&prefs);
    leptos::mount::mount_to_body(move || {
        provide_context(prefs.lang);
        view! { <Screens /> }
    });
    // After mounting, which sets up what tasks run on.
    engine::start();
}

#[component]
fn Screens() -> impl IntoView {
    view! {
        <Router>
            <Routes fallback=NotHere>
                <Route path=path!("/field") view=signed_in(|| view! { <home::Home /> }.into_any()) />
                <Route path=path!("/field/signin") view=sign_in::SignIn />
                <Route path=path!("/field/sites") view=signed_in(|| view! { <sites::Sites /> }.into_any()) />
                <Route path=path!("/field/sites/:id") view=signed_in(|| view! { <site::SiteScreen /> }.into_any()) />
                <Route path=path!("/field/sites/:id/check") view=signed_in(|| view! { <checklists::ChooseChecklist /> }.into_any()) />
                <Route path=path!("/field/inspect/:id") view=signed_in(|| view! { <inspect::Inspect /> }.into_any()) />
                <Route path=path!("/field/inspect/:id/review") view=signed_in(|| view! { <review::Review /> }.into_any()) />
                <Route path=path!("/field/hazards") view=signed_in(|| view! { <hazards::Hazards /> }.into_any()) />
                <Route path=path!("/field/hazards/:id") view=signed_in(|| view! { <hazard::HazardScreen /> }.into_any()) />
                <Route path=path!("/field/outbox") view=signed_in(|| view! { <outbox::Outbox /> }.into_any()) />
                <Route path=path!("/field/settings") view=signed_in(|| view! { <settings::Settings /> }.into_any()) />
            </Routes>
        </Router>
    }
}

/// A screen behind sign-in; who is not signed in comes back to it afterwards.
fn signed_in(screen: fn() -> AnyView) -> impl Fn() -> AnyView + Clone + Send + Sync + 'static {
    move || match session::current() {
        Some(_) => screen(),
        None => view! { <Redirect path=sign_in::path_back_to_here() /> }.into_any(),
    }
}
