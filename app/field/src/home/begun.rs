//! Commands that were written and not given, reports among them.

use crate::{
    components::icon::{Icon, Sign},
    device::use_device,
    hazard::begun_words,
    i18n::use_lang,
    live, quick_report,
};
use client::{action_drafts, changes::Topic};
use domain::device::action_draft::BegunAction;
use leptos::prelude::*;

#[component]
pub fn Begun() -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let read =
        live(
            &[Topic::Records, Topic::Drafts, Topic::Outbox],
            move || async move { action_drafts::all(&phone) },
        );
    let begun = ui::memo(move || read.get());
    let row = move |begun: &BegunAction| {
        let (words, path) = quick_report::begun_words(lang, begun).or_else(|| begun_words(lang, begun))?;
        let of_hazard = begun.draft.about.as_ref().and_then(|about| about.site.as_ref());
        let reported = begun.draft.report.as_ref().and_then(|report| report.site.as_ref());
        let site = of_hazard.or(reported).map(|site| site.name.clone());
        Some(view! {
            <a href=path>
                <span class="mark">
                    <Sign icon=Icon::Note />
                </span>
                <div class="rows__body">
                    <p class="rows__title">{words}</p>
                    <p class="rows__meta">{site}</p>
                </div>
                <span class="chevron">
                    <Sign icon=Icon::Forward />
                </span>
            </a>
        })
    };
    move || {
        let rows: Vec<_> = begun.get().unwrap_or_default().iter().filter_map(row).collect();
        (!rows.is_empty()).then(|| view! { <div class="card rows">{rows}</div> })
    }
}
