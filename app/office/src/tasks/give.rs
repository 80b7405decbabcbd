//! 派给…: a visit to a site or a hazard, to somebody who may have it. An ordinary form: it works without the program.

use super::address::TASKS;
use crate::{
    asking::{Asked, ask},
    await_resource::await_resource,
    components::{
        choices::Choice,
        fault::ErrorLine,
        field::{Field, Fields, focus_the_refused},
    },
    head::PageHeader,
    i18n::{office, tasks as t, use_lang},
    plain_form,
    sending::{Sending, SentForm},
    server_fns::{
        AsOf,
        tasks::{GiveTask, LoadGiving, task_form::TaskForm},
    },
    sites::address::site_address,
};
use chrono::{Datelike, Days, NaiveDate};
use domain::{
    task::{Colleague, GivingFile, HazardNeed, TaskSubject},
    text::Lang,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Days that work has if nobody says otherwise.
const USUAL_DAYS: u64 = 3;

#[component]
pub fn GiveTaskPage() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let subject = Memo::new(move |_| {
        query.with(|query| {
            let site = query.get_str("site").and_then(|id| id.parse().ok());
            let hazard = query.get_str("hazard").and_then(|id| id.parse().ok());
            match (hazard, site) {
                (Some(hazard), _) => Some(TaskSubject::Hazard { hazard, need: HazardNeed::Chase }),
                (None, Some(site)) => Some(TaskSubject::Visit { site, forms: vec![] }),
                (None, None) => None,
            }
        })
    });
    let asked = Asked::new(move || ask(LoadGiving { subject: subject.get() }));
    let give = Sending::to::<GiveTask>();
    let fault = give.fault();
    focus_the_refused(fault);
    let typed = plain_form::typed::<TaskForm>();
    await_resource(asked, move |_, file: AsOf<GivingFile>| {
        let today = file.today();
        let file = file.value;
        let known = subject.get_untracked().map(|subject| fresh(&subject, &file, today)).unwrap_or_default();
        let form = typed.clone().filter(|typed| typed.page() == known.page()).unwrap_or(known);
        let shown = Fields { lang, form: "task", group: "form", fault };
        let pending = give.pending();
        let (title, what) = match &file.hazard {
            Some((what, _)) => (t::give_hazard(lang), format!("{} · {what}", file.site_name)),
            None => (t::give_visit(lang), file.site_name.clone()),
        };
        let (back, asked_for) = (site_address(file.site), fields(shown, &file, form, today));
        let nobody = file.takers.is_empty().then(|| {
            view! {
                <p class="notice" role="status">
                    {t::nobody(lang)}
                </p>
            }
        });
        view! {
            <PageHeader title finds_in=TASKS>
                <a class="chip" href=back>
                    {office::leave_unchanged(lang)}
                </a>
            </PageHeader>
            <div class="page-body">
                <SentForm to=give attr:class="form">
                    <ErrorLine fault />
                    <p>{what}</p>
                    {nobody}
                    {asked_for}
                    <button class="button" aria-busy=move || pending.get().then_some("true") disabled=move || pending.get()>
                        {t::give_it(lang)}
                    </button>
                </SentForm>
            </div>
        }
        .into_any()
    })
}

/// The form before anything was typed.
fn fresh(subject: &TaskSubject, file: &GivingFile, today: NaiveDate) -> TaskForm {
    let until = today.checked_add_days(Days::new(USUAL_DAYS)).unwrap_or(today).to_string();
    match subject {
        TaskSubject::Visit { site, .. } => TaskForm { site: site.to_string(), until, ..TaskForm::default() },
        TaskSubject::Hazard { hazard, need } => {
            let need = file.hazard.as_ref().map_or(*need, |(_, need)| *need);
            TaskForm {
                hazard: hazard.to_string(),
                need: need.as_str().to_owned(),
                until,
                ..TaskForm::default()
            }
        }
    }
}

fn fields(fields: Fields, file: &GivingFile, form: TaskForm, today: NaiveDate) -> AnyView {
    let lang = fields.lang;
    let needs = HazardNeed::ALL.map(|need| (need.as_str().to_owned(), t::hazard_need(lang, need).to_owned()));
    let need = file
        .hazard
        .is_some()
        .then(|| fields.select(Field::new("need", t::need(lang), form.need.clone()), needs.into()));
    let forms = file.forms.iter().map(|(id, title)| Choice {
        value: id.to_string(),
        words: title.get(lang).to_owned(),
        chosen: form.forms.contains(&id.0),
    });
    let forms: Vec<_> = forms.collect();
    let forms = (!forms.is_empty())
        .then(|| fields.several(Field::new("forms", t::forms(lang), "").hint(t::forms_hint(lang)), forms));
    view! {
        {fields.hidden("site", form.site)}
        {fields.hidden("hazard", form.hazard)}
        {fields.select(Field::new("person", t::person(lang), form.person), takers(lang, file))}
        {need}
        {fields.day(Field::new("until", t::until(lang), form.until), today, usual_days(lang, today))}
        {fields.area(Field::new("note", t::note(lang), form.note).hint(t::note_hint(lang)))}
        {forms}
    }
    .into_any()
}

/// The same, with whoever holds the grid before all others.
fn takers(lang: Lang, file: &GivingFile) -> Vec<(String, String)> {
    let mut choices = people(lang, &file.takers);
    if let Some(name) = &file.grid_holder {
        choices.insert(1, (TaskForm::GRID_HOLDER.to_owned(), t::grid_holder(lang, name)));
    }
    choices
}

/// Whom something can be given to, as a choice: `王强 · 网格员`.
pub fn people(lang: Lang, takers: &[Colleague]) -> Vec<(String, String)> {
    let none = (String::new(), t::choose_person(lang).to_owned());
    let words = |one: &Colleague| format!("{} · {}", one.name, one.role.name().get(lang));
    std::iter::once(none).chain(takers.iter().map(|one| (one.person.to_string(), words(one)))).collect()
}

fn usual_days(lang: Lang, today: NaiveDate) -> Vec<(NaiveDate, String)> {
    let usual = [1, 3, 7, 15].into_iter().filter_map(|days| {
        let day = today.checked_add_days(Days::new(days))?;
        Some((day, office::in_days(lang, days, office::weekday(lang, day.weekday()))))
    });
    usual.collect()
}
