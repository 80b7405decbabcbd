//! What a line of the table says.

use super::SMALL;
use crate::session::is_phones;
use domain::role::{Action, Actor};
use std::time::Duration;

/// Who may call it at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Anybody,
    /// Whoever holds the token that the server was started with; without one, this machine.
    Machine,
    /// Whoever has opened something by a short code: by the cookie that this installation alone can make.
    CodeHolder,
    /// Anybody with a session.
    SignedIn,
    May(Action),
}

impl Who {
    /// Whoever asks: the table of roles as their office has it.
    fn admits(self, actor: &Actor) -> bool {
        match self {
            Self::Anybody | Self::SignedIn => true,
            Self::Machine | Self::CodeHolder => false,
            Self::May(action) => actor.may_do(action),
        }
    }

    /// Whether a session is asked for.
    pub fn needs_session(self) -> bool {
        matches!(self, Self::SignedIn | Self::May(_))
    }
}

/// How far an answer or a change reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Nothing of any office.
    Nothing,
    /// The person's own account, sessions, uploads.
    Own,
    /// Places, hazards and visits within the person's scope.
    Place,
    /// The whole of the person's office.
    Office,
}

/// What a body may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    /// None is read.
    Nothing,
    /// Read whole before the handler sees it.
    Whole { most: u64 },
    /// Handed on as it comes; up to `held` bytes of it are in memory at a time.
    Stream { most: u64, held: u64 },
}

/// What a body is given at any length; and for each second more, these bytes.
const WHOLE_GRACE: Duration = Duration::from_secs(10);
const WHOLE_PACE: u64 = 20 * 1024;

/// The same for what is carried in a stream: photos come over the worst of lines.
const STREAM_GRACE: Duration = Duration::from_mins(1);
const STREAM_PACE: u64 = 2 * 1024;

impl Body {
    pub fn most(self) -> u64 {
        match self {
            Self::Nothing => 0,
            Self::Whole { most } | Self::Stream { most, .. } => most,
        }
    }

    /// How long `bytes` of such a body may take.
    pub fn time_for(self, bytes: u64) -> Duration {
        match self {
            Self::Nothing => Duration::ZERO,
            Self::Whole { .. } => WHOLE_GRACE + Duration::from_secs(bytes / WHOLE_PACE),
            Self::Stream { .. } => STREAM_GRACE + Duration::from_secs(bytes / STREAM_PACE),
        }
    }
}

/// One line of the table.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    pub method: &'static str,
    /// As the router has it; of a function the path itself.
    pub path: &'static str,
    pub who: Who,
    pub scope: Scope,
    pub body: Body,
    /// A page for a person. The page itself says that access is refused, or leads to the sign-in page.
    pub page: bool,
}

impl Rule {
    /// Whether this person passes: whoever may not open a part of the product does nothing in it.
    pub fn admits(&self, actor: &Actor) -> bool {
        self.who.admits(actor) && self.part().is_none_or(|part| actor.may_do(part))
    }

    /// What opens the part that the route belongs to; none where no right is asked.
    pub fn part(&self) -> Option<Action> {
        match self.who {
            Who::Anybody | Who::Machine | Who::CodeHolder | Who::SignedIn => None,
            Who::May(_) if is_phones(self.path) => Some(Action::UseField),
            Who::May(_) => Some(Action::UseOffice),
        }
    }
}

pub(super) const fn get(path: &'static str, who: Who, scope: Scope) -> Rule {
    Rule { method: "GET", path, who, scope, body: Body::Nothing, page: false }
}

pub(super) const fn page(path: &'static str, who: Who, scope: Scope) -> Rule {
    Rule { page: true, ..get(path, who, scope) }
}

pub(super) const fn send(
    method: &'static str,
    path: &'static str,
    who: Who,
    scope: Scope,
    body: Body,
) -> Rule {
    Rule { method, path, who, scope, body, page: false }
}

/// A function of the pages with small arguments.
pub(super) const fn function(path: &'static str, who: Who, scope: Scope) -> Rule {
    send("POST", path, who, scope, Body::Whole { most: SMALL })
}

/// What the table says of a request.
#[derive(Debug, Clone, Copy)]
pub enum Verdict {
    Rule(&'static Rule),
    /// The path is known, the method is not: the router says so.
    OtherMethod,
    Unknown,
}
