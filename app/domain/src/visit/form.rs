//! 填好的表单: one form of a visit with its answers.

use crate::{
    form::{Answer, AnswerKey, Answers, Form, Instances, Response, Verdict},
    id::{FormId, HazardId, QuestionId},
    photo::PhotoHash,
};
use serde::{Deserialize, Serialize};

/// A form as it was filled in, in the version that the phone had.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FilledForm {
    pub form: FormId,
    pub version: u32,
    /// In form order; what was not asked is not there.
    pub answers: Vec<RecordedAnswer>,
    /// 复查: what alone was asked of the form; empty: all of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<QuestionId>,
    /// Of the repeats, in the order in which they stood: expressions count them, answered or not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instances: Vec<Instances>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecordedAnswer {
    pub key: AnswerKey,
    pub answer: Answer,
    pub verdict: Verdict,
    /// It was given in another form of the visit, and is counted there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub elsewhere: bool,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<PhotoHash>,
    /// What was found at it, in the order in which it was written up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hazards: Vec<HazardId>,
}

/// How many questions went which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tally {
    pub passed: u32,
    pub failed: u32,
    pub not_applicable: u32,
    pub information: u32,
    /// That failed before and have their hazards.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub still_open: u32,
}

impl Tally {
    pub fn add(&mut self, verdict: Verdict) {
        *match verdict {
            Verdict::Pass => &mut self.passed,
            Verdict::Fail => &mut self.failed,
            Verdict::NotApplicable => &mut self.not_applicable,
            Verdict::StillOpen => &mut self.still_open,
            Verdict::Information => &mut self.information,
        } += 1;
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            not_applicable: self.not_applicable + other.not_applicable,
            information: self.information + other.information,
            still_open: self.still_open + other.still_open,
        }
    }

    pub fn answered(&self) -> u32 {
        self.passed + self.failed + self.not_applicable + self.information + self.still_open
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl RecordedAnswer {
    /// Given as the answer, and beside it.
    pub fn files(&self) -> impl Iterator<Item = &PhotoHash> {
        self.answer.files().iter().chain(&self.photos)
    }
}

impl FilledForm {
    /// Whether it was filled in from this version of this form.
    pub fn is_of(&self, form: &Form) -> bool {
        self.form == form.id && self.version == form.version
    }

    pub fn answer(&self, key: &AnswerKey) -> Option<&RecordedAnswer> {
        self.answers.iter().find(|sealed| sealed.key == *key)
    }

    pub fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        let own = self.answers.iter().filter(|sealed| !sealed.elsewhere);
        own.for_each(|sealed| tally.add(sealed.verdict));
        tally
    }

    /// As it was while it was being filled in.
    pub fn given(&self) -> Answers {
        let own = self.answers.iter().filter(|sealed| !sealed.elsewhere);
        let responses = own.map(|sealed| Response {
            key: sealed.key.clone(),
            answer: Some(sealed.answer.clone()),
            typed: String::new(),
            note: sealed.note.clone(),
            photos: sealed.photos.clone(),
        });
        Answers { responses: responses.collect(), instances: self.instances.clone(), aside: vec![] }
    }
}
