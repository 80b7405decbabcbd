//! The hazards of this person.

use leptos::prelude::*;

#[component]
pub fn Hazards() -> impl IntoView {
    view! {}
}
