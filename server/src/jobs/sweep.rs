//! What nobody will ever ask for: files half written by a server that died, uploads that nobody went on with, pieces that
//! no upload names, changes that no phone can want any more. Cleared away at the start and every hour.

use super::JobError;
use crate::{
    blobs::Variant,
    http::ApiError,
    state::AppState,
    storage::{ChangeSweep, StoreError},
    sync::LONGEST_AWAY,
    uploads,
};
use chrono::{DateTime, Duration, Utc};
use domain::time::office_day;

/// Whoever writes a file has done so long before.
const WRITING: Duration = Duration::hours(1);

/// Days are coarse, and clocks differ: changes are kept for so much longer than a phone may be away.
const MARGIN: Duration = Duration::days(2);

/// How much went.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Swept {
    pub drafts: usize,
    pub uploads: usize,
    pub pieces: usize,
    pub changes: u64,
}

pub async fn sweep(state: &AppState) -> Result<Swept, JobError> {
    let now = state.now();
    let drafts = state.blobs.clear_drafts(now - WRITING).await?;
    let mut swept = Swept { drafts, ..Swept::default() };
    loop {
        let gone = uploads::sweep(state).await.map_err(reason)?;
        if gone == 0 {
            break;
        }
        swept.uploads += gone;
    }
    // An upload that goes on is newer than its first pieces.
    for (hash, piece) in state.blobs.pieces(now - uploads::LIFETIME).await? {
        let known = state.store.uploads_of(&hash).await?;
        if !known.iter().any(|upload| upload.parts.iter().any(|part| part.name == piece)) {
            state.blobs.delete(&hash, Variant::Part(piece)).await?;
            swept.pieces += 1;
        }
    }
    swept.changes = changes(state, now).await?;
    if swept != Swept::default() {
        let Swept { drafts, uploads, pieces, changes } = swept;
        tracing::info!(drafts, uploads, pieces, changes, "swept away");
    }
    Ok(swept)
}

/// What is not live for anybody, and was last written before any phone that may still go on from where it stands was here. The
/// list of changes grows with what is going on, and not with the office's past.
async fn changes(state: &AppState, now: DateTime<Utc>) -> Result<u64, StoreError> {
    let widest = state.windows.widest();
    let sweep = ChangeSweep {
        today: office_day(now),
        written_until: office_day(now - LONGEST_AWAY - MARGIN),
        hazards_before: widest.hazards_since(now),
        visits_before: widest.visits_since(now),
    };
    let mut gone = 0;
    for office in state.store.offices().await? {
        let mut tx = state.store.write().await?;
        gone += tx.sweep_changes(office.id, &sweep).await?;
        tx.commit().await?;
    }
    Ok(gone)
}

fn reason(error: ApiError) -> JobError {
    JobError::Uploads(error.to_string())
}
