//! 定范围: which sites a plan is about, and who can be sent. A rule lists sites; the maker ticks those that are to be checked, or has
//! them drawn.

mod commitment;
mod draw_fields;

use super::address::{CHECKS, choose_address, plan_address};
use crate::{
    asking::{Asked, ask},
    await_resource::await_resource,
    components::{
        choices::Choice,
        fault::{ErrorLine, PageErrorNotice},
        field::{Field, Fields, focus_the_refused},
        options::Options,
        risk_sign::RiskName,
    },
    desk::use_desk,
    error::AppError,
    head::PageHeader,
    i18n::{office, spot_checks as t, use_lang},
    plain_form,
    sending::{Sending, SentForm},
    server_fns::{
        AsOf,
        frame::Frame,
        spot_checks::{
            ChangePlan, PlanChoosing, ProposeSites, plan_change::PlanChange, rule_words::RuleWords,
        },
    },
};
use commitment::CommitmentMaker;
use domain::{
    id::{SiteKind, SpotCheckPlanId},
    limits::SPOT_CHECK_SITES,
    risk::RiskLevel,
    spot_check::{
        RuleReason,
        file::{PlanCandidate, ProposedSite, ProposedSites},
    },
    text::Lang,
    time,
};
use draw_fields::draw_fields;
use leptos::prelude::*;
use leptos_router::{
    components::Form,
    hooks::{use_params_map, use_query_map},
    params::ParamsMap,
};

/// The rule that an address asks by, and words of names.
fn asked_for(query: &ParamsMap) -> (RuleWords, String) {
    let word = |key: &str| query.get(key).unwrap_or_default();
    let rule = RuleWords {
        site_kind: word("site_kind"),
        risk: word("risk"),
        unvisited: word("unvisited"),
        open: word("open"),
        hazards: word("hazards"),
        reports: word("reports"),
        within: word("within"),
    };
    (rule, word("q"))
}

#[component]
pub fn ChooseSitesPage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let params = use_params_map();
    let query = use_query_map();
    let id = Memo::new(move |_| {
        params.with(|params| params.get_str("id").and_then(|id| id.parse::<SpotCheckPlanId>().ok()))
    });
    let sought = Memo::new(move |_| query.with(asked_for));
    let asked = Asked::new(move || {
        let (rule, words) = sought.get();
        ask(ProposeSites { id: id.get(), rule, words }).in_round(desk.changes.get())
    });
    let change = Sending::to::<ChangePlan>();
    let fault = change.fault();
    focus_the_refused(fault);
    let typed = plain_form::typed::<PlanChange>();
    await_resource(asked, move |frame, answer: AsOf<PlanChoosing>| {
        let PlanChoosing { plan, choices, proposed } = answer.value;
        if !plan.may_plan {
            return view! { <div class="page-body"><PageErrorNotice fault=AppError::NotAllowed /></div> }
                .into_any();
        }
        let (rule, words) = sought.get_untracked();
        let typed = typed.clone().filter(|typed| typed.id == plan.id.to_string()).unwrap_or_default();
        let shown = Fields { lang, form: "choose", group: "form", fault };
        let pending = change.pending();
        let busy = move || pending.get().then_some("true");
        // Made before what holds them: each of these views is one closure's own.
        let narrowing = rule_fields(lang, &frame, &rule, &words);
        let id = shown.hidden("id", plan.id.to_string());
        let by_rule = rule.pairs().map(|(key, word)| shown.hidden_part("rule", key, word));
        let by_rule = by_rule.into_iter().collect_view();
        let found = sites(lang, &frame, shown, &proposed, &typed);
        let inspects = plan.outline.nature.is_administrative();
        let people = people(lang, shown, (&choices.people, inspects), &typed);
        let draw = draw_fields(lang, shown, &typed, answer.at);
        let (title, back, here) =
            (plan.outline.title.clone(), plan_address(plan.id), choose_address(plan.id));
        view! {
            <PageHeader title finds_in=CHECKS>
                <a class="chip" href=back>
                    {office::leave_unchanged(lang)}
                </a>
            </PageHeader>
            <Form method="GET" action=here attr:class="filters" noscroll=true>
                {narrowing}
            </Form>
            <div class="page-body">
                <SentForm to=change attr:class="form form--wide">
                    <ErrorLine fault />
                    {id}
                    {by_rule}
                    {found}
                    {people}
                    <button class="button" name="form[does]" value="choose" aria-busy=busy disabled=move || pending.get()>
                        {t::use_these(lang)}
                    </button>
                    {draw}
                    <button
                        class="button button--quiet"
                        name="form[does]"
                        value="freeze"
                        aria-busy=busy
                        disabled=move || pending.get()
                    >
                        {t::draw_these(lang)}
                    </button>
                </SentForm>
                <CommitmentMaker />
            </div>
        }
        .into_any()
    })
}

/// The rule in one line; it lists as soon as it is sent.
fn rule_fields(lang: Lang, frame: &Frame, rule: &RuleWords, words: &str) -> AnyView {
    let kinds: Vec<_> =
        frame.kinds.iter().map(|kind| (kind.id.to_string(), kind.name.get(lang).to_owned())).collect();
    let risks: Vec<_> =
        RiskLevel::ALL.map(|risk| (risk.as_str().to_owned(), risk.name().get(lang).to_owned())).to_vec();
    let number = |name: &'static str, label: &'static str, value: &str| {
        view! {
            <label class="chip">
                {label}
                <input class="chip__control" type="number" min="0" name=name value=value.to_owned() />
            </label>
        }
    };
    view! {
        <label class="chip chip--select">
            <span class="u-visually-hidden">{t::site_kind(lang)}</span>
            <select class="chip__control" name="site_kind">
                <option value="">{t::any_kind(lang)}</option>
                <Options options=kinds chosen=rule.site_kind.clone() />
            </select>
        </label>
        <label class="chip chip--select">
            {t::risk_least(lang)}
            <select class="chip__control" name="risk">
                <option value="">{t::any_risk(lang)}</option>
                <Options options=risks chosen=rule.risk.clone() />
            </select>
        </label>
        {number("unvisited", t::unvisited_least(lang), &rule.unvisited)}
        {number("open", t::open_least(lang), &rule.open)}
        {number("hazards", t::hazards_least(lang), &rule.hazards)}
        {number("reports", t::reports_least(lang), &rule.reports)}
        {number("within", t::within(lang), &rule.within)}
        <input
            class="chip chip--input"
            type="search"
            name="q"
            placeholder=t::site(lang)
            aria-label=t::site(lang)
            value=words.to_owned()
        />
        <button class="chip">{t::list_sites(lang)}</button>
    }
    .into_any()
}

fn sites(lang: Lang, frame: &Frame, shown: Fields, found: &ProposedSites, typed: &PlanChange) -> AnyView {
    if found.sites.is_empty() {
        return view! { <p role="status">{t::none_fits(lang)}</p> }.into_any();
    }
    let rows = found.sites.iter().map(|site| site_row(lang, frame, site, typed)).collect_view();
    let told = found.sites.len();
    let count = if found.total > told as u64 {
        t::fits_cut(lang, found.total, told)
    } else {
        t::fits(lang, found.total)
    };
    let field = Field::new("sites", t::choose_sites(lang), "").hint(t::most(lang, SPOT_CHECK_SITES));
    let (invalid, described) = shown.aria(&field);
    view! {
        <fieldset
            class="field"
            id=shown.id("sites")
            tabindex="-1"
            aria-invalid=move || invalid.get()
            aria-describedby=move || described.get()
        >
            <legend>{t::choose_sites(lang)}</legend>
            {shown.hint_and_error(&field)}
            <p class="u-small" role="status">
                {count}
            </p>
            <div class="table-scroll">
                <table class="data-table data-table--stacked">
                    <thead>
                        <tr>
                            <th scope="col">{t::site(lang)}</th>
                            <th scope="col">{t::site_kind(lang)}</th>
                            <th scope="col">{t::community(lang)}</th>
                            <th scope="col">{t::why_site(lang)}</th>
                            <th scope="col" class="cell--right">
                                {t::weight(lang)}
                            </th>
                            <th scope="col" class="cell--right">
                                {t::last_visit(lang)}
                            </th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </fieldset>
    }
    .into_any()
}

fn site_row(lang: Lang, frame: &Frame, site: &ProposedSite, typed: &PlanChange) -> impl IntoView + use<> {
    let id = site.id.to_string();
    let chosen = typed.sites.contains(&id);
    let last =
        site.last_visit.map_or_else(|| t::never(lang).to_owned(), |at| time::office_day(at).to_string());
    let (name, risk) = (site.name.clone(), site.risk);
    view! {
        <tr>
            <td data-label=t::site(lang)>
                <label class="check">
                    <input
                        class="check__input"
                        type="checkbox"
                        name="form[sites][]"
                        value=id
                        checked=chosen
                        aria-label=t::tick_site(lang, &site.name)
                    />
                    <span class="check__label">
                        <RiskName level=risk name />
                    </span>
                </label>
            </td>
            <td data-label=t::site_kind(lang)>{kinds_of(lang, frame, &site.kinds)}</td>
            <td data-label=t::community(lang)>{site.community.clone()}</td>
            <td class="cell--wrap" data-label=t::why_site(lang)>
                {reasons(lang, frame, &site.reasons)}
            </td>
            <td class="cell--right" data-label=t::weight(lang)>
                {site.weight.to_string()}
            </td>
            <td class="cell--right" data-label=t::last_visit(lang)>
                {last}
            </td>
        </tr>
    }
}

/// Of an administrative inspection with the certificates that they hold.
fn people(
    lang: Lang,
    shown: Fields,
    (people, inspects): (&[PlanCandidate], bool),
    typed: &PlanChange,
) -> AnyView {
    let choices = people.iter().map(|person| {
        let value = person.id.to_string();
        let place = person.communities.join(office::between_choices(lang));
        let place = if place.is_empty() { person.role.name().get(lang).to_owned() } else { place };
        let certificate = person
            .certified_until
            .map_or_else(|| t::no_certificate(lang).to_owned(), |until| t::certified_until(lang, until));
        let in_hand = t::workload(lang, person.workload);
        let words = if inspects {
            format!("{} · {place} · {in_hand} · {certificate}", person.name)
        } else {
            format!("{} · {place} · {in_hand}", person.name)
        };
        Choice { chosen: typed.people.contains(&value), value, words }
    });
    let names = people.iter().map(|person| {
        let known = format!("{} {}", person.id, person.name);
        view! { <input type="hidden" name="form[names][]" value=known /> }
    });
    view! {
        {shown.several(Field::new("people", t::who_can_go(lang), ""), choices.collect())}
        {names.collect_view()}
    }
    .into_any()
}

/// What a site is, by the catalogue's names.
pub(super) fn kinds_of(lang: Lang, frame: &Frame, kinds: &[SiteKind]) -> String {
    let names: Vec<_> = kinds.iter().map(|kind| frame.kind(kind, lang)).collect();
    names.join(office::between_choices(lang))
}

/// Why a rule chose a site.
pub(super) fn reasons(lang: Lang, frame: &Frame, reasons: &[RuleReason]) -> String {
    let words = reasons.iter().map(|reason| match reason {
        RuleReason::Kind(kind) => frame.kind(kind, lang).to_owned(),
        RuleReason::Risk(risk) => risk.name().get(lang).to_owned(),
        RuleReason::NeverVisited => t::reason_never(lang).to_owned(),
        RuleReason::Unvisited { days } => t::reason_unvisited(lang, *days),
        RuleReason::OpenHazards(number) => t::reason_open(lang, *number),
        RuleReason::Hazards { number, within_days } => t::reason_hazards(lang, *number, *within_days),
        RuleReason::Reports { number, within_days } => t::reason_reports(lang, *number, *within_days),
    });
    words.collect::<Vec<_>>().join(office::between_choices(lang))
}
