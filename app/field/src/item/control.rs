//! The answer's control, by what the item asks for.

use crate::{
    components::icon::{Icon, Sign},
    device::use_device,
    i18n::{trade, use_lang, visit as t},
    visit::VisitSession,
};
use domain::{
    answer::Answer,
    checklist::{ChoiceOption, DateRule, Item, NumericRule, Question},
    device::typed::{self, Unclear},
    id::ItemId,
    limits::TEXT,
};
use leptos::prelude::*;
use std::collections::BTreeSet;

#[component]
pub fn Control(work: VisitSession, item: Item, fails: Memo<bool>) -> impl IntoView {
    let id = StoredValue::new(item.id.clone());
    let answer = Memo::new(move |_| id.with_value(|id| work.answer_of(id)));
    let one = One { work, id, answer, fails };
    match item.question {
        Question::PassFail => view! { <PassFail one /> }.into_any(),
        Question::Number(measure) => view! { <Figure one measure /> }.into_any(),
        Question::Count(measure) => view! { <Count one measure /> }.into_any(),
        Question::SelectOne { options } => view! { <Options one options many=false /> }.into_any(),
        Question::SelectMultiple { options } => view! { <Options one options many=true /> }.into_any(),
        Question::Date(rule) => view! { <Day one rule /> }.into_any(),
        Question::Text => view! { <Words one /> }.into_any(),
    }
}

/// One item's answer.
#[derive(Clone, Copy)]
struct One {
    work: VisitSession,
    id: StoredValue<ItemId>,
    answer: Memo<Option<Answer>>,
    fails: Memo<bool>,
}

impl One {
    fn give(self, answer: Answer) {
        self.id.with_value(|id| self.work.answer(id, answer));
    }

    fn clear(self) {
        self.id.with_value(|id| self.work.clear(id));
    }

    fn type_in(self, words: String) {
        self.id.with_value(|id| self.work.type_in(id, words));
    }

    /// A second tap on the same takes it back.
    fn toggle(self, answer: Answer) {
        if self.answer.get_untracked().as_ref() == Some(&answer) { self.clear() } else { self.give(answer) }
    }

    fn is(self, answer: &Answer) -> bool {
        self.answer.with(|given| given.as_ref() == Some(answer))
    }

    fn open_finding(self) {
        self.work.open_finding(self.id.get_value());
    }

    fn label(self) -> String {
        format!("{}-q", crate::visit::element_id(&self.id.get_value()))
    }
}

#[component]
fn PassFail(one: One) -> impl IntoView {
    let lang = use_lang();
    let pressed = move |answer: Answer| move || one.is(&answer).to_string();
    let sign = move |answer: Answer, icon: Icon| move || one.is(&answer).then(|| view! { <Sign icon /> });
    let fail = move |_| {
        one.give(Answer::Fail);
        one.open_finding();
    };
    view! {
        <div class="answer">
            <button
                type="button"
                class="answer__choice answer__choice--pass"
                aria-pressed=pressed(Answer::Pass)
                on:click=move |_| one.toggle(Answer::Pass)
            >
                {sign(Answer::Pass, Icon::Tick)}
                {trade::pass(lang)}
            </button>
            <button
                type="button"
                class="answer__choice answer__choice--fail"
                aria-pressed=pressed(Answer::Fail)
                on:click=fail
            >
                {sign(Answer::Fail, Icon::Cross)}
                {trade::fail(lang)}
            </button>
            <button
                type="button"
                class="answer__choice answer__choice--na"
                aria-pressed=pressed(Answer::NotApplicable)
                on:click=move |_| one.toggle(Answer::NotApplicable)
            >
                {trade::not_applicable(lang)}
            </button>
        </div>
    }
}

/// At the side of a figure or below a choice: the item does not apply, or, once it fails, its hazard.
#[component]
fn Aside(one: One) -> impl IntoView {
    let lang = use_lang();
    move || {
        if one.fails.get() {
            view! {
                <button type="button" class="chip chip--on" on:click=move |_| one.open_finding()>
                    {t::record_failure(lang)}
                </button>
            }
            .into_any()
        } else {
            view! {
                <button
                    type="button"
                    class="chip"
                    aria-pressed=move || one.is(&Answer::NotApplicable).to_string()
                    on:click=move |_| one.toggle(Answer::NotApplicable)
                >
                    {trade::not_applicable(lang)}
                </button>
            }
            .into_any()
        }
    }
}

/// What is typed where a figure is asked for. Whatever stands there is recorded, or kept and told beside it.
#[derive(Clone, Copy)]
struct Typed {
    words: RwSignal<String>,
    unclear: RwSignal<Option<Unclear>>,
    one: One,
    measure: StoredValue<NumericRule>,
    whole: bool,
}

impl Typed {
    fn new(one: One, measure: NumericRule, whole: bool) -> Self {
        let before = one.id.with_value(|id| one.work.given_now(id).typed);
        let (words, unclear) = (RwSignal::new(before), RwSignal::new(None));
        let typed = Self { words, unclear, one, measure: StoredValue::new(measure), whole };
        unclear.set(words.with_untracked(|words| typed.read(words).err()));
        // Counted up, declared not applicable, or read back.
        Effect::new(move |_| {
            let answer = one.answer.get();
            if answer.is_some() && words.with_untracked(|words| typed.read(words)) != Ok(answer.clone()) {
                words.set(shown(answer.as_ref()));
                unclear.set(None);
            }
        });
        typed
    }

    fn read(self, words: &str) -> Result<Option<Answer>, Unclear> {
        self.measure.with_value(|measure| {
            if self.whole {
                Ok(typed::count(words, measure)?.map(Answer::Count))
            } else {
                Ok(typed::figure(words, measure)?.map(Answer::Number))
            }
        })
    }

    /// Recorded with each letter where it can be; what is half typed is not found fault with yet.
    fn take(self, words: String) {
        match self.read(&words) {
            Ok(Some(answer)) => self.one.give(answer),
            Ok(None) => self.one.type_in(String::new()),
            Err(_) => self.one.type_in(words.clone()),
        }
        if self.read(&words).is_ok() {
            self.unclear.set(None);
        }
        self.words.set(words);
    }

    /// The thumb has left the field: it shows what was recorded, or says why nothing was.
    fn settle(self) {
        match self.words.with_untracked(|words| self.read(words)) {
            Ok(answer) => self.words.set(shown(answer.as_ref())),
            Err(why) => self.unclear.set(Some(why)),
        }
    }

    fn fault(self) -> impl IntoView {
        let lang = use_lang();
        let unit = self.measure.with_value(|measure| measure.unit.get(lang).to_owned());
        move || {
            self.unclear
                .get()
                .map(|why| view! { <p class="error-line" role="alert">{t::unclear(lang, why, &unit)}</p> })
        }
    }
}

fn shown(answer: Option<&Answer>) -> String {
    match answer {
        Some(Answer::Number(number)) => t::figure(*number),
        Some(Answer::Count(count)) => count.to_string(),
        _ => String::new(),
    }
}

/// A figure with its unit and criterion beside it.
#[component]
fn Figure(one: One, measure: NumericRule) -> impl IntoView {
    let lang = use_lang();
    let criterion = t::criterion(lang, &measure);
    let typed = Typed::new(one, measure, false);
    view! {
        <div class="measure">
            <label class="measure__box">
                <input
                    class="measure__input"
                    inputmode="decimal"
                    autocomplete="off"
                    aria-labelledby=one.label()
                    aria-invalid=move || typed.unclear.get().map(|_| "true")
                    prop:value=typed.words
                    on:input=move |event| typed.take(event_target_value(&event))
                    on:change=move |_| typed.settle()
                />
                <span class="measure__criterion">{criterion}</span>
            </label>
            <Aside one />
        </div>
        {typed.fault()}
    }
}

/// A number of things: counted up and down, or typed.
#[component]
fn Count(one: One, measure: NumericRule) -> impl IntoView {
    let lang = use_lang();
    let (least, most) = (measure.from.max(0.0) as u32, measure.to.min(f64::from(u32::MAX)) as u32);
    let given = move || match one.answer.get() {
        Some(Answer::Count(count)) => Some(count),
        _ => None,
    };
    let step = move |up: bool| {
        let next = match (given(), up) {
            (None, true) => least.max(1).min(most),
            (None, false) => least,
            (Some(count), true) => count.saturating_add(1).min(most),
            (Some(count), false) => count.saturating_sub(1).max(least),
        };
        one.give(Answer::Count(next));
    };
    let typed = Typed::new(one, measure.clone(), true);
    view! {
        <div class="measure">
            <div class="stepper">
                <button type="button" aria-label=t::minus(lang) on:click=move |_| step(false)>
                    "−"
                </button>
                <input
                    inputmode="numeric"
                    autocomplete="off"
                    aria-labelledby=one.label()
                    aria-invalid=move || typed.unclear.get().map(|_| "true")
                    prop:value=typed.words
                    on:input=move |event| typed.take(event_target_value(&event))
                    on:change=move |_| typed.settle()
                />
                <button type="button" aria-label=t::plus(lang) on:click=move |_| step(true)>
                    "+"
                </button>
            </div>
            <Aside one />
        </div>
        {typed.fault()}
        <p class="u-small">{t::criterion(lang, &measure)}</p>
    }
}

#[component]
fn Options(one: One, options: Vec<ChoiceOption>, many: bool) -> impl IntoView {
    let lang = use_lang();
    let name = one.id.get_value().to_string();
    let rows = options.into_iter().map(|option| {
        let (shown, chosen) = (option.id.clone(), option.id.clone());
        let checked = move || {
            one.answer.with(|answer| match answer {
                Some(Answer::SelectOne(id)) => *id == shown,
                Some(Answer::SelectMultiple(ids)) => ids.contains(&shown),
                _ => false,
            })
        };
        let choose = move |_| {
            if !many {
                return one.give(Answer::SelectOne(chosen.clone()));
            }
            let mut ids = match one.answer.get_untracked() {
                Some(Answer::SelectMultiple(ids)) => ids,
                _ => BTreeSet::new(),
            };
            if !ids.remove(&chosen) {
                ids.insert(chosen.clone());
            }
            if ids.is_empty() { one.clear() } else { one.give(Answer::SelectMultiple(ids)) }
        };
        view! {
            <label class="check">
                <input
                    class="check__input"
                    type=if many { "checkbox" } else { "radio" }
                    name=name.clone()
                    prop:checked=checked
                    on:change=choose
                />
                <span class="check__label">{option.text.get(lang).to_owned()}</span>
            </label>
        }
    });
    view! {
        <div class="check-list">{rows.collect_view()}</div>
        <div class="chip-list">
            <Aside one />
        </div>
    }
}

#[component]
fn Day(one: One, rule: DateRule) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let given = move || match one.answer.get() {
        Some(Answer::Date(day)) => day.to_string(),
        _ => String::new(),
    };
    let read = move |words: String| match words.parse() {
        Ok(day) => one.give(Answer::Date(day)),
        Err(_) => one.clear(),
    };
    view! {
        <div class="measure">
            <input
                class="input measure__day"
                type="date"
                aria-labelledby=one.label()
                prop:value=given
                on:change=move |event| read(event_target_value(&event))
            />
            <button type="button" class="chip" on:click=move |_| one.give(Answer::Date(phone.clock.today()))>
                {t::today(lang)}
            </button>
            <Aside one />
        </div>
        {t::date_criterion(lang, &rule).map(|words| view! { <p class="u-small">{words}</p> })}
    }
}

#[component]
fn Words(one: One) -> impl IntoView {
    let given = move || match one.answer.get() {
        Some(Answer::Text(words)) => words,
        _ => String::new(),
    };
    let read = move |words: String| {
        if words.trim().is_empty() { one.clear() } else { one.give(Answer::Text(words)) }
    };
    view! {
        <textarea
            class="input input--area"
            rows="2"
            maxlength=TEXT.to_string()
            autocomplete="off"
            aria-labelledby=one.label()
            prop:value=given
            on:input=move |event| read(event_target_value(&event))
        ></textarea>
        <div class="chip-list">
            <Aside one />
        </div>
    }
}
