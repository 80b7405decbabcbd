//! Level, risk and deadline; then the five points of the plan, or what the finder said before there was one.

use super::file::File;
use crate::{
    components::{badge::StatusBadge, due_sign::DueSign, risk_sign::RiskSign},
    device::use_device,
    i18n::{money, office, parties, public_reports, trade, use_lang},
};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn Facts(file: Arc<File>) -> impl IntoView {
    let lang = use_lang();
    let hazard = &file.hazard;
    let due = hazard.due(use_device().clock.office_now());
    let risk = file.site.as_ref().map(|site| view! { <RiskSign level=site.risk /> });
    let listed =
        hazard.listed.then(|| view! { <span class="badge badge--act">{office::is_listed(lang)}</span> });
    let suspended = hazard
        .suspended
        .then(|| view! { <span class="badge badge--act">{office::is_suspended(lang)}</span> });
    let plan = hazard.plan.as_ref();
    let who = plan.map_or_else(|| trade::responsible(lang, &hazard.found), |plan| plan.responsible.clone());
    let who = [file.department.as_deref().unwrap_or_default(), who.as_str()]
        .into_iter()
        .filter(|part| !part.trim().is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    let who = if who.is_empty() { office::nobody_yet(lang).to_owned() } else { who };
    let rows = [
        (office::responsible(lang), Some(who)),
        (parties::party(lang), hazard.party.as_ref().map(|party| party.name.clone())),
        (office::measures(lang), plan.map(|plan| plan.measures.clone())),
        (office::funds(lang), plan.map(|plan| money::sum(lang, plan.funds))),
        (
            office::deadline(lang),
            Some(hazard.due.map_or_else(|| trade::due_unset(lang).to_owned(), |day| day.to_string())),
        ),
        (office::contingency(lang), plan.map(|plan| plan.contingency.clone())),
        (office::basis(lang), Some(hazard.found.basis.clone())),
        // Who told of it stands nowhere.
        (office::source(lang), hazard.found.from_public.then(|| public_reports::reports(lang).to_owned())),
    ];
    let rows = rows.into_iter().filter_map(|(name, words)| {
        let words = words.filter(|words| !words.trim().is_empty())?;
        Some(view! { <dt>{name}</dt><dd>{words}</dd> })
    });
    view! {
        <div class="card rows">
            <div class="rows__low">
                <div class="rows__body">
                    <p class="rows__meta">
                        <b>{trade::severity(lang, hazard.level())}</b>
                        {risk}
                        <StatusBadge
                            status=hazard.status.kind()
                            extension_asked=hazard.extension.is_some()
                            to_refer=hazard.is_to_be_referred()
                        />
                        {listed}
                        {suspended}
                    </p>
                </div>
                <DueSign due=due deadline=hazard.due />
            </div>
            <div class="rows__low"><dl class="fact-list rows__body">{rows.collect_view()}</dl></div>
        </div>
    }
}
