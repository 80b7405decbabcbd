//! What becomes of an operation.

use crate::{
    hazard::{RejectedBecause, Unfounded, ValidationError},
    id::OperationId,
    receipt::Receipt,
    task::TaskRefusal,
};
use serde::{Deserialize, Serialize};

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
    UnknownForm,
    UnknownHazard,
    /// The office does not remember that the site was of the kinds that the visit was filled in for.
    KindsNeverHad,
    /// The record contradicts its own form.
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
    /// Of a task: who it was to go to cannot have it, or it stands otherwise by now.
    Task {
        because: TaskRefusal,
    },
    /// The same id was used for something else.
    IdReused,
    /// The bytes of a photo or paper are not what its record says, or of a type that is not taken.
    AttachmentRefused,
}

impl Reason {
    /// Somebody did this in good faith and has lost the right, the place or the list meanwhile, or a restored backup has
    /// forgotten what they went by: it is kept, and the administrator decides. Anything else is a mistake of the program's, and stays on the phone until it is mended.
    pub fn waits_for_administrator(&self) -> bool {
        match self {
            Self::NotAllowed
            | Self::UnknownSite
            | Self::UnknownForm
            | Self::UnknownHazard
            | Self::KindsNeverHad => true,
            Self::Malformed { .. }
            | Self::TooLarge { .. }
            | Self::UnknownVersion { .. }
            | Self::InvalidVisit { .. }
            | Self::Incomplete { .. }
            | Self::Unfounded { .. }
            | Self::Rejected { .. }
            | Self::Task { .. }
            | Self::IdReused
            | Self::AttachmentRefused => false,
        }
    }
}
