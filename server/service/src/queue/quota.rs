//! What a sender's day has room for.

use super::unit_of_work::UnitOfWork;
use domain::{
    quota::{Usage, seconds_to_tomorrow},
    role::Actor,
    sync::{Outcome, Payload, Postponed},
};

impl UnitOfWork {
    /// What it adds to the sender's day.
    pub(super) fn cost(&self, actor: &Actor, payload: &Payload, bytes: usize) -> Usage {
        let one = Usage { operations: 1, bytes: bytes as u64, ..Usage::default() };
        match payload {
            Payload::Photo(facts) if !self.announced.contains(&(facts.hash.clone(), actor.person)) => {
                Usage { photos: 1, photo_bytes: facts.bytes, ..one }
            }
            Payload::Paper(facts) if !self.papers.contains(&(facts.hash.clone(), actor.person)) => {
                Usage { photos: 1, photo_bytes: facts.bytes, ..one }
            }
            Payload::Photo(_)
            | Payload::Paper(_)
            | Payload::SubmitVisit(_)
            | Payload::Hazard { .. }
            | Payload::OrderOpened { .. }
            | Payload::NoticesSeen { .. }
            | Payload::Task { .. }
            | Payload::NewSite(_)
            | Payload::Diagnostics(_) => one,
        }
    }

    /// The sender's day with this added; none where it is full.
    pub(super) fn spent(&self, actor: &Actor, cost: Usage) -> Option<Usage> {
        let today = self.usage.get(&actor.person).copied().unwrap_or_default();
        today.with(cost, &actor.role.allowance())
    }

    pub(super) fn tomorrow(&self) -> Outcome {
        Outcome::RetryAfter { after_seconds: seconds_to_tomorrow(self.now), because: Postponed::Quota }
    }
}
