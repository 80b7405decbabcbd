//! The queue as stored: operations in the order they were made, photos by their hash.

use super::{StoreName, Unwritable, Write, upload::Upload};
use crate::{
    id::{HazardId, OperationId, PersonId, SiteId, TaskId, VisitId},
    photo::{PhotoFacts, PhotoHash},
    sync::{Payload, Refusal},
};
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// An operation that waits, or was refused. What is sent lies beside it on [`StoreName::Operations`], so that deciding what to
/// send never reads the whole queue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Queued {
    /// Counts up on this phone whatever its clock does: the order of sending.
    pub number: u64,
    pub owner: PersonId,
    pub submission: OperationId,
    pub operation: OperationId,
    pub about: About,
    /// The site that it makes, or at which it is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<SiteId>,
    /// By the phone's clock.
    pub at: DateTime<Utc>,
    /// As sent.
    pub bytes: u64,
    /// SHA-256 of what is sent, hexadecimal: what the receipt must name.
    pub hash: String,
    /// Goes before what is merely older.
    #[serde(default)]
    pub urgent: bool,
    pub status: DeliveryStatus,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    Visit(VisitId),
    Hazard(HazardId),
    /// With the hazard that it is about: it is not sent before that.
    Task {
        task: TaskId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hazard: Option<HazardId>,
    },
    /// A site that was made on the spot.
    Site(SiteId),
    Photo(PhotoHash),
    /// Nothing that a screen shows.
    Other,
}

impl About {
    pub fn of(payload: &Payload) -> Self {
        match payload {
            Payload::SubmitVisit(visit) => Self::Visit(visit.id),
            Payload::Hazard { hazard, .. } => Self::Hazard(*hazard),
            Payload::Task { task, command, .. } => Self::Task { task: *task, hazard: command.hazard() },
            Payload::NewSite(site) => Self::Site(site.id),
            Payload::Photo(facts) => Self::Photo(facts.hash.clone()),
            Payload::OrderOpened { .. }
            | Payload::NoticesSeen { .. }
            | Payload::Paper(_)
            | Payload::Diagnostics(_) => Self::Other,
        }
    }
}

/// The site that an operation makes or at which it is done, as far as it says: what comes of a hazard later lies where that lies.
pub fn site_of(payload: &Payload) -> Option<SiteId> {
    match payload {
        Payload::SubmitVisit(visit) => Some(visit.site),
        Payload::Hazard { site, .. } => *site,
        Payload::NewSite(site) => Some(site.id),
        Payload::Task { command, .. } => command.site(),
        Payload::OrderOpened { .. }
        | Payload::NoticesSeen { .. }
        | Payload::Photo(_)
        | Payload::Paper(_)
        | Payload::Diagnostics(_) => None,
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryStatus {
    Waiting(RetryState),
    Refused { refusal: Refusal },
}

/// How often something was tried, and when it may be tried again.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RetryState {
    #[serde(default)]
    pub tries: u32,
    #[serde(default)]
    pub not_before: Option<DateTime<Utc>>,
    #[serde(default)]
    pub last_try: Option<LastTry>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastTry {
    pub at: DateTime<Utc>,
    pub why: TryFailure,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TryFailure {
    NoAnswer,
    Server,
    SignIn,
    /// The server asked to wait.
    RetryAfter,
    /// As much was sent today as a day holds.
    Quota,
}

impl Queued {
    /// The key under which it is stored; keys sort as numbers do.
    pub fn key(&self) -> String {
        format!("{:012}", self.number)
    }

    /// Not refused: it will be sent, and counts for what is shown.
    pub fn waits(&self) -> bool {
        matches!(self.status, DeliveryStatus::Waiting(_))
    }

    pub fn last_try(&self) -> Option<&LastTry> {
        match &self.status {
            DeliveryStatus::Waiting(tries) => tries.last_try.as_ref(),
            DeliveryStatus::Refused { .. } => None,
        }
    }

    /// Why the last try came to nothing.
    pub fn says(&mut self, why: TryFailure) {
        if let DeliveryStatus::Waiting(RetryState { last_try: Some(last), .. }) = &mut self.status {
            last.why = why;
        }
    }

    pub fn write(&self) -> Result<Write, Unwritable> {
        Write::put(StoreName::Outbox, self.key(), self)
    }

    /// Off the queue, with what was sent.
    pub fn remove(&self) -> [Write; 2] {
        [Write::delete(StoreName::Outbox, self.key()), Write::delete(StoreName::Operations, self.key())]
    }
}

/// A photo that this phone took.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PhotoRecord {
    pub facts: PhotoFacts,
    pub status: PhotoStatus,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhotoStatus {
    /// Belongs to a draft.
    Held,
    Waiting {
        /// The server knows its facts.
        announced: bool,
        #[serde(default)]
        urgent: bool,
        tries: RetryState,
        /// What the server has of it so far.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        upload: Option<Upload>,
    },
    /// The server will not take it or cannot unpack it, or its bytes are gone from this phone.
    Refused,
    Received {
        at: DateTime<Utc>,
        /// The server has not unpacked it yet: it is asked again, and the bytes stay. None: it has.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unpacking: Option<RetryState>,
    },
}

impl PhotoRecord {
    /// The server has its bytes.
    pub fn is_received(&self) -> bool {
        matches!(self.status, PhotoStatus::Received { .. })
    }

    /// The server has its bytes and can make something of them: here they are not needed any more.
    pub fn is_settled(&self) -> bool {
        matches!(self.status, PhotoStatus::Received { unpacking: None, .. })
    }

    /// Taken out of whatever it was taken for, and a day old: what is being filled in may not have been saved yet. One that lies a day
    /// ahead was taken by a clock that was set back since.
    pub fn is_orphaned(&self, named: &BTreeSet<PhotoHash>, now: DateTime<Utc>) -> bool {
        self.status == PhotoStatus::Held
            && (now - self.facts.at).abs() > Duration::days(1)
            && !named.contains(&self.facts.hash)
    }

    pub fn last_try(&self) -> Option<&LastTry> {
        match &self.status {
            PhotoStatus::Waiting { tries, .. } => tries.last_try.as_ref(),
            PhotoStatus::Held | PhotoStatus::Refused | PhotoStatus::Received { .. } => None,
        }
    }

    /// Bytes that still have to go.
    pub fn unsent(&self) -> u64 {
        match &self.status {
            PhotoStatus::Received { .. } => 0,
            PhotoStatus::Waiting { upload: Some(upload), .. } => {
                self.facts.bytes.saturating_sub(upload.offset)
            }
            PhotoStatus::Waiting { upload: None, .. } | PhotoStatus::Held | PhotoStatus::Refused => {
                self.facts.bytes
            }
        }
    }

    pub fn write(&self) -> Result<Write, Unwritable> {
        Write::put(StoreName::Photos, self.facts.hash.as_str(), self)
    }
}
