//! What the edge of the server turns away before anybody looks at it: counted, and told in the log without flooding it.

use crate::metrics::Metrics;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// How often one kind is told.
pub const TOLD_EVERY: Duration = Duration::from_secs(10);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// A body that did not come in its time.
    SlowBody,
    /// A body larger than its route allows.
    LargeBody,
    /// More bytes than may be held at a time.
    NoRoom,
    /// Two cookies of one name: one of them was planted by another site.
    TwoSessions,
    /// A connection on which no request ever became whole.
    Silent,
    /// An unfinished or idle connection that was closed to let another in.
    Displaced,
    /// A connection of a stranger who reads none of an answer.
    Unread,
    /// A connection for which there was no room.
    NoConnection,
    /// The system gave no connection: descriptors are used up.
    NoDescriptor,
    /// Headers of a proxy from an address that is none of ours. Nothing is refused; what they say is not believed.
    ForeignProxy,
    /// A request that the role or the scope does not allow.
    NotAllowed,
    /// A sign-in to an account that does not exist.
    UnknownAccount,
}

impl Refusal {
    pub fn word(self) -> &'static str {
        match self {
            Self::SlowBody => "slow_body",
            Self::LargeBody => "large_body",
            Self::NoRoom => "no_room",
            Self::TwoSessions => "two_sessions",
            Self::Silent => "silent",
            Self::Displaced => "displaced",
            Self::Unread => "unread",
            Self::NoConnection => "no_connection",
            Self::NoDescriptor => "no_descriptor",
            Self::ForeignProxy => "foreign_proxy",
            Self::NotAllowed => "not_allowed",
            Self::UnknownAccount => "unknown_account",
        }
    }

    fn told(self) -> &'static str {
        match self {
            Self::ForeignProxy => {
                "headers of a proxy that --trusted-proxies does not name were not believed: behind it everybody \
                 counts as one address, and cookies are not Secure"
            }
            Self::NotAllowed => "somebody asked for what their role or place does not allow",
            Self::NoDescriptor => "no descriptors are left for connections: raise LimitNOFILE",
            Self::SlowBody
            | Self::LargeBody
            | Self::NoRoom
            | Self::TwoSessions
            | Self::Silent
            | Self::Displaced
            | Self::Unread
            | Self::NoConnection
            | Self::UnknownAccount => "turned away",
        }
    }
}

#[derive(Debug, Clone)]
pub struct Refusals {
    metrics: Metrics,
    untold: Arc<Mutex<HashMap<Refusal, Untold>>>,
}

#[derive(Debug)]
struct Untold {
    last: Instant,
    count: u64,
}

impl Refusals {
    pub fn new(metrics: Metrics) -> Self {
        Self { metrics, untold: Arc::default() }
    }

    /// Counts one. The first of an interval is told at once, the rest with the next.
    pub fn count(&self, kind: Refusal) {
        self.metrics.refused(kind.word());
        let mut untold = self.untold.lock().unwrap_or_else(PoisonError::into_inner);
        match untold.get_mut(&kind) {
            Some(waiting) if waiting.last.elapsed() < TOLD_EVERY => waiting.count += 1,
            Some(waiting) => {
                tell(kind, waiting.count + 1);
                *waiting = Untold { last: Instant::now(), count: 0 };
            }
            None => {
                tell(kind, 1);
                untold.insert(kind, Untold { last: Instant::now(), count: 0 });
            }
        }
    }

    /// Tells what waits. Called every [`TOLD_EVERY`].
    pub fn tell_rest(&self) {
        let mut untold = self.untold.lock().unwrap_or_else(PoisonError::into_inner);
        for (kind, waiting) in untold.iter_mut().filter(|(_, waiting)| waiting.count > 0) {
            tell(*kind, waiting.count);
            *waiting = Untold { last: Instant::now(), count: 0 };
        }
    }
}

fn tell(kind: Refusal, count: u64) {
    tracing::warn!(kind = kind.word(), count, "{}", kind.told());
}
