//! 派给…: who is to see to it, until when, and what is wanted. It is given without signal, too. What the office did not take is
//! there again when the sheet is opened, with the reason beside it in the outbox.

mod writing;

use super::here::TasksHere;
use crate::{
    components::dialog::open_while,
    device::use_device,
    i18n::{hazards as h, office, tasks as t, trade, use_lang},
    live,
    segmented::Segmented,
};
use chrono::{Datelike, Days};
use client::{changes::Topic, records, session};
use domain::{
    id::SiteId,
    limits::TEXT,
    role::{Action, ResourceScope},
    severity::Severity,
    task::{Colleague, HazardNeed, TaskSubject, holder_of, may_take},
};
use leptos::{html, prelude::*, task::spawn_local};
use writing::{Part, Writing, about_with};

const TOAST_MS: u32 = 4_000;

/// The choice that stands for whoever holds the grid.
const GRID_HOLDER: &str = "grid_holder";

/// What is to be given, and where it lies.
#[derive(Debug, Clone, PartialEq)]
pub struct Giving {
    pub subject: TaskSubject,
    pub place: ResourceScope,
    /// Of a hazard.
    pub level: Option<Severity>,
    pub site: SiteId,
    pub site_name: String,
}

/// Nothing for whoever gives no work.
#[component]
pub fn GiveTask(giving: Giving) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let me = session::current(&phone).map(|signed_in| signed_in.actor);
    if !me.is_some_and(|me| me.may(Action::Assign, &giving.place)) {
        return ().into_any();
    }
    let dialog = NodeRef::<html::Dialog>::new();
    let (open, given) = (RwSignal::new(false), RwSignal::new(None::<String>));
    open_while(dialog, move || open.get());
    let on_done = Callback::new(move |words: String| {
        open.set(false);
        given.set(Some(words));
        spawn_local(async move {
            gloo_timers::future::TimeoutFuture::new(TOAST_MS).await;
            given.try_set(None);
        });
    });
    let of_here = giving.clone();
    view! {
        <TasksHere giving=of_here />
        <button type="button" class="button button--quiet" on:click=move |_| open.set(true)>
            {t::give(lang)}
        </button>
        <p role="status">{move || given.get()}</p>
        <dialog class="sheet" aria-labelledby="give-task" node_ref=dialog on:close=move |_| open.set(false)>
            {move || {
                let giving = giving.clone();
                open.get().then(|| view! { <GiveForm giving open on_done /> })
            }}
        </dialog>
    }
    .into_any()
}

#[component]
fn GiveForm(giving: Giving, open: RwSignal<bool>, on_done: Callback<String>) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let writing = Writing::begin(&giving.subject);
    let (subject, place, level) = (giving.subject.clone(), giving.place, giving.level);
    let read = live(&[Topic::Records], move || async move { records::directory(&phone).await });
    // None until they are read, and before the first pull.
    let people = ui::memo(move || {
        let directory = read.get()?.ok().flatten()?;
        let subject = about_with(&subject, writing.need.get());
        let may = |one: &Colleague| may_take(one, &subject, &place, level).is_ok();
        Some(directory.colleagues.into_iter().filter(may).collect::<Vec<_>>())
    });
    let (title, has_need) = match &giving.subject {
        TaskSubject::Visit { .. } => (t::give_visit(lang), false),
        TaskSubject::Hazard { .. } => (t::give_hazard(lang), true),
    };
    let site_name = giving.site_name.clone();
    let submit = move |_| {
        let people = people.get_untracked().unwrap_or_default();
        writing.submit(&giving, &people, on_done);
    };
    view! {
        <div class="u-spread">
            <h2 id="give-task">{title}</h2>
            <button type="button" class="link" on:click=move |_| open.set(false)>
                {h::later(lang)}
            </button>
        </div>
        <p class="u-small">{site_name}</p>
        {move || {
            writing
                .told(Part::Whole)
                .map(|words| {
                    view! {
                        <div class="notice notice--refused" role="alert">
                            <p>{words}</p>
                            <p class="u-small">{h::nothing_lost(lang)}</p>
                        </div>
                    }
                })
        }}
        <PersonField writing people place />
        {has_need.then(|| view! { <NeedField writing /> })}
        <UntilField writing />
        <div class="field">
            <label for="give-note">{t::note(lang)}</label>
            <textarea
                class="input input--area"
                id="give-note"
                autocomplete="off"
                rows="3"
                maxlength=TEXT.to_string()
                aria-describedby="give-note-h"
                prop:value=move || writing.note.get()
                on:input=move |event| writing.note.set(event_target_value(&event))
            ></textarea>
            <p class="u-small" id="give-note-h">
                {t::note_hint(lang)}
            </p>
        </div>
        <button
            class="button"
            type="button"
            aria-busy=move || writing.busy.get().then_some("true")
            disabled=move || writing.busy.get()
            on:click=submit
        >
            {t::give_it(lang)}
        </button>
    }
}

#[component]
fn PersonField(
    writing: Writing,
    people: Memo<Option<Vec<Colleague>>>,
    place: ResourceScope,
) -> impl IntoView {
    let lang = writing.lang;
    let wrong = move || writing.told(Part::Person);
    let options = move |people: Vec<Colleague>| {
        let option = |one: Colleague| {
            let words = format!("{} · {}", one.name, one.role.name().get(lang));
            let id = one.person;
            view! {
                <option
                    value=id.to_string()
                    prop:selected=move || writing.person.get() == Some(id) && !writing.to_holder.get()
                >
                    {words}
                </option>
            }
        };
        people.into_iter().map(option).collect_view()
    };
    let holder = move |one: &Colleague| {
        view! {
            <option value=GRID_HOLDER prop:selected=move || writing.to_holder.get()>
                {t::grid_holder(lang, &one.name)}
            </option>
        }
    };
    view! {
        <div class="field">
            <label for="give-person">{t::person(lang)}</label>
            {move || wrong().map(|words| view! { <p class="error-line" id="give-person-e" role="alert">{words}</p> })}
            {move || match people.get() {
                None => view! { <p class="u-small" role="status">{t::nobody_here_yet(lang)}</p> }.into_any(),
                Some(people) if people.is_empty() => {
                    view! { <p class="u-small" role="status">{t::nobody(lang)}</p> }.into_any()
                }
                Some(people) => {
                    let held_by = holder_of(&people, &place);
                    let (holds, shown) = (held_by.map(|one| one.person), held_by.map(holder));
                    let choose = move |value: String| {
                        writing.to_holder.set(value == GRID_HOLDER);
                        writing.person.set(if value == GRID_HOLDER { holds } else { value.parse().ok() });
                    };
                    view! {
                        <select
                            class="input input--select"
                            id="give-person"
                            aria-invalid=move || wrong().map(|_| "true")
                            aria-describedby=move || wrong().map(|_| "give-person-e")
                            on:change=move |event| choose(event_target_value(&event))
                        >
                            <option value="">{t::choose_person(lang)}</option>
                            {shown}
                            {options(people)}
                        </select>
                    }
                        .into_any()
                }
            }}
        </div>
    }
}

#[component]
fn NeedField(writing: Writing) -> impl IntoView {
    let lang = writing.lang;
    let words = HazardNeed::ALL.map(|one| t::hazard_need(lang, one).to_owned()).to_vec();
    let chosen = Signal::derive(move || HazardNeed::ALL.iter().position(|one| *one == writing.need.get()));
    let choose = Callback::new(move |to: usize| {
        if let Some(one) = HazardNeed::ALL.get(to) {
            writing.need.set(*one);
        }
    });
    view! {
        <div class="field">
            <span class="field__label" id="give-need">
                {t::need(lang)}
            </span>
            <Segmented options=words chosen labelled_by="give-need" choose />
        </div>
    }
}

#[component]
fn UntilField(writing: Writing) -> impl IntoView {
    let (lang, today) = (writing.lang, writing.phone.clock.today());
    let wrong = move || writing.told(Part::Until);
    let usual = [0, 1, 3, 7].into_iter().filter_map(|days| {
        let day = today.checked_add_days(Days::new(days))?;
        let words = if days == 0 {
            trade::due_today(lang).to_owned()
        } else {
            office::in_days(lang, days, office::weekday(lang, day.weekday()))
        };
        Some(view! {
            <button
                type="button"
                class="chip"
                aria-pressed=move || (writing.until.get() == Some(day)).to_string()
                on:click=move |_| writing.until.set(Some(day))
            >
                {words}
            </button>
        })
    });
    view! {
        <div class="field">
            <label for="give-until">{t::until(lang)}</label>
            {move || wrong().map(|words| view! { <p class="error-line" id="give-until-e" role="alert">{words}</p> })}
            <div class="chip-strip">{usual.collect_view()}</div>
            <input
                class="input"
                type="date"
                id="give-until"
                min=today.to_string()
                aria-invalid=move || wrong().map(|_| "true")
                aria-describedby=move || wrong().map(|_| "give-until-e")
                prop:value=move || writing.until.get().map(|day| day.to_string()).unwrap_or_default()
                on:input=move |event| writing.until.set(event_target_value(&event).parse().ok())
            />
        </div>
    }
}
