//! What is written when the server has answered a sync, or has not.
//!
//! Outcomes and changes are one list of writes, so that a record never disappears between its leaving the outbox and its
//! coming back from the server.

use super::{
    StoreName, Unwritable, Write,
    connection::back_off,
    failure::Failure,
    key,
    queue::{About, DeliveryStatus, LastTry, PhotoRecord, PhotoStatus, Queued, RetryState, TryFailure},
    submission::SubmissionRecord,
};
use crate::{
    id::OperationId,
    photo::PhotoHash,
    receipt::Receipt,
    sync::{Cursor, Envelope, Outcome, Postponed, PullResponse, Reason, Refusal, SyncResponse},
};
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The longest wait of one operation that the server asks for.
const LONGEST_LATER: u32 = 3600;

/// What was sent, and what it touches, read in the transaction that carries the writes out.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    /// As they stand now, in the order sent.
    pub operations: Vec<Queued>,
    /// Those that the operations belong to.
    pub submissions: BTreeMap<OperationId, SubmissionRecord>,
    /// Those that the operations announce.
    pub photos: BTreeMap<PhotoHash, PhotoRecord>,
    /// What came since a reset began, if one is under way.
    pub reset: Option<Reset>,
}

/// Records that have come since a reset began, by their keys; what did not come is gone for this person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reset {
    came: BTreeSet<String>,
}

impl Sent {
    /// Whether the answer is one to what was sent: an outcome for each operation, in order.
    pub fn fits(operations: &[OperationId], response: &SyncResponse) -> bool {
        let named = response.outcomes.iter().map(|answered| answered.operation);
        operations.len() == response.outcomes.len() && operations.iter().map(|id| Some(*id)).eq(named)
    }

    /// The answer, written down: all of it. Operations that were taken off the queue meanwhile are left alone.
    pub fn answered(
        mut self,
        response: &SyncResponse,
        now: DateTime<Utc>,
        jitter: f64,
    ) -> Result<Vec<Write>, Unwritable> {
        let mut writes = vec![];
        for queued in std::mem::take(&mut self.operations) {
            let of_it =
                |answered: &&crate::sync::OperationResult| answered.operation == Some(queued.operation);
            if let Some(answered) = response.outcomes.iter().find(of_it) {
                self.outcome(queued, &answered.outcome, now, jitter, &mut writes)?;
            }
        }
        changes(self.reset, &Changed::from(response), now, &mut writes)?;
        Ok(writes)
    }

    fn outcome(
        &mut self,
        queued: Queued,
        outcome: &Outcome,
        now: DateTime<Utc>,
        jitter: f64,
        writes: &mut Vec<Write>,
    ) -> Result<(), Unwritable> {
        match outcome {
            Outcome::Received { receipt } | Outcome::AlreadyReceived { receipt } => {
                // A receipt for something else is none: the operation stays.
                if receipt.operation != queued.operation || receipt.hash != queued.hash {
                    writes.push(failed(queued, Failure::NoAnswer, now, jitter).write()?);
                    return Ok(());
                }
                writes.extend(queued.remove());
                self.announced(&queued.about, writes)?;
                self.note(&queued, receipt, writes)?;
            }
            Outcome::Refused { refusal } => {
                if let Some(receipt) = &refusal.kept {
                    self.note(&queued, receipt, writes)?;
                }
                let status = DeliveryStatus::Refused { refusal: refusal.clone() };
                writes.push(Queued { status, ..queued }.write()?);
            }
            Outcome::RetryAfter { after_seconds, because } => {
                let failure = Failure::RetryAfter { after_seconds: Some(*after_seconds) };
                let mut queued = failed(queued, failure, now, jitter);
                if *because == Postponed::Quota {
                    queued.says(TryFailure::Quota);
                }
                writes.push(queued.write()?);
            }
        }
        Ok(())
    }

    /// The submission shows the number of its first operation.
    fn note(
        &mut self,
        queued: &Queued,
        receipt: &Receipt,
        writes: &mut Vec<Write>,
    ) -> Result<(), Unwritable> {
        let Some(submission) = self.submissions.get_mut(&queued.submission) else { return Ok(()) };
        if queued.operation == submission.id || submission.receipt.is_none() {
            submission.receipt = Some(receipt.clone());
            writes.push(submission.write()?);
        }
        Ok(())
    }

    /// The server knows the photo's facts now and takes its bytes.
    fn announced(&mut self, about: &About, writes: &mut Vec<Write>) -> Result<(), Unwritable> {
        let About::Photo(hash) = about else { return Ok(()) };
        let Some(photo) = self.photos.get_mut(hash) else { return Ok(()) };
        if let PhotoStatus::Waiting { announced, .. } = &mut photo.status {
            *announced = true;
            writes.push(photo.write()?);
        }
        Ok(())
    }
}

/// The answer to a request that sent nothing, written down. `reset`: what came since one began, if one is under way.
pub fn pulled(
    reset: Option<Reset>,
    response: &PullResponse,
    now: DateTime<Utc>,
) -> Result<Vec<Write>, Unwritable> {
    let mut writes = vec![];
    changes(reset, &Changed::from(response), now, &mut writes)?;
    Ok(writes)
}

/// What changed, of whichever answer.
struct Changed<'a> {
    changes: &'a [Envelope],
    cursor: Option<&'a Cursor>,
    reset: bool,
    more: bool,
    passed_over: &'a [String],
    pull_failed: bool,
}

impl<'a> From<&'a SyncResponse> for Changed<'a> {
    fn from(response: &'a SyncResponse) -> Self {
        Self {
            changes: &response.changes,
            cursor: response.cursor.as_ref(),
            reset: response.reset,
            more: response.more,
            passed_over: &response.passed_over,
            pull_failed: response.pull_failed,
        }
    }
}

impl<'a> From<&'a PullResponse> for Changed<'a> {
    fn from(response: &'a PullResponse) -> Self {
        Self {
            changes: &response.changes,
            cursor: response.cursor.as_ref(),
            reset: response.reset,
            more: response.more,
            passed_over: &response.passed_over,
            pull_failed: response.pull_failed,
        }
    }
}

/// What a failed pull left out is asked for again from where the device stands.
fn changes(
    under_way: Option<Reset>,
    response: &Changed<'_>,
    now: DateTime<Utc>,
    writes: &mut Vec<Write>,
) -> Result<(), Unwritable> {
    if response.pull_failed {
        return Ok(());
    }
    let mut reset = if response.reset { Some(Reset::default()) } else { under_way };
    if let Some(reset) = &mut reset {
        reset.came.extend(response.passed_over.iter().cloned());
    }
    for envelope in response.changes {
        let key = envelope.key();
        let Some(stored) = envelope.stored() else {
            writes.push(Write::delete(StoreName::Records, key));
            continue;
        };
        if let Some(reset) = &mut reset {
            reset.came.insert(key.clone());
        }
        writes.push(Write::put(StoreName::Records, key, &stored)?);
    }
    match reset {
        Some(reset) if response.more => writes.push(Write::put(StoreName::Meta, key::RESET, &reset)?),
        Some(Reset { came }) => {
            writes.push(Write::RetainOnly { keep: came.into_iter().collect() });
            writes.push(Write::delete(StoreName::Meta, key::RESET));
        }
        None => {}
    }
    if let Some(cursor) = response.cursor {
        writes.push(Write::put(StoreName::Meta, key::CURSOR, cursor)?);
    }
    // A pull that is cut short, by a tab closed for instance, goes on at once when the app opens again.
    writes.push(if response.more {
        Write::delete(StoreName::Meta, key::LAST_PULL)
    } else {
        Write::put(StoreName::Meta, key::LAST_PULL, &now)?
    });
    Ok(())
}

/// What was asked for beside a pull, written down. What a pull has brought meanwhile is newer, and stays: `here` are the keys
/// that are there already.
pub fn asked(envelopes: &[Envelope], here: &BTreeSet<String>) -> Result<Vec<Write>, Unwritable> {
    let missing = envelopes.iter().map(|envelope| (envelope.key(), envelope.stored()));
    let missing = missing.filter(|(key, _)| !here.contains(key));
    missing
        .filter_map(|(key, stored)| Some((key, stored?)))
        .map(|(key, stored)| Write::put(StoreName::Records, key, &stored))
        .collect()
}

/// The whole request failed, and nothing is known of its operations. One that went alone waits longer each time; those
/// that went together only remember when.
pub fn failed_together(
    operations: Vec<Queued>,
    failure: Failure,
    now: DateTime<Utc>,
    jitter: f64,
) -> Result<Vec<Write>, Unwritable> {
    let alone = operations.len() == 1;
    let noted = operations.into_iter().map(|queued| match failure {
        Failure::Refused { status } if alone => refused_by_status(queued, status),
        Failure::SignIn => remembered(queued, failure, now),
        Failure::Refused { .. }
        | Failure::NoAnswer
        | Failure::RetryAfter { .. }
        | Failure::Conflict
        | Failure::Gone
        | Failure::Server { .. }
        | Failure::Unwritable => {
            if alone {
                failed(queued, failure, now, jitter)
            } else {
                remembered(queued, failure, now)
            }
        }
    });
    noted.map(|queued| queued.write()).collect()
}

/// It will not be taken: shown, and kept on the phone.
fn refused_by_status(queued: Queued, status: u16) -> Queued {
    let reason = match status {
        413 => Reason::TooLarge { bytes: queued.bytes, most: crate::sync::LARGEST_OPERATION as u64 },
        403 => Reason::NotAllowed,
        _ => Reason::Malformed { detail: status.to_string() },
    };
    let status = DeliveryStatus::Refused { refusal: Refusal { reason, kept: None, message: String::new() } };
    Queued { status, ..queued }
}

fn remembered(mut queued: Queued, failure: Failure, now: DateTime<Utc>) -> Queued {
    if let DeliveryStatus::Waiting(tries) = &mut queued.status {
        tries.last_try = Some(LastTry { at: now, why: failure.why() });
    }
    queued
}

fn failed(mut queued: Queued, failure: Failure, now: DateTime<Utc>, jitter: f64) -> Queued {
    if let DeliveryStatus::Waiting(tries) = &mut queued.status {
        *tries = tries.failed(failure, now, jitter);
    }
    queued
}

impl RetryState {
    /// Once more in vain.
    pub fn failed(&self, failure: Failure, now: DateTime<Utc>, jitter: f64) -> Self {
        let tries = self.tries.saturating_add(1);
        let wait = match failure {
            Failure::RetryAfter { after_seconds: Some(seconds) } => {
                Duration::seconds(seconds.min(LONGEST_LATER).into())
            }
            // Where nothing answers at all it is the line that waits.
            Failure::NoAnswer => back_off(tries.min(5), jitter),
            Failure::RetryAfter { after_seconds: None }
            | Failure::SignIn
            | Failure::Refused { .. }
            | Failure::Conflict
            | Failure::Gone
            | Failure::Server { .. }
            | Failure::Unwritable => back_off(tries, jitter),
        };
        let why: TryFailure = failure.why();
        Self { tries, not_before: Some(now + wait), last_try: Some(LastTry { at: now, why }) }
    }
}
