//! 检查表: sections of items, versioned. A visit keeps the version that it was filled in.
//!
//! Checklists are data (`server/catalogue/checklists/*.toml`, later an office's own); the shapes here are both the file
//! format and what travels to the phone. Wording is for answering by looking: a statement whose yes means pass.

use crate::{
    answer::{AnswerError, Verdict},
    condition::Condition,
    id::{ChecklistId, ClauseId, ItemId, OptionId, SectionId, SiteKind},
    sector::Sector,
    text::Bilingual,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use thiserror::Error;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Checklist {
    pub id: ChecklistId,
    pub version: u32,
    pub sector: Sector,
    /// Kinds of site that it is offered for.
    pub site_kinds: Vec<SiteKind>,
    pub title: Bilingual,
    #[serde(rename = "section")]
    pub sections: Vec<Section>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Section {
    pub id: SectionId,
    pub title: Bilingual,
    #[serde(rename = "item")]
    pub items: Vec<Item>,
}

/// 检查项
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Item {
    pub id: ItemId,
    pub text: Bilingual,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Bilingual>,
    pub question: Question,
    #[serde(default)]
    pub photo: PhotoRule,
    /// Its photos may be ones taken before: of papers, or of what is over. Elsewhere they are taken on the spot.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub allow_existing_photo: bool,
    /// Level proposed for the hazard when the item fails.
    #[serde(default)]
    pub severity: Severity,
    /// Days proposed for putting it right; 0 is on the spot.
    #[serde(default = "Item::usual_deadline")]
    pub deadline_days: u16,
    /// Wording proposed for the hazard; without one, the item's text stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hazard: Option<Bilingual>,
    /// Place in the plan, law or standard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Bilingual>,
    #[serde(default)]
    pub source: Vec<ClauseId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visible_if: Option<Condition>,
    /// The plan's rhythm for what the item asks, where it gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<Frequency>,
}

impl Item {
    fn usual_deadline() -> u16 {
        7
    }
}

/// What the item asks for, with its criterion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Question {
    PassFail,
    Number(NumericRule),
    /// A whole number.
    Count(NumericRule),
    SelectOne {
        #[serde(rename = "option")]
        options: Vec<ChoiceOption>,
    },
    SelectMultiple {
        #[serde(rename = "option")]
        options: Vec<ChoiceOption>,
    },
    Date(DateRule),
    Text,
}

/// A figure with unit, plausible range and criterion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NumericRule {
    pub unit: Bilingual,
    #[serde(default)]
    pub decimals: u8,
    /// Outside `from..=to` it is a slip of the finger, not an answer.
    #[serde(default)]
    pub from: f64,
    #[serde(default = "NumericRule::far")]
    pub to: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<f64>,
}

impl NumericRule {
    fn far() -> f64 {
        1_000_000.0
    }

    pub(crate) fn evaluate(&self, given: f64) -> Result<Verdict, AnswerError> {
        if !given.is_finite() {
            return Err(AnswerError::NotANumber { given });
        }
        if given < self.from || given > self.to {
            return Err(AnswerError::Implausible { given, from: self.from, to: self.to });
        }
        Ok(match (self.at_least, self.at_most) {
            (None, None) => Verdict::Information,
            (low, high) if low.is_some_and(|low| given < low) || high.is_some_and(|high| given > high) => {
                Verdict::Fail
            }
            _ => Verdict::Pass,
        })
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChoiceOption {
    pub id: OptionId,
    pub text: Bilingual,
    #[serde(default)]
    pub fails: bool,
}

/// Criterion of a date, against the day of the visit.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DateRule {
    /// Passes when not longer ago than this many days, and not in the future.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within_days: Option<u16>,
    /// Passes when the day has not gone by: an expiry date.
    #[serde(default)]
    pub not_past: bool,
}

impl DateRule {
    pub(crate) fn evaluate(&self, given: NaiveDate, visit: NaiveDate) -> Verdict {
        if self.within_days.is_none() && !self.not_past {
            return Verdict::Information;
        }
        let age = (visit - given).num_days();
        let stale = self.within_days.is_some_and(|days| !(0..=i64::from(days)).contains(&age));
        if stale || (self.not_past && age > 0) { Verdict::Fail } else { Verdict::Pass }
    }
}

/// When an item must have a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PhotoRule {
    Never,
    #[default]
    OnFail,
    Always,
}

/// 一般隐患 or 重大隐患
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    #[default]
    General,
    Major,
}

impl Severity {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Major => "major",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        [Self::General, Self::Major].into_iter().find(|level| level.as_str() == word)
    }
}

/// How often the plan wants a thing done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Frequency {
    Day,
    Week,
    TenDays,
    Month,
    Quarter,
    HalfYear,
    Term,
    Year,
}

/// Why a checklist cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ChecklistError {
    #[error("item `{0}` stands twice")]
    DuplicateItem(ItemId),
    #[error("item `{item}` depends on `{on}`, which does not stand before it")]
    ForwardReference { item: ItemId, on: ItemId },
    #[error("item `{0}` offers fewer than two options, or one twice")]
    Options(ItemId),
    #[error("item `{0}` has a criterion outside its plausible range")]
    Criterion(ItemId),
    #[error("`{0}` lacks one of its two languages")]
    Untranslated(String),
    #[error("the checklist has no items")]
    Empty,
}

impl Checklist {
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.sections.iter().flat_map(|section| &section.items)
    }

    pub fn item(&self, id: &ItemId) -> Option<&Item> {
        self.items().find(|item| item.id == *id)
    }

    /// Whether it is offered for a site of these kinds.
    pub fn fits(&self, kinds: &[SiteKind]) -> bool {
        kinds.iter().any(|kind| self.site_kinds.contains(kind))
    }

    /// Refuses what an author may get wrong; everything after this may rely on it.
    pub fn check(&self) -> Result<(), ChecklistError> {
        let mut seen = BTreeSet::new();
        let titles = self.sections.iter().map(|section| (section.id.as_str(), &section.title));
        for (name, text) in titles.chain([(self.id.as_str(), &self.title)]) {
            both_languages(name, text)?;
        }
        for item in self.items() {
            let optional = [&item.hint, &item.hazard, &item.basis];
            for text in optional.into_iter().flatten().chain([&item.text]) {
                both_languages(item.id.as_str(), text)?;
            }
            if let Some(condition) = &item.visible_if
                && let Some(on) = condition.items().into_iter().find(|on| !seen.contains(*on))
            {
                return Err(ChecklistError::ForwardReference { item: item.id.clone(), on: on.clone() });
            }
            item.question.check(&item.id)?;
            if !seen.insert(item.id.clone()) {
                return Err(ChecklistError::DuplicateItem(item.id.clone()));
            }
        }
        if seen.is_empty() { Err(ChecklistError::Empty) } else { Ok(()) }
    }
}

impl Question {
    fn check(&self, item: &ItemId) -> Result<(), ChecklistError> {
        match self {
            Self::Number(measure) | Self::Count(measure) => {
                both_languages(item.as_str(), &measure.unit)?;
                let inside =
                    |limit: Option<f64>| limit.is_none_or(|l| (measure.from..=measure.to).contains(&l));
                let sound = inside(measure.at_least) && inside(measure.at_most);
                if sound { Ok(()) } else { Err(ChecklistError::Criterion(item.clone())) }
            }
            Self::SelectOne { options } | Self::SelectMultiple { options } => {
                let distinct: BTreeSet<_> = options.iter().map(|option| &option.id).collect();
                if distinct.len() < 2 || distinct.len() < options.len() {
                    return Err(ChecklistError::Options(item.clone()));
                }
                options.iter().try_for_each(|option| both_languages(item.as_str(), &option.text))
            }
            Self::PassFail | Self::Date(_) | Self::Text => Ok(()),
        }
    }
}

fn both_languages(name: &str, text: &Bilingual) -> Result<(), ChecklistError> {
    if text.zh.trim().is_empty() || text.en.trim().is_empty() {
        return Err(ChecklistError::Untranslated(name.to_owned()));
    }
    Ok(())
}
