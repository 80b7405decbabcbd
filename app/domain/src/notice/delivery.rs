//! A notice on its way through one channel: when it is tried, when again, and when that is given up.

use super::{NoticeKind, QuietHours};
use crate::id::{NoticeChannelId, NoticeDeliveryId, NoticeId};
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

/// After the first try that failed; twice as long after each further one.
const FIRST: Duration = Duration::minutes(1);

const LONGEST: Duration = Duration::hours(1);

/// From the first moment at which it could have gone. What is a day old is no news, and a channel that is down for longer has
/// to be looked at by somebody.
pub const TRIED_FOR: Duration = Duration::days(1);

/// One notice through one channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeDelivery {
    pub id: NoticeDeliveryId,
    pub notice: NoticeId,
    pub channel: NoticeChannelId,
    /// The first moment at which it may go.
    pub first_at: DateTime<Utc>,
    /// Not before, now.
    pub next_at: DateTime<Utc>,
    /// Tries that were begun.
    pub attempts: u32,
    pub state: DeliveryState,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// With what the last try ended with; empty: there was none.
    Waiting {
        failure: String,
    },
    Sent {
        at: DateTime<Utc>,
    },
    /// It was tried for a day, or can never go.
    Failed {
        at: DateTime<Utc>,
        failure: String,
    },
}

impl DeliveryState {
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Waiting { .. } => "waiting",
            Self::Sent { .. } => "sent",
            Self::Failed { .. } => "failed",
        }
    }

    pub fn ended_at(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Waiting { .. } => None,
            Self::Sent { at } | Self::Failed { at, .. } => Some(*at),
        }
    }

    /// What went wrong; empty: nothing that is known.
    pub fn failure(&self) -> &str {
        match self {
            Self::Waiting { failure } | Self::Failed { failure, .. } => failure,
            Self::Sent { .. } => "",
        }
    }
}

/// The first moment at which what is made now may go out of the house: what is urgent at once, the rest when it is quiet no
/// more.
pub fn first_try(kind: NoticeKind, quiet: Option<QuietHours>, now: DateTime<Utc>) -> DateTime<Utc> {
    let ends = quiet.filter(|_| !kind.is_urgent()).and_then(|quiet| quiet.ends(now));
    ends.unwrap_or(now)
}

/// When it is tried again after so many tries, of which the last has failed now; none: it is given up.
pub fn next_try(first_at: DateTime<Utc>, attempts: u32, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let doubled = 1_i32 << attempts.saturating_sub(1).min(20);
    let next = now + (FIRST * doubled).min(LONGEST);
    (next <= first_at + TRIED_FOR).then_some(next)
}
