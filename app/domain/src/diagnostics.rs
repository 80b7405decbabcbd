//! What a phone's engine did, told without anybody's records: codes, counts and times only.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Entries of one report at the most; a report must fit into an operation.
pub const MOST_ENTRIES: usize = 400;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Diagnostics {
    /// Of the app.
    pub version: String,
    /// Kind of system and browser.
    pub system: String,
    /// Operations and photos that wait, and their bytes.
    pub waiting: u32,
    pub bytes: u64,
    /// Bytes free for the app, where the browser tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub free: Option<u64>,
    /// The browser has promised not to clear the app's data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub persistent: Option<bool>,
    /// Oldest first.
    pub entries: Vec<Noted>,
}

/// One thing that the engine did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Noted {
    pub at: DateTime<Utc>,
    /// `start`, `sync`, `upload`, `storage` …
    pub what: String,
    /// `ok`, or what went wrong: `NoAnswer`, `Server 502` …
    pub came: String,
    /// Operations sent.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub operations: u32,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub milliseconds: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(n: &u32) -> bool {
    *n == 0
}
