//! Months and times of day, as they are read off a paper or a clock: without a day, without a zone.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;

/// A month of a year: `2026-11`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month {
    first: NaiveDate,
}

/// A time of day by the office's clock, to the minute: `14:30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeOfDay {
    hour: u8,
    minute: u8,
}

/// It is not written as a month or a time is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not written as `2026-11` or `14:30`")]
pub struct NotWrittenSo;

impl Month {
    /// None where there is no such month.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        Some(Self { first: NaiveDate::from_ymd_opt(year, month, 1)? })
    }

    /// The month of this day.
    pub fn of(day: NaiveDate) -> Self {
        Self { first: day.with_day(1).unwrap_or(day) }
    }

    pub fn first_day(self) -> NaiveDate {
        self.first
    }
}

impl TimeOfDay {
    /// None where there is no such time.
    pub fn new(hour: u8, minute: u8) -> Option<Self> {
        (hour < 24 && minute < 60).then_some(Self { hour, minute })
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.first.year(), self.first.month())
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)
    }
}

/// Two figures with this sign between them.
fn two(text: &str, sign: char, lengths: (usize, usize)) -> Option<(u16, u8)> {
    let (left, right) = text.split_once(sign)?;
    let figures = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    let written = figures(left, lengths.0) && figures(right, lengths.1);
    if written { Some((left.parse().ok()?, right.parse().ok()?)) } else { None }
}

impl TryFrom<String> for Month {
    type Error = NotWrittenSo;

    fn try_from(text: String) -> Result<Self, NotWrittenSo> {
        let parts = two(&text, '-', (4, 2)).ok_or(NotWrittenSo)?;
        Self::new(parts.0.into(), parts.1.into()).ok_or(NotWrittenSo)
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = NotWrittenSo;

    fn try_from(text: String) -> Result<Self, NotWrittenSo> {
        let parts = two(&text, ':', (2, 2)).ok_or(NotWrittenSo)?;
        u8::try_from(parts.0).ok().and_then(|hour| Self::new(hour, parts.1)).ok_or(NotWrittenSo)
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> Self {
        time.to_string()
    }
}

#[cfg(feature = "openapi")]
mod openapi {
    use super::{Month, TimeOfDay};
    use utoipa::{
        PartialSchema, ToSchema,
        openapi::{RefOr, Schema},
    };

    impl PartialSchema for Month {
        fn schema() -> RefOr<Schema> {
            String::schema()
        }
    }

    impl ToSchema for Month {}

    impl PartialSchema for TimeOfDay {
        fn schema() -> RefOr<Schema> {
            String::schema()
        }
    }

    impl ToSchema for TimeOfDay {}
}
