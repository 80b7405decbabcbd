//! For whoever watches the machine. Anybody may call these; they tell nothing.

use super::ApiError;
use crate::state::AppState;
use axum::extract::State;

/// The process runs.
pub(super) async fn alive() -> &'static str {
    "ok"
}

/// Store and photo folder answer.
pub(super) async fn ready(State(state): State<AppState>) -> Result<&'static str, ApiError> {
    state.store.ready().await?;
    state.blobs.ready().await?;
    Ok("ok")
}
