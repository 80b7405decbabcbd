//! The next step at the foot of a hazard: the one that is waited for in full, the others folded behind their names.

use super::{
    forms::Case,
    steps::{Judging, Steps},
};
use crate::{
    backend::HazardFile,
    i18n::{office, trade},
    office::desk::use_desk,
    plain_form::typed,
    server_fns::{
        frame::Frame,
        hazards::{deed_form::DeedForm, plan_words::base_of_hazard},
    },
};
use chrono::{DateTime, Utc};
use domain::{text::Lang, time::office_day};
use leptos::prelude::*;
use std::sync::Arc;

pub fn next_step(lang: Lang, frame: Arc<Frame>, file: &HazardFile, now: DateTime<Utc>) -> AnyView {
    let hazard = &file.hazard;
    let steps = Steps::of(hazard, &frame.me, now);
    let typed = typed::<DeedForm>().filter(|typed| typed.hazard == hazard.id.to_string());
    let case = Case {
        lang,
        hazard: hazard.id,
        today: office_day(now),
        desk: use_desk(),
        base: StoredValue::new(base_of_hazard(hazard)),
        typed: StoredValue::new(typed),
    };
    let folded = |does: &str, title, form| folded(title, case.is_typed(does), form);
    let accept =
        if hazard.needs_second_acceptance() { office::accept_first(lang) } else { office::accept(lang) };

    let assign = steps.assign.then(|| section(office::assign_title(lang), case.assign(&frame, hazard)));
    let extension = hazard.extension.as_ref().filter(|_| steps.answer_extension).map(|asked| {
        view! {
            <h3>{office::answer_extension(lang)}</h3>
            <p class="u-small">{office::extension_reason(lang, asked.reason.clone())}</p>
            {case.grant(asked.until)}
            {folded("extension_refused", office::refuse(lang), case.refuse())}
        }
    });
    let judge = match &steps.judge {
        Judging::Open => view! {
            {case.accept(accept)}
            {folded("returned", office::send_back(lang), case.send_back())}
        }
        .into_any(),
        Judging::Barred(misfit) => view! { <p class="notice">{trade::misfit(lang, misfit)}</p> }.into_any(),
        Judging::No => ().into_any(),
    };
    let reopen = steps.reopen.then(|| folded("reopened", office::reopen(lang), case.reopen()));
    let is_typed =
        ["assigned", "listed", "suspended", "referred", "merged"].iter().any(|does| case.is_typed(does));
    let more = steps.has_more().then(|| {
        view! {
            <details open=is_typed>
                <summary class="link">{office::more_steps(lang)}</summary>
                {steps.reassign.then(|| folded("assigned", office::reassign(lang), case.assign(&frame, hazard)))}
                {steps.list.then(|| folded("listed", office::list(lang), case.list()))}
                {steps.suspend.then(|| folded("suspended", office::suspend(lang), case.suspend()))}
                {steps.refer.then(|| folded("referred", office::refer(lang), case.refer()))}
                {steps.merge.then(|| folded("merged", office::merge(lang), case.merge()))}
            </details>
        }
    });
    view! {
        <section class="u-stack u-push" aria-label=office::next_step(lang)>
            {assign}
            {extension}
            {judge}
            {reopen}
            {more}
        </section>
    }
    .into_any()
}

fn section(title: &'static str, form: AnyView) -> AnyView {
    view! {
        <h3>{title}</h3>
        {form}
    }
    .into_any()
}

/// A form behind its name; it opens without the program too, and stands open where it was refused.
fn folded(title: &'static str, open: bool, form: AnyView) -> AnyView {
    view! {
        <details open=open>
            <summary class="button button--quiet">{title}</summary>
            {form}
        </details>
    }
    .into_any()
}
