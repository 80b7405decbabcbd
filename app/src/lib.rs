//! # The pages and screens
//!
//! One crate, built twice. With `ssr` the server renders the office's, the public's and the sign-in pages; with `hydrate`
//! the browser brings them to life and, on a `/field` document, mounts the phone's screens instead: those read and write
//! IndexedDB only, and the network is never between a tap and "saved".
//!
//! - [`pages`]: the router of the server-rendered pages, a table of contents.
//! - [`backend`]: the one seam through which server functions reach data.
//! - `field` and `device` (browser only): the phone's screens, and the only code that touches the browser's storage,
//!   network and camera.

// Views are deeply nested types; the default limit is too low for a page of them.
#![recursion_limit = "512"]

#[macro_use]
pub mod i18n;

pub mod account;
pub mod appearance;
pub mod backend;
pub mod components;
pub mod error;
pub mod office;
pub mod pages;
pub mod public;
pub mod server_fns;
pub mod sessions;
#[cfg(feature = "ssr")]
pub mod shell;

#[cfg(feature = "hydrate")]
pub mod device;
#[cfg(feature = "hydrate")]
pub mod field;

/// The browser's entry: mounts the phone's screens on the field document, hydrates any other page.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    if device::is_field_document() {
        field::mount();
    } else {
        leptos::mount::hydrate_body(pages::App);
    }
}
