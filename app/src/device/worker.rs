//! The service worker: whether a newer version waits.

use leptos::prelude::*;

/// True when a new version is ready; offer it between tasks, never in the middle of a form.
pub fn update_ready() -> ArcReadSignal<bool> {
    unimplemented!()
}

/// Lets the new version take over and loads the page anew.
pub fn take_update() {
    unimplemented!()
}
