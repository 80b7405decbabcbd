//! Visits as a phone submits them.

use super::{Phone, id, now, operation};
use domain::{
    form::{
        Answer, AnswerKey, Form, QuestionKind,
        session::{Lack, PreparedForm},
    },
    site::Site,
    visit::{Draft, OpenDraft, SiteSeen, VisitNature, VisitOutcome},
};
use serde_json::{Value, json};
use std::{slice, sync::Arc};

/// A visit with this form in which everything passes.
pub fn passing_visit(phone: &Phone<'_>, site: &Site, form: &Arc<Form>) -> Value {
    passing_visit_of(phone, site, slice::from_ref(form))
}

/// The same with several forms.
pub fn passing_visit_of(phone: &Phone<'_>, site: &Site, forms: &[Arc<Form>]) -> Value {
    let mut draft = begun(phone, site);
    forms.iter().for_each(|form| draft.add_form(form));
    let mut draft = opened(draft, forms);
    (0..forms.len()).for_each(|form| pass_all(&mut draft, form));
    let sealed = draft.submit(now()).unwrap();
    operation(json!({ "submit_visit": sealed.visit }))
}

/// A draft in hand, with its forms.
pub fn opened(draft: Draft, forms: &[Arc<Form>]) -> OpenDraft {
    OpenDraft::open(draft, &prepared(forms)).unwrap()
}

pub fn prepared(forms: &[Arc<Form>]) -> Vec<Arc<PreparedForm>> {
    forms.iter().map(|form| PreparedForm::new(form.clone())).collect()
}

/// Answers whatever is open in a form of a draft so that nothing fails: with the first choice that does not, else as not applicable.
pub fn pass_all(draft: &mut OpenDraft, form: usize) {
    while let Some(key) = open_question(draft, form) {
        for answer in answers_to(draft, form, &key) {
            draft.answer(form, &key, answer).unwrap();
            if !draft.fails(form, &key) {
                break;
            }
        }
    }
}

fn answers_to(draft: &OpenDraft, form: usize, key: &AnswerKey) -> Vec<Answer> {
    let state = draft.question(form, key).unwrap();
    let is_one = matches!(state.question.kind, QuestionKind::SelectOne(_));
    let chosen = state.choices().filter(|_| is_one).map(|choice| Answer::SelectOne(choice.id.clone()));
    chosen.chain([Answer::NotApplicable]).collect()
}

/// The first question that is asked and not answered.
fn open_question(draft: &OpenDraft, form: usize) -> Option<AnswerKey> {
    let issues = draft.sessions()[form].issues().into_iter();
    issues.filter(|issue| issue.lack == Lack::Unanswered).map(|issue| issue.question).next()
}

/// A visit without a form yet.
pub fn begun(phone: &Phone<'_>, site: &Site) -> Draft {
    let started_at = now() - chrono::Duration::minutes(20);
    let begun =
        Draft::begun(id(), site.id, SiteSeen::of(site), VisitNature::Patrol, phone.person, started_at);
    Draft { outcome: VisitOutcome::Done, ..begun }
}

/// The first answer of a visit's operation, to be changed.
pub fn answer_in(operation: &mut Value) -> &mut Value {
    &mut answers_in(operation)[0]
}

/// The answers of a visit's first form, to be changed.
pub fn answers_in(operation: &mut Value) -> &mut Vec<Value> {
    answers_of(operation, 0)
}

/// The answers of one of a visit's forms, to be changed.
pub fn answers_of(operation: &mut Value, form: usize) -> &mut Vec<Value> {
    operation["payload"]["submit_visit"]["forms"][form]["answers"].as_array_mut().unwrap()
}
