//! What is known of a site, piece by piece: facts, people, open hazards, history.

use super::known::Known;
use crate::{
    components::{
        due_sign::DueSign,
        icon::{Icon, Sign},
        risk_sign::RiskSign,
    },
    device::use_device,
    i18n::{field as t, inspection, parties, trade, use_lang},
};
use domain::{
    hazard::Hazard,
    site::{Contact, Site},
    time,
    visit::VisitSummary,
};
use leptos::prelude::*;

/// Visits shown at first and with each "show earlier".
pub const PAGE: usize = 10;

#[component]
pub fn Facts(known: Known) -> impl IntoView {
    let lang = use_lang();
    let Known { due_site, place, department, inspections, metres, .. } = known;
    let inspections = inspections.map(|count| inspection::count_words(lang, count)).unwrap_or_default();
    let site = due_site.site;
    let last =
        site.last_visit.map_or_else(|| t::never(lang).to_owned(), |at| time::office_day(at).to_string());
    let fact = |name: &'static str, words: String| {
        (!words.is_empty()).then(|| {
            view! {
                <dt>{name}</dt>
                <dd>{words}</dd>
            }
        })
    };
    view! {
        <div class="card rows">
            <div class="rows__low">
                <div class="rows__body rows__meta">
                    <RiskSign level=site.risk />
                    {metres.map(|metres| view! { <span>{t::distance(metres)}</span> })}
                </div>
                {due_site.due.is_due().then(|| view! { <DueSign due=due_site.due deadline=Some(due_site.by) /> })}
            </div>
            <div>
                <dl class="fact-list rows__body">
                    {fact(t::address(lang), site.address)} {fact(t::where_it_is(lang), place)}
                    {fact(parties::party(lang), site.party.map(|party| party.name).unwrap_or_default())}
                    {fact(t::code(lang), site.code)} {fact(t::department(lang), department.unwrap_or_default())}
                    {fact(t::leader(lang), site.leader)} {fact(t::last_visit(lang), last)}
                    {fact(t::next_visit(lang), due_site.by.to_string())}
                    {fact(inspection::inspections_of_year(lang), inspections)}
                </dl>
            </div>
        </div>
    }
}

#[component]
pub fn People(site: Site) -> impl IntoView {
    let lang = use_lang();
    let people = site.people();
    if people.is_empty() {
        return ().into_any();
    }
    view! {
        <div class="section-head">
            <h2>{t::people(lang)}</h2>
        </div>
        <div class="card rows">
            {people.into_iter().map(|contact| view! { <Person contact /> }).collect_view()}
        </div>
    }
    .into_any()
}

/// Tapping calls, where a number is known.
#[component]
fn Person(contact: Contact) -> impl IntoView {
    let lang = use_lang();
    let Contact { name, duty, phone } = contact;
    let label = t::call(lang, name.clone());
    let who = view! {
        <div class="rows__body">
            <p class="rows__title">{name}</p>
            <p class="rows__meta">
                <span>{duty}</span>
                <span>{phone.clone()}</span>
            </p>
        </div>
    };
    let dialled: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    if dialled.is_empty() {
        return view! { <div>{who}</div> }.into_any();
    }
    view! {
        <a href=format!("tel:{dialled}")>
            {who} <span class="u-visually-hidden">{label}</span> <span class="chevron">
                <Sign icon=Icon::Phone />
            </span>
        </a>
    }
    .into_any()
}

#[component]
pub fn OpenHazards(hazards: Vec<Hazard>) -> impl IntoView {
    let lang = use_lang();
    let now = use_device().clock.office_now();
    let count = hazards.len();
    let row = |hazard: Hazard| {
        view! {
            <a href=format!("/field/hazards/{}", hazard.id)>
                <div class="rows__body">
                    <p class="rows__title">{hazard.title().to_owned()}</p>
                    <p class="rows__meta">
                        <span>
                            {trade::severity(lang, hazard.level())} " · " {trade::progress(lang, &hazard)}
                        </span>
                    </p>
                </div>
                <DueSign due=hazard.due(now) deadline=hazard.due />
            </a>
        }
    };
    view! {
        <div class="section-head">
            <h2>{t::open_hazards(lang)}</h2>
            {(count > 0).then(|| view! { <span>{t::pieces(lang, count)}</span> })}
        </div>
        {if count == 0 {
            view! { <p class="u-small">{t::no_open_hazards(lang)}</p> }.into_any()
        } else {
            view! { <div class="card rows">{hazards.into_iter().map(row).collect_view()}</div> }.into_any()
        }}
    }
}

/// What ended here lately, or was fetched; the newest first.
#[component]
pub fn ClosedHazards(hazards: Vec<Hazard>) -> impl IntoView {
    let lang = use_lang();
    let count = hazards.len();
    if count == 0 {
        return ().into_any();
    }
    let row = |hazard: Hazard| {
        view! {
            <a href=format!("/field/hazards/{}", hazard.id)>
                <div class="rows__body">
                    <p class="rows__title">{hazard.title().to_owned()}</p>
                    <p class="rows__meta">
                        <span>
                            {trade::severity(lang, hazard.level())} " · " {trade::progress(lang, &hazard)}
                        </span>
                        <span class="u-code">{hazard.number.clone().unwrap_or_default()}</span>
                    </p>
                </div>
            </a>
        }
    };
    view! {
        <div class="section-head">
            <h2>{t::closed_hazards(lang)}</h2>
            <span>{t::pieces(lang, count)}</span>
        </div>
        <div class="card rows">{hazards.into_iter().map(row).collect_view()}</div>
    }
    .into_any()
}

#[component]
pub fn History(
    history: Vec<VisitSummary>,
    /// How many of them; the screen's, because this is drawn anew whenever something comes.
    shown: RwSignal<usize>,
) -> impl IntoView {
    let lang = use_lang();
    let count = history.len();
    let row = move |summary: VisitSummary| {
        let tally = summary.tally;
        // What was met with says more than why somebody came.
        let done = summary.outcome.is_done();
        let what = if done { summary.nature.name() } else { summary.outcome.name() };
        view! {
            <div>
                <div class="rows__body">
                    <p class="rows__title">
                        {what.get(lang).to_owned()} " · " {summary.inspector_name}
                    </p>
                    <p class="rows__meta">
                        <span>{time::long(summary.submitted_at)}</span>
                        {done.then(|| view! { <span>{t::failed_of(lang, tally.failed, tally.answered())}</span> })}
                        <span class="u-code">{summary.number}</span>
                    </p>
                </div>
            </div>
        }
    };
    view! {
        <div class="section-head">
            <h2>{t::history(lang)}</h2>
            {(count > 0).then(|| view! { <span>{t::times(lang, count)}</span> })}
        </div>
        {if count == 0 {
            view! { <p class="u-small">{t::no_history(lang)}</p> }.into_any()
        } else {
            view! {
                <div class="card rows">
                    {move || history.iter().take(shown.get()).cloned().map(row).collect_view()}
                </div>
            }
                .into_any()
        }}
        <Show when=move || { count > shown.get() }>
            <button class="button button--quiet" on:click=move |_| shown.update(|shown| *shown += PAGE)>
                {move || t::older(lang, count.saturating_sub(shown.get()).min(PAGE))}
            </button>
        </Show>
    }
}
