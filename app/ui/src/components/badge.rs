//! How far a hazard has come: grey while somebody works on it, ink where it waits for the office, teal when it is closed.

use crate::i18n::{trade, use_lang};
use domain::hazard::HazardStatusKind;
use leptos::prelude::*;

#[component]
pub fn StatusBadge(status: HazardStatusKind, extension_asked: bool, to_refer: bool) -> impl IntoView {
    let lang = use_lang();
    let class = match status {
        HazardStatusKind::Found | HazardStatusKind::Rectified | HazardStatusKind::AcceptedOnce => {
            "badge badge--act"
        }
        HazardStatusKind::Assigned => "badge",
        HazardStatusKind::Closed | HazardStatusKind::Referred | HazardStatusKind::Merged => {
            "badge badge--done"
        }
    };
    let class = if extension_asked { "badge badge--act" } else { class };
    view! { <span class=class>{trade::standing(lang, status, extension_asked, to_refer)}</span> }
}
