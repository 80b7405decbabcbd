//! 解锁码: the six digits that unlock a phone, and how wrong ones are slowed.

use crate::tries::WrongTries;
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

pub const DIGITS: usize = 6;

/// Wrong ones before waiting begins: thick gloves and bright sun.
const FREE: u32 = 5;
const FIRST_WAIT: Duration = Duration::seconds(30);
const LONGEST_WAIT: Duration = Duration::hours(1);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum WeakPin {
    #[error("not six digits")]
    NotSixDigits,
    #[error("one digit repeated, or digits in a row")]
    Guessable,
}

/// Whether a new one is worth having.
pub fn check(pin: &str) -> Result<(), WeakPin> {
    let digits = pin.as_bytes();
    if digits.len() != DIGITS || !digits.iter().all(u8::is_ascii_digit) {
        return Err(WeakPin::NotSixDigits);
    }
    let step = |step: i16| {
        digits.windows(2).all(|pair| matches!(pair, [a, b] if i16::from(*b) - i16::from(*a) == step))
    };
    if [-1, 0, 1].into_iter().any(step) { Err(WeakPin::Guessable) } else { Ok(()) }
}

/// Wrong tries in a row, kept on the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Guesses(WrongTries);

impl Guesses {
    /// One more was wrong.
    #[must_use]
    pub fn wrong(self, now: DateTime<Utc>) -> Self {
        Self(self.0.wrong(now))
    }

    /// One was turned away before its time.
    #[must_use]
    pub fn turned_away(self, now: DateTime<Utc>) -> Self {
        Self(self.0.turned_away(now))
    }

    /// When the next one is heard; none: at once. Setting the clock ahead does not help much, setting it back not at all.
    pub fn wait_until(self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let over = self.0.count().checked_sub(FREE)?;
        let wait = (FIRST_WAIT * (1 << over.min(7))).min(LONGEST_WAIT);
        self.0.over_at(wait, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_tries_first_is_not_taken() {
        for pin in ["000000", "123456", "987654", "12345", "1234567", "12a456", "１２３４５６"] {
            assert!(check(pin).is_err(), "{pin}");
        }
        assert_eq!(check("190305"), Ok(()));
    }

    #[test]
    fn wrong_ones_are_slowed_more_and_more() {
        let now = DateTime::UNIX_EPOCH + Duration::days(20_000);
        let after = |n| (0..n).fold(Guesses::default(), |guesses, _| guesses.wrong(now)).wait_until(now);
        assert_eq!(after(4), None);
        assert_eq!(after(5), Some(now + Duration::seconds(30)));
        assert_eq!(after(7), Some(now + Duration::seconds(120)));
        assert_eq!(after(60), Some(now + Duration::hours(1)));
    }

    #[test]
    fn a_clock_set_back_does_not_shorten_the_wait() {
        let now = DateTime::UNIX_EPOCH + Duration::days(20_000);
        let guesses = (0..5).fold(Guesses::default(), |guesses, _| guesses.wrong(now));
        let before = now - Duration::days(1);
        assert_eq!(guesses.wait_until(before), Some(before + Duration::seconds(30)));
        let guesses = guesses.turned_away(before);
        assert_eq!(
            guesses.turned_away(before + Duration::seconds(10)),
            guesses,
            "trying does not prolong it"
        );
        assert_eq!(guesses.wait_until(before + Duration::seconds(30)), None, "and it ends");
    }
}
