//! What waits for the server.

use leptos::prelude::*;

#[component]
pub fn Outbox() -> impl IntoView {
    view! {}
}
