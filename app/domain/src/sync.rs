//! # The sync contract
//!
//! A device sends *operations*; the server answers each by itself and sends back what changed since the device's
//! cursor, in the same round trip. Rules that hold everything up:
//!
//! - An [`Operation`] has an id made on the device. The server records it first; a repeat gets the first outcome and the
//!   first receipt, whatever happened between.
//! - One operation's trouble is its own: the rest of the batch and the pull go through.
//! - Records come in [`Envelope`]s: a phone keeps what it does not understand, and goes on with the others. What was
//!   committed is always answered, whatever becomes of the pull.
//! - Order is the server's; the device's time travels along and is kept, never trusted.
//! - Operations stay raw JSON until judged, one by one: a batch with a malformed one is a batch with one refusal,
//!   and fields unknown to this version are kept as they came.
//! - A [`Cursor`] is opaque to the device. When what a person may see changes, or the device was away too long, the server
//!   answers with `reset` and the device replaces its records page by page; its own unsent work is untouched.
//! - A device is sent the changes of its own [audiences](crate::audience), and without a cursor only what is
//!   [live](crate::window). The rest it asks for, record by record or as [`EarlierRecords`] of a site.
//!
//! What a device does next, and what it writes down when an answer comes, is decided by [`device`](crate::device).

mod record;

pub use record::{
    Envelope, RecordKind, StoredRecord, SyncRecord, checklist_id, is_published, key, keys_of, kind_of,
    record_key,
};

use crate::{
    attachment::PaperFacts,
    diagnostics::Diagnostics,
    hazard::{HazardCommand, RejectedBecause, Unfounded, ValidationError},
    id::{DeviceId, EventId, HazardId, OperationId, SiteId, SiteKind},
    photo::{PhotoFacts, PhotoHash},
    place::{Community, Department, Grid, Office},
    receipt::Receipt,
    role::Actor,
    schedule::VisitIntervals,
    sector::Sector,
    text::Bilingual,
    visit::Visit,
    window::LiveWindow,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
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
    /// What is known of a photo; its bytes follow by upload.
    Photo(PhotoFacts),
    /// What is known of a paper; its bytes follow by upload.
    Paper(PaperFacts),
    /// What the engine did, for whoever has to find out why something does not arrive.
    Diagnostics(Diagnostics),
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

/// What a device sends. `operations` stay raw: each is judged by itself.
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
}

/// Where a device stands in the office's changes. Opaque to the device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Cursor(pub String);

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
}

/// The outcome of one operation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OperationResult {
    /// None where the operation was too broken to have an id; `outcomes` keep the order sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<OperationId>,
    pub outcome: Outcome,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Received {
        receipt: Receipt,
    },
    AlreadyReceived {
        receipt: Receipt,
    },
    /// Will not be taken however often it is sent; a person must look.
    Refused {
        refusal: Refusal,
    },
    /// Not now; the same again after this many seconds.
    RetryAfter {
        after_seconds: u32,
        #[serde(default)]
        because: Postponed,
    },
}

/// Why something is put off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Postponed {
    /// The server has too much to do, or stumbles over it.
    #[default]
    Busy,
    /// The person has sent as much today as a day holds.
    Quota,
    /// The facts of the photo that is to prove it have not come.
    PhotoFacts,
}

impl Outcome {
    /// As the contract says it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Received { .. } => "received",
            Self::AlreadyReceived { .. } => "already_received",
            Self::Refused { .. } => "refused",
            Self::RetryAfter { .. } => "retry_after",
        }
    }
}

/// Why an operation is not taken, for the program and for the person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Refusal {
    pub reason: Reason,
    /// The number under which the thing was kept all the same, as a command that came too late is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<Receipt>,
    /// In the person's language: what happened and what to do. For devices that do not know the reason's code.
    pub message: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Not an operation at all; `detail` is for the developer.
    Malformed {
        detail: String,
    },
    TooLarge {
        bytes: u64,
        most: u64,
    },
    /// Sent by a newer app than this server understands.
    UnknownVersion {
        schema: u16,
    },
    /// Role or place does not allow it.
    NotAllowed,
    UnknownSite,
    UnknownChecklist,
    UnknownHazard,
    /// The record contradicts its own checklist.
    InvalidVisit {
        detail: String,
    },
    Incomplete {
        missing: ValidationError,
    },
    /// It claims of other records what is not so.
    Unfounded {
        claim: Unfounded,
    },
    /// Kept in the hazard's log, without effect.
    Rejected {
        because: RejectedBecause,
    },
    /// The same id was used for something else.
    IdReused,
    /// The bytes of a photo or paper are not what its record says, or of a type that is not taken.
    AttachmentRefused,
}

impl Reason {
    /// Somebody did this in good faith and has lost the right, the place or the list meanwhile: it is kept, and the
    /// administrator decides. Anything else is a mistake of the program's, and stays on the phone until it is mended.
    pub fn waits_for_administrator(&self) -> bool {
        matches!(self, Self::NotAllowed | Self::UnknownSite | Self::UnknownChecklist | Self::UnknownHazard)
    }
}

/// What surrounds the records: the places, the departments, the kinds of site, and who the person is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Directory {
    pub office: Office,
    pub me: Actor,
    pub communities: Vec<Community>,
    pub grids: Vec<Grid>,
    #[serde(deserialize_with = "record::readable")]
    pub departments: Vec<Department>,
    #[serde(deserialize_with = "record::readable")]
    pub kinds: Vec<SiteKindInfo>,
    #[serde(default)]
    pub intervals: VisitIntervals,
    /// For how long this person's device keeps what has ended.
    #[serde(default)]
    pub window: LiveWindow,
}

/// What a site's past holds: closed hazards and visits that are not live any more, the newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EarlierRecords {
    pub records: Vec<Envelope>,
    /// Where the next page begins; none: there is nothing earlier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
}

/// A kind of site with its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SiteKindInfo {
    pub id: SiteKind,
    pub name: Bilingual,
    pub sector: Sector,
}

/// The reply to a photo's upload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PhotoReceipt {
    pub hash: PhotoHash,
    pub bytes: u64,
    pub at: DateTime<Utc>,
}

/// Who is signed in, as the phone keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedIn {
    pub actor: Actor,
    pub office: String,
    #[serde(default)]
    pub demo: bool,
    /// What has to be done before anything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
}

/// What somebody who is signed in has to do before anything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// An administrator chose the password.
    Password,
    /// The office wants a second factor and there is none yet.
    SecondFactor,
}

/// The password that one has, and the one that one wants.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewPassword {
    pub old: String,
    pub new: String,
}

/// A sign-in by the device API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Credentials {
    pub username: String,
    pub password: String,
    /// What the person sees in the list of their devices.
    #[serde(default)]
    pub device_name: String,
}

/// Problem details (RFC 9457): an error of the API that is not about one operation.
///
/// A phone takes a status for the server's own only with one of these beside it, because portals and proxies answer with
/// statuses, too.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// A URN that ends with the code: `urn:xunan:problem:not_allowed`.
    #[serde(rename = "type")]
    pub type_uri: String,
    /// The code as an English phrase; the same for every problem of the code.
    pub title: String,
    /// The HTTP status that it is sent with.
    pub status: u16,
    /// In the person's language: what happened and what to do.
    pub detail: String,
    /// The extension by which programs decide.
    pub code: String,
}

impl Problem {
    pub const MEDIA_TYPE: &str = "application/problem+json";

    /// Whether an answer of this media type holds problem details; parameters such as a charset may follow its name.
    pub fn is_media_type(content_type: &str) -> bool {
        content_type.split(';').next().is_some_and(|name| name.trim().eq_ignore_ascii_case(Self::MEDIA_TYPE))
    }

    /// `code` in snake case; `detail` in the person's language.
    pub fn new(code: &str, status: u16, detail: String) -> Self {
        let words = code.replace('_', " ");
        let mut letters = words.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        Self {
            type_uri: format!("urn:xunan:problem:{code}"),
            title: first.into_iter().chain(letters).collect(),
            status,
            detail,
            code: code.to_owned(),
        }
    }
}
