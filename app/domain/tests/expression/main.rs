//! What forms reckon with.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod answers;
mod any;
mod comparisons;
mod days;
mod patterns;
mod references;
mod texts;
mod travel;
mod types;

use chrono::{DateTime, FixedOffset, NaiveDate};
use domain::{
    expression::{Expression, Facts, Function, Operator, Value},
    id::{OptionId, QuestionId, SiteKind},
};
use std::collections::BTreeMap;

/// 14:30 of Sunday, 29 November 2026, in Zhengzhou.
const BEGAN: &str = "2026-11-29T14:30:00+08:00";

/// A visit in which answers are as a test says.
#[derive(Default)]
struct Visit {
    answers: BTreeMap<QuestionId, Value>,
    this: Option<Value>,
    position: Option<usize>,
}

impl Visit {
    fn with(mut self, question: &str, answer: Value) -> Self {
        self.answers.insert(QuestionId::from(question), answer);
        self
    }

    fn of(question: &str, answer: Value) -> Self {
        Self::default().with(question, answer)
    }

    fn this(answer: Value) -> Self {
        Self { this: Some(answer), ..Self::default() }
    }
}

impl Facts for Visit {
    fn answer(&self, question: &QuestionId) -> Value {
        self.answers.get(question).cloned().unwrap_or(Value::Nothing)
    }

    fn answers(&self, question: &QuestionId) -> Vec<Value> {
        match self.answer(question) {
            Value::Many(values) => values,
            one => vec![one],
        }
    }

    fn this(&self) -> Value {
        self.this.clone().unwrap_or(Value::Nothing)
    }

    fn position(&self) -> Option<usize> {
        self.position
    }

    fn now(&self) -> DateTime<FixedOffset> {
        BEGAN.parse().unwrap()
    }

    fn is_site_kind(&self, kind: &SiteKind) -> bool {
        kind.as_str() == "high-rise"
    }

    fn site(&self, attribute: &str) -> Value {
        match attribute {
            "storeys" => Value::Number(18.0),
            "crowded" => Value::Truth(true),
            _ => Value::Nothing,
        }
    }

    fn last(&self, question: &QuestionId) -> Value {
        if question.as_str() == "width" { Value::Number(3.5) } else { Value::Nothing }
    }

    fn choice_name(&self, question: &QuestionId, option: &str) -> Option<String> {
        let names = [("gas", "bottled", "瓶装气"), ("gas", "piped", "管道气")];
        let found = names.into_iter().find(|(of, id, _)| question.as_str() == *of && option == *id);
        found.map(|(.., name)| name.to_owned())
    }

    fn pull(&self, table: &str, column: &str, key: &str, value: &str) -> Value {
        text_value(&[table, column, key, value].join("/"))
    }
}

fn number(number: f64) -> Expression {
    Expression::Number(number)
}

fn text(text: &str) -> Expression {
    Expression::Text(text.to_owned())
}

fn answer(question: &str) -> Expression {
    Expression::Answer(QuestionId::from(question))
}

fn binary(left: Expression, operator: Operator, right: Expression) -> Expression {
    Expression::Binary(operator, Box::new(left), Box::new(right))
}

fn call<const N: usize>(function: Function, arguments: [Expression; N]) -> Expression {
    Expression::Call(function, arguments.into())
}

fn text_value(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn choices(ids: &[&str]) -> Value {
    Value::Choices(ids.iter().map(|id| OptionId::from(*id)).collect())
}

fn day(day: &str) -> Value {
    Value::Day(date(day))
}

fn date(day: &str) -> NaiveDate {
    day.parse().unwrap()
}

fn alone(expression: &Expression) -> Value {
    expression.evaluate(&Visit::default())
}

/// A number that is none.
fn is_none(value: &Value) -> bool {
    matches!(value, Value::Number(number) if number.is_nan())
}
