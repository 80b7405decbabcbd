//! The five points of the plan, or what the finder said before there was one.

use crate::{
    forms::address::form_address,
    i18n::{money, notices, office, parties, public_reports, quick_report, trade},
    parties::address::party_address,
    public_reports::address::reports_of_hazard,
    server_fns::hazards::AskedWords,
};
use chrono::{DateTime, Utc};
use domain::{due::Due, file::HazardFile, text::Lang};
use leptos::prelude::*;

pub fn facts(lang: Lang, file: &HazardFile, asked: Option<&AskedWords>, now: DateTime<Utc>) -> AnyView {
    let hazard = &file.hazard;
    let due = hazard.due.map(|day| match hazard.due(now) {
        Due::Unset => day.to_string(),
        due => format!("{day}，{}", trade::due(lang, due)),
    });
    let due = due.unwrap_or_else(|| trade::due_unset(lang).to_owned());
    let plan = hazard.plan.as_ref();
    let who = plan.map_or_else(|| trade::responsible(lang, &hazard.found), |plan| plan.responsible.clone());
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
    let source = match hazard.found.visit {
        Some(id) => view! {
            <a class="link" href=format!("/office/visits/{id}")>
                {office::visit_record(lang)}
            </a>
        }
        .into_any(),
        None if hazard.found.from_public => view! {
            <a class="link" href=reports_of_hazard(hazard.id)>
                {public_reports::reports(lang)}
            </a>
        }
        .into_any(),
        None => quick_report::title(lang).into_any(),
    };
    let asked = asked.map(|asked| {
        view! {
            <dt>{office::question(lang)}</dt>
            <dd>
                {asked.question.clone()} <br /> <a class="link" href=form_address(&asked.form)>
                    {asked.title.clone()}
                </a>
            </dd>
        }
    });
    let told = file.told.iter().map(|notice| view! { <p>{notices::party_notice(lang, notice)}</p> });
    let told = (!file.told.is_empty()).then(|| {
        view! {
            <dt>{notices::party_told(lang)}</dt>
            <dd>{told.collect_view()}</dd>
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
            {asked}
            {basis}
            <dt>{office::source(lang)}</dt>
            <dd>{source}</dd>
            {told}
        </dl>
    }
    .into_any()
}
