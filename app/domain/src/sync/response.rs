//! What a device is answered: outcomes, and what changed.

use super::{Cursor, Envelope, OperationResult};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize, de::IgnoredAny};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SyncResponse {
    pub now: DateTime<Utc>,
    /// One for each operation, in the order sent.
    #[serde(default)]
    pub outcomes: Vec<OperationResult>,
    #[serde(default)]
    pub changes: Vec<Envelope>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
    /// The device's records are to be replaced by what comes from here on.
    #[serde(default)]
    pub reset: bool,
    /// Pull again: there is more.
    #[serde(default)]
    pub more: bool,
    /// Keys of records that could not be read, or are of a kind that this server does not know: what the device has of them
    /// stays, and they come once they can be read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passed_over: Vec<String>,
    /// The outcomes stand; what changed could not be read just now and is to be asked for again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pull_failed: bool,
    /// The office has noted what waits on the phone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub heard: bool,
}

/// A [`SyncResponse`] as a phone reads it that has sent nothing: what is said of operations is none of its matter, and reasons for
/// which one is refused are long to read.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct PullResponse {
    pub now: DateTime<Utc>,
    /// Where there is any, it is the answer to something else.
    #[serde(default)]
    pub outcomes: Vec<IgnoredAny>,
    #[serde(default)]
    pub changes: Vec<Envelope>,
    #[serde(default)]
    pub cursor: Option<Cursor>,
    #[serde(default)]
    pub reset: bool,
    #[serde(default)]
    pub more: bool,
    #[serde(default)]
    pub passed_over: Vec<String>,
    #[serde(default)]
    pub pull_failed: bool,
    #[serde(default)]
    pub heard: bool,
}
