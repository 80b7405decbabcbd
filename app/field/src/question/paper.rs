//! What is read off a paper, a label or a clock: a day, a month, a time. Where there is none, or none to be seen, two large
//! buttons say so.

use super::{control::aside, given::One};
use crate::{
    device::use_device,
    i18n::{answers, use_lang, visit as t},
};
use domain::{
    form::{Answer, Month, PaperRule, TimeOfDay},
    time::hour_and_minute,
};
use leptos::prelude::*;

#[component]
pub fn Paper(one: One, rule: PaperRule, month: bool) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let read = move |words: &str| {
        if month {
            Month::try_from(words.to_owned()).ok().map(Answer::Month)
        } else {
            words.parse().ok().map(Answer::Date)
        }
    };
    let now = move |_| {
        let today = phone.clock.today();
        one.give(&if month { Answer::Month(Month::of(today)) } else { Answer::Date(today) });
    };
    let (kind, words) = if month { ("month", t::this_month(lang)) } else { ("date", t::today(lang)) };
    view! {
        <div class="measure">
            {field(one, kind, Box::new(read))}
            <button type="button" class="chip" on:click=now>
                {words}
            </button>
            {aside(one)}
        </div>
        {(rule.none || rule.not_shown)
            .then(|| {
                view! {
                    <div class="answer">
                        {rule.none.then(|| instead(one, Answer::Absent, answers::absent(lang)))}
                        {rule.not_shown.then(|| instead(one, Answer::NotShown, answers::not_shown(lang)))}
                    </div>
                }
            })}
    }
    .into_any()
}

#[component]
pub fn Time(one: One) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let read = |words: &str| TimeOfDay::try_from(words.to_owned()).ok().map(Answer::Time);
    let now = move |_| {
        // The office's clock, to the minute.
        if let Ok(time) = TimeOfDay::try_from(hour_and_minute(&phone.clock.office_now())) {
            one.give(&Answer::Time(time));
        }
    };
    view! {
        <div class="measure">
            {field(one, "time", Box::new(read))}
            <button type="button" class="chip" on:click=now>
                {t::now(lang)}
            </button>
            {aside(one)}
        </div>
    }
    .into_any()
}

/// What was entered, as an answer.
type Read = Box<dyn Fn(&str) -> Option<Answer> + Send + Sync>;

/// The browser's own field. Where it has none for months, it is a field of letters, and what is no month is kept to be mended.
fn field(one: One, kind: &'static str, read: Read) -> AnyView {
    let typed = ui::memo(move || one.typed());
    let is_typed = move || typed.with(|typed| !typed.is_empty());
    let given = move || {
        one.answer.with(|answer| match answer {
            Some(Answer::Date(day)) => day.to_string(),
            Some(Answer::Month(month)) => month.to_string(),
            Some(Answer::Time(time)) => time.to_string(),
            Some(_) => String::new(),
            None => typed.get(),
        })
    };
    let lang = use_lang();
    let take = move |words: String| match read(words.trim()) {
        Some(answer) => one.give(&answer),
        None => one.type_in(words.trim()),
    };
    view! {
        <input
            class="input measure__day"
            type=kind
            aria-labelledby=one.label()
            aria-invalid=move || is_typed().then_some("true")
            prop:value=given
            on:change=move |event| take(event_target_value(&event))
        />
        {move || is_typed().then(|| view! { <p class="error-line" role="alert">{t::issue_not_an_answer(lang)}</p> })}
    }
    .into_any()
}

/// It does not exist, or is not shown: that fails where the question has a criterion, and its hazard opens.
fn instead(one: One, answer: Answer, words: &'static str) -> AnyView {
    let pressed = {
        let answer = answer.clone();
        move || one.is(&answer).to_string()
    };
    let give = move |_| {
        one.toggle(&answer);
        if untrack(|| one.is(&answer)) {
            one.open_finding();
        }
    };
    view! {
        <button type="button" class="answer__choice answer__choice--fail" aria-pressed=pressed on:click=give>
            {words}
        </button>
    }
    .into_any()
}
