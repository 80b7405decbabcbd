//! Relevance: when an item is asked at all. A condition looks at the site's kinds and at the answers so far, and is
//! data, so that a checklist can carry it to a phone that has never seen it.

use crate::{
    answer::Answer,
    id::{ItemId, OptionId, SiteKind},
};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", schema(no_recursion))]
pub enum Condition {
    /// The site is (also) of this kind.
    SiteKind(SiteKind),
    /// The earlier item was answered 合格.
    Passed(ItemId),
    /// The earlier item was answered 不合格.
    Failed(ItemId),
    /// The option was chosen.
    Chosen {
        item: ItemId,
        option: OptionId,
    },
    /// The figure given is at least this.
    AtLeast {
        item: ItemId,
        value: f64,
    },
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
}

/// What a condition is evaluated against.
pub trait EvalContext {
    fn is_kind(&self, kind: &SiteKind) -> bool;
    fn answer(&self, item: &ItemId) -> Option<&Answer>;
}

impl Condition {
    pub fn holds(&self, facts: &impl EvalContext) -> bool {
        match self {
            Self::SiteKind(kind) => facts.is_kind(kind),
            Self::Passed(item) => matches!(facts.answer(item), Some(Answer::Pass)),
            Self::Failed(item) => matches!(facts.answer(item), Some(Answer::Fail)),
            Self::Chosen { item, option } => match facts.answer(item) {
                Some(Answer::SelectOne(chosen)) => chosen == option,
                Some(Answer::SelectMultiple(chosen)) => chosen.contains(option),
                Some(
                    Answer::Pass
                    | Answer::Fail
                    | Answer::NotApplicable
                    | Answer::Number(_)
                    | Answer::Count(_)
                    | Answer::Date(_)
                    | Answer::Text(_),
                )
                | None => false,
            },
            Self::AtLeast { item, value } => match facts.answer(item) {
                Some(Answer::Number(given)) => given >= value,
                Some(Answer::Count(given)) => f64::from(*given) >= *value,
                Some(
                    Answer::Pass
                    | Answer::Fail
                    | Answer::NotApplicable
                    | Answer::Date(_)
                    | Answer::SelectOne(_)
                    | Answer::SelectMultiple(_)
                    | Answer::Text(_),
                )
                | None => false,
            },
            Self::All(parts) => parts.iter().all(|part| part.holds(facts)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(facts)),
            Self::Not(part) => !part.holds(facts),
        }
    }

    /// Every item that the condition looks at.
    pub fn items(&self) -> Vec<&ItemId> {
        match self {
            Self::SiteKind(_) => vec![],
            Self::Passed(item) | Self::Failed(item) => vec![item],
            Self::Chosen { item, .. } | Self::AtLeast { item, .. } => vec![item],
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::items).collect(),
            Self::Not(part) => part.items(),
        }
    }
}
