//! 答案, and what it means for the item that it answers.

use crate::{
    checklist::{Item, Question},
    id::OptionId,
    limits::{OverLimit, operations::check_answer},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use thiserror::Error;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// 合格
    Pass,
    /// 不合格
    Fail,
    /// 不适用; any item may be answered so.
    NotApplicable,
    Number(f64),
    Count(u32),
    Date(NaiveDate),
    SelectOne(OptionId),
    SelectMultiple(BTreeSet<OptionId>),
    Text(String),
}

/// What an answer says of the item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Pass,
    Fail,
    NotApplicable,
    /// The item asks for a fact and has no criterion.
    Information,
}

/// Why an answer cannot be an answer to its item.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum AnswerError {
    #[error("an answer of another type than the item asks for")]
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

impl Item {
    /// Judges an answer to this item on the day of the visit.
    pub fn evaluate(&self, answer: &Answer, visit: NaiveDate) -> Result<Verdict, AnswerError> {
        if *answer == Answer::NotApplicable {
            return Ok(Verdict::NotApplicable);
        }
        match (&self.question, answer) {
            (Question::PassFail, Answer::Pass) => Ok(Verdict::Pass),
            (Question::PassFail, Answer::Fail) => Ok(Verdict::Fail),
            (Question::Number(measure), Answer::Number(given)) => measure.evaluate(*given),
            (Question::Count(measure), Answer::Count(given)) => measure.evaluate(f64::from(*given)),
            (Question::Date(rule), Answer::Date(given)) => Ok(rule.evaluate(*given, visit)),
            (Question::SelectOne { options }, Answer::SelectOne(chosen)) => {
                let option = options.iter().find(|option| option.id == *chosen);
                let option = option.ok_or_else(|| AnswerError::UnknownOption(chosen.clone()))?;
                Ok(if option.fails { Verdict::Fail } else { Verdict::Pass })
            }
            (Question::SelectMultiple { options }, Answer::SelectMultiple(chosen)) => {
                if chosen.is_empty() {
                    return Err(AnswerError::Empty);
                }
                let mut verdict = Verdict::Pass;
                for id in chosen {
                    let option = options.iter().find(|option| option.id == *id);
                    if option.ok_or_else(|| AnswerError::UnknownOption(id.clone()))?.fails {
                        verdict = Verdict::Fail;
                    }
                }
                Ok(verdict)
            }
            (Question::Text, Answer::Text(text)) if text.trim().is_empty() => Err(AnswerError::Empty),
            (Question::Text, Answer::Text(_)) => Ok(check_answer(answer).map(|()| Verdict::Information)?),
            (
                Question::PassFail
                | Question::Number(_)
                | Question::Count(_)
                | Question::Date(_)
                | Question::SelectOne { .. }
                | Question::SelectMultiple { .. }
                | Question::Text,
                _,
            ) => Err(AnswerError::WrongType),
        }
    }
}
