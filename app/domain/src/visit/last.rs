//! What a visit leaves to the next one, and whether what a visit went by was so.

use super::Visit;
use crate::{
    form::{Form, LastAnswer, LastAnswers},
    id::FormId,
};
use chrono::{DateTime, Utc};

impl Visit {
    /// What this form looks back at of what was answered to it here, in whatever version; none where it was not filled in. `at`:
    /// when the visit was submitted, as far as whoever asks can say.
    pub fn last_answers(&self, form: &Form, at: DateTime<Utc>) -> Option<LastAnswers> {
        Some(LastAnswers::of(form, self.id, at, self.given_to(&form.id)?))
    }

    /// Whether it went by answers that were given in that visit, at the same site. What it leaves out it may not have known.
    pub fn went_by(&self, last: &LastAnswers, before: &Self) -> bool {
        let given = before.given_to(&last.form).filter(|_| before.site == self.site);
        given.is_some_and(|given| last.were_given(given))
    }

    /// What counted in this form, wherever it was asked. A recheck that asked a part of it says nothing of the rest.
    fn given_to(&self, form: &FormId) -> Option<impl Iterator<Item = LastAnswer>> {
        let filled = self.forms.iter().find(|filled| filled.form == *form && filled.only.is_empty())?;
        let answers = filled.answers.iter();
        Some(answers.map(|sealed| LastAnswer { key: sealed.key.clone(), answer: sealed.answer.clone() }))
    }
}
