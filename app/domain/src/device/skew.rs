//! The phone's clock beside the server's.
//!
//! At each sync both are noted. What was noted holds for as long as the phone's clock goes on from there: it may be set
//! right, or wrong, while there is no signal.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A smaller difference does not matter.
pub const MINDED: Duration = Duration::minutes(5);

/// From here on days are wrong, deadlines among them.
pub const ABSURD: Duration = Duration::days(1);

/// Both clocks at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    pub server: DateTime<Utc>,
    pub phone: DateTime<Utc>,
}

/// How the phone's clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Clock {
    /// Right, or nothing speaks against it.
    #[default]
    Right,
    /// Ahead by this much; behind where it is negative.
    Off(Duration),
    /// By days.
    Absurd(Duration),
}

impl Clock {
    /// `asked` and `answered` by the phone's clock: what the server said lies between them.
    pub fn compared(server: DateTime<Utc>, asked: DateTime<Utc>, answered: DateTime<Utc>) -> Compared {
        Compared { server, phone: asked + (answered - asked) / 2 }
    }

    pub fn of(compared: Option<Compared>, now: DateTime<Utc>) -> Self {
        let Some(Compared { server, phone }) = compared else { return Self::Right };
        let ahead = if now < server - MINDED {
            // It was later than this once already.
            now - server
        } else if now >= phone {
            phone - server
        } else {
            // It ran ahead and was set back since.
            Duration::zero()
        };
        match ahead.abs() {
            small if small <= MINDED => Self::Right,
            middle if middle < ABSURD => Self::Off(ahead),
            _ => Self::Absurd(ahead),
        }
    }

    pub fn ahead(self) -> Duration {
        match self {
            Self::Right => Duration::zero(),
            Self::Off(ahead) | Self::Absurd(ahead) => ahead,
        }
    }

    /// The office's time, as far as the phone can know it.
    pub fn set_right(self, now: DateTime<Utc>) -> DateTime<Utc> {
        now.checked_sub_signed(self.ahead()).unwrap_or(now)
    }
}

/// Why a day cannot be a deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoDeadline {
    Past,
    /// Further off than anybody gives.
    Far,
}

/// The longest that is given to put something right.
const LONGEST: Duration = Duration::days(3 * 366);

pub fn deadline(day: NaiveDate, today: NaiveDate) -> Result<NaiveDate, NoDeadline> {
    match day - today {
        given if given < Duration::zero() => Err(NoDeadline::Past),
        given if given > LONGEST => Err(NoDeadline::Far),
        _ => Ok(day),
    }
}

/// A draft may lie for a while: its deadlines then pass, and are true all the same. One that passed long before was chosen by
/// a clock that was wrong.
const MAY_HAVE_PASSED: Duration = Duration::days(30);

/// Whether a deadline that was chosen earlier can still be sent.
pub fn still_stands(day: NaiveDate, today: NaiveDate) -> bool {
    (-MAY_HAVE_PASSED..=LONGEST).contains(&(day - today))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hours: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + Duration::days(20_000) + Duration::hours(hours)
    }

    #[test]
    fn a_clock_is_compared_in_the_middle_of_the_round_trip() {
        let compared = Clock::compared(at(0), at(0) - Duration::minutes(2), at(0) + Duration::minutes(2));
        assert_eq!(Clock::of(Some(compared), at(1)), Clock::Right);
    }

    #[test]
    fn a_clock_that_is_off_is_told_and_set_right() {
        let ahead = Some(Compared { server: at(0), phone: at(2) });
        assert_eq!(Clock::of(ahead, at(5)), Clock::Off(Duration::hours(2)));
        assert_eq!(Clock::of(ahead, at(5)).set_right(at(5)), at(3));
        assert_eq!(Clock::of(ahead, at(1)), Clock::Right, "set back meanwhile");
        let behind = Some(Compared { server: at(0), phone: at(-24 * 365 * 6) });
        let clock = Clock::of(behind, at(-24 * 365 * 6 + 3));
        assert_eq!(clock.set_right(at(-24 * 365 * 6 + 3)), at(0), "later than it was once it cannot know");
        assert!(matches!(clock, Clock::Absurd(by) if by < Duration::zero()));
        assert_eq!(Clock::of(None, at(0)), Clock::Right);
    }

    #[test]
    fn a_clock_that_is_set_back_without_signal_is_found_out() {
        let right = Some(Compared { server: at(0), phone: at(0) });
        assert_eq!(Clock::of(right, at(10)), Clock::Right);
        assert!(matches!(Clock::of(right, at(-24 * 2000)), Clock::Absurd(_)));
    }

    #[test]
    fn deadlines_lie_ahead_and_within_reason() {
        let day = |text: &str| text.parse().unwrap_or_default();
        let today = day("2026-11-28");
        assert_eq!(deadline(day("2026-11-28"), today), Ok(today));
        assert_eq!(deadline(day("2020-01-01"), today), Err(NoDeadline::Past));
        assert_eq!(deadline(day("2062-01-01"), today), Err(NoDeadline::Far));
        assert_eq!(deadline(NaiveDate::MAX, today), Err(NoDeadline::Far));
        assert!(still_stands(day("2026-11-20"), today), "submitted a week later");
        assert!(!still_stands(day("2020-01-04"), today));
    }
}
