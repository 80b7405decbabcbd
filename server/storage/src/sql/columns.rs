//! How values stand in columns.

use super::PAGE;
use crate::{Result, StoreError};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::{person::Person, time::china};
use serde::{Serialize, de::DeserializeOwned};

/// Milliseconds UTC.
pub(super) fn ms(at: DateTime<Utc>) -> i64 {
    at.timestamp_millis()
}

pub(super) fn time(ms: i64) -> Result<DateTime<Utc>> {
    DateTime::from_timestamp_millis(ms).ok_or_else(|| StoreError::Unreadable(format!("{ms} is not a time")))
}

/// `2026-11-24`
pub(super) fn day(date: NaiveDate) -> String {
    date.to_string()
}

pub(super) fn date(text: &str) -> Result<NaiveDate> {
    text.parse().map_err(|_| StoreError::Unreadable(format!("`{text}` is not a day")))
}

/// The first moment of an office day.
pub(super) fn begins(day: NaiveDate) -> i64 {
    let begins = day.and_time(NaiveTime::MIN).and_local_timezone(china()).earliest();
    begins.map_or(0, |begins| begins.timestamp_millis())
}

pub(super) fn body(record: &impl Serialize) -> Result<String> {
    serde_json::to_string(record).map_err(|error| StoreError::Corrupt(error.to_string()))
}

pub(super) fn parse<T: DeserializeOwned>(what: &'static str, body: &str) -> Result<T> {
    serde_json::from_str(body).map_err(|error| StoreError::Unreadable(format!("{what}: {error}")))
}

/// Those of these bodies that can be read. The log tells of the others: one row's damage is its own.
pub(super) fn readable<T: DeserializeOwned>(what: &'static str, bodies: &[String]) -> Vec<T> {
    let read = |body: &String| {
        let read = parse::<T>(what, body);
        read.inspect_err(|error| tracing::error!(%error, "cannot be read and is left out; xunan verify")).ok()
    };
    bodies.iter().filter_map(read).collect()
}

/// A person by the body, with what a column knows better.
pub(super) fn person(body: &str, last_seen: Option<i64>) -> Result<Person> {
    let mut person: Person = parse("a person", body)?;
    person.last_seen = last_seen.map(time).transpose()?;
    Ok(person)
}

/// A word of the trade, as its `parse` knows it.
pub(super) fn word<T>(what: &'static str, text: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T> {
    parse(text).ok_or_else(|| StoreError::Unreadable(format!("{what}: `{text}`")))
}

/// A number as its type wants it: a negative length is damage.
pub(super) fn number<T: TryFrom<i64>>(what: &'static str, stored: i64) -> Result<T> {
    stored.try_into().map_err(|_| StoreError::Unreadable(format!("{what}: {stored}")))
}

/// A count; never negative.
pub(super) fn count(rows: i64) -> u64 {
    u64::try_from(rows).unwrap_or_default()
}

/// Rows before a page counted from 1.
pub(super) fn offset(page: u32) -> i64 {
    i64::from(page.saturating_sub(1)) * i64::from(PAGE)
}
