//! The five points of the plan, or what the finder said before there was one.

use crate::{
    i18n::{money, office, parties, trade},
    parties::address::party_address,
};
use chrono::{DateTime, Utc};
use domain::{due::Due, file::HazardFile, text::Lang};
use leptos::prelude::*;

pub fn facts(lang: Lang, file: &HazardFile, now: DateTime<Utc>) -> AnyView {
    let hazard = &file.hazard;
    let due = hazard.due.map(|day| match hazard.due(now) {
        Due::Unset => day.to_string(),
        due => format!("{day}，{}", trade::due(lang, due)),
    });
    let due = due.unwrap_or_else(|| trade::due_unset(lang).to_owned());
    let plan = hazard.plan.as_ref();
    let who = plan.map_or(&hazard.found.responsible, |plan| &plan.responsible);
    let who = [file.department_name.as_deref().unwrap_or_default(), who.as_str()]
        .into_iter()
        .filter(|part| !part.trim().is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    let of_plan = plan.map(|plan| {
        view! {
            <dt>{office::measures(lang)}</dt>
            <dd>{plan.measures.clone()}</dd>
            <dt>{office::funds(lang)}</dt>
            <dd>{money::sum(lang, plan.funds)}</dd>
        }
    });
    let contingency = plan.map(|plan| {
        view! {
            <dt>{office::contingency(lang)}</dt>
            <dd>{plan.contingency.clone()}</dd>
        }
    });
    let party = hazard.party.as_ref().map(|party| {
        view! {
            <dt>{parties::party(lang)}</dt>
            <dd>
                <a class="link" href=party_address(party.id)>
                    {party.name.clone()}
                </a>
            </dd>
        }
    });
    let basis = (!hazard.found.basis.is_empty()).then(|| {
        view! {
            <dt>{office::basis(lang)}</dt>
            <dd>{hazard.found.basis.clone()}</dd>
        }
    });
    let visit = hazard.found.visit.map(|id| {
        view! {
            <dt>{office::source(lang)}</dt>
            <dd>
                <a class="link" href=format!("/office/visits/{id}")>
                    {office::visit_record(lang)}
                </a>
            </dd>
        }
    });
    view! {
        <dl class="fact-list">
            {party}
            <dt>{office::responsible(lang)}</dt>
            <dd>{if who.is_empty() { office::nobody_yet(lang).to_owned() } else { who }}</dd>
            {of_plan}
            <dt>{office::deadline(lang)}</dt>
            <dd>{due}</dd>
            {contingency}
            {basis}
            {visit}
        </dl>
    }
    .into_any()
}
