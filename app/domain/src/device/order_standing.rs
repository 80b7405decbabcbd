//! How a sealed order stands on this phone: wrong words, and what opened it.

use crate::spot_check::{Attempts, ContentKey, OpenedBy};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Kept beside the order, encrypted like everything private.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct OrderStanding {
    #[serde(default)]
    pub attempts: Attempts,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened: Option<OpenedOrder>,
}

/// What opened it, and when, by the phone's clock.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpenedOrder {
    pub key: ContentKey,
    pub by: OpenedBy,
    pub at: DateTime<Utc>,
}
