//! Answers in words, with their unit, and the limit that they were judged by.

use crate::i18n::{office, trade};
use domain::{
    answer::{Answer, Verdict},
    checklist::{ChoiceOption, DateRule, NumericRule, Question},
    id::OptionId,
    text::Lang,
};

/// An answer that is a value is followed by what it means.
pub fn answer_words(lang: Lang, question: &Question, answer: &Answer, verdict: Verdict) -> String {
    let value = match answer {
        Answer::Pass | Answer::Fail | Answer::NotApplicable => return verdict_word(lang, verdict).to_owned(),
        Answer::Number(given) => with_unit(lang, question, given.to_string()),
        Answer::Count(given) => with_unit(lang, question, given.to_string()),
        Answer::Date(day) => day.to_string(),
        Answer::SelectOne(chosen) => option_words(lang, question, chosen),
        Answer::SelectMultiple(chosen) => {
            let words: Vec<_> = chosen.iter().map(|id| option_words(lang, question, id)).collect();
            words.join(office::between_choices(lang))
        }
        Answer::Text(text) => text.clone(),
    };
    // A choice without a wrong option has been a question, not a test.
    let tests = match question {
        Question::SelectOne { options } | Question::SelectMultiple { options } => {
            options.iter().any(|one| one.fails)
        }
        Question::PassFail
        | Question::Number(_)
        | Question::Count(_)
        | Question::Date(_)
        | Question::Text => true,
    };
    match verdict {
        Verdict::Pass | Verdict::Fail if tests => {
            office::value_and_verdict(lang, value, verdict_word(lang, verdict))
        }
        Verdict::Pass | Verdict::Fail | Verdict::NotApplicable | Verdict::Information => value,
    }
}

fn verdict_word(lang: Lang, verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => trade::pass(lang),
        Verdict::Fail => trade::fail(lang),
        Verdict::NotApplicable => trade::not_applicable(lang),
        Verdict::Information => trade::information(lang),
    }
}

/// What the answer had to keep to; none where the item has no figure to keep to.
pub fn limit_words(lang: Lang, question: &Question) -> Option<String> {
    match question {
        Question::Number(measure) | Question::Count(measure) => measure_limit(lang, measure),
        Question::Date(DateRule { within_days, not_past }) => match (within_days, not_past) {
            (Some(days), _) => Some(office::limit_within_days(lang, *days)),
            (None, true) => Some(office::limit_not_past(lang).to_owned()),
            (None, false) => None,
        },
        Question::PassFail
        | Question::SelectOne { .. }
        | Question::SelectMultiple { .. }
        | Question::Text => None,
    }
}

fn measure_limit(lang: Lang, measure: &NumericRule) -> Option<String> {
    let figure = |limit: f64| quantity(limit.to_string(), measure.unit.get(lang));
    match (measure.at_least, measure.at_most) {
        (Some(low), Some(high)) => Some(office::limit_between(lang, low.to_string(), figure(high))),
        (Some(low), None) => Some(office::limit_at_least(lang, figure(low))),
        (None, Some(high)) => Some(office::limit_at_most(lang, figure(high))),
        (None, None) => None,
    }
}

fn with_unit(lang: Lang, question: &Question, value: String) -> String {
    match question {
        Question::Number(measure) | Question::Count(measure) => quantity(value, measure.unit.get(lang)),
        Question::PassFail
        | Question::SelectOne { .. }
        | Question::SelectMultiple { .. }
        | Question::Date(_)
        | Question::Text => value,
    }
}

fn quantity(value: String, unit: &str) -> String {
    if unit.is_empty() { value } else { format!("{value} {unit}") }
}

/// An option that the checklist does not know is shown by its id.
fn option_words(lang: Lang, question: &Question, id: &OptionId) -> String {
    let options: &[ChoiceOption] = match question {
        Question::SelectOne { options } | Question::SelectMultiple { options } => options,
        Question::PassFail
        | Question::Number(_)
        | Question::Count(_)
        | Question::Date(_)
        | Question::Text => &[],
    };
    let found = options.iter().find(|option| option.id == *id);
    found.map_or_else(|| id.to_string(), |option| option.text.get(lang).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::text::Bilingual;

    fn width() -> Question {
        Question::Number(NumericRule {
            unit: Bilingual::new("m", "m"),
            decimals: 1,
            from: 0.0,
            to: 50.0,
            at_least: Some(4.0),
            at_most: None,
        })
    }

    #[test]
    fn a_figure_is_said_with_unit_verdict_and_limit() {
        let words = answer_words(Lang::Zh, &width(), &Answer::Number(3.9), Verdict::Fail);
        assert_eq!(words, "3.9 m，不合格");
        assert_eq!(limit_words(Lang::Zh, &width()).as_deref(), Some("应不小于 4 m"));
    }

    #[test]
    fn a_choice_that_cannot_fail_has_no_verdict() {
        let option =
            |id: &str, zh: &str, fails| ChoiceOption { id: id.into(), text: Bilingual::new(zh, "x"), fails };
        let chosen = Answer::SelectOne("old".into());
        let plain = Question::SelectOne {
            options: vec![option("new", "新建", false), option("old", "老旧", false)],
        };
        assert_eq!(answer_words(Lang::Zh, &plain, &chosen, Verdict::Pass), "老旧");
        let test = Question::SelectOne {
            options: vec![option("new", "新建", false), option("old", "老旧", true)],
        };
        assert_eq!(answer_words(Lang::Zh, &test, &chosen, Verdict::Fail), "老旧，不合格");
    }
}
