//! Answers of one form while it is being filled in, as they are kept: what was given, which instances a repeat has, and what
//! fits no question any more.

use super::Answer;
use crate::{
    id::{GroupId, QuestionId},
    photo::PhotoHash,
};
use serde::{Deserialize, Serialize};

/// A question in an instance of the repeats around it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnswerKey {
    pub question: QuestionId,
    /// Numbers of the instances, the outermost repeat first; empty outside of repeats.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instance: Vec<u16>,
}

/// A group or a repeat in an instance of the repeats around it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GroupKey {
    pub group: GroupId,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instance: Vec<u16>,
}

/// All that is kept of a form under way. The order is the form's.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Answers {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responses: Vec<Response>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instances: Vec<Instances>,
    /// What the form's version has no place for. It is shown, and comes back with a version that has one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aside: Vec<Aside>,
}

/// All that was given for a question. A note or a photo may come before the answer. One that holds nothing says that the
/// question's default was taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Response {
    pub key: AnswerKey,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// What was typed and is no answer: kept, so that it is there to be mended.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub typed: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<PhotoHash>,
}

/// The instances of a repeat, by numbers that are never used twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Instances {
    pub repeat: GroupKey,
    /// In the order in which they are shown.
    pub numbers: Vec<u16>,
    /// The number that the next one gets.
    pub next: u16,
}

/// A response without a place in the form, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Aside {
    pub response: Response,
    pub because: AsideBecause,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AsideBecause {
    /// The question is not asked any more, or stands in another repeat.
    Gone,
    /// It asks for something else.
    OtherKind,
    /// What was chosen is not offered any more.
    OptionGone,
}

impl AnswerKey {
    /// A question outside of repeats.
    pub fn of(question: &str) -> Self {
        Self { question: QuestionId::from(question), instance: vec![] }
    }

    /// The same in this instance.
    #[must_use]
    pub fn at(mut self, instance: &[u16]) -> Self {
        self.instance = instance.to_vec();
        self
    }
}

impl GroupKey {
    /// A group or repeat outside of repeats.
    pub fn of(group: &str) -> Self {
        Self { group: GroupId::from(group), instance: vec![] }
    }

    #[must_use]
    pub fn at(mut self, instance: &[u16]) -> Self {
        self.instance = instance.to_vec();
        self
    }
}

impl Response {
    pub fn new(key: AnswerKey) -> Self {
        Self { key, answer: None, typed: String::new(), note: String::new(), photos: vec![] }
    }

    pub fn answered(key: AnswerKey, answer: Answer) -> Self {
        Self { answer: Some(answer), ..Self::new(key) }
    }

    /// Whether there is nothing in it that could be lost.
    pub fn is_empty(&self) -> bool {
        self.answer.is_none() && self.typed.is_empty() && self.note.is_empty() && self.photos.is_empty()
    }
}

impl Answers {
    pub fn response(&self, key: &AnswerKey) -> Option<&Response> {
        self.responses.iter().find(|response| response.key == *key)
    }
}
