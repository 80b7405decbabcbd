//! Days as XLSForms reckon with them: numbers since the beginning of 1970, by the office's clock.

use super::Value;
use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use std::ops::Range;

/// 1970-01-01, counted from the first day of our era.
const EPOCH: i32 = 719_163;
const SECONDS: f64 = 86_400.0;

/// Short names do not follow the screen's language: what is calculated is stored, and must be the same on every phone.
const WEEKDAYS: [&str; 7] = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"];

/// What a value says of the calendar. A number is days since 1970, a text a day such as `2026-11-29`.
pub(super) fn when(value: &Value) -> Option<NaiveDateTime> {
    match value {
        Value::Day(day) => Some(NaiveDateTime::new(*day, NaiveTime::MIN)),
        Value::Moment(moment) => moment.naive_utc().checked_add_offset(*moment.offset()),
        Value::Number(number) => at(*number),
        Value::Text(text) => day_of(text).map(|day| NaiveDateTime::new(day, NaiveTime::MIN)),
        Value::Many(values) => values.first().and_then(when),
        Value::Nothing | Value::Truth(_) | Value::Choices(_) => None,
    }
}

/// Days since the beginning of 1970.
pub(super) fn days(at: NaiveDateTime) -> f64 {
    let seconds = f64::from(at.time().num_seconds_from_midnight()) + f64::from(at.time().nanosecond()) / 1e9;
    f64::from(at.date().num_days_from_ce() - EPOCH) + seconds / SECONDS
}

fn at(days: f64) -> Option<NaiveDateTime> {
    // What chrono can say is less than this.
    if !(-1e8..=1e8).contains(&days) {
        return None;
    }
    let whole = days.floor();
    let seconds = ((days - whole) * SECONDS).round() as u32;
    let day = NaiveDate::from_num_days_from_ce_opt(whole as i32 + EPOCH)?;
    match NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0) {
        Some(time) => Some(NaiveDateTime::new(day, time)),
        None => day.checked_add_days(Days::new(1)).map(|next| NaiveDateTime::new(next, NaiveTime::MIN)),
    }
}

/// `2026-11-29`, and nothing else.
pub(super) fn day_of(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let is_shaped = text.len() == 10
        && text.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let part = |range: Range<usize>| if is_shaped { text.get(range)?.parse::<u32>().ok() } else { None };
    NaiveDate::from_ymd_opt(i32::try_from(part(0..4)?).ok()?, part(5..7)?, part(8..10)?)
}

/// `14:30` as a part of a day.
pub(super) fn time_of(text: &str) -> Option<f64> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let figure = |text: &str, below: u32| {
        let is_figure = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        if is_figure { text.parse::<u32>().ok().filter(|figure| *figure < below) } else { None }
    };
    Some(f64::from(figure(hours, 24)? * 60 + figure(minutes, 60)?) / 1_440.0)
}

pub(super) fn iso(day: NaiveDate) -> String {
    format!("{}-{}-{}", padded(day.year(), 4), two(day.month()), two(day.day()))
}

/// `2026-11-29T14:30:00.000+08:00`
pub(super) fn iso_moment(moment: &DateTime<FixedOffset>) -> String {
    let Some(local) = moment.naive_utc().checked_add_offset(*moment.offset()) else { return String::new() };
    let minutes = moment.offset().local_minus_utc() / 60;
    let sign = if minutes < 0 { "-" } else { "+" };
    let (hours, minutes) = (minutes.abs() / 60, minutes.abs() % 60);
    let time = format_at(local, "%H:%M:%S.%3");
    [&iso(local.date()), "T", &time, sign, &padded(hours, 2), ":", &padded(minutes, 2)].concat()
}

/// By a pattern as `format-date()` has them; what it does not know stays as it stands.
pub(super) fn format_at(at: NaiveDateTime, pattern: &str) -> String {
    let mut written = String::new();
    let mut signs = pattern.chars();
    while let Some(sign) = signs.next() {
        if sign != '%' {
            written.push(sign);
            continue;
        }
        match signs.next() {
            Some('Y') => written.push_str(&padded(at.year(), 4)),
            Some('y') => written.push_str(&padded(at.year().rem_euclid(100), 2)),
            Some('m') => written.push_str(&two(at.month())),
            Some('n') => written.push_str(&at.month().to_string()),
            Some('b') => written.push_str(&[&at.month().to_string(), "月"].concat()),
            Some('d') => written.push_str(&two(at.day())),
            Some('e') => written.push_str(&at.day().to_string()),
            Some('a') => {
                let day = at.weekday().num_days_from_sunday() as usize;
                written.push_str(WEEKDAYS.get(day).copied().unwrap_or_default());
            }
            Some('H') => written.push_str(&two(at.hour())),
            Some('h') => written.push_str(&at.hour().to_string()),
            Some('M') => written.push_str(&two(at.minute())),
            Some('S') => written.push_str(&two(at.second())),
            Some('3') => written.push_str(&padded((at.nanosecond() / 1_000_000) as i32, 3)),
            Some('%') => written.push('%'),
            Some(other) => written.extend(['%', other]),
            None => written.push('%'),
        }
    }
    written
}

/// The first sign after a `%` that says nothing.
pub(super) fn unknown_format(pattern: &str) -> Option<String> {
    let mut signs = pattern.chars();
    while let Some(sign) = signs.next() {
        if sign == '%' {
            match signs.next() {
                Some(known) if "YymnbdeaHhMS3%".contains(known) => {}
                other => return Some(other.map(String::from).unwrap_or_default()),
            }
        }
    }
    None
}

fn two(figure: u32) -> String {
    padded(figure as i32, 2)
}

fn padded(figure: i32, width: usize) -> String {
    format!("{figure:0width$}")
}
