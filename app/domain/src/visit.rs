//! # 检查: from draft to sealed record
//!
//! A [`Draft`] lives on the phone and changes with every tap. [`Draft::issues`] says what still stands between it and
//! submission; [`Draft::submit`] consumes it and yields the sealed [`Visit`] and the hazards that it found, ready
//! to be sent. What is sealed never changes: a correction is another visit.

mod draft;
mod list;

pub use draft::{CompletedVisit, Draft, Finding, ItemResponse, ValidationIssue};
pub use list::{VisitFilter, VisitPage, VisitRow};

use crate::{
    answer::{Answer, AnswerError, Verdict},
    checklist::{Checklist, Item},
    condition::EvalContext,
    id::{ChecklistId, HazardId, ItemId, PersonId, SiteId, SiteKind, VisitId},
    limits::{OverLimit, operations::check_visit},
    photo::PhotoHash,
    place::Location,
    role::ResourceScope,
    site::Site,
    text::Bilingual,
    time::office_day,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use thiserror::Error;

/// Why somebody is at the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum VisitNature {
    /// 日常
    Routine,
    /// 突击, by 四不两直
    Surprise,
    /// 双随机
    Random,
    /// 联合
    Joint,
    /// 复查
    Recheck,
    /// 自查
    SelfCheck,
}

impl VisitNature {
    pub const ALL: [Self; 6] =
        [Self::Surprise, Self::Routine, Self::Random, Self::Joint, Self::Recheck, Self::SelfCheck];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Routine => "routine",
            Self::Surprise => "surprise",
            Self::Random => "random",
            Self::Joint => "joint",
            Self::Recheck => "recheck",
            Self::SelfCheck => "self_check",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    pub fn name(self) -> Bilingual {
        match self {
            Self::Routine => Bilingual::new("日常检查", "Routine inspection"),
            Self::Surprise => Bilingual::new("突击检查", "Surprise inspection"),
            Self::Random => Bilingual::new("双随机检查", "Random inspection"),
            Self::Joint => Bilingual::new("联合检查", "Joint inspection"),
            Self::Recheck => Bilingual::new("复查", "Recheck"),
            Self::SelfCheck => Bilingual::new("自查", "Self-check"),
        }
    }
}

/// A submitted visit. Sealed: nothing here changes after the server has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Visit {
    pub id: VisitId,
    pub site: SiteId,
    pub kind: VisitNature,
    pub checklist: ChecklistId,
    pub version: u32,
    pub inspector: PersonId,
    pub started_at: DateTime<Utc>,
    pub submitted_at: DateTime<Utc>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    pub answers: BTreeMap<ItemId, RecordedAnswer>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
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

    pub fn answered(&self) -> u32 {
        self.passed + self.failed + self.not_applicable + self.information
    }
}

/// What lists show of a visit, and what the phone keeps of a site's history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VisitSummary {
    pub id: VisitId,
    pub number: String,
    pub site: SiteId,
    pub kind: VisitNature,
    pub checklist: ChecklistId,
    pub inspector: PersonId,
    pub inspector_name: String,
    pub submitted_at: DateTime<Utc>,
    pub tally: Tally,
}

/// Why a visit is invalid.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum InvalidVisit {
    #[error("the visit ends before it begins")]
    EndsBeforeItBegins,
    #[error("item `{0}` is not on the checklist")]
    UnknownItem(ItemId),
    #[error("item `{item}`: {error}")]
    Answer { item: ItemId, error: AnswerError },
    #[error("item `{0}` carries another verdict than its answer means")]
    Verdict(ItemId),
    #[error("item `{0}` was asked and not answered")]
    Unanswered(ItemId),
    #[error(transparent)]
    OverLimit(#[from] OverLimit),
    #[error("not one item was answered")]
    Empty,
}

/// The facts that conditions look at.
pub struct VisitContext<'a, A> {
    pub kinds: &'a [SiteKind],
    pub answers: &'a BTreeMap<ItemId, A>,
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
        self.answers.get(item).and_then(HasAnswer::answer)
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
        let mut shown: BTreeMap<ItemId, &A> = BTreeMap::new();
        let mut asked = vec![];
        for item in self.items() {
            let seen = VisitContext { kinds, answers: &shown };
            if item.visible_if.as_ref().is_none_or(|condition| condition.holds(&seen)) {
                if let Some(answer) = answers.get(&item.id) {
                    shown.insert(item.id.clone(), answer);
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

impl<A: HasAnswer> HasAnswer for &A {
    fn answer(&self) -> Option<&Answer> {
        (*self).answer()
    }
}

impl Visit {
    /// Where a visit at this site is seen, and where one must be allowed to inspect to submit it: where the site is. Whoever
    /// supervises the site's sector answers for what is done there; of which sector the checklist is does not matter.
    pub fn seen_at(site: &Site) -> ResourceScope {
        site.resource_scope()
    }

    pub fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        self.answers.values().for_each(|sealed| tally.add(sealed.verdict));
        tally
    }

    /// Every photo named, items' own and findings' apart.
    pub fn photos(&self) -> impl Iterator<Item = &PhotoHash> {
        self.answers.values().flat_map(|sealed| &sealed.photos)
    }

    /// Checks the record against the checklist version that it was filled in.
    pub fn check(&self, checklist: &Checklist, kinds: &[SiteKind]) -> Result<(), InvalidVisit> {
        if self.submitted_at < self.started_at {
            return Err(InvalidVisit::EndsBeforeItBegins);
        }
        if self.answers.is_empty() {
            return Err(InvalidVisit::Empty);
        }
        check_visit(self)?;
        let visit = office_day(self.started_at);
        for (id, sealed) in &self.answers {
            let item = checklist.item(id).ok_or_else(|| InvalidVisit::UnknownItem(id.clone()))?;
            let verdict = item.evaluate(&sealed.answer, visit);
            let verdict = verdict.map_err(|error| InvalidVisit::Answer { item: id.clone(), error })?;
            if verdict != sealed.verdict {
                return Err(InvalidVisit::Verdict(id.clone()));
            }
        }
        let asked: BTreeSet<_> =
            checklist.relevant_items(kinds, &self.answers).map(|item| &item.id).collect();
        match asked.into_iter().find(|id| !self.answers.contains_key(*id)) {
            Some(unanswered) => Err(InvalidVisit::Unanswered(unanswered.clone())),
            None => Ok(()),
        }
    }
}
