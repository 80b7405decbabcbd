//! What a change comes to, and why one is refused.

use crate::{
    form::Verdict,
    form::{AnswerKey, GroupKey},
};
use thiserror::Error;

/// All that is different after a change, and nothing else; in the order in which it was worked out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Change {
    /// Questions that are asked, shown or worked out now and were not.
    pub shown: Vec<AnswerKey>,
    /// Those that were and are not any more.
    pub hidden: Vec<AnswerKey>,
    /// Groups and repeats.
    pub groups_shown: Vec<GroupKey>,
    pub groups_hidden: Vec<GroupKey>,
    /// Repeats that have other instances than before.
    pub instances: Vec<GroupKey>,
    /// Questions with another answer: the one that was given, what was worked out or is a default, and what comes or goes with
    /// its question or option.
    pub answers: Vec<AnswerKey>,
    /// Questions that offer other choices.
    pub choices: Vec<AnswerKey>,
    /// Questions that lack something else than before, or have to be answered now, or need not be any more.
    pub marks: Vec<AnswerKey>,
    /// Questions with another verdict; None where there is none any more.
    pub verdicts: Vec<(AnswerKey, Option<Verdict>)>,
}

impl Change {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Why nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refused {
    #[error("there is no such question, repeat or instance")]
    Unknown,
    #[error("the question is not asked now")]
    NotAsked,
    #[error("it cannot be answered, or not be counted by hand")]
    ReadOnly,
    #[error("another form of the visit asks it")]
    AskedElsewhere,
    #[error("an answer of another type than the question asks for")]
    WrongType,
    #[error("there are as many as there may be")]
    Full,
}
