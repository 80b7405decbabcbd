//! What is tried, and what came of it.

use super::{rng::SeededRng, template::Template, world::World};
use std::{collections::BTreeMap, fmt};
use tokio::{runtime::Builder, task::LocalSet};

/// What can go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The request never arrives.
    RequestLost,
    /// It was carried out, and nobody hears of it.
    ReplyLost,
    /// It arrives much later, after others.
    Delayed,
    Doubled,
    /// Half of it comes back.
    ReplyCut,
    /// Half of a photo's piece arrives.
    PieceCut,
    /// Somebody else answers.
    Portal,
    /// Between any two things that the server asks of its store.
    ServerKilled,
    StoreAway,
    /// Between the answer and its being written down, or at any other moment.
    PhoneKilled,
    ClockJumps,
    PersonMoved,
    SiteClosed,
}

impl Kind {
    pub const ALL: [Self; 13] = [
        Self::RequestLost,
        Self::ReplyLost,
        Self::Delayed,
        Self::Doubled,
        Self::ReplyCut,
        Self::PieceCut,
        Self::Portal,
        Self::ServerKilled,
        Self::StoreAway,
        Self::PhoneKilled,
        Self::ClockJumps,
        Self::PersonMoved,
        Self::SiteClosed,
    ];

    /// What a single request can meet with.
    pub fn is_of_requests(self) -> bool {
        match self {
            Self::RequestLost
            | Self::ReplyLost
            | Self::Delayed
            | Self::Doubled
            | Self::ReplyCut
            | Self::PieceCut
            | Self::Portal
            | Self::ServerKilled
            | Self::StoreAway
            | Self::PhoneKilled => true,
            Self::ClockJumps | Self::PersonMoved | Self::SiteClosed => false,
        }
    }

    /// At some point of a request, if it comes to that.
    pub fn is_of_the_server(self) -> bool {
        matches!(self, Self::ServerKilled | Self::StoreAway)
    }
}

#[derive(Debug, Clone)]
pub struct Scenario {
    pub seed: u64,
    pub steps: usize,
    pub kinds: Vec<Kind>,
    /// Times in a hundred that something goes wrong.
    pub fault_percent: usize,
}

impl Scenario {
    pub fn drawn(seed: u64) -> Self {
        let mut rng = SeededRng::new(seed);
        let steps = 40 + rng.below(80);
        // Some seeds know few kinds, so that each is also met by itself.
        let share = *rng.pick(&[20, 60, 100]);
        let kinds = Kind::ALL.into_iter().filter(|_| rng.percent(share)).collect();
        Self { seed, steps, kinds, fault_percent: *rng.pick(&[10, 30, 50]) }
    }

    pub fn without(&self, kind: Kind) -> Self {
        let kinds = self.kinds.iter().copied().filter(|known| *known != kind).collect();
        Self { kinds, ..self.clone() }
    }

    /// Panics where something that must hold does not.
    pub fn run(&self, template: &Template) -> Tally {
        // Time stands still while anything is done, and otherwise runs ahead to what is awaited next.
        let runtime = Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        LocalSet::new().block_on(&runtime, async {
            let mut world = World::open(template, self).await;
            for _ in 0..self.steps {
                world.step().await;
            }
            world.settle().await;
            world.check().await
        })
    }
}

/// What was tried.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    pub seeds: u64,
    pub operations: u64,
    /// Things on the phones' lists, each compared with what the server has.
    pub submissions: u64,
    pub photos: u64,
    pub requests: u64,
    pub refused: u64,
    /// Answers whose receipts came though the pull failed.
    pub failed_pulls: u64,
    pub faults: BTreeMap<Kind, u64>,
}

impl Tally {
    pub fn add(&mut self, other: &Self) {
        self.seeds += other.seeds;
        self.operations += other.operations;
        self.submissions += other.submissions;
        self.photos += other.photos;
        self.requests += other.requests;
        self.refused += other.refused;
        self.failed_pulls += other.failed_pulls;
        for (kind, count) in &other.faults {
            *self.faults.entry(*kind).or_default() += count;
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seeds, operations, submissions, photos, requests, refused, failed_pulls, faults } = self;
        writeln!(
            f,
            "simulation: {seeds} seeds, {operations} operations ({refused} refused in sight), {submissions} listed as done at once, {photos} photos, {requests} requests, {failed_pulls} receipts without a pull"
        )?;
        let faults: Vec<_> = faults.iter().map(|(kind, count)| format!("{kind:?} {count}")).collect();
        writeln!(f, "faults: {}", faults.join(", "))?;
        write!(f, "lost 0, doubled 0")
    }
}
