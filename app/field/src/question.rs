//! One question of a form: what is asked, the answer under the thumb, and what belongs to it.

mod choices;
mod control;
mod extras;
mod figure;
mod found;
mod given;
mod paper;
mod photos;
mod picture;
mod place;
mod seldom;
mod signature;

pub use extras::NoteAndPhotos;
pub use found::{FoundRows, headline, row_id};
pub use given::One;
pub use photos::Photos;
pub use picture::HintPicture;
pub use seldom::{Seldom, seldom};
pub use signature::Signature;

use crate::{
    i18n::{Lang, answers, use_lang, visit as t},
    parts,
    visit::{VisitSession, element_id},
};
use control::Control;
use domain::form::{AnswerKey, PhotoRule, Question, QuestionKind};
use extras::Extras;
use leptos::prelude::*;

#[component]
pub fn QuestionCard(
    work: VisitSession,
    key: AnswerKey,
    /// Among those that are asked; 0 for what asks nothing.
    number: Signal<usize>,
) -> impl IntoView {
    let lang = use_lang();
    let Some(question) = work.question(&key) else { return ().into_any() };
    let (label, card) = (format!("{}-q", element_id(&key)), element_id(&key));
    let labelled = label.clone();
    let text = question.text.get(lang).to_owned();
    let hint = question.hint.as_ref().map(|hint| hint.get(lang).to_owned());
    let hint = hint.map(|hint| view! { <p class="u-small">{hint}</p> });
    // Whoever stands there looks at that first.
    let asked = key.clone();
    let before =
        move || work.wrong_before(&asked).map(|words| view! { <p class="question-card__before">{words}</p> });
    let picture = question.picture.clone();
    let picture =
        picture.map(|picture| parts::within(move || Box::pin(parts::hint_picture(picture.clone()))));
    if matches!(question.kind, QuestionKind::Note) {
        return view! {
            <div class="card question-card" id=card>
                <p class="question-card__text">{text}</p>
                {hint}
                {picture}
            </div>
        }
        .into_any();
    }
    let number = move || Some(number.get()).filter(|number| *number > 0);
    view! {
        <div class="card question-card" id=card role="group" aria-labelledby=labelled>
            <p class="question-card__text" id=label>
                <span class="question-card__number">{number}</span>
                {text}
                {optional(work, lang, &question, &key)}
            </p>
            {before}
            {hint}
            {picture}
            {body(work, question, key)}
        </div>
    }
    .into_any()
}

/// 选填, where it need not be answered; whether it must may depend on other answers.
fn optional(work: VisitSession, lang: Lang, question: &Question, key: &AnswerKey) -> Option<AnyView> {
    if !question.asks() || question.required.is_none() {
        return None;
    }
    let key = key.clone();
    let is_optional =
        ui::memo(move || work.look(&key, |state| !state.required && !state.is_asked_elsewhere) == Some(true));
    let mark = move || {
        is_optional.get().then(|| view! { <span class="question-card__optional">{t::optional(lang)}</span> })
    };
    Some(mark.into_any())
}

/// The control, or the answer where it cannot be given here.
fn body(work: VisitSession, question: Question, key: AnswerKey) -> AnyView {
    let lang = use_lang();
    let fails = {
        let key = key.clone();
        ui::memo(move || work.fails(&key))
    };
    let found = {
        let key = key.clone();
        move || {
            let key = key.clone();
            fails.get().then(|| parts::within(move || Box::pin(parts::found(work, key.clone()))))
        }
    };
    if question.read_only {
        return view! { {stands(work, &question, &key)} {found} }.into_any();
    }
    // Two forms of a visit may ask the same, and only such questions are asked elsewhere.
    if question.fact.is_none() {
        return view! { {asked(work, question, key, fails)} {found} }.into_any();
    }
    let elsewhere = {
        let key = key.clone();
        ui::memo(move || work.asked_elsewhere(&key))
    };
    view! {
        {move || match elsewhere.get() {
            Some(form) => {
                view! {
                    <p class="u-small">{t::elsewhere(lang, &work.title_of(lang, &form))}</p>
                    {stands(work, &question, &key)}
                }
                .into_any()
            }
            None => asked(work, question.clone(), key.clone(), fails),
        }}
        {found}
    }
    .into_any()
}

fn asked(work: VisitSession, question: Question, key: AnswerKey, fails: Memo<bool>) -> AnyView {
    let lang = use_lang();
    let problem = {
        let key = key.clone();
        ui::memo(move || work.problem(lang, &key))
    };
    let always = question.photo == PhotoRule::Always && !matches!(question.kind, QuestionKind::Photo);
    view! {
        <Control work question key=key.clone() fails />
        {move || problem.get().map(|words| view! { <p class="error-line" role="alert">{words}</p> })}
        <Extras work key always fails />
    }
    .into_any()
}

/// The answer that counts, in words.
fn stands(work: VisitSession, question: &Question, key: &AnswerKey) -> AnyView {
    let (lang, kind, key) = (use_lang(), question.kind.clone(), key.clone());
    let words = ui::memo(move || {
        let words = work.look(&key, |state| state.answer.map(|answer| answers::words(lang, answer, &kind)));
        words.flatten().unwrap_or_else(|| t::no_answer_yet(lang).to_owned())
    });
    view! { <p class="question-card__stands">{words}</p> }.into_any()
}
