//! One site.

use leptos::prelude::*;

#[component]
pub fn SiteScreen() -> impl IntoView {
    view! {}
}
