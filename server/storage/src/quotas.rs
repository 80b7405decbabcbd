//! 当日限额: what people send on a day.

use crate::Result;
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::{id::PersonId, quota::Usage};

/// A day's use, read and moved on in the turn that takes more.
#[async_trait]
pub trait WriteQuotas: Send {
    /// What the person has sent on this day of the office.
    async fn usage(&mut self, person: PersonId, day: NaiveDate) -> Result<Usage>;
    /// Forgets the days long before.
    async fn put_usage(&mut self, person: PersonId, day: NaiveDate, usage: &Usage) -> Result<()>;
}
