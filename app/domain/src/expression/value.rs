//! What an expression comes to, and how one kind is read as another.

use crate::id::OptionId;
use chrono::{DateTime, FixedOffset, NaiveDate};

#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Not answered, not asked, not known.
    Nothing,
    Truth(bool),
    Number(f64),
    Text(String),
    Day(NaiveDate),
    Moment(DateTime<FixedOffset>),
    /// One or several choices, in the order of the form.
    Choices(Vec<OptionId>),
    /// An answer of each instance of a repeat, in order.
    Many(Vec<Value>),
}
