//! What one request brings to the queue, and what it is answered.

use super::batch::Batch;
use crate::storage::{Brought, NewHeartbeat, StoreError};
use chrono::{DateTime, Utc};
use domain::{
    attachment::AttachmentKind,
    id::{OfficeId, OperationId},
    sync::{OperationResult, Outcome, Payload, Postponed},
};
use tokio::sync::oneshot;

/// How long a device waits before it sends again what this server stumbles over.
const LATER_SECONDS: u32 = 600;

#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) work: Work,
    pub(super) answer: oneshot::Sender<Result<Answer, StoreError>>,
}

/// The result of one request's work.
#[derive(Debug)]
pub(super) struct Answer {
    /// When it was committed.
    pub(super) at: DateTime<Utc>,
    /// One for each operation.
    pub(super) outcomes: Vec<OperationResult>,
}

#[derive(Debug, Clone)]
pub(super) enum Work {
    Operations(Batch),
    /// An attachment's bytes are stored; of a photo, the small picture is to be made.
    AttachmentReceived {
        office: OfficeId,
        brought: Brought,
        kind: AttachmentKind,
    },
    /// What a phone says of the work that waits on it.
    Heartbeat {
        office: OfficeId,
        said: Box<NewHeartbeat>,
    },
}

impl Work {
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Operations(batch) => batch.operations.len(),
            Self::AttachmentReceived { .. } | Self::Heartbeat { .. } => 1,
        }
    }

    /// Each operation by itself.
    pub(super) fn parts(&self) -> Vec<Self> {
        match self {
            Self::Operations(batch) => {
                let alone = |one| Self::Operations(Batch { operations: vec![one], ..batch.clone() });
                batch.operations.iter().cloned().map(alone).collect()
            }
            Self::AttachmentReceived { .. } | Self::Heartbeat { .. } => vec![self.clone()],
        }
    }

    /// For the log, which must not hold records' content.
    pub(super) fn ids(&self) -> Vec<OperationId> {
        match self {
            Self::Operations(batch) => batch.operations.iter().filter_map(|one| one.id).collect(),
            Self::AttachmentReceived { .. } | Self::Heartbeat { .. } => vec![],
        }
    }

    /// What a single operation is about, if it can be read.
    pub(super) fn payload(&self) -> Option<&Payload> {
        let Self::Operations(batch) = self else { return None };
        Some(&batch.operations.first()?.read.as_ref().ok()?.payload)
    }

    /// What is said of work that failed even by itself.
    pub(super) fn put_off(&self) -> Vec<OperationResult> {
        let Self::Operations(batch) = self else { return vec![] };
        let later = Outcome::RetryAfter { after_seconds: LATER_SECONDS, because: Postponed::Busy };
        batch
            .operations
            .iter()
            .map(|one| OperationResult { operation: one.id, outcome: later.clone() })
            .collect()
    }
}
