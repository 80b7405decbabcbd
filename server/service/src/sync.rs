//! # What happens to a request of a phone
//!
//! Plan first, act second. Each operation is read by itself and joins those of other requests in one batch
//! ([`queue`](crate::queue)). Everything that they name is read at once; the rules of `domain` are applied to one after
//! another in memory: an id that came before gets its first answer, what fits is carried out and gets a receipt, what is
//! refused and not kept leaves no record; then all is written at once and committed once.
//!
//! What its sender may not do any more is kept for the administrator ([`quarantine`]); a file of unsent work comes in by
//! [`bundle_import`]. What is done to hazards goes by [`hazard_commands`](crate::hazard_commands), as the desk's does; [`pull`]
//! sends back what changed, [`asked`] what a phone asks for beside that.

pub mod asked;
pub mod bundle_import;
mod pull;
pub mod quarantine;

pub use crate::queue::Room;
pub use pull::{LONGEST_AWAY, directory};

use crate::{
    error::Error,
    heartbeats,
    queue::{Batch, Incoming},
    services::Services,
};
use domain::{
    role::Actor,
    sync::{LARGEST_BATCH, OperationResult, Outcome, SyncRequest, SyncResponse},
    text::Lang,
};
use futures::FutureExt;
use std::{panic::AssertUnwindSafe, time::Duration};
use tokio::{join, time::timeout};

/// Signs of the name of an app's version that are logged.
const LONGEST_APP: usize = 64;

/// How long what was committed waits for what changed.
const PULL_LASTS: Duration = Duration::from_secs(20);

/// Applies what the device sends and answers with what it lacks.
pub async fn handle(
    state: &Services,
    actor: &Actor,
    lang: Lang,
    request: SyncRequest,
    // Held until everything is answered.
    _room: Room,
) -> Result<SyncResponse, Error> {
    if request.operations.len() > LARGEST_BATCH {
        return Err(Error::TooLarge);
    }
    let app: String = request.app.chars().filter(|c| c.is_ascii_graphic()).take(LONGEST_APP).collect();
    let said = request
        .heartbeat
        .map(|heartbeat| heartbeats::said(state, actor, request.device, &app, heartbeat, request.now));
    let noted = async {
        match said {
            Some(said) => state.write_queue.heartbeat(actor.office, said).await.map(|()| true),
            None => Ok(false),
        }
    };
    let taken = async {
        if request.operations.is_empty() {
            return Ok(vec![]);
        }
        let operations = request.operations.into_iter().map(Incoming::of).collect();
        let (actor, device) = (actor.clone(), request.device);
        let batch = Batch { actor, lang, device, operations, vouched: false, brought_by: None };
        state.write_queue.operations(batch).await
    };
    // Asked together, they are committed together.
    let (noted, taken) = join!(noted, taken);
    let outcomes = taken?;
    // It keeps nobody from work: the phone says it again.
    let heard = noted.unwrap_or_else(|error| {
        tracing::warn!(%error, device = %request.device, "what waits on a phone is not noted");
        false
    });
    let skew = (request.now - state.now()).num_seconds();
    let refused =
        outcomes.iter().filter(|answered| matches!(answered.outcome, Outcome::Refused { .. })).count();
    for answered in &outcomes {
        state.metrics.operation(answered.outcome.word());
    }
    tracing::info!(device = %request.device, app, operations = outcomes.len(), refused, skew, "sync");

    let mut response = SyncResponse { heard, ..answer(state, outcomes) };
    if !request.pull {
        return Ok(response);
    }
    let (cursor, page_bytes) = (request.cursor.as_ref(), request.page_bytes);
    if response.outcomes.is_empty() {
        pull::changes(state, actor, cursor, page_bytes, &mut response).await?;
        return Ok(response);
    }
    // What was committed is answered, whatever becomes of the pull.
    let pull = pull::changes(state, actor, cursor, page_bytes, &mut response);
    let pull = AssertUnwindSafe(pull).catch_unwind();
    let failed = match timeout(PULL_LASTS, pull).await {
        Ok(Ok(Ok(()))) => return Ok(response),
        Ok(Ok(Err(error))) => error.to_string(),
        Ok(Err(_)) => "it panicked".to_owned(),
        Err(_) => "it took too long".to_owned(),
    };
    tracing::error!(failed, "the operations are answered, the pull failed");
    Ok(SyncResponse { pull_failed: true, heard, ..answer(state, response.outcomes) })
}

fn answer(state: &Services, outcomes: Vec<OperationResult>) -> SyncResponse {
    SyncResponse {
        now: state.now(),
        outcomes,
        changes: vec![],
        cursor: None,
        reset: false,
        more: false,
        passed_over: vec![],
        pull_failed: false,
        heard: false,
    }
}
