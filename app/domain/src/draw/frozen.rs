//! 封存: all that is fixed before the seed is known, and the fingerprint that proves it.

use super::{
    Digest, DrawError, DrawnSite, Method, Population, Salt, SeedSource, digest::value_of, selection::select,
};
use crate::limits::{self, Field};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Whose draw it is, and what for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawPlan {
    pub office: String,
    pub title: String,
    /// The fingerprint of the void draw in whose place this one is made: who draws again cannot hide it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Digest>,
}

/// A draw whose outcome nobody knows yet and nobody can bend any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrozenDraw {
    pub plan: DrawPlan,
    pub population: Population,
    pub method: Method,
    pub source: SeedSource,
    /// Without it whoever knows the office's sites could try lists until one has the fingerprint, and know who is visited.
    pub salt: Salt,
}

/// A digest of each part, so that it can be said which one was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartDigests {
    pub plan: Digest,
    pub population: Digest,
    pub method: Digest,
    pub source: Digest,
    pub salt: Digest,
}

/// What of a published draw can be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DrawPart {
    Plan,
    Population,
    Method,
    Source,
    Salt,
    Fingerprint,
    Seed,
    Result,
}

impl FrozenDraw {
    /// Brings the lists into the order of their ids.
    ///
    /// # Errors
    /// Whatever would keep the draw from being carried out, whichever seed comes.
    pub fn freeze(
        plan: DrawPlan,
        population: Population,
        method: Method,
        source: SeedSource,
        salt: Salt,
    ) -> Result<Self, DrawError> {
        let frozen = Self { plan, population: population.sorted(), method, source, salt };
        frozen.check()?;
        Ok(frozen)
    }

    pub(super) fn check(&self) -> Result<(), DrawError> {
        limits::check_name(Field::Name, &self.plan.office)?;
        limits::check_name(Field::Name, &self.plan.title)?;
        self.method.check()?;
        self.population.check(&self.method)?;
        self.source.check()
    }

    pub fn digests(&self) -> PartDigests {
        let Self { plan, population, method, source, salt } = self;
        PartDigests {
            plan: Digest::of("plan", [value_of(plan)]),
            population: Digest::of("population", [value_of(population)]),
            method: Digest::of("method", [value_of(method)]),
            source: Digest::of("source", [value_of(source)]),
            salt: Digest::of("salt", [Value::from(salt)]),
        }
    }

    /// 指纹: what is published before the seed is known. It tells nothing of the list, and belongs to no other.
    pub fn fingerprint(&self) -> Digest {
        self.digests().fingerprint()
    }

    /// In the order in which the sites are drawn; the same for the same seed, always.
    ///
    /// # Errors
    /// None of a draw that was made by [`freeze`](Self::freeze).
    pub fn select(&self, seed: &Digest) -> Result<Vec<DrawnSite>, DrawError> {
        select(&self.population, &self.method, seed)
    }
}

impl PartDigests {
    pub fn fingerprint(&self) -> Digest {
        let Self { plan, population, method, source, salt } = self;
        Digest::of("fingerprint", [plan, population, method, source, salt].map(Value::from))
    }

    /// The parts whose digest is not that of `as_they_are`.
    pub(super) fn changed(&self, as_they_are: &Self) -> Vec<DrawPart> {
        let parts = [
            (DrawPart::Plan, self.plan == as_they_are.plan),
            (DrawPart::Population, self.population == as_they_are.population),
            (DrawPart::Method, self.method == as_they_are.method),
            (DrawPart::Source, self.source == as_they_are.source),
            (DrawPart::Salt, self.salt == as_they_are.salt),
        ];
        parts.into_iter().filter(|(_, same)| !same).map(|(part, _)| part).collect()
    }
}
