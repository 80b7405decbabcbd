//! What the desk's page of notices and channels shows.

use super::{ChannelKind, DeliveryState, NoticeChannel, NoticeKind, NoticeSettings};
use crate::id::NoticeChannelId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Who is told what, by which ways, and how that went lately.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeSettingsFile {
    pub settings: NoticeSettings,
    pub channels: Vec<ChannelFile>,
    /// The newest first.
    pub deliveries: Vec<DeliveryRow>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelFile {
    pub channel: NoticeChannel,
    /// That wait to go this way.
    pub waiting: u64,
    /// That did not go in the end, of those that are remembered.
    pub failed: u64,
}

/// One notice through one channel, without what it says and to whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryRow {
    pub channel: NoticeChannelId,
    pub channel_name: String,
    pub channel_kind: ChannelKind,
    pub kind: NoticeKind,
    pub made_at: DateTime<Utc>,
    pub next_at: DateTime<Utc>,
    pub attempts: u32,
    pub state: DeliveryState,
}
