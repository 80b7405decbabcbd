//! Instants travel in UTC; days are the office's, which keeps China's one time zone.

use crate::limits::{first_day, last_day};
use chrono::{DateTime, Datelike, Duration, FixedOffset, NaiveDate, Timelike, Utc};

/// How far a device's clock may run ahead of the office's before what it says is no time.
const AHEAD: Duration = Duration::days(1);

/// How old a device's time may be when it arrives. Nobody is without signal for more than a year.
const BEHIND: Duration = Duration::days(366);

/// China Standard Time, UTC+8 all year.
pub fn china() -> FixedOffset {
    const SECONDS_EAST: i32 = 8 * 3600;
    match FixedOffset::east_opt(SECONDS_EAST) {
        Some(offset) => offset,
        None => unreachable!(),
    }
}

/// By the office's clock. At the ends of all time there is no other zone's: what a broken device says must not stop anybody.
pub fn office_time(at: DateTime<Utc>) -> DateTime<FixedOffset> {
    let ends = (DateTime::<Utc>::MIN_UTC + Duration::days(1), DateTime::<Utc>::MAX_UTC - Duration::days(1));
    at.clamp(ends.0, ends.1).with_timezone(&china())
}

/// The office's calendar day at this moment.
pub fn office_day(at: DateTime<Utc>) -> NaiveDate {
    office_time(at).date_naive()
}

/// Whether a device's time can be when it happened, for something that the office received then.
pub fn plausible(at: DateTime<Utc>, received: DateTime<Utc>) -> bool {
    let by = at.signed_duration_since(received);
    -BEHIND <= by && by <= AHEAD
}

/// When something happened, as far as the office can say: by the device's clock, or, where that is impossible, when the
/// office received it.
pub fn happened(at: DateTime<Utc>, received: Option<DateTime<Utc>>) -> DateTime<Utc> {
    received.filter(|received| !plausible(at, *received)).unwrap_or(at)
}

/// A day that was chosen by a device's clock, as many days from when it happened as it was from what that clock said.
/// None where that is no day at all.
pub fn day_meant(day: NaiveDate, at: DateTime<Utc>, received: Option<DateTime<Utc>>) -> Option<NaiveDate> {
    let off = received.is_some_and(|received| !plausible(at, received));
    let meant = if off {
        office_day(happened(at, received)).checked_add_signed(day - office_day(at))
    } else {
        Some(day)
    };
    meant.filter(|day| (first_day()..=last_day()).contains(day))
}

// Written out: chrono's patterns can say whatever a language may want, and a phone would load all of that.

/// `11-18 15:02` of the office's clock.
pub fn short(at: DateTime<Utc>) -> String {
    format!("{} {}", month_and_day(office_day(at)), clock(at))
}

/// `11-18`
pub fn month_and_day(day: NaiveDate) -> String {
    format!("{:02}-{:02}", day.month(), day.day())
}

/// A day that may lie in another year than today, which is said then: `2025-11-18`.
pub fn near_day(day: NaiveDate, today: NaiveDate) -> String {
    if day.year() == today.year() { month_and_day(day) } else { day.to_string() }
}

/// `15:02`
pub fn hour_and_minute(time: &impl Timelike) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// The same, with the year where it is not this one.
pub fn near(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    if office_day(at).year() == office_day(now).year() { short(at) } else { long(at) }
}

/// `2026-11-18 15:02` of the office's clock.
pub fn long(at: DateTime<Utc>) -> String {
    format!("{} {}", office_day(at), clock(at))
}

/// `15:02` of the office's clock.
pub fn clock(at: DateTime<Utc>) -> String {
    hour_and_minute(&office_time(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn times_are_written_by_the_offices_clock() {
        let at = Utc.with_ymd_and_hms(2026, 3, 4, 23, 5, 59).unwrap();
        assert_eq!(
            (short(at).as_str(), long(at).as_str(), clock(at).as_str()),
            ("03-05 07:05", "2026-03-05 07:05", "07:05")
        );
        for at in [at, DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
            assert_eq!(long(at), office_time(at).format("%Y-%m-%d %H:%M").to_string());
        }
    }

    #[test]
    fn another_year_is_said() {
        let at = |year| Utc.with_ymd_and_hms(year, 1, 1, 0, 0, 0).unwrap();
        assert_eq!(near(at(2026), at(2026)), "01-01 08:00");
        assert_eq!(near(at(2020), at(2026)), "2020-01-01 08:00");
        let last = Utc.with_ymd_and_hms(2026, 12, 31, 16, 0, 0).unwrap();
        assert_eq!(near(last, at(2026)), "2027-01-01 00:00", "the office's year");
    }

    #[test]
    fn a_day_of_another_year_is_said_with_it() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let written = |of: &str, today: &str| near_day(day(of), day(today));
        assert_eq!(written("2026-11-18", "2026-12-31"), "11-18");
        assert_eq!(written("2026-12-31", "2027-01-01"), "2026-12-31", "yesterday");
        assert_eq!(written("2024-02-29", "2025-03-01"), "2024-02-29");
    }

    #[test]
    fn the_office_day_turns_at_chinese_midnight() {
        let before = Utc.with_ymd_and_hms(2026, 11, 23, 15, 59, 59).unwrap();
        assert_eq!(office_day(before).to_string(), "2026-11-23");
        assert_eq!(office_day(before + chrono::Duration::seconds(1)).to_string(), "2026-11-24");
    }

    #[test]
    fn a_clock_that_cannot_be_right_gives_way_to_the_offices() {
        let received = Utc.with_ymd_and_hms(2026, 11, 23, 4, 0, 0).unwrap();
        let month = received - Duration::days(40);
        assert_eq!(happened(month, Some(received)), month, "a month without signal");
        assert_eq!(happened(month, None), month, "nobody has received it yet");
        for (year, due, meant) in [(2020, "2020-01-08", "2026-11-30"), (2031, "2031-01-04", "2026-11-26")] {
            let at = Utc.with_ymd_and_hms(year, 1, 1, 4, 0, 0).unwrap();
            assert_eq!(happened(at, Some(received)), received);
            assert_eq!(day_meant(due.parse().unwrap(), at, Some(received)).unwrap().to_string(), meant);
        }
        let never: NaiveDate = "+262142-12-31".parse().unwrap();
        assert_eq!(day_meant(never, received, Some(received)), None);
        assert_eq!(day_meant(never, DateTime::<Utc>::MIN_UTC, Some(received)), None);
        assert_eq!(day_meant(never, DateTime::<Utc>::MAX_UTC, Some(received)).unwrap(), office_day(received));
    }
}
