//! 心跳: what a phone says of the work that waits on it, with each sync and once all is sent. The office sees by it who holds what
//! unsent, and since when; never what it is, where somebody is or for how long they work.

mod list;

pub use list::{UnsentFilter, UnsentPage, UnsentRow, UnsentState, UnsentSums};

use super::queue::{About, DeliveryStatus, PhotoRecord, PhotoStatus, Queued};
use crate::id::PersonId;
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A phone that reached nobody for so long says what it holds before it sends any of it.
pub const SAID_FIRST_AFTER: Duration = Duration::days(1);

/// The longest that anything is believed to wait: a phone's clock may say anything.
const LONGEST_WAIT: Duration = Duration::days(366);

/// More of anything no phone holds.
const MOST_THINGS: u32 = 1_000_000;

/// Bytes: a terabyte.
const MOST_BYTES: u64 = 1 << 40;

/// What one person's work on one phone comes to, when it is said.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Heartbeat {
    /// Counts up on this phone, whatever its clock does: what was said later counts, however late the other arrives.
    pub number: u64,
    pub unsent: Unsent,
    /// Visits, reports and other things that were begun and not submitted.
    pub drafts: u32,
    /// When the oldest of what is unsent was made, by the phone's clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oldest: Option<DateTime<Utc>>,
    /// When the phone last heard what is new, by its clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_sync: Option<DateTime<Utc>>,
}

/// What was done and the office does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Unsent {
    pub visits: u32,
    /// Hazards that were reported, or of which something was done.
    pub hazards: u32,
    /// Tasks, new sites, and what no list shows.
    pub others: u32,
    pub photos: u32,
    /// Of the photos, that still have to go.
    pub photo_bytes: u64,
    /// Things that the office did not take and does not keep either, photos among them.
    pub refused: u32,
}

impl Unsent {
    /// What this person's work on the phone comes to.
    pub fn of(me: PersonId, queued: &[Queued], photos: &[PhotoRecord]) -> Self {
        let mut unsent = Self::default();
        let (mut visits, mut hazards) = (BTreeSet::new(), BTreeSet::new());
        for queued in mine(me, queued) {
            match (&queued.status, &queued.about) {
                (DeliveryStatus::Refused { .. }, _) => unsent.refused += 1,
                (DeliveryStatus::Waiting(_), About::Visit(id)) => drop(visits.insert(*id)),
                (DeliveryStatus::Waiting(_), About::Hazard(id)) => drop(hazards.insert(*id)),
                // Its bytes count.
                (DeliveryStatus::Waiting(_), About::Photo(_)) => {}
                (DeliveryStatus::Waiting(_), About::Task { .. } | About::Site(_) | About::Other) => {
                    unsent.others += 1;
                }
            }
        }
        for photo in photos.iter().filter(|photo| photo.facts.by == me) {
            match photo.status {
                PhotoStatus::Waiting { .. } => {
                    unsent.photos += 1;
                    unsent.photo_bytes += photo.unsent();
                }
                PhotoStatus::Refused => unsent.refused += 1,
                PhotoStatus::Held | PhotoStatus::Received { .. } => {}
            }
        }
        unsent.visits = count(visits.len());
        unsent.hazards = count(hazards.len());
        unsent
    }

    /// How many things; photos count each.
    pub fn things(&self) -> u64 {
        let Self { visits, hazards, others, photos, photo_bytes: _, refused } = self;
        [visits, hazards, others, photos, refused].into_iter().map(|number| u64::from(*number)).sum()
    }

    /// Nothing is here that the office lacks.
    pub fn is_nothing(&self) -> bool {
        self.things() == 0
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Operations of this person that the office has not. What it refused and kept all the same is its own matter.
fn mine(me: PersonId, queued: &[Queued]) -> impl Iterator<Item = &Queued> {
    queued.iter().filter(move |queued| {
        let is_kept = match &queued.status {
            DeliveryStatus::Waiting(_) => false,
            DeliveryStatus::Refused { refusal } => refusal.kept.is_some(),
        };
        queued.owner == me && !is_kept
    })
}

/// When the oldest of what is unsent was made, by the phone's clock.
pub fn oldest(me: PersonId, queued: &[Queued], photos: &[PhotoRecord]) -> Option<DateTime<Utc>> {
    let waits = |photo: &&PhotoRecord| {
        let waits = matches!(photo.status, PhotoStatus::Waiting { .. } | PhotoStatus::Refused);
        photo.facts.by == me && waits
    };
    let made = mine(me, queued).map(|queued| queued.at);
    made.chain(photos.iter().filter(waits).map(|photo| photo.facts.at)).min()
}

impl Heartbeat {
    /// As far as anybody believes it.
    #[must_use]
    pub fn believed(self) -> Self {
        let Unsent { visits, hazards, others, photos, photo_bytes, refused } = self.unsent;
        let unsent = Unsent {
            visits: visits.min(MOST_THINGS),
            hazards: hazards.min(MOST_THINGS),
            others: others.min(MOST_THINGS),
            photos: photos.min(MOST_THINGS),
            photo_bytes: photo_bytes.min(MOST_BYTES),
            refused: refused.min(MOST_THINGS),
        };
        // A database's numbers have a sign.
        let number = self.number.min(i64::MAX.unsigned_abs());
        Self { number, unsent, drafts: self.drafts.min(MOST_THINGS), ..self }
    }

    /// Since when the oldest waits, by the office's clock: as long as it has waited by the phone's, which said this at
    /// `said_at`. None where nothing waits.
    pub fn since(&self, said_at: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if self.unsent.is_nothing() {
            return None;
        }
        let oldest = self.oldest.unwrap_or(said_at);
        let waited = said_at.signed_duration_since(oldest).clamp(Duration::zero(), LONGEST_WAIT);
        Some(now.checked_sub_signed(waited).unwrap_or(now))
    }
}

/// What the office was told last, as the phone remembers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Whose work it was.
    pub person: PersonId,
    pub heartbeat: Heartbeat,
}

impl Told {
    /// Whether the office knows this of this person's work. A phone that never told holds nothing, as far as the office knows.
    pub fn is_known(told: Option<&Self>, me: PersonId, unsent: &Unsent) -> bool {
        match told.filter(|told| told.person == me) {
            Some(told) => told.heartbeat.unsent == *unsent,
            None => unsent.is_nothing(),
        }
    }
}
