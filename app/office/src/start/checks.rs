//! 启用之前: what is there and what is missing, in words.

use crate::{
    components::icon::{Icon, Sign},
    i18n::{Lang, office, places as t},
    settings::address::step_address,
};
use domain::place::readiness::{Readiness, Step};
use leptos::prelude::*;

pub fn checks(lang: Lang, readiness: &Readiness) -> AnyView {
    let lines = Step::ALL.map(|step| line(lang, readiness, step));
    let ready = readiness.is_complete().then(|| {
        view! {
            <section class="notice notice--good">
                <p>
                    <b>{t::is_ready(lang)}</b>
                </p>
                <p>{t::is_ready_words(lang)}</p>
            </section>
        }
    });
    view! {
        <h2>{t::before_use(lang)}</h2>
        <ul class="checks">{lines.into_iter().collect_view()}</ul>
        {ready}
        <section class="side-panel__block u-push">
            <h3>{t::who_sees(lang)}</h3>
            <p class="u-small">{t::who_sees_words(lang)}</p>
        </section>
    }
    .into_any()
}

fn line(lang: Lang, readiness: &Readiness, step: Step) -> AnyView {
    let done = readiness.is_done(step);
    let (words, more) =
        if done { there(lang, readiness, step) } else { (missing(lang, step).to_owned(), None) };
    let mark = if done {
        view! { <Sign icon=Icon::Tick /> }.into_any()
    } else {
        view! { <span class="checks__dot"></span> }.into_any()
    };
    view! {
        <li class="checks__line" class:checks__line--missing=!done>
            {mark}
            <a class="checks__link" href=step_address(step)>
                {words}
                {more.map(|more| view! { <span class="checks__more">{more}</span> })}
            </a>
        </li>
    }
    .into_any()
}

/// What there is, and what of it is to be looked at.
fn there(lang: Lang, readiness: &Readiness, step: Step) -> (String, Option<String>) {
    match step {
        Step::Office => (t::ready_office(lang, readiness.office.clone()), None),
        Step::Departments => {
            let lacking = named(lang, &readiness.without_officer);
            let more = lacking.map(|names| t::ready_without_officer(lang, names));
            let all = || t::ready_all_officers(lang).to_owned();
            (t::ready_departments(lang, readiness.departments), Some(more.unwrap_or_else(all)))
        }
        Step::Places => {
            let twins = named(lang, &readiness.twins).map(|names| t::ready_twins(lang, names));
            let empty = named(lang, &readiness.without_grid).map(|names| t::ready_without_grid(lang, names));
            (t::ready_places(lang, readiness.communities, readiness.grids), twins.or(empty))
        }
        Step::People => (t::ready_people(lang, readiness.desk, readiness.inspectors), None),
        Step::Sites => (t::ready_sites(lang, readiness.sites), None),
    }
}

fn missing(lang: Lang, step: Step) -> &'static str {
    match step {
        Step::Office => t::ready_office_missing(lang),
        Step::Departments => t::ready_departments_missing(lang),
        Step::Places => t::ready_places_missing(lang),
        Step::People => t::ready_people_missing(lang),
        Step::Sites => t::ready_sites_missing(lang),
    }
}

fn named(lang: Lang, names: &[String]) -> Option<String> {
    (!names.is_empty()).then(|| names.join(office::between_choices(lang)))
}
