//! The answer's control, by what the question asks for.

use super::{
    choices::Choices,
    figure::{Count, Figure},
    given::One,
    seldom::Seldom,
};
use crate::{
    components::icon::{Icon, Sign},
    i18n::{Lang, trade, use_lang, visit as t},
    parts,
    visit::VisitSession,
};
use domain::form::{Answer, AnswerKey, Question, QuestionKind};
use leptos::prelude::*;

#[component]
pub fn Control(work: VisitSession, question: Question, key: AnswerKey, fails: Memo<bool>) -> impl IntoView {
    let one = One::new(work, key, fails);
    match question.kind {
        QuestionKind::PassFail => view! { <PassFail one /> }.into_any(),
        QuestionKind::Number(rule) => view! { <Figure one rule /> }.into_any(),
        QuestionKind::Count(rule) => view! { <Count one rule /> }.into_any(),
        QuestionKind::SelectOne(_) => view! { <Choices one many=false /> }.into_any(),
        QuestionKind::SelectMultiple(_) => view! { <Choices one many=true /> }.into_any(),
        QuestionKind::Date(rule) => seldom(one, Seldom::Day(rule)),
        QuestionKind::Month(rule) => seldom(one, Seldom::Month(rule)),
        QuestionKind::Time => seldom(one, Seldom::Time),
        QuestionKind::Text { lines } => seldom(one, Seldom::Words { lines }),
        QuestionKind::Code => seldom(one, Seldom::Code),
        QuestionKind::Place => seldom(one, Seldom::Place),
        QuestionKind::Photo => {
            let gallery = question.allow_existing_photo;
            parts::within(move || Box::pin(parts::photo_answer(one, gallery)))
        }
        QuestionKind::Signature => parts::within(move || Box::pin(parts::signature(one))),
        QuestionKind::Note | QuestionKind::Calculation(_) => ().into_any(),
    }
}

fn seldom(one: One, asked: Seldom) -> AnyView {
    parts::within(move || Box::pin(parts::seldom(one, asked)))
}

#[component]
fn PassFail(one: One) -> impl IntoView {
    let lang = use_lang();
    let pressed = move |answer: Answer| move || one.is(&answer).to_string();
    let sign = move |answer: Answer, icon: Icon| move || one.is(&answer).then(|| view! { <Sign icon /> });
    let fail = move |_| {
        one.give(&Answer::Fail);
        one.open_finding();
    };
    view! {
        <div class="answer">
            <button
                type="button"
                class="answer__choice answer__choice--pass"
                aria-pressed=pressed(Answer::Pass)
                on:click=move |_| one.toggle(&Answer::Pass)
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
                on:click=move |_| one.toggle(&Answer::NotApplicable)
            >
                {trade::not_applicable(lang)}
            </button>
            {still_open(lang, one, "answer__choice answer__choice--na")}
        </div>
    }
    .into_any()
}

/// Where what was found here before is still open, or was said to be on the way along the street: it has its hazard, and what is as
/// wrong as before makes no second one. A second tap takes it back.
fn still_open(lang: Lang, one: One, class: &'static str) -> AnyView {
    let offered = ui::memo(move || one.is(&Answer::StillOpen) || one.is_open_before());
    let shown = move || {
        offered.get().then(|| {
            view! {
                <button
                    type="button"
                    class=class
                    aria-pressed=move || one.is(&Answer::StillOpen).to_string()
                    on:click=move |_| one.toggle(&Answer::StillOpen)
                >
                    {trade::still_open(lang)}
                </button>
            }
        })
    };
    shown.into_any()
}

/// At the side of a figure or below a choice: the question does not apply, or, once it fails, its hazard.
pub fn aside(one: One) -> AnyView {
    let lang = use_lang();
    let shown = move || {
        if one.fails.get() {
            view! {
                <button type="button" class="chip chip--on" on:click=move |_| one.open_finding()>
                    {t::record_failure(lang)}
                </button>
                {still_open(lang, one, "chip")}
            }
            .into_any()
        } else {
            view! {
                <button
                    type="button"
                    class="chip"
                    aria-pressed=move || one.is(&Answer::NotApplicable).to_string()
                    on:click=move |_| one.toggle(&Answer::NotApplicable)
                >
                    {trade::not_applicable(lang)}
                </button>
                {still_open(lang, one, "chip")}
            }
            .into_any()
        }
    };
    shown.into_any()
}
