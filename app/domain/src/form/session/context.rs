//! What a form asks of the world round it. All of it is known when the visit begins and stays so.

use crate::{
    expression::{Facts, LookupTable, Value},
    form::{Form, LastAnswers, QuestionKind},
    id::{FormId, QuestionId, SiteKind},
};
use chrono::{DateTime, FixedOffset, NaiveDate};
use std::collections::BTreeSet;

#[derive(Debug, Clone, PartialEq)]
pub struct Context {
    /// When the visit began, in the office's zone.
    pub began: DateTime<FixedOffset>,
    pub kinds: Vec<SiteKind>,
    /// `site('storeys')`; what is not known is left out.
    pub attributes: Vec<(String, Value)>,
    /// `last('width')`: each form has its own.
    pub last: Vec<LastAnswers>,
    /// Of forms that ask only some of their questions, as a recheck does: which those are.
    pub only: Vec<(FormId, BTreeSet<QuestionId>)>,
}

impl Context {
    /// A visit that begins now at a site of which nothing but its kinds is known.
    pub fn new(began: DateTime<FixedOffset>, kinds: Vec<SiteKind>) -> Self {
        Self { began, kinds, attributes: vec![], last: vec![], only: vec![] }
    }

    /// What alone is asked of this form; none: whatever its conditions say.
    pub fn only_of(&self, form: &FormId) -> Option<&BTreeSet<QuestionId>> {
        self.only.iter().find(|(known, _)| known == form).map(|(_, only)| only)
    }

    pub fn day(&self) -> NaiveDate {
        self.began.date_naive()
    }
}

impl Form {
    /// Whether it is offered at such a site: for one of its kinds, and as far as the form's own condition goes.
    pub fn is_offered(&self, at: &Context) -> bool {
        let is_kind = self.site_kinds.iter().any(|kind| at.kinds.contains(kind));
        let site = SiteOnly { at, form: self };
        is_kind && self.offered_if.as_ref().is_none_or(|offered_if| offered_if.holds(&site))
    }
}

/// The site, the visit and what a form looks back at, before anything is answered.
pub(in crate::form) struct SiteOnly<'a> {
    pub at: &'a Context,
    pub form: &'a Form,
}

impl SiteOnly<'_> {
    fn last_answers(&self) -> Option<&LastAnswers> {
        self.at.last.iter().find(|known| known.form == self.form.id)
    }

    /// Of a question, a row for each instance.
    fn last_rows(&self) -> impl Iterator<Item = [String; 2]> {
        self.last_answers().into_iter().flat_map(|last| &last.answers).map(move |given| {
            let question = &given.key.question;
            [question.as_str().to_owned(), given.answer.value(self.kind(question)).text()]
        })
    }

    /// What is not in this version any more has no choices whose order would count.
    fn kind(&self, question: &QuestionId) -> &QuestionKind {
        self.form.question(question).map_or(&QuestionKind::Note, |question| &question.kind)
    }
}

impl Facts for SiteOnly<'_> {
    fn answer(&self, _: &QuestionId) -> Value {
        Value::Nothing
    }
    fn answers(&self, _: &QuestionId) -> Vec<Value> {
        vec![]
    }
    fn this(&self) -> Value {
        Value::Nothing
    }
    fn position(&self) -> Option<usize> {
        None
    }
    fn now(&self) -> DateTime<FixedOffset> {
        self.at.began
    }
    fn is_site_kind(&self, kind: &SiteKind) -> bool {
        self.at.kinds.contains(kind)
    }
    fn site(&self, attribute: &str) -> Value {
        let known = self.at.attributes.iter().find(|(name, _)| name == attribute);
        known.map_or(Value::Nothing, |(_, value)| value.clone())
    }
    fn last(&self, question: &QuestionId) -> Value {
        self.last_answers().map_or(Value::Nothing, |last| last.value(question, self.kind(question)))
    }
    fn choice_name(&self, _: &QuestionId, _: &str) -> Option<String> {
        None
    }
    fn pull(&self, table: &str, column: &str, key: &str, value: &str) -> Value {
        let Some(known) = LookupTable::named(table) else { return Value::Nothing };
        let found = match known {
            LookupTable::Site => {
                let rows = self.at.attributes.iter().map(|(name, value)| [name.clone(), value.text()]);
                known.look_up(rows, column, key, value)
            }
            LookupTable::Last => known.look_up(self.last_rows(), column, key, value),
        };
        found.map_or(Value::Nothing, Value::Text)
    }
}
