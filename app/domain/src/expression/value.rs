//! What an expression comes to, and how one kind is read as another.

use super::calendar;
use crate::{figure::shortest, id::OptionId, json};
use chrono::{DateTime, FixedOffset, NaiveDate};

#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Not answered, not asked, not known.
    Nothing,
    Truth(bool),
    Number(f64),
    Text(String),
    Day(NaiveDate),
    Moment(DateTime<FixedOffset>),
    /// One or several choices, in the order of the form.
    Choices(Vec<OptionId>),
    /// An answer of each instance of a repeat, in order.
    Many(Vec<Value>),
}

impl Value {
    /// Whether it says that there is no answer: nothing, an empty text, no choice, and of many each of them.
    pub fn is_nothing(&self) -> bool {
        match self {
            Self::Nothing => true,
            Self::Text(text) => text.is_empty(),
            Self::Choices(choices) => choices.is_empty(),
            Self::Many(values) => values.iter().all(Self::is_nothing),
            Self::Truth(_) | Self::Number(_) | Self::Day(_) | Self::Moment(_) => false,
        }
    }

    /// The same, or a number that is none. A calculation that comes to it has no answer, and `coalesce()` passes over it.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Number(number) if number.is_nan()) || self.is_nothing()
    }

    /// As a condition: a number that is not zero, a text that is not empty, any day.
    pub fn truth(&self) -> bool {
        match self {
            Self::Truth(truth) => *truth,
            Self::Number(number) => *number != 0.0 && !number.is_nan(),
            Self::Many(values) => values.iter().any(Self::truth),
            Self::Nothing | Self::Text(_) | Self::Day(_) | Self::Moment(_) | Self::Choices(_) => {
                !self.is_nothing()
            }
        }
    }

    /// As a number, NaN where it is none. Days and moments count from the beginning of 1970, by the office's clock.
    pub fn number(&self) -> f64 {
        match self {
            Self::Truth(truth) => f64::from(u8::from(*truth)),
            Self::Number(number) => *number,
            Self::Text(text) => number_of(text).unwrap_or(f64::NAN),
            Self::Day(_) | Self::Moment(_) => calendar::when(self).map_or(f64::NAN, calendar::days),
            Self::Choices(choices) => match choices.as_slice() {
                [one] => number_of(one.as_str()).unwrap_or(f64::NAN),
                _ => f64::NAN,
            },
            Self::Many(values) => values.first().map_or(f64::NAN, Self::number),
            Self::Nothing => f64::NAN,
        }
    }

    /// As a text: several choices with blanks between them, days as `2026-11-29`, of many the first.
    pub fn text(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Truth(truth) => if *truth { "true" } else { "false" }.to_owned(),
            Self::Number(number) => text_of(*number),
            Self::Text(text) => text.clone(),
            Self::Day(day) => calendar::iso(*day),
            Self::Moment(moment) => calendar::iso_moment(moment),
            Self::Choices(choices) => choices.iter().map(OptionId::as_str).collect::<Vec<_>>().join(" "),
            Self::Many(values) => values.first().map(Self::text).unwrap_or_default(),
        }
    }

    /// The choices in it: a text counts as a list of them with blanks between, as in XLSForms.
    pub(super) fn choices(&self) -> Vec<String> {
        if let Self::Many(values) = self {
            return values.iter().flat_map(Self::choices).collect();
        }
        self.text().split_ascii_whitespace().map(str::to_owned).collect()
    }

    /// It, or each of many.
    pub(super) fn each(self) -> Vec<Self> {
        match self {
            Self::Many(values) => values.into_iter().flat_map(Self::each).collect(),
            one => vec![one],
        }
    }
}

/// Of digits with at most one point among them, and a minus before them.
pub(super) fn number_of(text: &str) -> Option<f64> {
    let text = text.trim();
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && digits.bytes().any(|byte| byte.is_ascii_digit())
        && digits.bytes().filter(|byte| *byte == b'.').count() <= 1;
    if is_number { json::float(text) } else { None }
}

fn text_of(number: f64) -> String {
    if number == 0.0 {
        "0".to_owned()
    } else if number.is_infinite() {
        if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned()
    } else {
        shortest(number)
    }
}
