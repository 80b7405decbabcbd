//! Whether the phone has been idle for too long.

use chrono::{DateTime, Duration, Utc};

/// Whether it has lain untouched for as long as it may. A clock that was set back makes no rest shorter: what was touched
/// in the future was touched by another clock, and nobody knows when.
pub fn has_rested(touched: Option<DateTime<Utc>>, now: DateTime<Utc>, most: Duration) -> bool {
    touched.is_none_or(|touched| !(Duration::zero()..most).contains(&(now - touched)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_rests_when_nobody_has_touched_it_for_a_while() {
        let (now, ten) = (DateTime::UNIX_EPOCH + Duration::days(20_000), Duration::minutes(10));
        let rested = |touched: Duration| has_rested(Some(now - touched), now, ten);
        assert!(!rested(Duration::zero()));
        assert!(!rested(Duration::minutes(9)));
        assert!(rested(Duration::minutes(10)));
        assert!(rested(Duration::days(400)));
        assert!(rested(Duration::minutes(-1)), "the clock was set back");
        assert!(has_rested(None, now, ten), "nobody knows when");
    }
}
