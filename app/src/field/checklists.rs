//! Which checklist, and what kind of visit.

use leptos::prelude::*;

#[component]
pub fn ChooseChecklist() -> impl IntoView {
    view! {}
}
