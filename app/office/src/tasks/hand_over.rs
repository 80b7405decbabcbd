//! 交接: all that somebody has who is away or leaves goes to somebody else, in one step.

use super::give::people;
use crate::{
    asking::{Asked, ask},
    await_resource::await_resource,
    components::{
        fault::ErrorLine,
        field::{Field, Fields, focus_the_refused},
    },
    desk::use_desk,
    head::PageHeader,
    i18n::{office, tasks as t, use_lang},
    list, plain_form,
    sending::{Sending, SentForm},
    server_fns::tasks::{HandOver, LoadLeaving, task_form::HandOverForm},
    spot_checks::address::plan_address,
};
use domain::{
    spot_check::plan::HeldPlan,
    task::{HandOverFile, HandedOverEntry, TaskFilter, TaskStateKind},
    text::Lang,
    time,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn HandOverPage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get_str("id")?.parse().ok()));
    let asked = Asked::new(move || ask(LoadLeaving { id: id.get() }).in_round(desk.changes.get()));
    let send = Sending::to::<HandOver>();
    let fault = send.fault();
    focus_the_refused(fault);
    send.when_done(move || desk.changed());
    let typed = plain_form::typed::<HandOverForm>();
    await_resource(asked, move |_, file: HandOverFile| {
        let shown = Fields { lang, form: "hand-over", group: "form", fault };
        let typed = typed.clone().filter(|typed| typed.person == file.person.to_string()).unwrap_or_default();
        let pending = send.pending();
        let theirs = TaskFilter {
            person: Some(file.person),
            state: Some(TaskStateKind::Open),
            ..TaskFilter::default()
        };
        let theirs = list::address::request_address(&theirs.into());
        let (open, checks, has_grids) = (file.open, file.checks, !file.grids.is_empty());
        let grids = has_grids.then(|| {
            let names = file.grids.join(office::between_choices(lang));
            shown.check(Field::new("grids", t::with_grids(lang, names), ""), typed.grids)
        });
        let person = shown.hidden("person", file.person.to_string());
        let field = Field::new("to", t::hand_over_to(lang), typed.to);
        let to = shown.select(field, people(lang, &file.takers));
        let has_plans = file.plans.iter().any(HeldPlan::is_handed_over);
        let form = (open > 0 || checks > 0 || has_plans || has_grids).then(|| {
            view! {
                <SentForm to=send attr:class="form">
                    {person}
                    <ErrorLine fault />
                    {to}
                    {grids}
                    <button class="button" aria-busy=move || pending.get().then_some("true") disabled=move || pending.get()>
                        {t::hand_over_all(lang)}
                    </button>
                </SentForm>
            }
        });
        let words = if open > 0 { t::open_tasks(lang, open) } else { t::no_open_tasks(lang).to_owned() };
        view! {
            <PageHeader title=format!("{} · {}", t::hand_over(lang), file.name)>
                <a class="chip" href=theirs>
                    {t::open_here(lang)}
                </a>
            </PageHeader>
            <div class="page-body">
                <p>{t::hand_over_hint(lang)}</p>
                <p role="status">{words}</p>
                {(checks > 0).then(|| view! { <p>{t::open_checks(lang, checks)}</p> })}
                {plans(lang, &file.plans)}
                {before(lang, &file.before)}
                {form}
            </div>
        }
        .into_any()
    })
}

/// Plans of spot checks, each with what they have of it; the way there shows no site to whoever may not know it.
fn plans(lang: Lang, held: &[HeldPlan]) -> Option<AnyView> {
    let line = |plan: &HeldPlan| {
        let parts = [
            (plan.leads, t::plan_led(lang)),
            (plan.goes, t::plan_gone_out_in(lang)),
            (plan.may_be_drawn, t::plan_listed(lang)),
        ];
        let parts: Vec<_> = parts.into_iter().filter(|(is_so, _)| *is_so).map(|(_, words)| words).collect();
        let parts = parts.join(office::between_choices(lang));
        view! {
            <li>
                <a class="link" href=plan_address(plan.id)>
                    {plan.title.clone()}
                </a>
                {format!(" · {parts}")}
            </li>
        }
    };
    (!held.is_empty()).then(|| {
        view! {
            <p>{t::open_plans(lang)}</p>
            <ul>{held.iter().map(line).collect_view()}</ul>
        }
        .into_any()
    })
}

/// What was handed over before, the newest first.
fn before(lang: Lang, entries: &[HandedOverEntry]) -> Option<AnyView> {
    let line = |entry: &HandedOverEntry| {
        let grids = match entry.moved.grids {
            0 => String::new(),
            grids => t::handed_over_grids(lang, grids),
        };
        let words = t::handed_over(lang, entry.moved.tasks, entry.to.clone());
        let checks = match entry.moved.checks {
            0 => String::new(),
            checks => t::handed_over_checks(lang, checks),
        };
        let plans = match entry.moved.plans {
            0 => String::new(),
            plans => t::handed_over_plans(lang, plans),
        };
        view! { <li>{format!("{} · {words}{checks}{plans}{grids}", time::long(entry.at))}</li> }
    };
    (!entries.is_empty())
        .then(|| view! { <ul class="u-small">{entries.iter().map(line).collect_view()}</ul> }.into_any())
}
