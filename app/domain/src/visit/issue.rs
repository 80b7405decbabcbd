//! What still stands between a draft and its submission.

use crate::{answer::AnswerError, id::ItemId, limits::OverLimit};

/// What must be completed before the draft can be submitted, and where.
#[derive(Debug, Clone, PartialEq)]
pub enum DraftIssue {
    /// On the form at this place.
    Item { form: usize, issue: ValidationIssue },
    /// Nothing is filled in, or a form whose checklist is not at hand.
    NeedsForm,
    /// What was met with has to be said.
    NeedsNote,
    /// Of the visit itself: its note, its participants, its photos.
    OverLimit(OverLimit),
}

/// What an item lacks.
#[derive(Debug, Clone, PartialEq)]
pub enum ValidationIssue {
    Unanswered(ItemId),
    /// The answer is invalid, for example outside the plausible range.
    Invalid(ItemId, AnswerError),
    NeedsPhoto(ItemId),
    NeedsFinding(ItemId),
    NeedsWords(ItemId),
    NeedsAfterPhoto(ItemId),
    /// A text or a list is longer than anybody takes.
    OverLimit(ItemId, OverLimit),
}

impl ValidationIssue {
    pub fn item(&self) -> &ItemId {
        match self {
            Self::Unanswered(item)
            | Self::Invalid(item, _)
            | Self::NeedsPhoto(item)
            | Self::NeedsFinding(item)
            | Self::NeedsWords(item)
            | Self::NeedsAfterPhoto(item)
            | Self::OverLimit(item, _) => item,
        }
    }
}
