//! 编号: running numbers that people see.

use crate::Result;
use async_trait::async_trait;
use domain::id::OfficeId;

/// The newest number of each series of an office and year; people see them, and they are never reused.
///
/// The office's number series: read, advanced and written back within one write transaction.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Numbers {
    pub receipt: u64,
    pub hazard: u64,
    pub visit: u64,
    pub spot_check: u64,
}

/// Taking numbers, one writer at a time.
#[async_trait]
pub trait WriteNumbers: Send {
    async fn numbers(&mut self, office: OfficeId, year: i32) -> Result<Numbers>;
    /// What [`WriteNumbers::numbers`] gave, moved on.
    async fn put_numbers(&mut self, office: OfficeId, year: i32, numbers: &Numbers) -> Result<()>;
}
