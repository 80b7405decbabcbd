//! One task: what it asks, of whom, and what became of it; handing it on, and withdrawing it.

use super::{address::TASKS, give::people};
use crate::{
    asking::{Asked, ask},
    await_resource::await_resource,
    components::{
        error_signal::ErrorSignal,
        fault::ErrorLine,
        field::{Field, Fields, focus_the_refused},
    },
    desk::use_desk,
    head::PageHeader,
    i18n::{office, tasks as t, use_lang},
    ledger::address::hazard_address,
    lists::tasks::what,
    plain_form,
    sending::{Sending, SentForm},
    server_fns::{
        AsOf,
        tasks::{ChangeTask, LoadTask, task_form::TaskChange},
    },
    sites::address::site_address,
    visits::address::visit_address,
};
use chrono::NaiveDate;
use domain::{
    role::Action,
    task::{Task, TaskAbout, TaskDoneBy, TaskFile, TaskState},
    text::{Bilingual, Lang},
    time,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn TaskPage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get_str("id")?.parse().ok()));
    let asked = Asked::new(move || ask(LoadTask { id: id.get() }).in_round(desk.changes.get()));
    let forms = [TaskChange::HAND_ON, TaskChange::WITHDRAW].map(ChangeForm::new);
    forms.iter().for_each(|form| form.to.when_done(move || desk.changed()));
    await_resource(asked, move |frame, file: AsOf<TaskFile>| {
        let today = file.today();
        let TaskFile { task, forms: asked_for, takers } = file.value;
        let [hand_on, withdraw] = forms;
        let may = task.is_open() && frame.me.may_do(Action::Assign);
        let handing_on = (may && !takers.is_empty()).then(|| {
            let shown = hand_on.fields(lang);
            let field = Field::new("to", t::person(lang), "");
            hand_on.view(lang, &task, shown.select(field, people(lang, &takers)), t::hand_on(lang))
        });
        let withdrawing = may.then(|| {
            let shown = withdraw.fields(lang);
            let field = Field::new("reason", t::withdraw_reason(lang), "");
            withdraw.view(lang, &task, shown.area(field), t::withdraw(lang))
        });
        let acts = may.then(|| {
            view! {
                <div class="panel">
                    {handing_on}
                    {withdrawing}
                </div>
            }
        });
        view! {
            <PageHeader title=what(lang, &task.about) finds_in=TASKS>
                <a class="chip" href=TASKS>
                    {office::to_list(lang)}
                </a>
            </PageHeader>
            <div class="panels panels--beside">
                <section class="panel">{facts(lang, &task, &asked_for, today)}</section>
                {acts}
            </div>
        }
        .into_any()
    })
}

/// One of the forms of the page; both ask the same function.
#[derive(Clone, Copy)]
struct ChangeForm {
    does: &'static str,
    to: Sending,
    fault: ErrorSignal,
}

impl ChangeForm {
    /// To be made where the page begins.
    fn new(does: &'static str) -> Self {
        let to = Sending::to::<ChangeTask>();
        // Without the program only the one that was sent was refused.
        let other = plain_form::typed::<TaskChange>().is_some_and(|typed| typed.does != does);
        let refused = to.fault();
        let fault = refused.only_if(move || !other);
        focus_the_refused(fault);
        Self { does, to, fault }
    }

    fn fields(self, lang: Lang) -> Fields {
        Fields { lang, form: self.does, group: "form", fault: self.fault }
    }

    fn view(self, lang: Lang, task: &Task, field: AnyView, words: &'static str) -> AnyView {
        let (fields, fault, pending) = (self.fields(lang), self.fault, self.to.pending());
        let hidden = [fields.hidden("task", task.id.to_string()), fields.hidden("does", self.does)];
        view! {
            <section class="panel__act" aria-label=words>
                <SentForm to=self.to attr:class="form">
                    {hidden}
                    <ErrorLine fault />
                    {field}
                    <button
                        class="button button--quiet button--small"
                        aria-busy=move || pending.get().then_some("true")
                        disabled=move || pending.get()
                    >
                        {words}
                    </button>
                </SentForm>
            </section>
        }
        .into_any()
    }
}

fn facts(lang: Lang, task: &Task, forms: &[Bilingual], today: NaiveDate) -> AnyView {
    let titles: Vec<_> = forms.iter().map(|title| title.get(lang)).collect();
    let forms = (!titles.is_empty()).then(|| {
        view! {
            <dt>{t::forms(lang)}</dt>
            <dd>{titles.join(office::between_choices(lang))}</dd>
        }
    });
    let hazard = match &task.about {
        TaskAbout::Visit { .. } => None,
        TaskAbout::Hazard { hazard, what, .. } => Some(view! {
            <dt>{t::what(lang)}</dt>
            <dd>
                <a href=hazard_address(*hazard)>{what.clone()}</a>
            </dd>
        }),
    };
    let note = (!task.note.is_empty()).then(|| {
        view! {
            <dt>{t::note(lang)}</dt>
            <dd>{task.note.clone()}</dd>
        }
    });
    let site = (site_address(task.about.site()), task.about.site_name().to_owned());
    view! {
        <dl class="fact-list">
            <dt>{t::state(lang)}</dt>
            <dd>{state(lang, task, today)}</dd>
            <dt>{t::site(lang)}</dt>
            <dd>
                <a href=site.0>{site.1}</a>
            </dd>
            {hazard}
            <dt>{t::person(lang)}</dt>
            <dd>{task.person_name.clone()}</dd>
            <dt>{t::from(lang)}</dt>
            <dd>{task.from_name.clone()}</dd>
            <dt>{t::given_on(lang)}</dt>
            <dd>{time::long(task.given_at)}</dd>
            <dt>{t::until(lang)}</dt>
            <dd>{task.until.to_string()}</dd>
            {forms}
            {note}
        </dl>
    }
    .into_any()
}

/// Where it stands, with what did it.
fn state(lang: Lang, task: &Task, today: NaiveDate) -> AnyView {
    let words = t::task_state(lang, task.state.kind());
    match &task.state {
        TaskState::Open if task.is_late(today) => {
            view! { <span class="badge badge--act">{t::overdue(lang)}</span> }.into_any()
        }
        TaskState::Open => words.into_any(),
        TaskState::Withdrawn { at, reason } => format!("{words} · {} · {reason}", time::long(*at)).into_any(),
        TaskState::Done { at, by } => {
            let (href, by) = match by {
                TaskDoneBy::Visit(visit) => (visit_address(*visit), t::done_by_visit(lang)),
                TaskDoneBy::Hazard(_) => {
                    let hazard = task.about.hazard().map(hazard_address);
                    (hazard.unwrap_or_default(), t::done_by_hazard(lang))
                }
            };
            view! {
                {format!("{words} · {} · ", time::long(*at))}
                <a href=href>{by}</a>
            }
            .into_any()
        }
    }
}
