//! 答案: what can be given, whether it fits the question, and what an expression sees of it.

use super::{Choice, Month, NumberRule, QuestionKind, TimeOfDay};
use crate::{
    attachment::AttachmentHash,
    expression::Value,
    id::OptionId,
    limits::{
        Checked, Excess, Field, OverLimit, PHOTOS, SLUG, check_count, check_text, records::check_location,
        tidy_text,
    },
    place::Location,
};
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use thiserror::Error;

/// The words of earlier records stay: `pass` to `text`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// 合格
    Pass,
    /// 不合格
    Fail,
    /// 不适用; whatever is asked may be answered so.
    NotApplicable,
    /// 还没改: what is wrong here was found before, and has its hazard; whatever is asked may be answered so.
    StillOpen,
    Number(f64),
    Count(u32),
    Date(NaiveDate),
    SelectOne(OptionId),
    SelectMultiple(BTreeSet<OptionId>),
    Text(String),
    /// 没有: what would bear the date does not exist.
    Absent,
    /// 未出示: it is said to exist, and cannot be shown.
    NotShown,
    Month(Month),
    Time(TimeOfDay),
    Place(Location),
    Code(String),
    /// Photos, or a signature.
    Attachments(Vec<AttachmentHash>),
    /// What a calculation came to; nobody gives it.
    Truth(bool),
    /// The same.
    Moment(DateTime<FixedOffset>),
}

/// Why an answer cannot be an answer to its question.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum AnswerError {
    #[error("an answer of another type than the question asks for")]
    WrongType,
    #[error("{given} is outside the plausible range {from} to {to}")]
    Implausible { given: f64, from: f64, to: f64 },
    #[error("{given} is not a number")]
    NotANumber { given: f64 },
    #[error("option `{0}` is not offered")]
    UnknownOption(OptionId),
    #[error("nothing was chosen or written")]
    Empty,
    #[error(transparent)]
    OverLimit(#[from] OverLimit),
}

impl Answer {
    /// The photos or the signature that it is.
    pub fn files(&self) -> &[AttachmentHash] {
        match self {
            Self::Attachments(files) => files,
            Self::Pass
            | Self::Fail
            | Self::NotApplicable
            | Self::StillOpen
            | Self::Number(_)
            | Self::Count(_)
            | Self::Date(_)
            | Self::SelectOne(_)
            | Self::SelectMultiple(_)
            | Self::Text(_)
            | Self::Absent
            | Self::NotShown
            | Self::Month(_)
            | Self::Time(_)
            | Self::Place(_)
            | Self::Code(_)
            | Self::Truth(_)
            | Self::Moment(_) => &[],
        }
    }

    /// As expressions see it. What is not there, not shown, not applicable or as wrong as before is nothing to reckon with,
    /// except that pass/fail has a word for it: what is as wrong as before fails.
    pub fn value(&self, kind: &QuestionKind) -> Value {
        match self {
            Self::Pass => Value::Text("pass".to_owned()),
            Self::Fail => Value::Text("fail".to_owned()),
            Self::NotApplicable if matches!(kind, QuestionKind::PassFail) => Value::Text("na".to_owned()),
            Self::StillOpen if matches!(kind, QuestionKind::PassFail) => Value::Text("fail".to_owned()),
            Self::NotApplicable | Self::StillOpen | Self::Absent | Self::NotShown => Value::Nothing,
            Self::Number(number) => Value::Number(*number),
            Self::Count(count) => Value::Number((*count).into()),
            Self::Date(day) => Value::Day(*day),
            Self::Month(month) => Value::Day(month.first_day()),
            Self::SelectOne(chosen) => Value::Choices(vec![chosen.clone()]),
            Self::SelectMultiple(chosen) => {
                let choices = kind.choices();
                let place = |id: &OptionId| choices.iter().position(|choice| choice.id == *id);
                let mut chosen: Vec<_> = chosen.iter().cloned().collect();
                chosen.sort_by_key(place);
                Value::Choices(chosen)
            }
            Self::Text(text) | Self::Code(text) => Value::Text(text.clone()),
            Self::Time(time) => Value::Text(time.to_string()),
            Self::Place(at) => Value::Text(format!("{} {}", at.latitude, at.longitude)),
            Self::Attachments(files) if files.is_empty() => Value::Nothing,
            Self::Attachments(files) => {
                Value::Text(files.iter().map(AttachmentHash::as_str).collect::<Vec<_>>().join(" "))
            }
            Self::Truth(truth) => Value::Truth(*truth),
            Self::Moment(at) => Value::Moment(*at),
        }
    }

    /// What a default or a calculation came to, as an answer to a question of this kind; None where it is none.
    pub fn of(value: Value, kind: &QuestionKind) -> Option<Self> {
        match (kind, value) {
            (_, Value::Nothing) => None,
            (_, Value::Many(values)) => values.into_iter().find_map(|value| Self::of(value, kind)),
            (QuestionKind::Calculation(_), value) => Self::calculated(value),
            (QuestionKind::PassFail, Value::Text(word)) => match word.as_str() {
                "pass" => Some(Self::Pass),
                "fail" => Some(Self::Fail),
                "na" => Some(Self::NotApplicable),
                _ => None,
            },
            (QuestionKind::Number(_), Value::Number(number)) => {
                number.is_finite().then_some(Self::Number(number))
            }
            (QuestionKind::Count(_), Value::Number(number)) => {
                let whole = number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number);
                whole.then_some(Self::Count(number as u32))
            }
            (QuestionKind::SelectOne(_), Value::Choices(chosen)) => {
                chosen.into_iter().next().map(Self::SelectOne)
            }
            (QuestionKind::SelectOne(_), Value::Text(word)) => Some(Self::SelectOne(OptionId(word))),
            (QuestionKind::SelectMultiple(_), Value::Choices(chosen)) => {
                (!chosen.is_empty()).then(|| Self::SelectMultiple(chosen.into_iter().collect()))
            }
            (QuestionKind::SelectMultiple(_), Value::Text(words)) => {
                let chosen: BTreeSet<_> = words.split_whitespace().map(OptionId::from).collect();
                (!chosen.is_empty()).then_some(Self::SelectMultiple(chosen))
            }
            (QuestionKind::Date(_), value) => day(&value).map(Self::Date),
            (QuestionKind::Month(_), value) => day(&value).map(|day| Self::Month(Month::of(day))),
            (QuestionKind::Time, Value::Text(text)) => TimeOfDay::try_from(text).ok().map(Self::Time),
            (QuestionKind::Text { .. }, value) => text(&value).map(Self::Text),
            (QuestionKind::Code, value) => text(&value).map(Self::Code),
            (
                QuestionKind::PassFail
                | QuestionKind::Number(_)
                | QuestionKind::Count(_)
                | QuestionKind::SelectOne(_)
                | QuestionKind::SelectMultiple(_)
                | QuestionKind::Time
                | QuestionKind::Photo
                | QuestionKind::Signature
                | QuestionKind::Place
                | QuestionKind::Note,
                _,
            ) => None,
        }
    }

    fn calculated(value: Value) -> Option<Self> {
        match value {
            Value::Nothing | Value::Many(_) => None,
            Value::Truth(truth) => Some(Self::Truth(truth)),
            // A number that is none stands in no record.
            Value::Number(number) => number.is_finite().then_some(Self::Number(number)),
            Value::Text(text) => (!text.is_empty()).then_some(Self::Text(text)),
            Value::Day(day) => Some(Self::Date(day)),
            Value::Moment(at) => Some(Self::Moment(at)),
            Value::Choices(chosen) => {
                (!chosen.is_empty()).then(|| Self::SelectMultiple(chosen.into_iter().collect()))
            }
        }
    }

    /// Whether it can be an answer to a question of this kind, as far as one answer by itself tells.
    ///
    /// # Errors
    /// Why it cannot.
    pub fn fits(&self, kind: &QuestionKind) -> Result<(), AnswerError> {
        match (kind, self) {
            (QuestionKind::Note | QuestionKind::Calculation(_), _) => Err(AnswerError::WrongType),
            (_, Self::NotApplicable | Self::StillOpen) => Ok(()),
            (QuestionKind::PassFail, Self::Pass | Self::Fail) => Ok(()),
            (QuestionKind::Number(rule), Self::Number(given)) => rule.fits(*given),
            (QuestionKind::Count(rule), Self::Count(given)) => rule.fits((*given).into()),
            (QuestionKind::SelectOne(choices), Self::SelectOne(chosen)) => offered(choices, chosen),
            (QuestionKind::SelectMultiple(_), Self::SelectMultiple(chosen)) if chosen.is_empty() => {
                Err(AnswerError::Empty)
            }
            (QuestionKind::SelectMultiple(choices), Self::SelectMultiple(chosen)) => {
                chosen.iter().try_for_each(|chosen| offered(choices, chosen))
            }
            (QuestionKind::Date(_), Self::Date(day)) => Ok(check_date_read(*day)?),
            (QuestionKind::Month(_), Self::Month(month)) => Ok(check_date_read(month.first_day())?),
            (QuestionKind::Date(rule) | QuestionKind::Month(rule), Self::Absent) if rule.none => Ok(()),
            (QuestionKind::Date(rule) | QuestionKind::Month(rule), Self::NotShown) if rule.not_shown => {
                Ok(())
            }
            (QuestionKind::Time, Self::Time(_)) => Ok(()),
            (QuestionKind::Text { .. }, Self::Text(text)) | (QuestionKind::Code, Self::Code(text)) => {
                // As it will be sealed.
                if tidy_text(text).is_empty() {
                    return Err(AnswerError::Empty);
                }
                Ok(check_text(Field::Answer, text)?)
            }
            (QuestionKind::Photo | QuestionKind::Signature, Self::Attachments(files)) if files.is_empty() => {
                Err(AnswerError::Empty)
            }
            (QuestionKind::Photo, Self::Attachments(files)) => {
                Ok(check_count(Field::Photos, files.len(), PHOTOS)?)
            }
            (QuestionKind::Signature, Self::Attachments(files)) => {
                Ok(check_count(Field::Photos, files.len(), 1)?)
            }
            (QuestionKind::Place, Self::Place(at)) => Ok(check_location(at)?),
            (
                QuestionKind::PassFail
                | QuestionKind::Number(_)
                | QuestionKind::Count(_)
                | QuestionKind::SelectOne(_)
                | QuestionKind::SelectMultiple(_)
                | QuestionKind::Date(_)
                | QuestionKind::Month(_)
                | QuestionKind::Time
                | QuestionKind::Text { .. }
                | QuestionKind::Photo
                | QuestionKind::Signature
                | QuestionKind::Place
                | QuestionKind::Code,
                _,
            ) => Err(AnswerError::WrongType),
        }
    }

    /// Limits of what devices send, whatever the question.
    pub fn check_limits(&self) -> Checked {
        match self {
            Self::Text(text) | Self::Code(text) => check_text(Field::Answer, text),
            Self::Date(day) => check_date_read(*day),
            Self::Month(month) => check_date_read(month.first_day()),
            Self::SelectOne(chosen) => check_option(chosen),
            Self::SelectMultiple(chosen) => {
                check_count(Field::Answer, chosen.len(), SLUG)?;
                chosen.iter().try_for_each(check_option)
            }
            Self::Place(at) => check_location(at),
            Self::Attachments(files) => check_count(Field::Photos, files.len(), PHOTOS),
            Self::Pass
            | Self::Fail
            | Self::NotApplicable
            | Self::StillOpen
            | Self::Number(_)
            | Self::Count(_)
            | Self::Absent
            | Self::NotShown
            | Self::Time(_)
            | Self::Truth(_)
            | Self::Moment(_) => Ok(()),
        }
    }
}

impl NumberRule {
    fn fits(&self, given: f64) -> Result<(), AnswerError> {
        if !given.is_finite() {
            return Err(AnswerError::NotANumber { given });
        }
        if given < self.from || given > self.to {
            return Err(AnswerError::Implausible { given, from: self.from, to: self.to });
        }
        Ok(())
    }
}

fn offered(choices: &[Choice], chosen: &OptionId) -> Result<(), AnswerError> {
    let known = choices.iter().any(|choice| choice.id == *chosen);
    if known { Ok(()) } else { Err(AnswerError::UnknownOption(chosen.clone())) }
}

/// Names of options may be letters of any writing, as authors of XLSForms write them.
fn check_option(option: &OptionId) -> Checked {
    crate::limits::check_line(Field::Answer, option.as_str(), SLUG)
}

/// A date that was read off something: an extinguisher is older than this system.
fn check_date_read(day: NaiveDate) -> Checked {
    let fits = (1900..=2100).contains(&day.year());
    if fits { Ok(()) } else { Err(OverLimit { field: Field::Answer, excess: Excess::Day }) }
}

fn day(value: &Value) -> Option<NaiveDate> {
    match value {
        Value::Day(day) => Some(*day),
        Value::Moment(at) => Some(at.date_naive()),
        Value::Nothing
        | Value::Truth(_)
        | Value::Number(_)
        | Value::Text(_)
        | Value::Choices(_)
        | Value::Many(_) => None,
    }
}

/// A default of a text may be anything that reads as one.
fn text(value: &Value) -> Option<String> {
    let text = value.text();
    (!tidy_text(&text).is_empty()).then_some(text)
}
