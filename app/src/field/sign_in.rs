//! Signing in.

use leptos::prelude::*;

#[component]
pub fn SignIn() -> impl IntoView {
    view! {}
}

/// The sign-in screen's address, with the way back to this one.
pub fn path_back_to_here() -> String {
    let here = window().location().pathname().unwrap_or_default();
    format!("/field/signin?next={}", js_sys::encode_uri_component(&here))
}
