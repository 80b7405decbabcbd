//! Before an inspection is sealed.

use leptos::prelude::*;

#[component]
pub fn Review() -> impl IntoView {
    view! {}
}
