//! 种子: where it comes from, which is fixed before, and what it was, which is known only afterwards.

use super::{Digest, DrawError, Salt};
use crate::limits::{self, Field};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeSet;

/// 种子来源. Part of what the fingerprint covers, so that nobody chooses among sources once they have spoken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum SeedSource {
    /// What somebody publishes whom the office has no hand in: the numbers of a lottery, a closing price.
    Public {
        /// What will be published, in words that leave no choice.
        what: String,
        /// Where it can be read.
        place: String,
        /// When it is published; not before.
        due: DateTime<Utc>,
    },
    /// Words of several people, in this order. One of them who keeps theirs to themselves is enough that nobody can foresee it.
    Commitments { commitments: Vec<Commitment> },
}

/// 承诺: somebody's words, fixed and not told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commitment {
    pub name: String,
    /// [`Reveal::digest`]
    pub digest: Digest,
}

/// What the seed came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Revealed {
    /// As it was published, such as `03 09 14 21 27 30 + 11`.
    Public { words: String },
    /// In the order of the commitments.
    Commitments { reveals: Vec<Reveal> },
}

/// 公开承诺: the words that were committed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reveal {
    pub name: String,
    pub words: String,
    /// Their own, so that nobody finds short words by trying.
    pub salt: Salt,
}

impl Reveal {
    /// What its author hands in before the list is frozen. It holds the name, so that nobody can hand in another's as their own.
    pub fn digest(&self) -> Digest {
        let Self { name, words, salt } = self;
        Digest::of("commitment", [Value::from(name.as_str()), Value::from(words.as_str()), Value::from(salt)])
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seed {
    pub revealed: Revealed,
    /// When it was known.
    pub at: DateTime<Utc>,
    pub value: Digest,
}

impl Seed {
    /// # Errors
    /// [`DrawError::NotRevealed`] and [`DrawError::WrongReveal`], by which the draw is void; what is not from the source that was
    /// named, or was known before that was due.
    pub fn reveal(
        fingerprint: &Digest,
        source: &SeedSource,
        revealed: Revealed,
        at: DateTime<Utc>,
    ) -> Result<Self, DrawError> {
        let revealed = revealed.ordered(source);
        let value = revealed.value(fingerprint);
        let seed = Self { revealed, at, value };
        seed.check(source)?;
        Ok(seed)
    }

    /// Whether it is from this source.
    pub(super) fn check(&self, source: &SeedSource) -> Result<(), DrawError> {
        match (source, &self.revealed) {
            (SeedSource::Public { due, .. }, Revealed::Public { words }) => {
                check_line(words)?;
                if self.at < *due { Err(DrawError::SeedTooEarly) } else { Ok(()) }
            }
            (SeedSource::Commitments { commitments }, Revealed::Commitments { reveals }) => {
                check_reveals(commitments, reveals)
            }
            (SeedSource::Public { .. }, Revealed::Commitments { .. })
            | (SeedSource::Commitments { .. }, Revealed::Public { .. }) => Err(DrawError::OtherSource),
        }
    }
}

impl Revealed {
    /// The seed of the draw that has this fingerprint. Two draws by the same numbers of a lottery have different ones.
    pub(super) fn value(&self, fingerprint: &Digest) -> Digest {
        let texts: Vec<Value> = match self {
            Self::Public { words } => vec![Value::from(words.as_str())],
            Self::Commitments { reveals } => reveals
                .iter()
                .flat_map(|reveal| [Value::from(reveal.words.as_str()), Value::from(&reveal.salt)])
                .collect(),
        };
        Digest::of("seed", [Value::from(fingerprint), Value::Array(texts)])
    }

    /// In the order of the commitments, in whichever they came; what belongs to none stands last, and is refused.
    fn ordered(mut self, source: &SeedSource) -> Self {
        if let (Self::Commitments { reveals }, SeedSource::Commitments { commitments }) = (&mut self, source)
        {
            let place = |reveal: &Reveal| commitments.iter().position(|one| one.name == reveal.name);
            reveals.sort_by_key(|reveal| place(reveal).unwrap_or(commitments.len()));
        }
        self
    }
}

impl SeedSource {
    /// `announced`: when the fingerprint was, or is to be, published.
    pub(super) fn is_open(&self, announced: DateTime<Utc>) -> bool {
        match self {
            Self::Public { due, .. } => announced < *due,
            Self::Commitments { .. } => true,
        }
    }

    pub(super) fn check(&self) -> Result<(), DrawError> {
        match self {
            Self::Public { what, place, .. } => {
                check_line(what)?;
                check_line(place)
            }
            Self::Commitments { commitments } => {
                if commitments.len() < 2 {
                    return Err(DrawError::TooFewCommitments);
                }
                limits::check_count(Field::Participants, commitments.len(), limits::DRAW_COMMITMENTS)?;
                let mut known = BTreeSet::new();
                for commitment in commitments {
                    limits::check_name(Field::Name, &commitment.name)?;
                    if !known.insert(&commitment.name) {
                        return Err(DrawError::DuplicateCommitment(commitment.name.clone()));
                    }
                }
                Ok(())
            }
        }
    }

    pub(super) fn has_committed(&self, name: &str) -> bool {
        match self {
            Self::Public { .. } => false,
            Self::Commitments { commitments } => commitments.iter().any(|one| one.name == name),
        }
    }
}

fn check_reveals(commitments: &[Commitment], reveals: &[Reveal]) -> Result<(), DrawError> {
    for commitment in commitments {
        let reveal = reveals.iter().find(|reveal| reveal.name == commitment.name);
        let reveal = reveal.ok_or_else(|| DrawError::NotRevealed(commitment.name.clone()))?;
        check_line(&reveal.words)?;
        if reveal.digest() != commitment.digest {
            return Err(DrawError::WrongReveal(commitment.name.clone()));
        }
    }
    let is_of_another = |reveal: &&Reveal| !commitments.iter().any(|one| one.name == reveal.name);
    if let Some(reveal) = reveals.iter().find(is_of_another) {
        return Err(DrawError::NotCommitted(reveal.name.clone()));
    }
    // Another order would be another seed: whoever could choose it could choose among many.
    let in_order = reveals.iter().map(|reveal| &reveal.name).eq(commitments.iter().map(|one| &one.name));
    if in_order { Ok(()) } else { Err(DrawError::OtherSource) }
}

/// One line with something in it.
fn check_line(line: &str) -> Result<(), DrawError> {
    let fits = !line.trim().is_empty() && limits::check_line(Field::Name, line, limits::DRAW_LINE).is_ok();
    if fits { Ok(()) } else { Err(DrawError::SeedText) }
}
