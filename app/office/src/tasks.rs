//! 派单: who has what, the most pressing first. Each row leads to its task.

pub mod address;
pub mod give;
pub mod hand_over;
pub mod page;

use crate::{
    asking::{Asked, ask},
    desk::use_desk,
    head::PageHeader,
    i18n::{office, tasks as t, use_lang},
    list::{self, Control, DeskList},
    lists::{
        CellContext,
        tasks::{Tasks, what},
    },
    nothing::nothing_fits,
    server_fns::{frame::Frame, tasks::LoadTasks},
};
use address::{TASKS, hand_over_address, task_address};
use domain::{
    role::Action,
    task::{Task, TaskFilter, TaskLate, TaskPage, TaskStateKind},
    text::Lang,
};
use leptos::prelude::*;

#[component]
pub fn TasksPage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let filter = list::asked_by_address::<Tasks>();
    let asked = Asked::new(move || ask(LoadTasks { filter: filter.get() }).in_round(desk.changes.get()));
    view! {
        <PageHeader
            title=t::tasks(lang)
            finds_in=TASKS
            found=Signal::derive(move || filter.with(|filter| filter.query.clone()))
        >
            <HandOverLink filter />
        </PageHeader>
        {list::filters::<Tasks>(asked, filter)}
        {list::rows::<Tasks>(asked, filter, list::table::<Tasks>)}
    }
}

/// Of the person whose tasks are listed.
#[component]
fn HandOverLink(filter: Memo<TaskFilter>) -> impl IntoView {
    let lang = use_lang();
    let frame = use_desk().frame;
    view! {
        <Suspense>
            {move || {
                let person = filter.with(|filter| filter.person);
                Suspend::new(async move {
                    let gives = frame.await.is_ok_and(|frame| frame.me.may_do(Action::Assign));
                    person
                        .filter(|_| gives)
                        .map(|person| {
                            view! {
                                <a class="chip" href=hand_over_address(person)>
                                    {t::hand_over(lang)}
                                </a>
                            }
                        })
                })
            }}
        </Suspense>
    }
}

impl DeskList for Tasks {
    fn controls(lang: Lang, _: &Frame, filter: &TaskFilter) -> Vec<Control<TaskFilter>> {
        let states = TaskStateKind::ALL.map(|state| {
            let on = filter.state == Some(state);
            let to = TaskFilter { state: (!on).then_some(state), ..filter.clone() };
            Control::Chip { words: t::task_state(lang, state).to_owned(), to, on }
        });
        let lateness = TaskLate::ALL.map(|late| {
            let on = filter.late == Some(late);
            let to = TaskFilter { late: (!on).then_some(late), ..filter.clone() };
            Control::Chip { words: t::task_late(lang, late).to_owned(), to, on }
        });
        states.into_iter().chain(lateness).collect()
    }

    fn narrowing(
        lang: Lang,
        _: &Frame,
        filter: &TaskFilter,
        first: Option<&Task>,
    ) -> Vec<(String, TaskFilter)> {
        let all = || filter.clone();
        let person = filter.person.map(|_| {
            let name = first.map_or(office::one_person(lang), |task| &task.person_name);
            (t::of_person(lang, name.to_owned()), TaskFilter { person: None, ..all() })
        });
        let site = filter.site.map(|_| {
            let name = first.map_or(office::one_site(lang), |task| task.about.site_name());
            (t::at_site(lang, name.to_owned()), TaskFilter { site: None, ..all() })
        });
        let hazard =
            filter.hazard.map(|_| (t::of_hazard(lang).to_owned(), TaskFilter { hazard: None, ..all() }));
        let query = (!filter.query.is_empty()).then(|| {
            let words = office::found_by(lang, filter.query.clone());
            (words, TaskFilter { query: String::new(), ..all() })
        });
        [person, site, hazard, query].into_iter().flatten().collect()
    }

    fn count(lang: Lang, page: &TaskPage) -> String {
        t::count(lang, page.total)
    }

    fn nothing(lang: Lang) -> AnyView {
        nothing_fits(lang, t::no_tasks(lang), TASKS)
    }

    fn cell(key: &'static str, task: &Task, around: &CellContext) -> Option<AnyView> {
        let lang = around.lang;
        match key {
            "what" => {
                let words = what(lang, &task.about);
                Some(view! { <a class="cell__link" href=task_address(task.id)>{words}</a> }.into_any())
            }
            "person" => {
                let theirs = TaskFilter { person: Some(task.person), ..TaskFilter::default() };
                let href = list::address::request_address(&theirs.into());
                Some(view! { <a class="cell__link" href=href>{task.person_name.clone()}</a> }.into_any())
            }
            "state" if task.is_late(around.today) => {
                Some(view! { <span class="badge badge--act">{t::overdue(lang)}</span> }.into_any())
            }
            _ => None,
        }
    }
}
