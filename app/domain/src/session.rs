//! 登录: where people are signed in.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A device on which one is signed in, as one sees it oneself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedInDevice {
    pub session: i64,
    pub name: String,
    pub since: DateTime<Utc>,
    pub last_seen: DateTime<Utc>,
    /// The one that asks.
    pub current: bool,
}
