//! One hazard.

use leptos::prelude::*;

#[component]
pub fn HazardScreen() -> impl IntoView {
    view! {}
}
