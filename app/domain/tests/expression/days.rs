//! Days, as numbers and as they are written.

use crate::*;
use Function::{Date, DecimalDateTime, FormatDate, FormatDateTime, Now, Today};
use Operator::{Add, Subtract};

#[test]
fn today_is_the_day_of_the_visit_by_the_offices_clock() {
    assert_eq!(alone(&call(Today, [])), day("2026-11-29"));
}

#[test]
fn the_difference_of_two_days_is_a_number_of_days() {
    let visit = Visit::of("a", day("2026-11-29")).with("b", day("2026-10-30"));
    assert_eq!(binary(answer("a"), Subtract, answer("b")).evaluate(&visit), Value::Number(30.0));
}

#[test]
fn a_number_of_days_from_today_is_a_day_again() {
    let next_week = call(Date, [binary(call(Today, []), Add, number(7.0))]);
    assert_eq!(alone(&next_week), day("2026-12-06"));
}

#[test]
fn days_are_counted_from_the_beginning_of_1970_and_moments_within_them() {
    let count = |value| call(DecimalDateTime, [answer("a")]).evaluate(&Visit::of("a", value));
    assert_eq!(count(day("1970-01-01")), Value::Number(0.0));
    assert_eq!(count(day("1969-12-31")), Value::Number(-1.0));
    assert_eq!(count(Value::Moment("1970-01-02T06:00:00+08:00".parse().unwrap())), Value::Number(1.25));
    assert_eq!(count(text_value("1970-01-03")), Value::Number(2.0));
    assert!(is_none(&count(Value::Nothing)));
}

#[test]
fn what_is_no_day_is_nothing() {
    for no_day in ["2026-02-29", "2026-13-01", "2026-1-1", "20261129", "今天", "2026/11/29", ""] {
        assert_eq!(alone(&call(Date, [text(no_day)])), Value::Nothing, "{no_day}");
    }
    for no_day in [f64::NAN, f64::INFINITY, 1e300, -1e300] {
        assert_eq!(alone(&call(Date, [number(no_day)])), Value::Nothing, "{no_day}");
    }
}

#[test]
fn days_are_written_by_their_pattern_the_same_on_every_phone() {
    let write = |it, pattern| alone(&call(FormatDate, [it, text(pattern)]));
    let early = || text("2026-03-05");
    assert_eq!(write(early(), "%Y-%m-%d"), text_value("2026-03-05"));
    assert_eq!(write(early(), "%Y年%n月%e日 %a"), text_value("2026年3月5日 周四"));
    assert_eq!(write(early(), "%y %b %H:%M"), text_value("26 3月 00:00"));
    assert_eq!(write(early(), "100%% %q %"), text_value("100% %q %"));
    assert_eq!(write(text(""), "%Y"), text_value(""));
    let now = alone(&call(FormatDateTime, [call(Now, []), text("%H:%M:%S.%3 %h")]));
    assert_eq!(now, text_value("14:30:00.000 14"));
}

#[test]
fn days_and_moments_read_as_texts_by_the_standard() {
    let read = |it| alone(&call(Function::String, [it]));
    assert_eq!(read(call(Today, [])), text_value("2026-11-29"));
    assert_eq!(read(call(Now, [])), text_value("2026-11-29T14:30:00.000+08:00"));
}

#[test]
fn a_day_with_a_part_of_a_day_is_a_moment_of_it_and_the_last_second_is_followed_by_the_next_day() {
    let write = |days: f64| alone(&call(FormatDateTime, [number(days), text("%Y-%m-%d %H:%M")]));
    assert_eq!(write(0.5), text_value("1970-01-01 12:00"));
    assert_eq!(write(0.999_999_999), text_value("1970-01-02 00:00"));
}
