//! 填好的检查表: one checklist of a visit with its answers, and which of its items are asked.

use crate::{
    answer::{Answer, Verdict},
    checklist::{Checklist, Item},
    condition::EvalContext,
    id::{ChecklistId, HazardId, ItemId, SiteKind},
    photo::PhotoHash,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A checklist as it was filled in, in the version that the phone had.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FilledForm {
    pub checklist: ChecklistId,
    pub version: u32,
    pub answers: BTreeMap<ItemId, RecordedAnswer>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecordedAnswer {
    pub answer: Answer,
    pub verdict: Verdict,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<PhotoHash>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hazard: Option<HazardId>,
}

/// How many items went which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tally {
    pub passed: u32,
    pub failed: u32,
    pub not_applicable: u32,
    pub information: u32,
}

impl Tally {
    pub fn add(&mut self, verdict: Verdict) {
        *match verdict {
            Verdict::Pass => &mut self.passed,
            Verdict::Fail => &mut self.failed,
            Verdict::NotApplicable => &mut self.not_applicable,
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
        }
    }

    pub fn answered(&self) -> u32 {
        self.passed + self.failed + self.not_applicable + self.information
    }
}

/// The facts that conditions look at: answers to items that are themselves asked.
struct VisitContext<'a, A> {
    kinds: &'a [SiteKind],
    answers: BTreeMap<&'a ItemId, &'a A>,
}

/// Whatever holds an answer.
pub trait HasAnswer {
    fn answer(&self) -> Option<&Answer>;
}

impl HasAnswer for RecordedAnswer {
    fn answer(&self) -> Option<&Answer> {
        Some(&self.answer)
    }
}

impl<A: HasAnswer> EvalContext for VisitContext<'_, A> {
    fn is_kind(&self, kind: &SiteKind) -> bool {
        self.kinds.contains(kind)
    }
    fn answer(&self, item: &ItemId) -> Option<&Answer> {
        self.answers.get(item).and_then(|given| given.answer())
    }
}

impl Checklist {
    /// The items asked at a site of these kinds after these answers. An answer to an item that is itself not asked
    /// counts for nothing.
    pub fn relevant_items<'a, A: HasAnswer>(
        &'a self,
        kinds: &[SiteKind],
        answers: &BTreeMap<ItemId, A>,
    ) -> impl Iterator<Item = &'a Item> {
        let mut seen = VisitContext { kinds, answers: BTreeMap::new() };
        let mut asked = vec![];
        for item in self.items() {
            if item.visible_if.as_ref().is_none_or(|condition| condition.holds(&seen)) {
                if let Some(answer) = answers.get(&item.id) {
                    seen.answers.insert(&item.id, answer);
                }
                asked.push(item);
            }
        }
        asked.into_iter()
    }

    /// Whether it is of any use at a site of these kinds: one that asks nothing there would be a record of nothing.
    pub fn asks_anything(&self, kinds: &[SiteKind]) -> bool {
        self.relevant_items::<RecordedAnswer>(kinds, &BTreeMap::new()).next().is_some()
    }
}

impl FilledForm {
    /// Whether it was filled in from this version of this checklist.
    pub fn is_of(&self, checklist: &Checklist) -> bool {
        self.checklist == checklist.id && self.version == checklist.version
    }

    pub fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        self.answers.values().for_each(|sealed| tally.add(sealed.verdict));
        tally
    }
}
