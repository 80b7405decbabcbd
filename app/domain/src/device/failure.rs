//! What came of asking the server, when it was not an answer.
//!
//! Between phone and server stand portals, proxies and filters that answer in the server's place. A status counts only
//! with the server's own words beside it; anything else is "no answer", and nothing is given up for it.

use super::queue::TryFailure;
use crate::sync::Problem;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// Nothing, or something that is not our server.
    NoAnswer,
    /// The session has ended; only a person can mend that.
    SignIn,
    /// Wait this long, if it said how long.
    RetryAfter {
        after_seconds: Option<u32>,
    },
    /// It will never take this.
    Refused {
        status: u16,
    },
    /// It knows nothing of what was asked about, or something else by now.
    Conflict,
    Gone,
    Server {
        status: u16,
    },
    /// The request cannot be said in JSON, and nothing was sent: a bug of this phone's.
    Unwritable,
}

impl Failure {
    /// Of an answer that is no success. `problem`: what its body says, where it is in the server's form.
    pub fn of(status: u16, problem: Option<&Problem>, after_seconds: Option<u32>) -> Self {
        match (status, problem) {
            (500..=502 | 504.., _) => Self::Server { status },
            (503, _) | (408 | 425 | 429, Some(_)) => Self::RetryAfter { after_seconds },
            (_, None) => Self::NoAnswer,
            (401, _) => Self::SignIn,
            (404 | 410, _) => Self::Gone,
            (409, _) => Self::Conflict,
            (400 | 403 | 413 | 415 | 422 | 460, _) => Self::Refused { status },
            _ => Self::NoAnswer,
        }
    }

    /// As the engine's log has it.
    pub fn code(self) -> String {
        match self {
            Self::NoAnswer => "NoAnswer".to_owned(),
            Self::SignIn => "SignIn".to_owned(),
            Self::RetryAfter { after_seconds: None } => "RetryAfter".to_owned(),
            Self::RetryAfter { after_seconds: Some(seconds) } => format!("RetryAfter {seconds}"),
            Self::Refused { status } => format!("Refused {status}"),
            Self::Conflict => "Conflict".to_owned(),
            Self::Gone => "Gone".to_owned(),
            Self::Server { status } => format!("Server {status}"),
            Self::Unwritable => "Unwritable".to_owned(),
        }
    }

    /// As the list of unsent things says it.
    pub fn why(self) -> TryFailure {
        match self {
            Self::NoAnswer => TryFailure::NoAnswer,
            Self::SignIn => TryFailure::SignIn,
            Self::RetryAfter { .. } => TryFailure::RetryAfter,
            Self::Refused { .. } | Self::Conflict | Self::Gone | Self::Server { .. } | Self::Unwritable => {
                TryFailure::Server
            }
        }
    }
}
