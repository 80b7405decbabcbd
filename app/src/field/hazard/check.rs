//! What speaks against the photos, for whoever may accept: asked of the server when there is signal, and kept nowhere.

use super::{
    file::File,
    steps::{Steps, Way},
};
use crate::{
    components::photo_findings::{photo_findings, photo_name},
    device::{DeviceError, engine, http},
    field::live,
    i18n::{photos as t, use_lang},
};
use domain::integrity::{PhotoChecks, ShownBy};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn Check(file: Arc<File>, steps: Steps) -> impl IntoView {
    let lang = use_lang();
    let accepts = steps.primary == Some(Way::Accept);
    if !accepts || file.hazard.photos().is_empty() {
        return ().into_any();
    }
    let id = file.hazard.id;
    // Asked again when signal is back.
    let line = engine::line();
    let online = Memo::new(move |_| line.with(|line| line.online));
    let asked = live(&[], move || {
        online.track();
        http::photo_checks(id)
    });
    let words = move || match asked.get() {
        None => None,
        Some(Ok(checks)) => Some(told(lang, &file, &checks)),
        Some(Err(failure)) => {
            let words = match DeviceError::from(failure) {
                DeviceError::Offline => t::check_needs_signal(lang),
                error => error.words(lang),
            };
            Some(view! { <p class="hint">{words}</p> }.into_any())
        }
    };
    view! { <div role="status">{words}</div> }.into_any()
}

fn told(lang: crate::i18n::Lang, file: &File, checks: &PhotoChecks) -> AnyView {
    let named = checks.photos.iter().enumerate().map(|(position, check)| {
        (photo_name(lang, &file.hazard, &check.hash, position), check.findings.as_slice())
    });
    let found = photo_findings(lang, address, &checks.thresholds, named);
    let missing = checks.photos.iter().filter(|check| !check.received).count();
    let missing = (missing > 0).then(|| view! { <p class="hint">{t::check_waits(lang, missing)}</p> });
    let nothing = found.is_none() && missing.is_none();
    view! {
        {found}
        {missing}
        {nothing.then(|| view! { <p class="hint">{t::check_found_nothing(lang)}</p> })}
    }
    .into_any()
}

/// Inspections have no page on the phone.
fn address(by: ShownBy) -> Option<String> {
    match by {
        ShownBy::Hazard(id) => Some(format!("/field/hazards/{id}")),
        ShownBy::Inspection(_) => None,
    }
}
