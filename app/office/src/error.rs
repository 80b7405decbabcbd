//! What a server function may answer instead of the thing asked for, each saying who can act.

use crate::{json::JsonText, server_fns::meanwhile::Meanwhile};
use domain::{
    form::editing::SheetFault,
    hazard::{RejectedBecause, ValidationError},
    sync::Due,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum AppError {
    /// Not signed in, or the session has ended.
    #[error("sign in first")]
    SignIn,
    /// Signed in, and with something to do before anything else.
    #[error("{due:?} first")]
    Due { due: Due },
    /// The password is asked for once more, before something that weighs.
    #[error("the password once more")]
    Confirm,
    #[error("the role or the place does not allow it")]
    NotAllowed,
    #[error("no such record, or out of sight")]
    NotFound,
    /// A field is wrong; the person mends it. `reason` is in the person's language.
    #[error("{field}: {reason}")]
    Invalid { field: String, reason: String },
    /// A form has these faults, in the person's language, each with its place.
    #[error("{} faults", faults.len())]
    Sheets { faults: Vec<SheetFault> },
    #[error("{missing}")]
    Incomplete { missing: ValidationError },
    #[error("{because}")]
    Rejected { because: RejectedBecause },
    /// Another person changed the record since it was read. Nothing was written; the person chooses field by field.
    #[error("changed meanwhile")]
    Changed { meanwhile: Meanwhile },
    /// Try again later.
    #[error("busy")]
    Busy,
    /// Ours to mend; the number is in the log.
    #[error("internal error {number}")]
    Bug { number: String },
    /// The network or the protocol between page and server.
    #[error("{detail}")]
    Transport { detail: String },
}

impl AppError {
    /// As HTTP says it.
    pub fn status(&self) -> u16 {
        match self {
            Self::SignIn => 401,
            Self::NotAllowed | Self::Due { .. } | Self::Confirm => 403,
            Self::NotFound => 404,
            Self::Rejected { .. } | Self::Changed { .. } => 409,
            Self::Invalid { .. } | Self::Incomplete { .. } | Self::Sheets { .. } => 422,
            Self::Busy => 503,
            Self::Bug { .. } => 500,
            Self::Transport { .. } => 400,
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonText;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        Self::Transport { detail: error.to_string() }
    }
}
