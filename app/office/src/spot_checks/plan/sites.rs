//! The sites of a plan, for whoever may know them: who goes there, why, and what became of it.

use crate::{
    components::risk_sign::RiskName,
    i18n::{office, spot_checks as t},
    server_fns::{AsOf, frame::Frame},
    sites::address::site_address,
    spot_checks::choose::{kinds_of, reasons},
    visits::address::visit_address,
};
use chrono::{DateTime, Utc};
use domain::{
    spot_check::{
        OpenedBy, SpotCheckState,
        file::{PlanFile, PlanInside, PlanSite},
        plan::{PlanStep, PlannedPerson, SiteChoice},
    },
    text::Lang,
    time,
};
use leptos::prelude::*;

pub(super) fn sites(lang: Lang, frame: &Frame, file: &AsOf<PlanFile>) -> AnyView {
    let plan = &file.value;
    let Some(inside) = &plan.inside else {
        return view! { <p class="page-body">{t::hidden(lang)}</p> }.into_any();
    };
    if inside.sites.is_empty() {
        // A list that is sealed has no sites of the plan yet, and needs no words for it.
        let nothing = (plan.step == PlanStep::Drafted).then(|| t::nothing_chosen(lang));
        return view! { <p class="page-body">{nothing}</p> }.into_any();
    }
    let is_drawn = matches!(inside.choice, Some(SiteChoice::ByDraw));
    // Whether there is anything to be told of checks, and as of when.
    let sent = plan.sent_at.map(|_| file.at);
    let rows = inside
        .sites
        .iter()
        .enumerate()
        .map(|(position, site)| row(lang, frame, inside, (position + 1, site), is_drawn, sent));
    let rows = rows.collect_view();
    let why = if is_drawn { t::weight(lang) } else { t::why_site(lang) };
    view! {
        <section aria-label=t::sites_of_plan(lang) class="table-scroll">
            <table class="data-table data-table--stacked">
                <thead>
                    <tr>
                        <th scope="col">{t::order(lang)}</th>
                        <th scope="col">{t::site(lang)}</th>
                        <th scope="col">{t::site_kind(lang)}</th>
                        <th scope="col" class=is_drawn.then_some("cell--right")>
                            {why}
                        </th>
                        <th scope="col">{t::team(lang)}</th>
                        <th scope="col" class="cell--right">
                            {t::last_visit(lang)}
                        </th>
                        {sent.map(|_| view! { <th scope="col">{t::state(lang)}</th> })}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

fn row(
    lang: Lang,
    frame: &Frame,
    inside: &PlanInside,
    (position, site): (usize, &PlanSite),
    is_drawn: bool,
    sent: Option<DateTime<Utc>>,
) -> impl IntoView + use<> {
    let planned = &site.planned;
    let (name, risk, href) = (planned.name.clone(), site.risk, site_address(planned.site));
    let why = match planned.weight {
        Some(weight) => weight.to_string(),
        None if planned.reasons.is_empty() => t::chosen_by_hand(lang).to_owned(),
        None => reasons(lang, frame, &planned.reasons),
    };
    let last = match site.last_visit {
        None => view! { <b>{t::never(lang)}</b> }.into_any(),
        Some(at) => time::office_day(at).to_string().into_any(),
    };
    let (why_label, why_class) =
        if is_drawn { (t::weight(lang), "cell--right") } else { (t::why_site(lang), "cell--wrap") };
    view! {
        <tr>
            <td data-label=t::order(lang)>{position.to_string()}</td>
            <td data-label=t::site(lang)>
                <a class="cell__link" href=href>
                    <RiskName level=risk name />
                </a>
            </td>
            <td data-label=t::site_kind(lang)>{kinds_of(lang, frame, &site.kinds)}</td>
            <td class=why_class data-label=why_label>
                {why}
            </td>
            <td class="cell--wrap" data-label=t::team(lang)>
                {names(lang, &planned.team)}
                {why_these(lang, inside, site, is_drawn)}
            </td>
            <td class="cell--right" data-label=t::last_visit(lang)>
                {last}
            </td>
            {sent
                .map(|now| {
                    view! {
                        <td class="cell--wrap" data-label=t::state(lang)>
                            {state(lang, site, now)}
                            {rescheduled(lang, site)}
                            {opened(lang, site)}
                        </td>
                    }
                })}
        </tr>
    }
}

pub(super) fn names(lang: Lang, people: &[PlannedPerson]) -> String {
    let names: Vec<_> = people.iter().map(|person| person.name.as_str()).collect();
    names.join(office::between_choices(lang))
}

/// Whoever came in another's place is told with the reason.
fn why_these(lang: Lang, inside: &PlanInside, site: &PlanSite, is_drawn: bool) -> AnyView {
    let exchanged = inside.exchanges.iter().filter(|one| one.site == site.planned.site).map(|one| {
        view! {
            <p>
                <b>{t::instead_of(lang, &one.out.name)}</b>
                " "
                {one.reason.clone()}
            </p>
        }
    });
    let exchanged: Vec<_> = exchanged.collect();
    if exchanged.is_empty() {
        let words = if is_drawn { t::by_chance(lang) } else { t::by_workload(lang) };
        return view! { <p class="u-small">{words}</p> }.into_any();
    }
    exchanged.into_any()
}

fn state(lang: Lang, site: &PlanSite, now: DateTime<Utc>) -> AnyView {
    let Some(check) = &site.check else { return ().into_any() };
    let number = check.number.clone();
    match &check.state {
        SpotCheckState::Done { visit, .. } => {
            let href = visit_address(*visit);
            view! {
                <a class="cell__link" href=href>
                    {t::done(lang)}
                </a>
                " "
                <span class="cell__code">{number}</span>
            }
            .into_any()
        }
        SpotCheckState::Withdrawn { reason, .. } => {
            let reason = reason.clone();
            view! { <span class="badge">{t::withdrawn(lang)}</span> " " <span class="u-small">{reason}</span> }
                .into_any()
        }
        SpotCheckState::Sent if check.is_missed(now) => {
            let why = match &site.explained {
                Some(told) => t::explained(lang, &told.words, &told.by),
                None => t::not_explained(lang).to_owned(),
            };
            view! {
                <span class="badge badge--act">{t::missed(lang)}</span>
                " "
                <span class="cell__code">{number}</span>
                <p class="u-small">{why}</p>
            }
            .into_any()
        }
        SpotCheckState::Sent => view! { <span class="cell__code">{number}</span> }.into_any(),
    }
}

/// When it is made up for, and why.
fn rescheduled(lang: Lang, site: &PlanSite) -> Option<impl IntoView + use<>> {
    let later = site.rescheduled.as_ref()?;
    let words = t::rescheduled(lang, time::long(later.opens_at), &later.reason);
    Some(view! { <p class="u-small">{words}</p> })
}

/// Who opened their order of it, when and how.
fn opened(lang: Lang, site: &PlanSite) -> impl IntoView + use<> {
    let opened = site.opened.iter().map(|order| {
        let at = time::short(order.at);
        let words = match order.by {
            OpenedBy::Key => t::opened_by_key(lang, &order.person, at),
            OpenedBy::Words => t::opened_by_words(lang, &order.person, at),
        };
        view! { <p class="u-small">{words}</p> }
    });
    opened.collect_view()
}
