//! 当日限额: what people send on a day.

use crate::Result;
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::{id::PersonId, quota::Usage};
use std::collections::HashMap;

/// A day's use, read and moved on in the turn that takes more.
#[async_trait]
pub trait WriteQuotas: Send {
    /// What these people have sent on this day of the office: of each an entry, of whoever sent nothing an empty one.
    async fn usage(&mut self, people: &[PersonId], day: NaiveDate) -> Result<HashMap<PersonId, Usage>>;
    /// Takes the place of what was there, of each person once. Forgets the days long before.
    async fn put_usage(&mut self, day: NaiveDate, usage: &[(PersonId, Usage)]) -> Result<()>;
}
