//! One plan: how far it has come, which sites are checked by whom, and the proof of its draw. Who may not know its sites is shown how
//! far it has come, and nothing else.

mod acts;
mod beside;
mod sites;
mod steps;
mod words;

use super::{
    address::{CHECKS, choose_address, edit_address},
    step_badge,
};
use crate::{
    asking::{Asked, ask},
    audit::address::history,
    await_resource::await_resource,
    components::fault::ErrorLine,
    desk::use_desk,
    head::PageHeader,
    i18n::{office, spot_checks as t, use_lang},
    sending::Sending,
    server_fns::{
        AsOf,
        frame::Frame,
        spot_checks::{ChangePlan, LoadPlan},
    },
};
use domain::{
    role::Action,
    spot_check::{file::PlanFile, plan::PlanStep},
    text::Lang,
    time,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn PlanPage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get_str("id")?.parse().ok()));
    let asked = Asked::new(move || ask(LoadPlan { id: id.get() }).in_round(desk.changes.get()));
    let change = Sending::to::<ChangePlan>();
    change.when_done(move || desk.changed());
    let refused = change.fault();
    let told = words::Told::default();
    view! {
        {await_resource(asked, move |frame, file| page(lang, &frame, &file, change, told))}
        {move || {
            refused
                .with(Option::is_some)
                .then(|| {
                    view! {
                        <div class="page-body">
                            <ErrorLine fault=refused />
                        </div>
                    }
                })
        }}
    }
}

fn page(lang: Lang, frame: &Frame, file: &AsOf<PlanFile>, change: Sending, told: words::Told) -> AnyView {
    let plan = &file.value;
    let is_drafted = plan.may_plan && plan.step == PlanStep::Drafted;
    let edit = is_drafted.then(|| {
        view! {
            <a class="chip" href=edit_address(plan.id)>
                {t::edit_plan(lang)}
            </a>
            <a class="chip" href=choose_address(plan.id)>
                {t::choose_sites(lang)}
            </a>
        }
    });
    let history = frame.me.may_do(Action::ReadAudit).then(|| history(lang, plan.id.0));
    let badge = step_badge(lang, plan.step);
    let named = t::in_the_name_of(lang, &frame.office.name, plan.outline.nature);
    view! {
        <PageHeader title=plan.outline.title.clone() finds_in=CHECKS>
            {badge}
            <span class="u-small">{named}</span>
            <a class="chip" href=CHECKS>
                {office::to_list(lang)}
            </a>
            {edit}
            {history}
        </PageHeader>
        {steps::steps(lang, plan)}
        <div class="split">
            <div class="split__list">{missed(lang, plan)} {facts(lang, plan)} {sites::sites(lang, frame, file)}</div>
            <aside class="side-panel" id="detail">
                {beside::beside(lang, file)}
                {words::words(lang, frame, plan, told)}
                {acts::acts(lang, file, change)}
            </aside>
        </div>
    }
    .into_any()
}

/// What was not carried out stands above everything else.
fn missed(lang: Lang, plan: &PlanFile) -> Option<AnyView> {
    let missed = plan.progress.missed;
    (missed > 0).then(|| {
        view! {
            <div class="notice" role="status">
                <p>
                    <b>{t::missed_line(lang, missed)}</b>
                </p>
                <p>{t::missed_hint(lang)}</p>
            </div>
        }
        .into_any()
    })
}

/// What the plan says of all its checks.
fn facts(lang: Lang, plan: &PlanFile) -> AnyView {
    let outline = &plan.outline;
    let forms: Vec<_> = plan.form_titles.iter().map(|title| title.get(lang)).collect();
    let forms = forms.join(office::between_choices(lang));
    let departments = plan.department_names.join(office::between_choices(lang));
    let fact = |name: &'static str, words: String| {
        (!words.is_empty()).then(|| {
            view! {
                <dt>{name}</dt>
                <dd>{words}</dd>
            }
        })
    };
    view! {
        <dl class="fact-list page-lead">
            {fact(t::kind(lang), outline.kind.name().get(lang).to_owned())}
            {fact(t::matter(lang), plan.matter_name.clone())}
            {fact(t::basis(lang), outline.basis.clone())}
            {fact(t::forms(lang), forms)}
            {fact(t::leader(lang), plan.leader_name.clone())}
            {fact(t::departments(lang), departments)}
            {fact(t::opens_at(lang), time::long(outline.opens_at))}
            {fact(t::until(lang), outline.until.to_string())}
            {fact(t::meet(lang), outline.meet.clone())}
            {fact(t::bring(lang), outline.bring.clone())}
            {fact(t::note(lang), outline.note.clone())}
        </dl>
    }
    .into_any()
}
