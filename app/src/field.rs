//! The phone's screens.
use leptos::prelude::*;

/// Mounts the phone's screens on the empty document.
pub fn mount() {
    leptos::mount::mount_to_body(|| view! { <p>"…"</p> });
}
