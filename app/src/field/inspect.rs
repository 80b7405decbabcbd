//! An inspection under way.

use leptos::prelude::*;

#[component]
pub fn Inspect() -> impl IntoView {
    view! {}
}
