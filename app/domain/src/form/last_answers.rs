//! 上次答案: what was answered when a form was last filled in at a site. `last('width')` gives it, and the table `last` of
//! `pulldata()`.
//!
//! A form says by its expressions which of its answers it looks back at ([`LookedBackAt`]). Only those are kept for the next visit:
//! they lie with the site on every phone that has it, and travel with the visit that went by them.
//!
//! It is the form's own answers that count, under its own names, whatever its version was. Another form that asks for the same
//! [`fact`](super::Question::fact) says nothing here: that word makes one question of two within a visit, where both records have
//! the answer, and not from one visit to the next.

use super::{Answer, AnswerKey, Form, Layer, QuestionKind};
use crate::{
    expression::{Expression, Function, LookupTable, Value},
    id::{FormId, QuestionId, VisitId},
    limits::{LAST_ANSWERS, LAST_BYTES, LAST_TEXT},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Of one form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LastAnswers {
    pub form: FormId,
    /// In which it was filled in.
    pub visit: VisitId,
    /// When that visit was submitted.
    pub at: DateTime<Utc>,
    /// In form order. What is not here was not answered then, or is not looked back at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<LastAnswer>,
}

/// An answer that counted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LastAnswer {
    pub key: AnswerKey,
    pub answer: Answer,
}

impl LastAnswers {
    /// What the form looks back at of these answers, which were given in it, whatever the version: so many at the most, no longer
    /// text of each than [`LAST_TEXT`], and together no more than [`LAST_BYTES`]. What has no room is left out.
    pub fn of(
        form: &Form,
        visit: VisitId,
        at: DateTime<Utc>,
        given: impl IntoIterator<Item = LastAnswer>,
    ) -> Self {
        let looks_back = form.looks_back();
        let mut room = LAST_BYTES;
        let has_room = |given: &LastAnswer| {
            let bytes = serde_json::to_string(given).map_or(usize::MAX, |text| text.len());
            let left = room.checked_sub(bytes);
            room = left.unwrap_or(room);
            left.is_some()
        };
        let kept = given.into_iter().filter(|given| looks_back.includes(&given.key.question));
        let kept = kept.map(shortened).filter(has_room).take(LAST_ANSWERS);
        Self { form: form.id.clone(), visit, at, answers: kept.collect() }
    }

    /// Whether anything is kept of a form that was filled in: it looks back, a campaign counts where it was filled in, or what
    /// is known of it is so no more.
    pub fn are_kept_of(form: &Form, known: &[Self]) -> bool {
        let is_known = known.iter().any(|known| known.form == form.id);
        is_known || form.layer == Layer::Campaign || !form.looks_back().is_empty()
    }

    /// Takes the place of what is known of the same form, unless that is later.
    pub fn lay_over(self, known: &mut Vec<Self>) {
        match known.iter_mut().find(|known| known.form == self.form) {
            Some(known) if known.at > self.at => {}
            Some(known) => *known = self,
            None => known.push(self),
        }
    }

    /// Whether each of them is among what was given.
    pub fn were_given(&self, given: impl IntoIterator<Item = LastAnswer>) -> bool {
        let given: Vec<_> = given.into_iter().map(shortened).collect();
        self.answers.iter().all(|one| given.contains(one))
    }

    /// As expressions see it: of a question in a repeat the answers of all instances.
    pub(super) fn value(&self, question: &QuestionId, kind: &QuestionKind) -> Value {
        let given: Vec<_> = self.answers.iter().filter(|given| given.key.question == *question).collect();
        let mut values: Vec<_> = given.iter().map(|given| given.answer.value(kind)).collect();
        if given.iter().any(|given| !given.key.instance.is_empty()) {
            return Value::Many(values);
        }
        values.pop().unwrap_or(Value::Nothing)
    }
}

/// What is only looked at again need not be whole: a visit has to fit into one operation, and nobody could shorten this.
fn shortened(mut given: LastAnswer) -> LastAnswer {
    if let Answer::Text(text) | Answer::Code(text) = &mut given.answer
        && text.chars().nth(LAST_TEXT).is_some()
    {
        *text = text.chars().take(LAST_TEXT).collect();
    }
    given
}

/// The questions of a form whose answers it looks at again at the next visit.
#[derive(Debug, Default)]
pub struct LookedBackAt<'a> {
    named: BTreeSet<&'a str>,
    /// What is looked up is worked out first, so that it may be any.
    any: bool,
}

impl<'a> LookedBackAt<'a> {
    pub fn is_empty(&self) -> bool {
        self.named.is_empty() && !self.any
    }

    pub fn includes(&self, question: &QuestionId) -> bool {
        self.any || self.named.contains(question.as_str())
    }

    fn collect(&mut self, expression: &'a Expression) {
        if let Expression::Call(function, arguments) = expression {
            match (function, arguments.as_slice()) {
                (Function::Last, [Expression::Text(name)]) => drop(self.named.insert(name)),
                (Function::PullData, [Expression::Text(table), _, Expression::Text(key), value])
                    if LookupTable::named(table) == Some(LookupTable::Last) =>
                {
                    if let (Expression::Text(name), true) = (value, key == LookupTable::Last.key()) {
                        self.named.insert(name);
                    } else {
                        self.any = true;
                    }
                }
                (_, _) => {}
            }
        }
        expression.parts().into_iter().for_each(|part| self.collect(part));
    }
}

impl Form {
    /// What it looks back at, in whichever of its expressions.
    pub fn looks_back(&self) -> LookedBackAt<'_> {
        let mut found = LookedBackAt::default();
        for entry in self.all_entries() {
            entry.expressions().into_iter().for_each(|(_, expression)| found.collect(expression));
        }
        self.offered_if.iter().for_each(|offered_if| found.collect(offered_if));
        found
    }
}
