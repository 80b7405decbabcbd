//! What a form's version changes: answers that have no place any more, and a newer version that could be used. A part of the
//! program by itself: [`VisitSession::has_aside`] and [`VisitSession::newer`] say whether there is any of it.

use super::VisitSession;
use crate::i18n::{answers, use_lang, visit as t};
use domain::{
    form::{Aside, Question},
    id::FormId,
};
use leptos::prelude::*;

/// Below all questions. Nothing that was answered is lost.
#[component]
pub fn AsideAnswers(work: VisitSession) -> impl IntoView {
    let lang = use_lang();
    let aside: Vec<Aside> = work.draft_now(|draft| {
        let form = draft.forms.get(work.form);
        form.map(|kept| kept.answers.aside.clone()).unwrap_or_default()
    });
    let rows = aside.into_iter().map(|Aside { response, because }| {
        let asked = asked(work, &response.key.question);
        let text = asked
            .as_ref()
            .map_or_else(|| response.key.question.to_string(), |question| question.text.get(lang).to_owned());
        let given = response.answer.as_ref().map(|answer| match &asked {
            Some(question) => answers::words(lang, answer, &question.kind),
            None => answers::words(lang, answer, &domain::form::QuestionKind::Note),
        });
        let photos = (!response.photos.is_empty()).then(|| answers::files(lang, response.photos.len()));
        let all: Vec<String> = [given, Some(response.typed), Some(response.note), photos]
            .into_iter()
            .flatten()
            .filter(|words| !words.is_empty())
            .collect();
        view! {
            <div>
                <span class="rows__body">
                    <span class="rows__title">{text}</span>
                    <span class="rows__meta">{all.join(" · ")}</span>
                    <span class="rows__meta">{t::aside(lang, because)}</span>
                </span>
            </div>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="section-head">
            <h2>{t::aside_heading(lang)}</h2>
        </div>
        <p class="u-small">{t::aside_hint(lang)}</p>
        <div class="card rows">{rows}</div>
    }
}

/// As the version asked that knew it last; a question whose way of asking changed is still on the form.
fn asked(work: VisitSession, id: &domain::id::QuestionId) -> Option<Question> {
    let own = work.draft_now(|draft| draft.forms.get(work.form).map(|kept| kept.form.clone()))?;
    let earlier = work.beside(|found| {
        let mut versions: Vec<_> = found.earlier.iter().filter(|form| form.id == own).collect();
        domain::order::sort_by_key(&mut versions, |form| std::cmp::Reverse(form.version));
        versions.into_iter().find_map(|form| form.question(id).cloned())
    });
    earlier.or_else(|| work.of_form(|form| form.question(id).cloned()))
}

/// 改用新版
#[component]
pub fn NewerVersion(work: VisitSession, form: FormId, version: u32) -> impl IntoView {
    let lang = use_lang();
    view! {
        <div class="notice" role="status">
            <p>{t::newer_version(lang, &work.title(lang))}</p>
            <p class="u-small">{t::take_over_hint(lang)}</p>
            <button type="button" class="link" on:click=move |_| work.take_over(form.clone(), version)>
                {t::take_over(lang)}
            </button>
        </div>
    }
}
