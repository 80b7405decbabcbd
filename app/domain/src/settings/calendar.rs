//! 工作日: which days the office works, and at what hours. Weekends are off; holidays and the days that are worked for them come from the notice of
//! each year, and the office enters them.

use super::hours::{HoursRejection, WorkHours};
use crate::{
    limits::{Field, check_day},
    time::{china, office_time},
};
use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveTime, Utc, Weekday};
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
    /// 工作时间 of every day that is worked.
    pub hours: WorkHours,
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
    #[error(transparent)]
    Hours(#[from] HoursRejection),
}

/// Days that are looked through for one that is worked.
const LOOKED_AHEAD: usize = 366;

/// So many minutes into an office day.
fn moment(day: NaiveDate, minute: u16) -> Option<DateTime<Utc>> {
    let begins = day.and_time(NaiveTime::MIN).checked_add_signed(Duration::minutes(minute.into()))?;
    Some(begins.and_local_timezone(china()).earliest()?.with_timezone(&Utc))
}

impl WorkCalendar {
    /// # Errors
    /// Where a day is both, or none that a person means; where its hours are none.
    pub fn check(&self) -> Result<(), CalendarRejection> {
        if self.days_off.len() > MOST_DAYS || self.workdays.len() > MOST_DAYS {
            return Err(CalendarRejection::TooMany);
        }
        self.hours.check()?;
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

    /// Whether the office works at this moment.
    pub fn is_working_time(&self, at: DateTime<Utc>) -> bool {
        let here = office_time(at);
        self.is_workday(here.date_naive()) && self.hours.holds(here.time())
    }

    /// The first moment from this one on at which the office works: this one, where it does. What is not to disturb anybody
    /// waits until then. None where it does not work for a year.
    pub fn next_working_time(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if self.is_working_time(at) {
            return Some(at);
        }
        let days = office_time(at).date_naive().iter_days().take(LOOKED_AHEAD);
        days.filter(|day| self.is_workday(*day))
            .flat_map(|day| self.hours.beginnings().into_iter().filter_map(move |minute| moment(day, minute)))
            .find(|begins| *begins > at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::hours::WorkSpan;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn calendar(off: &[&str], worked: &[&str]) -> WorkCalendar {
        let days = |texts: &[&str]| texts.iter().map(|text| day(text)).collect();
        WorkCalendar { days_off: days(off), workdays: days(worked), ..WorkCalendar::default() }
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

    #[test]
    fn what_is_not_to_disturb_anybody_waits_for_the_next_hour_of_work() {
        let calendar = calendar(&["2026-10-01", "2026-10-02"], &["2026-10-10"]);
        let at = |text: &str| DateTime::parse_from_rfc3339(text).unwrap().with_timezone(&Utc);
        for (now, next) in [
            // At work; the midday break; the evening.
            ("2026-09-29T09:00:00+08:00", "2026-09-29T09:00:00+08:00"),
            ("2026-09-29T12:00:00+08:00", "2026-09-29T14:30:00+08:00"),
            ("2026-09-29T18:00:00+08:00", "2026-09-30T08:30:00+08:00"),
            // Before a holiday and the weekend behind it; a Saturday that is worked.
            ("2026-09-30T23:59:00+08:00", "2026-10-05T08:30:00+08:00"),
            ("2026-10-09T20:00:00+08:00", "2026-10-10T08:30:00+08:00"),
        ] {
            assert_eq!(calendar.next_working_time(at(now)), Some(at(next)), "{now}");
            assert_eq!(calendar.is_working_time(at(now)), now == next, "{now}");
        }
        assert_eq!(calendar.next_working_time(DateTime::<Utc>::MAX_UTC), None);
    }

    #[test]
    fn hours_are_looked_at_with_the_days() {
        let backwards = WorkHours(vec![WorkSpan { from: 720, to: 510 }]);
        let calendar = WorkCalendar { hours: backwards.clone(), ..WorkCalendar::default() };
        let rejected = CalendarRejection::Hours(HoursRejection::Backwards(backwards.0[0]));
        assert_eq!(calendar.check(), Err(rejected));
    }
}
