//! What is asked for: its kind, unit and range, and what can be chosen.

use crate::i18n::{forms as t, office};
use domain::{
    form::{Choice, NumberRule, PaperRule, QuestionKind},
    text::Lang,
};

/// `written` is how what is worked out is reckoned.
pub fn kind_words(lang: Lang, kind: &QuestionKind, written: impl Fn() -> Option<String>) -> String {
    match kind {
        QuestionKind::PassFail => t::kind_pass_fail(lang).to_owned(),
        QuestionKind::Number(rule) => figure(lang, t::kind_number(lang), rule),
        QuestionKind::Count(rule) => figure(lang, t::kind_count(lang), rule),
        QuestionKind::SelectOne(choices) => among(lang, t::kind_one(lang), choices),
        QuestionKind::SelectMultiple(choices) => among(lang, t::kind_several(lang), choices),
        QuestionKind::Date(rule) => paper(lang, t::kind_date(lang), *rule),
        QuestionKind::Month(rule) => paper(lang, t::kind_month(lang), *rule),
        QuestionKind::Time => t::kind_time(lang).to_owned(),
        QuestionKind::Text { .. } => t::kind_text(lang).to_owned(),
        QuestionKind::Photo => t::kind_photo(lang).to_owned(),
        QuestionKind::Signature => t::kind_signature(lang).to_owned(),
        QuestionKind::Place => t::kind_place(lang).to_owned(),
        QuestionKind::Code => t::kind_code(lang).to_owned(),
        QuestionKind::Note => t::kind_note(lang).to_owned(),
        QuestionKind::Calculation(_) => match written() {
            Some(how) => t::worked_out(lang, how),
            None => t::kind_calculation(lang).to_owned(),
        },
    }
}

/// A figure with the unit of its question, if it has one.
pub fn with_unit(lang: Lang, kind: &QuestionKind, value: String) -> String {
    let (QuestionKind::Number(rule) | QuestionKind::Count(rule)) = kind else { return value };
    let unit = rule.unit.get(lang);
    if unit.is_empty() { value } else { format!("{value} {unit}") }
}

fn figure(lang: Lang, kind: &str, rule: &NumberRule) -> String {
    let NumberRule { unit, from, to, .. } = rule;
    let unit = unit.get(lang);
    let kind = if unit.is_empty() { kind.to_owned() } else { t::kind_in(lang, kind, unit) };
    t::kind_figure(lang, kind, from.to_string(), to.to_string())
}

fn among(lang: Lang, kind: &str, choices: &[Choice]) -> String {
    let choices: Vec<_> = choices.iter().map(|choice| choice.text.get(lang)).collect();
    t::kind_choices(lang, kind, choices.join(office::between_choices(lang)))
}

fn paper(lang: Lang, kind: &str, rule: PaperRule) -> String {
    let none = rule.none.then(|| t::absent(lang));
    let not_shown = rule.not_shown.then(|| t::not_shown(lang));
    let besides: Vec<_> = none.into_iter().chain(not_shown).collect();
    if besides.is_empty() {
        kind.to_owned()
    } else {
        t::kind_or(lang, kind, besides.join(office::between_choices(lang)))
    }
}
