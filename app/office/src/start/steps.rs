//! The steps in a row, and the two that are done on pages of their own: people and sites.

use crate::{
    i18n::{Lang, office, places as t},
    settings::address::step_address,
};
use domain::place::readiness::{Readiness, Step};
use leptos::prelude::*;

pub fn step_name(lang: Lang, step: Step) -> &'static str {
    match step {
        Step::Office => t::part_office(lang),
        Step::Departments => t::part_departments(lang),
        Step::Places => t::part_places(lang),
        Step::People => t::step_people(lang),
        Step::Sites => t::step_sites(lang),
    }
}

/// What there is of a step, in a word.
fn figure(readiness: &Readiness, step: Step) -> String {
    match step {
        Step::Office => readiness.office.clone(),
        Step::Departments => readiness.departments.to_string(),
        Step::Places => readiness.grids.to_string(),
        Step::People => (readiness.desk + readiness.inspectors).to_string(),
        Step::Sites => readiness.sites.to_string(),
    }
}

pub fn strip(lang: Lang, readiness: &Readiness, here: Step) -> AnyView {
    let steps = Step::ALL.map(|step| {
        let done = readiness.is_done(step);
        let current = step == here;
        view! {
            <li class="steps__step" class:steps__step--done=done class:steps__step--on=current>
                <a class="steps__link" href=step_address(step) aria-current=current.then_some("step")>
                    <span class="steps__name">{step_name(lang, step)}</span>
                    <span class="steps__figure">{figure(readiness, step)}</span>
                </a>
            </li>
        }
    });
    view! {
        <ol class="steps" aria-label=t::steps(lang)>
            {steps.into_iter().collect_view()}
        </ol>
    }
    .into_any()
}

pub fn people(lang: Lang, readiness: &Readiness) -> AnyView {
    view! {
        <div class="page-body">
            <p>{t::people_lead(lang)}</p>
            <p class="u-small">{t::ready_people(lang, readiness.desk, readiness.inspectors)}</p>
            <p class="u-row">
                <a class="button button--small" href="/office/people/new">
                    {office::new_person(lang)}
                </a>
                <a class="button button--quiet button--small" href="/office/people">
                    {office::people(lang)}
                </a>
                <a class="button button--quiet button--small" href="/office/import">
                    {t::import_list(lang)}
                </a>
            </p>
        </div>
    }
    .into_any()
}

pub fn sites(lang: Lang, readiness: &Readiness) -> AnyView {
    view! {
        <div class="page-body">
            <p>{t::sites_lead(lang)}</p>
            <p class="u-small">{t::ready_sites(lang, readiness.sites)}</p>
            <p class="u-row">
                <a class="button button--small" href="/office/sites/new">
                    {office::new_site(lang)}
                </a>
                <a class="button button--quiet button--small" href="/office/import">
                    {t::import_list(lang)}
                </a>
            </p>
        </div>
    }
    .into_any()
}
