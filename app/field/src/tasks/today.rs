//! What was given to this person: what, where, by whom, until when. A row leads to where it is done, and goes once it is.

use crate::{
    components::due_sign::DueSign,
    device::use_device,
    i18n::{office, tasks as t, use_lang},
    live,
};
use client::{Device, DeviceError, changes::Topic, records, tasks};
use domain::{
    due::Due,
    task::{Task, TaskAbout},
    text::Bilingual,
};
use leptos::prelude::*;

#[component]
pub fn TodayTasks() -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let read = live(&[Topic::Records, Topic::Outbox], move || async move { TaskShown::all(&phone).await });
    let mine = ui::memo(move || read.get());
    move || {
        // What cannot be read is told with all else that Today reads.
        let Some(Ok(given)) = mine.get() else { return None };
        let count = given.len();
        (count > 0).then(|| {
            view! {
                <section class="u-stack" aria-labelledby="for-you">
                    <div class="section-head">
                        <h2 id="for-you">{t::for_you(lang)}</h2>
                        <span>{t::pieces(lang, count)}</span>
                    </div>
                    <div class="card rows">
                        {given.into_iter().map(|given| view! { <TaskRow given /> }).collect_view()}
                    </div>
                </section>
            }
        })
    }
}

/// A task, and what the forms are called that it asks for.
#[derive(Debug, Clone, PartialEq)]
struct TaskShown {
    task: Task,
    forms: Vec<Bilingual>,
}

impl TaskShown {
    async fn all(device: &Device) -> Result<Vec<Self>, DeviceError> {
        let mut all = vec![];
        for task in tasks::mine(device).await?.known {
            let mut forms = vec![];
            for form in task.about.forms() {
                // One that is not on this phone yet has no name here.
                let known = records::known(records::form_in_use(device, form).await)?;
                forms.extend(known.map(|form| form.title));
            }
            all.push(Self { task, forms });
        }
        Ok(all)
    }
}

#[component]
fn TaskRow(given: TaskShown) -> impl IntoView {
    let lang = use_lang();
    let TaskShown { task, forms } = given;
    let titles: Vec<_> = forms.iter().map(|title| title.get(lang)).collect();
    let forms =
        (!titles.is_empty()).then(|| t::with_forms(lang, &titles.join(office::between_choices(lang))));
    let due = Due::of(Some(task.until), use_device().clock.today());
    let (href, title, what) = match task.about {
        TaskAbout::Visit { site, site_name, .. } => {
            (format!("/field/sites/{site}"), site_name, t::visit(lang).to_owned())
        }
        TaskAbout::Hazard { hazard, what, site_name, need, .. } => {
            let title = t::need_of(lang, t::hazard_need(lang, need), &what);
            (format!("/field/hazards/{hazard}"), title, site_name)
        }
    };
    view! {
        <a href=href>
            <div class="rows__body">
                <p class="rows__title">{title}</p>
                <p class="rows__meta">
                    <span>{what}</span>
                    <span>{t::from_whom(lang, task.from_name)}</span>
                </p>
                {forms.map(|words| view! { <p class="rows__meta">{words}</p> })}
                {(!task.note.is_empty()).then(|| view! { <p class="rows__meta">{task.note}</p> })}
            </div>
            <DueSign due deadline=Some(task.until) />
        </a>
    }
}
