//! 转派、撤回: work about this site or hazard that this person has or gave from this phone. It is handed on or withdrawn without signal, too;
//! what the office does not take is told in the outbox.

use super::Giving;
use crate::{
    components::dialog::open_while,
    device::{PhoneRef, use_device},
    errors::ErrorWords,
    i18n::{hazards as h, tasks as t, use_lang},
    live,
};
use client::{
    DeviceError,
    changes::Topic,
    records,
    tasks::{self, ChangeAt, TaskHere},
};
use domain::{
    id::PersonId,
    limits::{TEXT, tidy_text},
    task::{Colleague, TaskSubject, may_take},
    text::Lang,
};
use leptos::{html, prelude::*, task::spawn_local};

#[component]
pub(super) fn TasksHere(giving: Giving) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let dialog = NodeRef::<html::Dialog>::new();
    let (chosen, told) = (RwSignal::new(None::<TaskHere>), RwSignal::new(None::<&'static str>));
    open_while(dialog, move || chosen.with(Option::is_some));
    let subject = giving.subject.clone();
    let read = live(&[Topic::Records, Topic::Outbox], move || {
        let subject = subject.clone();
        async move { tasks::here(&phone, &subject).await }
    });
    let here = ui::memo(move || read.get().and_then(Result::ok).unwrap_or_default());
    let on_done = Callback::new(move |words: &'static str| {
        chosen.set(None);
        told.set(Some(words));
    });
    let rows = move || {
        let row = |task: TaskHere| {
            let words = t::has_it(lang, task.name.clone(), task.until.to_string());
            view! {
                <div class="u-spread">
                    <span>{words}</span>
                    <button
                        type="button"
                        class="button button--quiet"
                        on:click=move |_| {
                            told.set(None);
                            chosen.set(Some(task.clone()));
                        }
                    >
                        {t::change(lang)}
                    </button>
                </div>
            }
        };
        let rows: Vec<_> = here.get().into_iter().map(row).collect();
        (!rows.is_empty()).then(|| {
            view! {
                <div class="u-stack" role="group" aria-label=t::tasks(lang)>
                    {rows}
                </div>
            }
        })
    };
    view! {
        {rows}
        <p role="status">{move || told.get()}</p>
        <dialog class="sheet" aria-labelledby="change-task" node_ref=dialog on:close=move |_| chosen.set(None)>
            {move || {
                let giving = giving.clone();
                chosen.get().map(|task| view! { <ChangeForm giving task chosen on_done /> })
            }}
        </dialog>
    }
}

/// What is being decided.
#[derive(Clone, Copy)]
struct Deciding {
    phone: PhoneRef,
    lang: Lang,
    to: RwSignal<Option<PersonId>>,
    reason: RwSignal<String>,
    wrong: RwSignal<Option<(Part, String)>>,
    busy: RwSignal<bool>,
}

/// Which part of the form is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Person,
    Reason,
    Whole,
}

impl Deciding {
    fn told(self, part: Part) -> Option<String> {
        self.wrong.with(|wrong| wrong.as_ref().filter(|(at, _)| *at == part).map(|(_, words)| words.clone()))
    }

    /// Somebody else has it.
    fn hand_on(self, task: TaskHere, at: ChangeAt, on_done: Callback<&'static str>) {
        let Some(to) = self.to.get_untracked() else {
            return self.wrong.set(Some((Part::Person, t::choose_person(self.lang).to_owned())));
        };
        self.send(t::handed_on(self.lang), on_done, async move {
            tasks::hand_on(&self.phone, &task, to, at).await
        });
    }

    fn withdraw(self, task: TaskHere, at: ChangeAt, on_done: Callback<&'static str>) {
        let reason = self.reason.with_untracked(|reason| tidy_text(reason));
        if reason.is_empty() {
            return self.wrong.set(Some((Part::Reason, t::refused_reason_missing(self.lang).to_owned())));
        }
        self.send(t::withdrawn_here(self.lang), on_done, async move {
            tasks::withdraw(&self.phone, &task, reason, at).await
        });
    }

    /// A second tap does nothing more.
    fn send(
        self,
        words: &'static str,
        on_done: Callback<&'static str>,
        sends: impl Future<Output = Result<(), DeviceError>> + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.wrong.set(None);
        self.busy.set(true);
        spawn_local(async move {
            let sent = sends.await;
            self.busy.try_set(false);
            match sent {
                Ok(()) => {
                    on_done.try_run(words);
                }
                Err(error) => {
                    let words = error.words(self.lang).to_owned();
                    self.wrong.try_set(Some((Part::Whole, words)));
                }
            }
        });
    }
}

#[component]
fn ChangeForm(
    giving: Giving,
    task: TaskHere,
    chosen: RwSignal<Option<TaskHere>>,
    on_done: Callback<&'static str>,
) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let deciding = Deciding {
        phone,
        lang,
        to: RwSignal::new(None),
        reason: RwSignal::new(String::new()),
        wrong: RwSignal::new(None),
        busy: RwSignal::new(false),
    };
    let (subject, place, level, has_it) = (giving.subject.clone(), giving.place, giving.level, task.person);
    let read = live(&[Topic::Records], move || async move { records::directory(&phone).await });
    let people = ui::memo(move || {
        let directory = read.get()?.ok().flatten()?;
        let may = |one: &Colleague| one.person != has_it && may_take(one, &subject, &place, level).is_ok();
        Some(directory.colleagues.into_iter().filter(may).collect::<Vec<_>>())
    });
    let hazard = match &giving.subject {
        TaskSubject::Visit { .. } => None,
        TaskSubject::Hazard { hazard, .. } => Some(*hazard),
    };
    let title = t::change_title(lang, giving.site_name.clone());
    let at = ChangeAt { site: giving.site, hazard, title };
    let now = t::has_it(lang, task.name.clone(), task.until.to_string());
    let (handed, at_once) = (task.clone(), at.clone());
    let hand_on = move |_| deciding.hand_on(handed.clone(), at_once.clone(), on_done);
    let withdraw = move |_| deciding.withdraw(task.clone(), at.clone(), on_done);
    view! {
        <div class="u-spread">
            <h2 id="change-task">{t::change(lang)}</h2>
            <button type="button" class="link" on:click=move |_| chosen.set(None)>
                {h::later(lang)}
            </button>
        </div>
        <p class="u-small">{giving.site_name}</p>
        <p class="u-small">{now}</p>
        {move || {
            deciding
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
        <TakerField deciding people />
        <button
            class="button"
            type="button"
            aria-busy=move || deciding.busy.get().then_some("true")
            disabled=move || deciding.busy.get()
            on:click=hand_on
        >
            {t::hand_on(lang)}
        </button>
        <div class="field">
            <label for="withdraw-reason">{t::withdraw_reason(lang)}</label>
            {move || {
                deciding
                    .told(Part::Reason)
                    .map(|words| view! { <p class="error-line" id="withdraw-reason-e" role="alert">{words}</p> })
            }}
            <textarea
                class="input input--area"
                id="withdraw-reason"
                autocomplete="off"
                rows="2"
                maxlength=TEXT.to_string()
                aria-invalid=move || deciding.told(Part::Reason).map(|_| "true")
                aria-describedby=move || deciding.told(Part::Reason).map(|_| "withdraw-reason-e")
                prop:value=move || deciding.reason.get()
                on:input=move |event| deciding.reason.set(event_target_value(&event))
            ></textarea>
        </div>
        <button
            class="button button--quiet"
            type="button"
            aria-busy=move || deciding.busy.get().then_some("true")
            disabled=move || deciding.busy.get()
            on:click=withdraw
        >
            {t::withdraw(lang)}
        </button>
    }
}

#[component]
fn TakerField(deciding: Deciding, people: Memo<Option<Vec<Colleague>>>) -> impl IntoView {
    let lang = deciding.lang;
    let wrong = move || deciding.told(Part::Person);
    let options = move |people: Vec<Colleague>| {
        let option = |one: Colleague| {
            let words = format!("{} · {}", one.name, one.role.name().get(lang));
            let id = one.person;
            view! {
                <option value=id.to_string() prop:selected=move || deciding.to.get() == Some(id)>
                    {words}
                </option>
            }
        };
        people.into_iter().map(option).collect_view()
    };
    view! {
        <div class="field">
            <label for="taker">{t::person(lang)}</label>
            {move || wrong().map(|words| view! { <p class="error-line" id="taker-e" role="alert">{words}</p> })}
            {move || match people.get() {
                None => view! { <p class="u-small" role="status">{t::nobody_here_yet(lang)}</p> }.into_any(),
                Some(people) if people.is_empty() => {
                    view! { <p class="u-small" role="status">{t::nobody(lang)}</p> }.into_any()
                }
                Some(people) => {
                    view! {
                        <select
                            class="input input--select"
                            id="taker"
                            aria-invalid=move || wrong().map(|_| "true")
                            aria-describedby=move || wrong().map(|_| "taker-e")
                            on:change=move |event| deciding.to.set(event_target_value(&event).parse().ok())
                        >
                            <option value="">{t::choose_person(lang)}</option>
                            {options(people)}
                        </select>
                    }
                        .into_any()
                }
            }}
        </div>
    }
}
