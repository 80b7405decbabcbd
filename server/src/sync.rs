//! # What happens to an operation
//!
//! Plan first, act second. Each operation is read by itself ([`batch`]) and joins those of other requests for a turn at
//! the store ([`turns`]). In the turn, everything that they name is read at once ([`books`]); the rules of `domain` judge
//! one after another in memory ([`judge`]): an id that came before gets its first answer, what fits is carried out and
//! gets a receipt, what is refused and not kept leaves no record; then all is written at once and committed once.
//!
//! What its sender may not do any more is kept for the administrator ([`aside`]). [`deeds`] are what the desk does by
//! the same rules, [`pull`] sends back what changed.

pub mod aside;
mod batch;
mod books;
mod checklists;
mod damaged;
pub mod deeds;
pub mod handover;
mod judge;
mod pace;
mod pull;
mod turns;

pub use damaged::Damaged;
pub(crate) use pull::directory;
pub use turns::{Intake, Room};

use crate::{http::ApiError, session::SignedInAs, state::AppState};
use batch::{Batch, Incoming};
use domain::{
    sync::{LARGEST_BATCH, Outcome, SyncRequest, SyncResponse},
    text::Lang,
};

/// Bytes of the name of an app's version.
const LONGEST_APP: usize = 64;

/// Kinds of record that an app may know.
const MOST_SCHEMAS: usize = 256;

/// Applies what the device sends and answers with what it lacks.
pub async fn handle(
    state: &AppState,
    who: &SignedInAs,
    lang: Lang,
    request: SyncRequest,
    // Held until everything is answered.
    _room: Room,
) -> Result<SyncResponse, ApiError> {
    if request.operations.len() > LARGEST_BATCH {
        return Err(ApiError::TooLarge);
    }
    if request.app.len() > LONGEST_APP || request.schemas.len() > MOST_SCHEMAS {
        return Err(ApiError::Malformed("app or schemas".to_owned()));
    }
    let outcomes = match request.operations.is_empty() {
        true => vec![],
        false => {
            let operations = request.operations.into_iter().map(Incoming::of).collect();
            let (actor, device) = (who.actor.clone(), request.device);
            let batch = Batch { actor, lang, device, operations, vouched: false, brought_by: None };
            state.intake.operations(batch).await?
        }
    };
    let skew = (request.now - state.now()).num_seconds();
    let refused =
        outcomes.iter().filter(|answered| matches!(answered.outcome, Outcome::Refused { .. })).count();
    for answered in &outcomes {
        state.metrics.operation(answered.outcome.word());
    }
    tracing::info!(device = %request.device, app = %request.app, operations = outcomes.len(), refused, skew, "sync");

    let mut response = SyncResponse {
        now: state.now(),
        outcomes,
        changes: vec![],
        cursor: None,
        reset: false,
        more: false,
        pull_failed: false,
    };
    if request.pull
        && let Err(error) = pull::changes(state, who, request.cursor.as_ref(), &mut response).await
    {
        // What was committed is answered, whatever becomes of the pull.
        if response.outcomes.is_empty() {
            return Err(error);
        }
        tracing::error!(%error, "the operations are answered, the pull failed");
        let SyncResponse { now, outcomes, .. } = response;
        response = SyncResponse {
            now,
            outcomes,
            changes: vec![],
            cursor: None,
            reset: false,
            more: false,
            pull_failed: true,
        };
    }
    Ok(response)
}
