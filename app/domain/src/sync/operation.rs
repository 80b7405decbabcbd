//! What a device sends.

use crate::{
    attachment::PaperFacts,
    device::heartbeat::Heartbeat,
    diagnostics::Diagnostics,
    hazard::HazardCommand,
    id::{DeviceId, EventId, HazardId, NoticeId, OperationId, SealedOrderId, SiteId, TaskId},
    json::read_value,
    photo::PhotoFacts,
    site::ProposedSite,
    spot_check::{KeyProof, OpenedBy},
    task::TaskCommand,
    visit::Visit,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// The contract's version; old ones stay accepted.
pub const SCHEMA: u16 = 1;

/// Operations in one request at the most.
pub const LARGEST_BATCH: usize = 50;

/// Bytes of one operation at the most: records are small, photos travel apart.
pub const LARGEST_OPERATION: usize = 256 * 1024;

/// Bytes of records in one answer, about: what a small phone reads in at once, and a tenth of it once it is compressed.
pub const LARGEST_PAGE: u32 = 2 * 1024 * 1024;

/// One thing that a device sends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Operation {
    pub id: OperationId,
    pub schema: u16,
    /// By the device's clock.
    pub at: DateTime<Utc>,
    pub payload: Payload,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Payload {
    /// A sealed visit.
    SubmitVisit(Visit),
    /// What is wanted of a hazard; the first command, `report`, makes it and says where.
    Hazard {
        hazard: HazardId,
        /// Under which what comes of it is remembered.
        event: EventId,
        /// Needed for `report` only.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        site: Option<SiteId>,
        command: HazardCommand,
    },
    /// A sealed order was opened on this phone.
    OrderOpened {
        order: SealedOrderId,
        by: OpenedBy,
        /// By the device's clock.
        at: DateTime<Utc>,
        /// Nobody else can have the key.
        proof: KeyProof,
    },
    /// What is wanted of a task; `give` makes it.
    Task {
        task: TaskId,
        /// Under which what comes of it is remembered.
        event: EventId,
        command: TaskCommand,
    },
    /// 已读: these notices were before their person's eyes.
    NoticesSeen { notices: Vec<NoticeId> },
    /// 新开的店: a site that was made on the spot. What is done there follows it.
    NewSite(ProposedSite),
    /// What is known of a photo; its bytes follow by upload.
    Photo(PhotoFacts),
    /// What is known of a paper; its bytes follow by upload.
    Paper(PaperFacts),
    /// What the engine did, for whoever has to find out why something does not arrive.
    Diagnostics(Diagnostics),
}

impl Payload {
    /// The hazard that has to be there before it, or that it makes.
    pub fn hazard(&self) -> Option<HazardId> {
        match self {
            Self::Hazard { hazard, .. } => Some(*hazard),
            Self::Task { command, .. } => command.hazard(),
            Self::SubmitVisit(_)
            | Self::OrderOpened { .. }
            | Self::NoticesSeen { .. }
            | Self::NewSite(_)
            | Self::Photo(_)
            | Self::Paper(_)
            | Self::Diagnostics(_) => None,
        }
    }
}

impl Operation {
    /// SHA-256 of an operation as it travels, hexadecimal: what a receipt proves.
    pub fn hash(raw: &Value) -> String {
        Self::hash_of(&raw.to_string())
    }

    /// The same, of what [`Value`] writes.
    pub fn hash_of(text: &str) -> String {
        hex::encode(Sha256::digest(text.as_bytes()))
    }
}

/// What a device sends. `operations` stay raw: each is evaluated by itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SyncRequest {
    pub device: DeviceId,
    /// The device's clock, for noticing that it is wrong.
    pub now: DateTime<Utc>,
    /// None on a fresh device: everything is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Operation>))]
    pub operations: Vec<Value>,
    /// Whether changes are wanted too.
    #[serde(default)]
    pub pull: bool,
    /// Bytes of records that one answer should not exceed, on a line that would not carry [`LARGEST_PAGE`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_bytes: Option<u32>,
    /// The version of the app that asks.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub app: String,
    /// What waits on this phone, these operations among it. None from phones that do not say, or say it in other words.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "said")]
    pub heartbeat: Option<Heartbeat>,
}

/// What cannot be read of it holds up no work: nobody is told of what waits then.
fn said<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Heartbeat>, D::Error> {
    let raw = Option::<Value>::deserialize(deserializer)?;
    Ok(raw.and_then(|raw| read_value(&raw).ok()))
}

/// Where a device stands in the office's changes. Opaque to the device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Cursor(pub String);
