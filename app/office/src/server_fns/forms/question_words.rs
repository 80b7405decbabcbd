//! A question of a form in words.

use super::{hazard_words::HazardWords, sheet::SheetQuestion};
use crate::{
    form_words::{
        basis::{QuoteWords, basis_words, quotes},
        condition::ConditionWords,
        kind::kind_words,
        picture::PictureWords,
    },
    i18n::forms as t,
};
use domain::{
    expression::{Expression, Function},
    form::{Question, QuestionKind, basis::EndedBasis},
};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QuestionWords {
    pub text: String,
    pub hint: Option<String>,
    pub picture: Option<PictureWords>,
    /// What is asked for, with unit and range.
    pub kind: String,
    /// When it is asked, what is accepted, and whatever else the phone does with it.
    pub remarks: Vec<String>,
}

pub(super) fn sheet(
    words: &ConditionWords<'_>,
    question: &Question,
    number: Option<usize>,
    ended: &[EndedBasis],
) -> SheetQuestion {
    let (lang, form) = (words.lang, words.form);
    let major_by = question.criterion.as_ref().and_then(|criterion| criterion.finding.major_by.as_ref());
    let major_by = major_by.and_then(|id| form.quote(id));
    let mut named = quotes(&question.basis, form);
    named.extend(major_by.filter(|quote| !question.basis.law.contains(&quote.id)));
    let ended = ended.iter().filter(|basis| *basis.question() == question.id);
    SheetQuestion {
        number,
        asked: QuestionWords::of(words, question),
        hazard: HazardWords::of(words, question),
        basis: basis_words(lang, &question.basis, form),
        ended: ended.map(|basis| basis.name(form)).collect(),
        quotes: named.into_iter().map(QuoteWords::of).collect(),
    }
}

impl QuestionWords {
    fn of(words: &ConditionWords<'_>, question: &Question) -> Self {
        let lang = words.lang;
        let reckoned = || {
            let QuestionKind::Calculation(how) = &question.kind else { return None };
            Some(words.formula(how))
        };
        let relevant = question.relevant.as_ref();
        let constraint = question.constraint.as_ref();
        let asks = question.kind.asks();
        let remarks = [
            relevant.map(|relevant| t::asked_if(lang, words.holds(relevant, Some(question)))),
            (asks && question.read_only).then(|| t::shown_only(lang).to_owned()),
            question.required.as_ref().filter(|_| question.asks()).map(|required| match required {
                Expression::Call(Function::False, _) => t::optional(lang).to_owned(),
                required => t::optional_unless(lang, words.holds(required, Some(question))),
            }),
            constraint.map(|constraint| t::valid_if(lang, constraint.message.get(lang).to_owned())),
            t::photo_wanted(lang, question.photo)
                .filter(|_| asks && question.kind != QuestionKind::Photo)
                .map(str::to_owned),
            question.allow_existing_photo.then(|| t::existing_photo(lang).to_owned()),
            question.every.map(|every| t::every(lang, every).to_owned()),
            question.fact.as_ref().map(|_| t::same_fact(lang).to_owned()),
        ];
        Self {
            text: question.text.get(lang).to_owned(),
            hint: question.hint.as_ref().map(|hint| hint.get(lang).to_owned()),
            picture: question.picture.as_ref().map(|picture| PictureWords::of(lang, picture)),
            kind: kind_words(lang, &question.kind, reckoned),
            remarks: remarks.into_iter().flatten().collect(),
        }
    }
}
