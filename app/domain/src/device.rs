//! # What a phone keeps, and what it does next
//!
//! The phone owns its work until it holds a receipt. Everything that decides about that work stands here, without
//! storage, network or clock, so that the phone's engine, the headless phones of the tests and the simulation run the
//! same code:
//!
//! - [`queue`]: an operation or a photo that waits, as stored; [`submission`]: what the person sees of it.
//! - [`submitted_visit`]: what is read again of a visit that waits, for the next one at its site; [`made_site`]: of a site.
//! - [`enqueue`]: what is written when a person submits something.
//! - [`plan`]: what to do next, given what waits; [`heartbeat`]: what the office is told of it.
//! - [`apply_response`], [`upload`]: what is written when an answer comes, or none does.
//! - [`form_pictures`]: what its forms show; [`order_standing`]: how its sealed orders stand.
//! - [`page`]: how much of what changed is asked for at once; [`prune`]: what has ended long ago and goes.
//! - [`pace`]: how a long list comes onto the screen.
//! - [`mod@connection`]: how the line to the server stands; [`skew`]: how the phone's clock does; [`pin`], [`idle`]: who may read what is kept, and for how long.
//!
//! A decision is a list of [`Write`]s, which the shell carries out in one transaction: all of them, or none. Nothing that
//! waits is deleted but for a receipt that names its id and the hash of what was sent. What cannot be said in JSON is an
//! error ([`Unwritable`]) of the whole decision: no part of it is written, and nothing stands in for it.

pub mod action_draft;
pub mod apply_response;
pub mod bundle;
pub mod connection;
pub mod enqueue;
pub mod failure;
pub mod form_pictures;
pub mod given_task;
pub mod heartbeat;
pub mod idle;
pub mod made_site;
pub mod mended;
pub mod operation_head;
pub mod order_standing;
pub mod pace;
pub mod page;
pub mod pin;
pub mod plan;
pub mod prune;
pub mod queue;
pub mod skew;
pub mod submission;
pub mod submitted_visit;
pub mod typed;
pub mod upload;

use crate::sync;
use serde::Serialize;
use thiserror::Error;

/// Where a phone keeps things, by what a key names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StoreName {
    /// Single values: see [`key`].
    Meta,
    /// `kind/id` → what the office has sent, as the server last told it: see [`sync::key`].
    Records,
    /// Visit id → draft with its owner.
    Drafts,
    /// Visit id → the site and the forms that it is filled in from.
    DraftCopies,
    /// Running number → operation that waits or was refused, without its payload.
    Outbox,
    /// Running number → operation as it is sent, byte for byte.
    Operations,
    /// Operation id → submission, until some days after it was received.
    Submissions,
    /// Hash → photo's facts and standing.
    Photos,
    /// Hash → bytes.
    PhotoBytes,
    /// Hash → bytes, small.
    Thumbnails,
    /// Sealed order's id → how it stands here.
    Orders,
    /// Person → their key, wrapped.
    Keys,
    /// Running number → an entry of the engine's log, for diagnostics.
    Log,
}

impl StoreName {
    pub const ALL: [Self; 13] = [
        Self::Meta,
        Self::Records,
        Self::Drafts,
        Self::DraftCopies,
        Self::Outbox,
        Self::Operations,
        Self::Submissions,
        Self::Photos,
        Self::PhotoBytes,
        Self::Thumbnails,
        Self::Orders,
        Self::Keys,
        Self::Log,
    ];

    /// Whether what lies under this key is encrypted: records of people, places and hazards are; running numbers, hashes and
    /// published forms are not.
    pub fn seals(self, key: &str) -> bool {
        match self {
            Self::Records => !sync::is_published(key),
            Self::Drafts
            | Self::DraftCopies
            | Self::Operations
            | Self::Submissions
            | Self::Photos
            | Self::PhotoBytes
            | Self::Thumbnails
            | Self::Orders => true,
            Self::Meta | Self::Outbox | Self::Keys | Self::Log => false,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Meta => "meta",
            Self::Records => "records",
            Self::Drafts => "drafts",
            Self::DraftCopies => "draft_copies",
            Self::Outbox => "outbox",
            Self::Operations => "operations",
            Self::Submissions => "submissions",
            Self::Photos => "photos",
            Self::PhotoBytes => "photo_bytes",
            Self::Thumbnails => "thumbnails",
            Self::Orders => "orders",
            Self::Keys => "keys",
            Self::Log => "log",
        }
    }
}

/// Keys of [`StoreName::Meta`].
pub mod key {
    pub const CURSOR: &str = "cursor";
    pub const LAST_PULL: &str = "last_pull";
    pub const RESET: &str = "reset";
    pub const OUTBOX_NUMBER: &str = "outbox_number";
    pub const OWNER: &str = "owner";
    pub const OFFICE: &str = "office";
    pub const DEVICE: &str = "device";
    pub const CLOCKS: &str = "clocks";
    pub const FORM_PICTURES: &str = "form_pictures";
    /// The number of the last [heartbeat](super::heartbeat).
    pub const HEARTBEAT_NUMBER: &str = "heartbeat_number";
    /// What the office was told last of the work that waits here.
    pub const TOLD: &str = "told";
}

/// Something that cannot be said in JSON, and why: a bug. Whatever it belongs to is not written either.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("cannot be written down: {0}")]
pub struct Unwritable(pub String);

impl From<serde_json::Error> for Unwritable {
    fn from(error: serde_json::Error) -> Self {
        Self(error.to_string())
    }
}

/// One thing to be written. A list of them is carried out in order and as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    Put {
        store: StoreName,
        key: String,
        /// JSON.
        text: String,
    },
    Delete {
        store: StoreName,
        key: String,
    },
    /// Of [`StoreName::Records`], all that is not named here goes, other than what is published.
    RetainOnly {
        /// In the order of a set.
        keep: Vec<String>,
    },
}

/// Whether a [`Write::RetainOnly`] that names these takes what lies under this key of [`StoreName::Records`].
pub fn is_dropped(key: &str, keep: &[String]) -> bool {
    !sync::is_published(key) && keep.binary_search_by(|kept| kept.as_str().cmp(key)).is_err()
}

impl Write {
    /// # Errors
    /// What cannot be said in JSON is not written.
    pub fn put(
        store: StoreName,
        key: impl Into<String>,
        record: &impl Serialize,
    ) -> Result<Self, Unwritable> {
        Ok(Self::Put { store, key: key.into(), text: serde_json::to_string(record)? })
    }

    pub fn delete(store: StoreName, key: impl Into<String>) -> Self {
        Self::Delete { store, key: key.into() }
    }
}
