//! 到场先做: the certificates are shown, the notice is served, the entry is registered.

use crate::{
    i18n::{Lang, inspection as t, use_lang},
    scan::{Scan, ScanFor},
    visit::VisitSession,
};
use chrono::Datelike as _;
use domain::{
    inspection::{Inspected, InspectionOfficer, InspectionSteps},
    limits::CODE,
    time::office_day,
};
use leptos::prelude::*;

/// How many there are to do.
const STEPS: usize = 3;

#[component]
pub fn Steps(work: VisitSession) -> impl IntoView {
    let lang = use_lang();
    let known = work.inspection_directory();
    let year = work.draft_now(|draft| office_day(draft.started_at).year());
    let counted = known.counted(work.site(Inspected::at), year);
    let which = t::which_of_year(lang, counted + 1, known.rules.cap());
    let who = move || work.inspection(|one| InspectionOfficer::words(&one.officers));
    let papers = move || {
        work.inspection(|one| {
            let papers = [one.notice.as_str(), one.approval.as_str()];
            papers.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" · ")
        })
    };
    view! {
        <div class="section-head">
            <h2>{t::at_the_door(lang)}</h2>
            <span>{t::things(lang, STEPS)}</span>
        </div>
        <div class="check-list">
            {step(work, t::show_certificates(lang), who, |done| &mut done.shown)}
            {step(work, t::serve_notice(lang), papers, |done| &mut done.served)}
            {step(work, t::register_entry(lang), move || which.clone(), |done| &mut done.registered)}
        </div>
        {entry_code(work, lang)}
    }
}

/// What the enterprise's code says of the entry: scanned, or typed as another program of the phone shows it.
fn entry_code(work: VisitSession, lang: Lang) -> impl IntoView {
    let write = move |words: String| work.change_inspection(|one| one.entry_code = words);
    let reads = ScanFor::Words { most: CODE, write: Callback::new(write) };
    view! {
        <div class="field">
            <label for="entry-code" id="entry-code-label">{t::entry_code(lang)}</label>
            <div class="measure">
                <div class="measure__box">
                    <input
                        class="measure__input"
                        id="entry-code"
                        autocomplete="off"
                        maxlength=CODE.to_string()
                        prop:value=move || work.inspection(|one| one.entry_code.clone())
                        on:input=move |event| write(event_target_value(&event))
                    />
                </div>
                <Scan reads about="entry-code-label" />
            </div>
        </div>
    }
}

/// One to tick, with what it is about below.
pub fn step(
    work: VisitSession,
    title: &'static str,
    about: impl Fn() -> String + Send + 'static,
    of: fn(&mut InspectionSteps) -> &mut bool,
) -> impl IntoView {
    let is_done = move || {
        let mut done = work.inspection(|one| one.done);
        *of(&mut done)
    };
    let tick = move |_| {
        work.change_inspection(|one| {
            let done = of(&mut one.done);
            *done = !*done;
        });
    };
    view! {
        <label class="check">
            <input class="check__input" type="checkbox" prop:checked=is_done on:change=tick />
            <span class="check__label">
                <span class="rows__title">{title}</span>
                <span class="rows__meta">{about}</span>
            </span>
        </label>
    }
}
