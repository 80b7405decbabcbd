//! Health checks. `/healthz` is open to anybody; `/readyz` needs the same right as the metrics.

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

/// Store and photo storage answer, and the disk has room for records.
pub(super) async fn ready(State(state): State<AppState>) -> Result<&'static str, ApiError> {
    let silent = |what: &str| ApiError::Unavailable(format!("{what} said nothing for {PATIENCE:?}"));
    timeout(PATIENCE, state.store.ready()).await.map_err(|_| silent("the database"))??;
    timeout(PATIENCE, state.blobs.ready()).await.map_err(|_| silent("photo storage"))??;
    let rooms = timeout(PATIENCE, state.rooms()).await.map_err(|_| silent("the disk"))??;
    if rooms.iter().any(|(_, room)| room.is_full()) {
        return Err(ApiError::Unavailable("the disk is full".to_owned()));
    }
    // Records are taken all the same: whoever sends requests elsewhere because of it would lose them a server.
    Ok(if rooms.iter().all(|(_, room)| room.takes(0)) {
        "ok"
    } else {
        "degraded: no photos, the disk is nearly full"
    })
}
