//! Photo checks for the person who accepts: asked of the server when there is signal, and not stored.

use super::{
    commands::{PhoneCommand, Steps},
    file::File,
};
use crate::{
    components::photo_findings::{Checked, photo_findings, photo_name},
    device::use_device,
    i18n::{Lang, device as d, photos as t, use_lang},
};
use client::http;
use domain::{
    device::failure::Failure,
    integrity::{PhotoChecks, RecordRef},
};
use leptos::{prelude::*, task::spawn_local};
use std::sync::Arc;

#[component]
pub fn Check(file: Arc<File>, steps: Steps) -> impl IntoView {
    let lang = use_lang();
    let accepts = steps.primary == Some(PhoneCommand::Accept);
    if !accepts || file.hazard.photos().is_empty() {
        return ().into_any();
    }
    let id = file.hazard.id;
    let phone = use_device();
    let line = phone.line();
    let online = ui::memo(move || line.with(|line| line.online));
    let answer = RwSignal::new(None::<Result<PhotoChecks, Failure>>);
    // Asked again when signal is back. What was told stays when it goes: a warning must not vanish in a stairwell.
    ui::effect(move || {
        if !online.get() {
            return;
        }
        spawn_local(async move {
            let asked = http::photo_checks(&phone, id).await;
            let told = answer.try_with_untracked(|answer| matches!(answer, Some(Ok(_))));
            if asked.is_ok() || told == Some(false) {
                answer.try_set(Some(asked));
            }
        });
    });
    let words = move || match answer.get() {
        Some(Ok(checks)) => told(lang, &file, &checks),
        Some(Err(Failure::SignIn)) => hint(d::sign_in_needed(lang)),
        Some(Err(Failure::Server { .. } | Failure::Refused { .. })) => hint(d::server_failed(lang)),
        None if online.get() => ().into_any(),
        None | Some(Err(_)) => hint(t::check_needs_signal(lang)),
    };
    view! { <div role="status">{words}</div> }.into_any()
}

fn hint(words: &'static str) -> AnyView {
    view! { <p class="u-small">{words}</p> }.into_any()
}

fn told(lang: Lang, file: &File, checks: &PhotoChecks) -> AnyView {
    let hazard = &file.hazard;
    let named = checks.photos.iter().enumerate().map(|(position, check)| Checked {
        name: photo_name(lang, &hazard.found.photos, &hazard.after, &check.hash, position),
        findings: &check.findings,
        comparison: check.comparison,
    });
    let found = photo_findings(lang, address, &checks.thresholds, named);
    found.unwrap_or_else(|| hint(t::check_found_nothing(lang)))
}

/// Visits have no page on the phone.
fn address(by: RecordRef) -> Option<String> {
    match by {
        RecordRef::Hazard(id) => Some(format!("/field/hazards/{id}")),
        RecordRef::Site(id) => Some(format!("/field/sites/{id}")),
        RecordRef::Visit(_) => None,
    }
}
