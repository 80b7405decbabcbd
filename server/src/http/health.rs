//! For whoever watches the machine. Anybody may call these; they tell nothing.

use super::ApiError;
use crate::state::AppState;
use axum::extract::State;
use std::time::Duration;
use tokio::time::timeout;

/// The process runs.
pub(super) async fn alive() -> &'static str {
    "ok"
}

/// Whoever asks has little patience.
const PATIENCE: Duration = Duration::from_secs(5);

/// Store and photo storage answer.
pub(super) async fn ready(State(state): State<AppState>) -> Result<&'static str, ApiError> {
    let silent = |what: &str| ApiError::Unavailable(format!("{what} said nothing for {PATIENCE:?}"));
    timeout(PATIENCE, state.store.ready()).await.map_err(|_| silent("the database"))??;
    timeout(PATIENCE, state.blobs.ready()).await.map_err(|_| silent("photo storage"))??;
    Ok("ok")
}
