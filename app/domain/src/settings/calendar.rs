//! 工作日: which days the office works. Weekends are off; holidays and the days that are worked for them come from the notice of
//! each year, and the office enters them.

use crate::limits::{Field, check_day};
use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use thiserror::Error;

/// Days off, or days worked, that an office keeps: some years of them.
pub const MOST_DAYS: usize = 180;

/// What differs from five days a week.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WorkCalendar {
    /// 节假日: off, whatever day of the week.
    pub days_off: BTreeSet<NaiveDate>,
    /// 调休上班: worked, whatever day of the week.
    pub workdays: BTreeSet<NaiveDate>,
}

/// Why a calendar is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CalendarRejection {
    #[error("{0} is both off and worked")]
    Both(NaiveDate),
    #[error("{0} is out of range")]
    Day(NaiveDate),
    #[error("too many days")]
    TooMany,
}

impl WorkCalendar {
    /// # Errors
    /// Where a day is both, or none that a person means.
    pub fn check(&self) -> Result<(), CalendarRejection> {
        if self.days_off.len() > MOST_DAYS || self.workdays.len() > MOST_DAYS {
            return Err(CalendarRejection::TooMany);
        }
        if let Some(day) = self.days_off.intersection(&self.workdays).next() {
            return Err(CalendarRejection::Both(*day));
        }
        let all = self.days_off.iter().chain(&self.workdays);
        match all.copied().find(|day| check_day(Field::Due, *day).is_err()) {
            Some(day) => Err(CalendarRejection::Day(day)),
            None => Ok(()),
        }
    }

    pub fn is_workday(&self, day: NaiveDate) -> bool {
        let is_weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        self.workdays.contains(&day) || !(is_weekend || self.days_off.contains(&day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn calendar(off: &[&str], worked: &[&str]) -> WorkCalendar {
        let days = |texts: &[&str]| texts.iter().map(|text| day(text)).collect();
        WorkCalendar { days_off: days(off), workdays: days(worked) }
    }

    #[test]
    fn weekends_are_off_but_for_days_worked_and_weekdays_worked_but_for_holidays() {
        let calendar = calendar(&["2026-10-01", "2026-10-02"], &["2026-10-10"]);
        let table = [
            ("2026-09-30", true),
            ("2026-10-01", false),
            ("2026-10-02", false),
            ("2026-10-03", false),
            ("2026-10-05", true),
            ("2026-10-10", true),
            ("2026-10-11", false),
        ];
        for (text, works) in table {
            assert_eq!(calendar.is_workday(day(text)), works, "{text}");
        }
    }

    #[test]
    fn a_day_is_one_or_the_other_and_within_reason() {
        let both = calendar(&["2026-10-10"], &["2026-10-10"]);
        assert_eq!(both.check(), Err(CalendarRejection::Both(day("2026-10-10"))));
        let ancient = calendar(&[], &["1949-10-01"]);
        assert_eq!(ancient.check(), Err(CalendarRejection::Day(day("1949-10-01"))));
        let first = day("2026-01-01");
        let many =
            WorkCalendar { days_off: first.iter_days().take(MOST_DAYS + 1).collect(), ..Default::default() };
        assert_eq!(many.check(), Err(CalendarRejection::TooMany));
        assert_eq!(calendar(&["2026-10-01"], &["2026-10-10"]).check(), Ok(()));
    }
}
