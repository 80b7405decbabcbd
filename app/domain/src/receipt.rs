//! 回执: the server's proof that it holds a thing.

use crate::id::OperationId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Kept by the phone for as long as it keeps the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// For people: `HZ-2026-004817`; unique in the office, never reused.
    pub number: String,
    pub operation: OperationId,
    /// SHA-256 of the operation as received, hexadecimal.
    pub hash: String,
    pub at: DateTime<Utc>,
}

/// `HZ-2026-004817`
pub fn receipt_number(year: i32, running: u64) -> String {
    format!("HZ-{year}-{running:06}")
}

/// `XC-2026-000318`
pub fn hazard_number(year: i32, running: u64) -> String {
    format!("XC-{year}-{running:06}")
}

/// `JC-2026-001203`
pub fn inspection_number(year: i32, running: u64) -> String {
    format!("JC-{year}-{running:06}")
}
