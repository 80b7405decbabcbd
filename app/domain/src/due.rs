//! How a deadline stands today. Overdue is computed, never stored.

use chrono::NaiveDate;

/// Ordered by urgency: the longest overdue first, no deadline last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Due {
    /// Days overdue, at least 1.
    Late(u32),
    Today,
    /// Days left, at least 1.
    In(u32),
    Unset,
}

impl Due {
    pub fn of(deadline: Option<NaiveDate>, today: NaiveDate) -> Self {
        let Some(deadline) = deadline else { return Self::Unset };
        let days = (deadline - today).num_days();
        let size = u32::try_from(days.unsigned_abs()).unwrap_or(u32::MAX);
        match days {
            0 => Self::Today,
            1.. => Self::In(size),
            _ => Self::Late(size),
        }
    }

    pub fn is_late(self) -> bool {
        matches!(self, Self::Late(_))
    }

    /// Due today or overdue.
    pub fn is_due(self) -> bool {
        matches!(self, Self::Late(_) | Self::Today)
    }

    /// A key that sorts by urgency.
    pub fn rank(self) -> i64 {
        match self {
            Self::Late(days) => -i64::from(days),
            Self::Today => 0,
            Self::In(days) => i64::from(days),
            Self::Unset => i64::MAX,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_deadline_day_itself_is_not_late() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap();
        assert_eq!(Due::of(Some(day(24)), day(24)), Due::Today);
        assert_eq!(Due::of(Some(day(24)), day(25)), Due::Late(1));
        assert_eq!(Due::of(Some(day(24)), day(22)), Due::In(2));
        assert_eq!(Due::of(None, day(22)), Due::Unset);
    }
}
