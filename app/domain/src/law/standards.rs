//! 标准: what is known of the standards that forms name: since when each is in force, until when, and what took its place.
//!
//! A form names a standard by its number, as its author wrote it, and says nothing of its days. They stand here once, so that a
//! form that was published before a standard ended is told of, too.

use super::{LawStatus, status};
use crate::text::Bilingual;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use thiserror::Error;

/// What was seen of one standard. A day or a title that nobody has seen is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisteredStandard {
    /// With its year: `GB 35181-2017`; of a notice, its 文号.
    pub number: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Bilingual>,
    /// The first day on which it is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force_from: Option<NaiveDate>,
    /// The first day on which it is in force no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force_until: Option<NaiveDate>,
    /// The number of what took its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<String>,
}

/// The number stands twice, or once in each of two spellings.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the standard {0} stands twice")]
pub struct StandardTwice(pub String);

/// Standards by their numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StandardRegister {
    standards: BTreeMap<String, RegisteredStandard>,
}

impl RegisteredStandard {
    /// One whose first day nobody has seen counts as in force until it ends.
    pub fn status(&self, on: NaiveDate) -> LawStatus {
        status(self.in_force_from, self.in_force_until, on)
    }
}

impl StandardRegister {
    /// # Errors
    /// [`StandardTwice`] with the number.
    pub fn new(standards: impl IntoIterator<Item = RegisteredStandard>) -> Result<Self, StandardTwice> {
        let mut register = Self::default();
        for standard in standards {
            let number = standard.number.clone();
            if register.standards.insert(key(&number), standard).is_some() {
                return Err(StandardTwice(number));
            }
        }
        Ok(register)
    }

    /// The standard of this number, however its letters, dashes, brackets and blanks are written.
    pub fn get(&self, number: &str) -> Option<&RegisteredStandard> {
        self.standards.get(&key(number))
    }

    /// A standard that is not registered counts as in force.
    pub fn is_in_force(&self, number: &str, on: NaiveDate) -> bool {
        self.get(number).is_none_or(|known| known.status(on) == LawStatus::InForce)
    }

    /// With an end that somebody else knows of. Where one is registered, that one counts.
    #[must_use]
    pub fn with_end(mut self, number: &str, until: NaiveDate, replaced_by: Option<&str>) -> Self {
        let unknown = || RegisteredStandard {
            number: number.to_owned(),
            title: None,
            in_force_from: None,
            in_force_until: None,
            replaced_by: None,
        };
        let known = self.standards.entry(key(number)).or_insert_with(unknown);
        if known.in_force_until.is_none() {
            known.in_force_until = Some(until);
            known.replaced_by = replaced_by.map(str::to_owned);
        }
        self
    }

    /// All of them, by their numbers.
    pub fn standards(&self) -> impl Iterator<Item = &RegisteredStandard> {
        self.standards.values()
    }
}

/// Whether both are the number of one standard, however each is written.
pub fn is_same_standard(one: &str, other: &str) -> bool {
    key(one) == key(other)
}

/// By which a number is known: authors write `GB50016—2014(2018年版)` as well.
fn key(number: &str) -> String {
    let letters = number.chars().filter(|letter| !letter.is_whitespace());
    let same = letters.map(|letter| match letter {
        '—' | '–' | '－' | '‐' | '‑' | '−' => '-',
        '（' | '〔' | '［' | '[' | '【' => '(',
        '）' | '〕' | '］' | ']' | '】' => ')',
        '／' => '/',
        other => other.to_ascii_uppercase(),
    });
    same.collect()
}
