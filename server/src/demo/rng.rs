//! Chance that can be repeated.

use chrono::{DateTime, Utc};
use domain::id::uuid_v7;
use rand::{Rng, SeedableRng, rngs::StdRng};
use uuid::Uuid;

pub(super) struct SeededRng {
    source: StdRng,
    now: DateTime<Utc>,
}

impl SeededRng {
    pub fn new(seed: u64, now: DateTime<Utc>) -> Self {
        Self { source: StdRng::seed_from_u64(seed), now }
    }

    pub fn bits(&mut self) -> u64 {
        self.source.next_u64()
    }

    /// `0..below`
    pub fn below(&mut self, below: usize) -> usize {
        let below = below.max(1) as u64;
        usize::try_from(self.bits() % below).unwrap_or_default()
    }

    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        least + self.below(usize::try_from(most - least + 1).unwrap_or(1)) as i64
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, of_hundred: usize) -> bool {
        self.below(100) < of_hundred
    }

    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        let position = self.below(of.len());
        &of[position]
    }

    pub fn id<T: From<Uuid>>(&mut self) -> T {
        self.id_at(self.now)
    }

    pub fn id_at<T: From<Uuid>>(&mut self, at: DateTime<Utc>) -> T {
        let mut random = [0; 10];
        self.source.fill_bytes(&mut random);
        T::from(uuid_v7(u64::try_from(at.timestamp_millis()).unwrap_or_default(), random))
    }
}
