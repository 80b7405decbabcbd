//! The sites.

use leptos::prelude::*;

#[component]
pub fn Sites() -> impl IntoView {
    view! {}
}
