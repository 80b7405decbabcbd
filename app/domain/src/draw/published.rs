//! A draw as a file: what anybody needs who wants to compute it again.

use super::{Digest, DrawError, DrawnSite, FrozenDraw, PartDigests, Revealed, Seed, digest::value_of};
use crate::limits::{self, Field};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use thiserror::Error;

/// Which shape a file has, and by which rules what is in it is hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DrawFormat {
    #[serde(rename = "xunan-draw-1")]
    V1,
}

/// Fields that it does not know make it unreadable: what is not hashed must not look as if it were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedDraw {
    pub format: DrawFormat,
    pub frozen: FrozenDraw,
    pub digests: PartDigests,
    pub fingerprint: Digest,
    /// When the fingerprint was published.
    pub announced_at: DateTime<Utc>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<Seed>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<DrawResult>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub void: Option<VoidDraw>,
}

/// 抽取结果
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawResult {
    /// In the order in which they were drawn.
    pub sites: Vec<DrawnSite>,
    /// Of `sites`.
    pub digest: Digest,
}

/// 作废. The draw stays, and says so for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VoidDraw {
    pub reason: VoidReason,
    /// Who declared it void.
    pub by: String,
    pub at: DateTime<Utc>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum VoidReason {
    /// Who committed words and did not reveal them. The last to do so knows the outcome, and is named here if they spoil it.
    NotRevealed {
        people: Vec<String>,
    },
    Other {
        words: String,
    },
}

#[derive(Debug, Error)]
pub enum NotADraw {
    #[error("it is no draw of this format")]
    Json(#[from] serde_json::Error),
    /// A number as `1.0`, a time in another zone: another program would hash other bytes.
    #[error("it is not written as a draw is written")]
    OtherwiseWritten,
}

impl DrawResult {
    pub(super) fn of(sites: Vec<DrawnSite>) -> Self {
        let digest = digest_of(&sites);
        Self { sites, digest }
    }

    pub(super) fn holds(&self) -> bool {
        digest_of(&self.sites) == self.digest
    }
}

fn digest_of(sites: &[DrawnSite]) -> Digest {
    Digest::of("result", [value_of(&sites)])
}

impl PublishedDraw {
    /// `at`: when the fingerprint is published.
    ///
    /// # Errors
    /// What the draw lacks, and a source that has spoken by then.
    pub fn announce(frozen: FrozenDraw, at: DateTime<Utc>) -> Result<Self, DrawError> {
        let digests = frozen.digests();
        let draw = Self {
            format: DrawFormat::V1,
            fingerprint: digests.fingerprint(),
            frozen,
            digests,
            announced_at: at,
            seed: None,
            result: None,
            void: None,
        };
        draw.validate()?;
        Ok(draw)
    }

    /// `at`: when the seed was known.
    ///
    /// # Errors
    /// What is wrong with the seed; [`DrawError::NotRevealed`] and [`DrawError::WrongReveal`] make the draw void.
    pub fn draw(self, revealed: Revealed, at: DateTime<Utc>) -> Result<Self, DrawError> {
        if self.result.is_some() || self.void.is_some() {
            return Err(DrawError::Ended);
        }
        let seed = Seed::reveal(&self.fingerprint, &self.frozen.source, revealed, at)?;
        let sites = self.frozen.select(&seed.value)?;
        let draw = Self { seed: Some(seed), result: Some(DrawResult::of(sites)), ..self };
        draw.validate()?;
        Ok(draw)
    }

    /// Whether or not it has a result; what was there stays.
    ///
    /// # Errors
    /// It is void already, or it is not said why or by whom.
    pub fn voided(self, reason: VoidReason, by: String, at: DateTime<Utc>) -> Result<Self, DrawError> {
        if self.void.is_some() {
            return Err(DrawError::Ended);
        }
        let draw = Self { void: Some(VoidDraw { reason, by, at }), ..self };
        draw.validate()?;
        Ok(draw)
    }

    /// Everything but hashes and the selection.
    pub(super) fn validate(&self) -> Result<(), DrawError> {
        self.frozen.check()?;
        if !self.frozen.source.is_open(self.announced_at) {
            return Err(DrawError::SeedTooEarly);
        }
        if self.seed.as_ref().is_some_and(|seed| seed.at < self.announced_at) {
            return Err(DrawError::SeedTooEarly);
        }
        let Some(VoidDraw { reason, by, .. }) = &self.void else { return Ok(()) };
        limits::check_name(Field::Name, by)?;
        match reason {
            VoidReason::NotRevealed { people } if people.is_empty() => Err(DrawError::NoReason),
            VoidReason::NotRevealed { people } => {
                let stranger = people.iter().find(|name| !self.frozen.source.has_committed(name));
                stranger.map_or(Ok(()), |name| Err(DrawError::NotCommitted(name.clone())))
            }
            VoidReason::Other { words } if words.trim().is_empty() => Err(DrawError::NoReason),
            VoidReason::Other { words } => {
                limits::check_text(Field::Reason, words).map_err(DrawError::OverLimit)
            }
        }
    }

    /// # Errors
    /// What is no draw of this format, or does not say it as this program does.
    pub fn read(text: &str) -> Result<Self, NotADraw> {
        let draw: Self = serde_json::from_str(text)?;
        let said: Value = serde_json::from_str(text)?;
        if value_of(&draw) == said { Ok(draw) } else { Err(NotADraw::OtherwiseWritten) }
    }
}
