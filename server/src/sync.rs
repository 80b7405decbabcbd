//! # What happens to an operation
//!
//! A batch is one transaction, hence one durable commit; each operation has a savepoint in it, so that one that fails
//! takes nothing down with it. For each: its id is looked up first (a repeat gets the first answer), then it is read,
//! judged by the rules of `domain`, carried out, and recorded with its outcome. What is refused and not kept leaves no
//! record, so that a mended server or a corrected account can still take it.
//!
//! [`accept`] does one operation, [`deeds`] is what it shares with the desk, [`pull`] sends back what changed.

mod accept;
pub mod deeds;
mod pull;

pub(crate) use pull::directory;

use crate::{http::ApiError, session::SignedInAs, state::AppState};
use accept::Batch;
use domain::{
    sync::{LARGEST_BATCH, Outcome, SyncRequest, SyncResponse},
    text::Lang,
};

/// Applies what the device sends and answers with what it lacks.
pub async fn handle(
    state: &AppState,
    who: &SignedInAs,
    lang: Lang,
    request: SyncRequest,
) -> Result<SyncResponse, ApiError> {
    if request.operations.len() > LARGEST_BATCH {
        return Err(ApiError::TooLarge);
    }
    let outcomes = if request.operations.is_empty() {
        vec![]
    } else {
        let mut batch = Batch::begin(state, who, lang, request.device).await?;
        let mut outcomes = Vec::with_capacity(request.operations.len());
        for raw in &request.operations {
            outcomes.push(batch.take(raw).await?);
        }
        batch.commit().await?;
        outcomes
    };
    let skew = (request.now - state.now()).num_seconds();
    let refused =
        outcomes.iter().filter(|answered| matches!(answered.outcome, Outcome::Refused { .. })).count();
    tracing::info!(device = %request.device, operations = outcomes.len(), refused, skew, "sync");

    let mut response =
        SyncResponse { now: state.now(), outcomes, changes: vec![], cursor: None, reset: false, more: false };
    if request.pull {
        pull::changes(state, who, request.cursor.as_ref(), &mut response).await?;
    }
    Ok(response)
}
