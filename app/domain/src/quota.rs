//! # How much one person may send on one day
//!
//! An account is a person: an inspector knocks at thirty doors a day, an enterprise contact reports on a few hazards of
//! their own. What goes beyond any honest day is put off until the next one, so that neither a phone run wild nor an
//! account in the wrong hands fills the office's disk, every phone and the desk. Nothing is lost: the phone keeps what is
//! put off and sends it again.

use crate::{role::Role, time::china};
use chrono::{DateTime, Days, NaiveTime, Utc};

/// What a role may send in one office day, and how fast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Operations that are kept, and their bytes.
    pub operations: u64,
    pub bytes: u64,
    /// Photos announced, and the bytes that they will have.
    pub photos: u64,
    pub photo_bytes: u64,
    /// Pieces of photos.
    pub pieces: u64,
    /// Operations kept for the administrator.
    pub quarantine: u64,
    /// Rejected events of one person that one hazard's log keeps.
    pub rejections: usize,
    /// Bytes and requests of one minute, whatever becomes of them.
    pub bytes_a_minute: u64,
    pub requests_a_minute: u32,
}

/// Bytes of a piece of a photo at the least, but for the last: each costs a durable file. Phones' are four times as large;
/// what a cut leaves below it is sent again.
pub const SMALLEST_PIECE: u64 = 16 * 1024;

const MIB: u64 = 1024 * 1024;

/// A month without signal fits into a day: thirty visits, sixty hazards and two hundred photos each.
const STAFF: Allowance = Allowance {
    operations: 12_000,
    bytes: 96 * MIB,
    photos: 6_000,
    photo_bytes: 8 * 1024 * MIB,
    pieces: 60_000,
    quarantine: 3_000,
    rejections: 20,
    bytes_a_minute: 1024 * MIB,
    requests_a_minute: 6_000,
};

/// A contact of a large site on its worst day: every hazard reported as put right, with photos.
const CONTACT: Allowance = Allowance {
    operations: 300,
    bytes: 256 * 1024,
    photos: 120,
    photo_bytes: 256 * MIB,
    pieces: 3_000,
    quarantine: 30,
    rejections: 5,
    bytes_a_minute: 64 * MIB,
    requests_a_minute: 600,
};

impl Role {
    pub fn allowance(self) -> Allowance {
        match self {
            Self::Inspector
            | Self::CommunityOfficer
            | Self::Officer
            | Self::Supervisor
            | Self::Leader
            | Self::Administrator => STAFF,
            Self::Enterprise | Self::School => CONTACT,
        }
    }
}

/// What a person has sent on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Usage {
    pub operations: u64,
    pub bytes: u64,
    pub photos: u64,
    pub photo_bytes: u64,
    pub pieces: u64,
    pub quarantine: u64,
}

impl Usage {
    /// Both together, where that is within the allowance.
    pub fn with(self, more: Self, allowance: &Allowance) -> Option<Self> {
        let sum = Self {
            operations: self.operations.saturating_add(more.operations),
            bytes: self.bytes.saturating_add(more.bytes),
            photos: self.photos.saturating_add(more.photos),
            photo_bytes: self.photo_bytes.saturating_add(more.photo_bytes),
            pieces: self.pieces.saturating_add(more.pieces),
            quarantine: self.quarantine.saturating_add(more.quarantine),
        };
        let fits = sum.operations <= allowance.operations
            && sum.bytes <= allowance.bytes
            && sum.photos <= allowance.photos
            && sum.photo_bytes <= allowance.photo_bytes
            && sum.pieces <= allowance.pieces
            && sum.quarantine <= allowance.quarantine;
        fits.then_some(sum)
    }
}

/// Until the office's next day begins, at least a minute.
pub fn seconds_to_tomorrow(now: DateTime<Utc>) -> u32 {
    let here = now.with_timezone(&china());
    let tomorrow = here.date_naive().checked_add_days(Days::new(1)).map(|day| day.and_time(NaiveTime::MIN));
    let left = tomorrow.map_or(0, |tomorrow| (tomorrow - here.naive_local()).num_seconds());
    u32::try_from(left).unwrap_or_default().max(60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn a_day_that_is_full_is_full_until_chinese_midnight() {
        let now = Utc.with_ymd_and_hms(2026, 11, 23, 15, 0, 0).unwrap();
        assert_eq!(seconds_to_tomorrow(now), 3600);
        assert_eq!(seconds_to_tomorrow(now + chrono::Duration::seconds(3599)), 60);
    }

    #[test]
    fn what_does_not_fit_changes_nothing() {
        let one = Usage { operations: 1, bytes: 1024, ..Usage::default() };
        let mut used = Usage::default();
        let mut taken = 0;
        while let Some(more) = used.with(one, &CONTACT) {
            used = more;
            taken += 1;
        }
        assert_eq!(taken, 256, "the bytes end before the operations do");
        assert_eq!(
            used.with(Usage { pieces: 1, ..Usage::default() }, &CONTACT).map(|used| used.pieces),
            Some(1)
        );
    }

    /// The plan's inspector, whatever came between.
    #[test]
    fn an_honest_day_is_far_from_the_limit() {
        let day = Usage {
            operations: 30 + 60 + 400,
            bytes: 30 * 32 * 1024,
            photos: 400,
            photo_bytes: 400 * 600 * 1024,
            pieces: 400 * 2,
            quarantine: 0,
        };
        let mut month = Usage::default();
        for _ in 0..10 {
            month = month.with(day, &STAFF).unwrap();
        }
    }
}
