//! Answers in words, with their unit, and what they were judged by.

use super::{condition::ConditionWords, kind::with_unit};
use crate::i18n::{forms as t, office, trade};
use domain::{
    form::{Answer, Question, QuestionKind, Verdict},
    id::OptionId,
    text::Lang,
    time,
};

/// An answer that is a value is followed by what it means.
pub fn answer_words(lang: Lang, question: &Question, answer: &Answer, verdict: Verdict) -> String {
    let kind = &question.kind;
    let value = match answer {
        Answer::Pass | Answer::Fail | Answer::NotApplicable | Answer::StillOpen => {
            return verdict_word(lang, verdict).to_owned();
        }
        Answer::Number(given) => with_unit(lang, kind, given.to_string()),
        Answer::Count(given) => with_unit(lang, kind, given.to_string()),
        Answer::Date(day) => day.to_string(),
        Answer::SelectOne(chosen) => option_words(lang, kind, chosen),
        Answer::SelectMultiple(chosen) => {
            let words: Vec<_> = chosen.iter().map(|id| option_words(lang, kind, id)).collect();
            words.join(office::between_choices(lang))
        }
        Answer::Text(text) | Answer::Code(text) => text.clone(),
        Answer::Absent => t::absent(lang).to_owned(),
        Answer::NotShown => t::not_shown(lang).to_owned(),
        Answer::Month(month) => month.to_string(),
        Answer::Time(time) => time.to_string(),
        Answer::Place(at) => format!("{:.5}, {:.5}", at.latitude, at.longitude),
        Answer::Attachments(_) if *kind == QuestionKind::Signature => t::signed(lang).to_owned(),
        Answer::Attachments(files) => t::photos_taken(lang, files.len()),
        Answer::Truth(true) => t::yes(lang).to_owned(),
        Answer::Truth(false) => t::no(lang).to_owned(),
        Answer::Moment(at) => time::long(at.to_utc()),
    };
    match verdict {
        Verdict::Pass | Verdict::Fail => office::value_and_verdict(lang, value, verdict_word(lang, verdict)),
        Verdict::NotApplicable | Verdict::StillOpen | Verdict::Information => value,
    }
}

fn verdict_word(lang: Lang, verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => trade::pass(lang),
        Verdict::Fail => trade::fail(lang),
        Verdict::NotApplicable => trade::not_applicable(lang),
        Verdict::StillOpen => trade::still_open(lang),
        Verdict::Information => trade::information(lang),
    }
}

/// What a figure or a day had to keep to; none where the answer itself says which way it went.
pub fn limit_words(conditions: &ConditionWords<'_>, question: &Question) -> Option<String> {
    match question.kind {
        QuestionKind::Number(_)
        | QuestionKind::Count(_)
        | QuestionKind::Date(_)
        | QuestionKind::Month(_)
        | QuestionKind::Calculation(_) => {
            let fails_if = question.criterion.as_ref()?.fails_if.as_ref()?;
            Some(t::must(conditions.lang, conditions.fails(fails_if, Some(question))))
        }
        QuestionKind::PassFail
        | QuestionKind::SelectOne(_)
        | QuestionKind::SelectMultiple(_)
        | QuestionKind::Time
        | QuestionKind::Text { .. }
        | QuestionKind::Photo
        | QuestionKind::Signature
        | QuestionKind::Place
        | QuestionKind::Code
        | QuestionKind::Note => None,
    }
}

/// A choice that the form does not know is shown by its id.
fn option_words(lang: Lang, kind: &QuestionKind, id: &OptionId) -> String {
    let found = kind.choices().iter().find(|choice| choice.id == *id);
    found.map_or_else(|| id.to_string(), |choice| choice.text.get(lang).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        expression::{Expression, Operator},
        form::{Choice, Entry, Form, Month, NumberRule},
        text::Bilingual,
    };
    use serde_json::json;

    fn question(kind: QuestionKind) -> Question {
        let plain = json!({ "id": "asked", "text": { "zh": "问", "en": "asked" }, "kind": "pass_fail" });
        Question { kind, ..serde_json::from_value(plain).unwrap() }
    }

    fn words(kind: QuestionKind, answer: &Answer, verdict: Verdict) -> String {
        answer_words(Lang::Zh, &question(kind), answer, verdict)
    }

    fn width() -> QuestionKind {
        let unit = Bilingual::new("米", "m");
        QuestionKind::Number(NumberRule { unit, decimals: 1, from: 0.0, to: 50.0 })
    }

    #[test]
    fn a_figure_is_said_with_unit_verdict_and_limit() {
        assert_eq!(words(width(), &Answer::Number(3.9), Verdict::Fail), "3.9 米，不合格");
        let plain = question(width());
        let fails_if =
            Expression::Binary(Operator::Less, Box::new(Expression::This), Box::new(Expression::Number(4.0)));
        let criterion =
            json!({ "fails_if": fails_if, "finding": { "what": { "zh": "窄", "en": "narrow" }, "days": 7 } });
        let judged = Question { criterion: serde_json::from_value(criterion).unwrap(), ..plain };
        let form = json!({
            "id": "access", "version": 1, "title": { "zh": "通道", "en": "Access" }, "layer": "patrol", "sector": "fire",
            "entries": [Entry::Question(Box::new(judged.clone()))],
        });
        let form: Form = serde_json::from_value(form).unwrap();
        let conditions =
            ConditionWords { lang: Lang::Zh, form: &form, kinds: &[], written: |_| String::new() };
        assert_eq!(limit_words(&conditions, &judged).as_deref(), Some("应不小于 4 米"));
        assert_eq!(limit_words(&conditions, &question(width())), None, "nothing is judged");
    }

    #[test]
    fn what_is_only_asked_for_has_no_verdict() {
        let chosen = Answer::SelectOne("old".into());
        let old = Choice { id: "old".into(), text: Bilingual::new("老旧", "old"), shown_if: None };
        let kind = || QuestionKind::SelectOne(vec![old.clone()]);
        assert_eq!(words(kind(), &chosen, Verdict::Information), "老旧");
        assert_eq!(words(kind(), &chosen, Verdict::Fail), "老旧，不合格");
        assert_eq!(words(kind(), &Answer::NotApplicable, Verdict::NotApplicable), "不适用");
        assert_eq!(words(kind(), &Answer::StillOpen, Verdict::StillOpen), "还没改");
    }

    #[test]
    fn a_paper_that_is_not_there_is_said_so() {
        let month = || QuestionKind::Month(domain::form::PaperRule { none: true, not_shown: true });
        let read = Answer::Month(Month::new(2026, 11).unwrap());
        assert_eq!(words(month(), &read, Verdict::Pass), "2026-11，合格");
        assert_eq!(words(month(), &Answer::Absent, Verdict::Fail), "没有，不合格");
        assert_eq!(words(month(), &Answer::NotShown, Verdict::Fail), "未出示，不合格");
    }
}
