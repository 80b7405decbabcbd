//! Instants travel in UTC; days are the office's, which keeps China's one time zone.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Utc};

/// China Standard Time, UTC+8 all year.
pub fn china() -> FixedOffset {
    const SECONDS_EAST: i32 = 8 * 3600;
    match FixedOffset::east_opt(SECONDS_EAST) {
        Some(offset) => offset,
        None => unreachable!(),
    }
}

/// The office's calendar day at this moment.
pub fn office_day(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&china()).date_naive()
}

/// `11-18 15:02` of the office's clock.
pub fn short(at: DateTime<Utc>) -> String {
    at.with_timezone(&china()).format("%m-%d %H:%M").to_string()
}

/// The same, with the year where it is not this one.
pub fn near(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    if office_day(at).year() == office_day(now).year() { short(at) } else { long(at) }
}

/// `2026-11-18 15:02` of the office's clock.
pub fn long(at: DateTime<Utc>) -> String {
    at.with_timezone(&china()).format("%Y-%m-%d %H:%M").to_string()
}

/// `15:02` of the office's clock.
pub fn clock(at: DateTime<Utc>) -> String {
    at.with_timezone(&china()).format("%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn another_year_is_said() {
        let at = |year| Utc.with_ymd_and_hms(year, 1, 1, 0, 0, 0).unwrap();
        assert_eq!(near(at(2026), at(2026)), "01-01 08:00");
        assert_eq!(near(at(2020), at(2026)), "2020-01-01 08:00");
        let last = Utc.with_ymd_and_hms(2026, 12, 31, 16, 0, 0).unwrap();
        assert_eq!(near(last, at(2026)), "2027-01-01 00:00", "the office's year");
    }

    #[test]
    fn the_office_day_turns_at_chinese_midnight() {
        let before = Utc.with_ymd_and_hms(2026, 11, 23, 15, 59, 59).unwrap();
        assert_eq!(office_day(before).to_string(), "2026-11-23");
        assert_eq!(office_day(before + chrono::Duration::seconds(1)).to_string(), "2026-11-24");
    }
}
