//! 举报奖励: proposed, approved by somebody else, paid; by the office's own table of sums. And what else an office decides of
//! reports by the public.

use super::{LEAST_DIFFICULTY, MOST_DIFFICULTY, USUAL_DIFFICULTY};
use crate::{
    fen::Fen,
    id::PersonId,
    limits::{Field, OverLimit, check_count, check_name},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Lines of an office's table.
const SUMS: usize = 20;

/// A line of the table: what a report led to, and what is paid for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RewardSum {
    pub name: String,
    pub sum: Fen,
}

/// Who did a thing, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    pub by: PersonId,
    pub at: DateTime<Utc>,
}

/// A reward, with the sum as the table had it when it was proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reward {
    pub sum: RewardSum,
    pub proposed: Signed,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved: Option<Signed>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid: Option<Signed>,
}

/// How far a reward has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RewardStage {
    Proposed,
    Approved,
    Paid,
}

impl Reward {
    pub fn stage(&self) -> RewardStage {
        match (self.approved, self.paid) {
            (_, Some(_)) => RewardStage::Paid,
            (Some(_), None) => RewardStage::Approved,
            (None, None) => RewardStage::Proposed,
        }
    }
}

/// 群众举报设置, as an office has them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PublicSettings {
    /// Whether anybody may report.
    pub open: bool,
    /// Bits of the puzzle.
    pub difficulty: u8,
    /// None: nothing is paid.
    pub rewards: Vec<RewardSum>,
}

impl Default for PublicSettings {
    fn default() -> Self {
        Self { open: true, difficulty: USUAL_DIFFICULTY, rewards: vec![] }
    }
}

/// Why they are not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PublicSettingsRejection {
    #[error("the puzzle is too light or too heavy")]
    Difficulty,
    #[error("a line of the table has no name")]
    NameMissing,
    #[error("two lines of the table are called alike")]
    Alike,
    #[error("{0}")]
    OverLimit(#[from] OverLimit),
}

impl PublicSettings {
    /// # Errors
    /// Where a line of the table is none, or the puzzle is out of bounds.
    pub fn check(&self) -> Result<(), PublicSettingsRejection> {
        if !(LEAST_DIFFICULTY..=MOST_DIFFICULTY).contains(&self.difficulty) {
            return Err(PublicSettingsRejection::Difficulty);
        }
        check_count(Field::Note, self.rewards.len(), SUMS)?;
        for (at, line) in self.rewards.iter().enumerate() {
            check_name(Field::Name, &line.name)?;
            if line.name.trim().is_empty() {
                return Err(PublicSettingsRejection::NameMissing);
            }
            if self.rewards.iter().take(at).any(|other| other.name == line.name) {
                return Err(PublicSettingsRejection::Alike);
            }
        }
        Ok(())
    }
}
