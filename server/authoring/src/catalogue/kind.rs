//! What a question asks for: a word, or a table of one key.

use super::{
    Reading, Value,
    fault::{Problem, Wanted},
    keys::Keys,
};
use domain::{
    expression::Expression,
    form::{Choice, NumberRule, PaperRule, QuestionKind},
    id::OptionId,
    text::Bilingual,
};
use toml::de::DeValue;

/// Kinds that are a word alone.
const WORDS: &str = "pass_fail, time, text, date, month, photo, signature, place, code, note";

/// Kinds that say more.
const TABLES: &str = "number, count, select_one, select_multiple, date, month, text, calculation";

/// Between these a figure is plausible where a file says nothing.
const FAR: f64 = 1_000_000.0;

impl<'a> Reading<'a> {
    pub fn kind(&mut self, keys: &mut Keys<'a>) -> Option<QuestionKind> {
        let Some(value) = keys.take("kind") else {
            self.missing(keys, "kind");
            return None;
        };
        match value.get_ref() {
            DeValue::String(word) => match word.as_ref() {
                "pass_fail" => Some(QuestionKind::PassFail),
                "time" => Some(QuestionKind::Time),
                "text" => Some(QuestionKind::Text { lines: 1 }),
                "date" => Some(QuestionKind::Date(PaperRule::default())),
                "month" => Some(QuestionKind::Month(PaperRule::default())),
                "photo" => Some(QuestionKind::Photo),
                "signature" => Some(QuestionKind::Signature),
                "place" => Some(QuestionKind::Place),
                "code" => Some(QuestionKind::Code),
                "note" => Some(QuestionKind::Note),
                other => {
                    let known = format!("{WORDS}, {{ {TABLES} }}");
                    self.tell(value.span().start, Problem::NotOneOf(other.to_owned(), known));
                    None
                }
            },
            DeValue::Table(_) => self.larger_kind(value),
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_) => {
                self.tell(value.span().start, Problem::NotA(Wanted::Text));
                None
            }
        }
    }

    fn larger_kind(&mut self, value: Value<'a>) -> Option<QuestionKind> {
        let mut keys = self.table(value)?;
        let kind = if let Some(rule) = keys.take("number") {
            QuestionKind::Number(self.rule(rule)?)
        } else if let Some(rule) = keys.take("count") {
            QuestionKind::Count(self.rule(rule)?)
        } else if let Some(choices) = keys.take("select_one") {
            QuestionKind::SelectOne(self.choices(choices))
        } else if let Some(choices) = keys.take("select_multiple") {
            QuestionKind::SelectMultiple(self.choices(choices))
        } else if let Some(rule) = keys.take("date") {
            QuestionKind::Date(self.paper_rule(rule)?)
        } else if let Some(rule) = keys.take("month") {
            QuestionKind::Month(self.paper_rule(rule)?)
        } else if let Some(text) = keys.take("text") {
            let mut table = self.table(text)?;
            let lines = self.whole(&mut table, "lines").unwrap_or(1);
            self.finish(table);
            QuestionKind::Text { lines }
        } else if let Some(calculation) = keys.take("calculation") {
            let nothing = || Expression::Text(String::new());
            QuestionKind::Calculation(self.parsed(calculation).unwrap_or_else(nothing))
        } else {
            self.finish(keys);
            return None;
        };
        self.finish(keys);
        Some(kind)
    }

    fn rule(&mut self, value: Value<'a>) -> Option<NumberRule> {
        let mut keys = self.table(value)?;
        let rule = NumberRule {
            unit: self.required_bilingual(&mut keys, "unit"),
            decimals: self.whole(&mut keys, "decimals").unwrap_or_default(),
            from: self.number(&mut keys, "from").unwrap_or_default(),
            to: self.number(&mut keys, "to").unwrap_or(FAR),
        };
        self.finish(keys);
        Some(rule)
    }

    fn paper_rule(&mut self, value: Value<'a>) -> Option<PaperRule> {
        let mut keys = self.table(value)?;
        let rule =
            PaperRule { none: self.is_so(&mut keys, "none"), not_shown: self.is_so(&mut keys, "not_shown") };
        self.finish(keys);
        Some(rule)
    }

    fn choices(&mut self, value: Value<'a>) -> Vec<Choice> {
        let mut choices = vec![];
        for one in self.list(value) {
            let Some(mut keys) = self.table(one) else { continue };
            choices.push(Choice {
                id: OptionId::from(self.required_text(&mut keys, "id")),
                text: Bilingual::new(
                    self.required_text(&mut keys, "zh"),
                    self.required_text(&mut keys, "en"),
                ),
                shown_if: self.expression(&mut keys, "if"),
            });
            self.finish(keys);
        }
        choices
    }
}
