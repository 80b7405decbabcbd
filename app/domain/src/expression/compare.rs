//! Comparisons, by the rules of XPath as XLSForms' authors know them.
//!
//! Of many answers it is enough that one compares so. What is compared with a truth is a truth, with a number a number, with a
//! day a day; else both are texts. An answer that was not given is equal to an empty text only, and neither less nor greater
//! than anything.

use super::{Operator, Value, calendar};
use std::collections::BTreeSet;

pub(super) fn compares(operator: Operator, left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Many(values), other) if !values.is_empty() => {
            values.iter().any(|value| compares(operator, value, other))
        }
        (other, Value::Many(values)) if !values.is_empty() => {
            values.iter().any(|value| compares(operator, other, value))
        }
        (_, _) => match operator {
            Operator::Equal => is_same(left, right),
            Operator::NotEqual => !is_same(left, right),
            Operator::Less => figure(left, right) < figure(right, left),
            Operator::LessOrEqual => figure(left, right) <= figure(right, left),
            Operator::Greater => figure(left, right) > figure(right, left),
            Operator::GreaterOrEqual => figure(left, right) >= figure(right, left),
            Operator::Or
            | Operator::And
            | Operator::Add
            | Operator::Subtract
            | Operator::Multiply
            | Operator::Divide
            | Operator::Remainder => false,
        },
    }
}

fn is_same(left: &Value, right: &Value) -> bool {
    if left.is_nothing() || right.is_nothing() {
        return left.is_nothing() && right.is_nothing();
    }
    match (left, right) {
        // Attributes and tables say `true` and `false` in words, too; by XPath both words would be true.
        (Value::Truth(truth), Value::Text(word)) | (Value::Text(word), Value::Truth(truth)) => {
            match word.as_str() {
                "true" | "1" => *truth,
                "false" | "0" => !*truth,
                _ => false,
            }
        }
        (Value::Truth(_), _) | (_, Value::Truth(_)) => left.truth() == right.truth(),
        (Value::Number(_) | Value::Day(_) | Value::Moment(_), _)
        | (_, Value::Number(_) | Value::Day(_) | Value::Moment(_)) => {
            figure(left, right) == figure(right, left)
        }
        (Value::Choices(_), _) | (_, Value::Choices(_)) => {
            // In which order they were ticked says nothing.
            let set = |value: &Value| value.choices().into_iter().collect::<BTreeSet<_>>();
            set(left) == set(right)
        }
        (Value::Nothing | Value::Text(_) | Value::Many(_), _) => left.text() == right.text(),
    }
}

/// The number that is compared, beside another value: a text beside a day is a day, else a number or a time of day.
fn figure(value: &Value, beside: &Value) -> f64 {
    match (value, beside) {
        (Value::Text(_), Value::Day(_) | Value::Moment(_)) => {
            calendar::when(value).map_or(f64::NAN, calendar::days)
        }
        (Value::Text(text), Value::Text(_)) => calendar::time_of(text).unwrap_or_else(|| value.number()),
        (_, _) => value.number(),
    }
}
