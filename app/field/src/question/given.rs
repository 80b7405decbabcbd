//! One question's answer, as its control gives it and takes it back.

use crate::visit::{VisitSession, element_id};
use domain::form::{Answer, AnswerKey};
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub struct One {
    pub work: VisitSession,
    pub key: StoredValue<AnswerKey>,
    pub answer: Memo<Option<Answer>>,
    pub fails: Memo<bool>,
}

impl One {
    pub fn new(work: VisitSession, key: AnswerKey, fails: Memo<bool>) -> Self {
        let key = StoredValue::new(key);
        let answer = ui::memo(move || key.with_value(|key| work.given(key)));
        Self { work, key, answer, fails }
    }

    pub fn give(self, answer: &Answer) {
        self.key.with_value(|key| self.work.answer(key, answer));
    }

    pub fn clear(self) {
        self.key.with_value(|key| self.work.clear(key));
    }

    pub fn type_in(self, words: &str) {
        self.key.with_value(|key| self.work.type_in(key, words));
    }

    /// What was typed and is no answer.
    pub fn typed(self) -> String {
        let typed = self.key.with_value(|key| self.work.look(key, |state| state.typed.to_owned()));
        typed.unwrap_or_default()
    }

    /// A second tap on the same takes it back.
    pub fn toggle(self, answer: &Answer) {
        if self.answer.get_untracked().as_ref() == Some(answer) { self.clear() } else { self.give(answer) }
    }

    pub fn is(self, answer: &Answer) -> bool {
        self.answer.with(|given| given.as_ref() == Some(answer))
    }

    /// What was found here before is not put right yet. Tracked: it is read beside the form.
    pub fn is_open_before(self) -> bool {
        self.key.with_value(|key| self.work.is_open_before(key))
    }

    pub fn open_finding(self) {
        self.work.open_finding(self.key.get_value());
    }

    /// What stands above it, for who hears the screen.
    pub fn label(self) -> String {
        format!("{}-q", element_id(&self.key.get_value()))
    }
}
