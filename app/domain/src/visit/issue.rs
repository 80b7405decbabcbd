//! What still stands between a draft and its submission.

use super::SignOffLack;
use crate::{
    form::{
        AnswerKey,
        session::{Lack, Problem},
    },
    inspection::Breach,
    limits::OverLimit,
};

/// What must be completed before the draft can be submitted, and where.
#[derive(Debug, Clone, PartialEq)]
pub enum DraftIssue {
    /// On the form at this place.
    Question { form: usize, issue: ValidationIssue },
    /// Nothing is filled in.
    NeedsForm,
    /// What was met with has to be said.
    NeedsNote,
    /// Somebody was asked to sign, and something of that is missing.
    SignOff(SignOffLack),
    /// An administrative inspection has to say what was in hand.
    NeedsInspection,
    /// It does not fit the office's rules.
    Breach(Breach),
    /// Of the visit itself: its note, its participants, its photos, its sign-off.
    OverLimit(OverLimit),
}

/// What a question lacks.
#[derive(Debug, Clone, PartialEq)]
pub enum ValidationIssue {
    Unanswered(AnswerKey),
    /// What was typed is no answer.
    NotAnAnswer(AnswerKey),
    /// The answer is invalid, for example outside the plausible range.
    Invalid(AnswerKey, Problem),
    NeedsPhoto(AnswerKey),
    NeedsFinding(AnswerKey),
    NeedsWords(AnswerKey),
    /// The name of the authority that is to put the hazard right.
    NeedsAuthority(AnswerKey),
    /// Of how it was found, with the hazard.
    NeedsFindingPhoto(AnswerKey),
    NeedsAfterPhoto(AnswerKey),
    /// A text or a list is longer than anybody takes.
    OverLimit(AnswerKey, OverLimit),
}

impl ValidationIssue {
    pub fn question(&self) -> &AnswerKey {
        match self {
            Self::Unanswered(question)
            | Self::NotAnAnswer(question)
            | Self::Invalid(question, _)
            | Self::NeedsPhoto(question)
            | Self::NeedsFinding(question)
            | Self::NeedsWords(question)
            | Self::NeedsAuthority(question)
            | Self::NeedsFindingPhoto(question)
            | Self::NeedsAfterPhoto(question)
            | Self::OverLimit(question, _) => question,
        }
    }

    /// Whether it is mended in the sheet of the question's hazard.
    pub fn is_in_sheet(&self) -> bool {
        match self {
            Self::NeedsFinding(_)
            | Self::NeedsWords(_)
            | Self::NeedsAuthority(_)
            | Self::NeedsFindingPhoto(_)
            | Self::NeedsAfterPhoto(_) => true,
            Self::Unanswered(_)
            | Self::NotAnAnswer(_)
            | Self::Invalid(..)
            | Self::NeedsPhoto(_)
            | Self::OverLimit(..) => false,
        }
    }

    pub(super) fn of(question: AnswerKey, lack: Lack) -> Self {
        match lack {
            Lack::Unanswered => Self::Unanswered(question),
            Lack::NotAnAnswer => Self::NotAnAnswer(question),
            Lack::Invalid(problem) => Self::Invalid(question, problem),
            Lack::NeedsPhoto => Self::NeedsPhoto(question),
            Lack::OverLimit(over) => Self::OverLimit(question, over),
        }
    }
}
