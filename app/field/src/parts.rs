//! # Parts of the program
//!
//! Signing in is what a first visit waits for, and a checklist's first item is what the work waits for; neither waits for what
//! comes later. So the release build divides the program (feature `split`): this is the list of its files beside the first, a
//! capability a file, and of the functions that lead into each. The service worker keeps all of them, and none waits for the
//! network again. Elsewhere the program is one file.

mod arriving;

pub use arriving::{screen, within};

use crate::{
    device::PhoneRef,
    finding::Sheet,
    hazard::HazardScreen,
    hazards::Hazards,
    outbox::Outbox,
    photo_strip::{self, StripOptions},
    review::Summary,
    screens::{self, Screen},
    settings::Settings,
    sites::Sites,
    visit::VisitSession,
};
use domain::checklist::Item;
use leptos::prelude::*;
use std::pin::Pin;

/// A file of the program is neither on this phone nor to be had.
#[derive(Debug)]
pub struct Missing;

#[cfg(feature = "split")]
impl From<leptos::wasm_split::SplitLoaderError> for Missing {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

/// What a part draws, once it is here.
pub type Coming = Pin<Box<dyn Future<Output = Result<AnyView, Missing>>>>;

macro_rules! parts {
    ($($(#[$about:meta])* $part:ident, $load:ident: fn $name:ident($($given:ident: $what:ty),*) => $drawn:expr;)*) => {
        $(
            $(#[$about])*
            #[cfg(feature = "split")]
            #[leptos::wasm_split::wasm_split(
                $part,
                wasm_split_path = leptos::wasm_split,
                preload(#[doc = "Fetches the part."] $load),
                fallible
            )]
            pub fn $name($($given: $what),*) -> Result<AnyView, Missing> {
                Ok($drawn)
            }

            $(#[$about])*
            #[cfg(not(feature = "split"))]
            pub async fn $name($($given: $what),*) -> Result<AnyView, Missing> {
                Ok($drawn)
            }
        )*
    };
}

parts! {
    /// The engine, and the screens that lead to a checklist and through it; without a screen, it only starts what works behind
    /// them.
    screens, load_screens: fn open(phone: PhoneRef, screen: Option<Screen>) => screens::opened(phone, screen);

    /// A visit before it is sealed.
    closing, load_closing: fn review(work: VisitSession) => view! { <Summary work /> }.into_any();

    /// All sites, looked through.
    sites, load_sites: fn sites() => view! { <Sites /> }.into_any();

    /// What was found at one item.
    camera, load_camera: fn finding(work: VisitSession, item: Item) => view! { <Sheet work item /> }.into_any();

    /// Photos of one thing, and the camera.
    camera, load_strip: fn strip(options: StripOptions) => photo_strip::strip(options);

    /// All hazards.
    hazards, load_hazards: fn hazards() => view! { <Hazards /> }.into_any();

    /// One hazard.
    hazards, load_hazard: fn hazard() => view! { <HazardScreen /> }.into_any();

    /// What waits to be sent.
    keeping, load_keeping: fn outbox() => view! { <Outbox /> }.into_any();

    /// This phone.
    keeping, load_settings: fn settings() => view! { <Settings /> }.into_any();
}

/// Takes all parts in, for a page that nothing but itself keeps the program for.
#[cfg(feature = "split")]
pub async fn all() -> Result<(), Missing> {
    load_sites().await?;
    load_closing().await?;
    load_camera().await?;
    load_hazards().await?;
    load_keeping().await?;
    Ok(())
}

#[cfg(not(feature = "split"))]
pub async fn all() -> Result<(), Missing> {
    Ok(())
}
