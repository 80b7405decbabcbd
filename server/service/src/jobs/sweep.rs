//! What nobody will ever ask for: files half written by a server that died, uploads that nobody went on with, pieces that
//! no upload names, pictures that no form shows any more, and their bytes. Cleared away every hour, by one server.

use super::{Context, Job, JobError, Recurring, schedule::Schedule};
use crate::{blobs::Variant, error::Error, services::Services, storage::StoreError, uploads};
use async_trait::async_trait;
use chrono::Duration;
use domain::photo::PhotoHash;
use serde::{Deserialize, Serialize};
use std::time;
use tokio::time::timeout;

/// Whoever writes a file has done so long before.
const WRITING: Duration = Duration::hours(1);

/// A picture of a form goes so long after the last version or draft that named it: an author may have taken it out only for
/// now, or keep it in a workbook.
const TAKEN_OUT: Duration = Duration::days(30);

/// Whoever brings a picture names it in a draft long before.
const NAMING: Duration = Duration::hours(1);

/// In which bytes go, in one turn of the writers. PostgreSQL thinks a turn dead that stands still for half a minute and lets others write,
/// who may name the bytes before they are gone; and whoever waits for their turn gives up sooner.
const TURN: time::Duration = time::Duration::from_secs(5);

/// Of all offices.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SweepUploads {}

impl Recurring for SweepUploads {
    const SCHEDULE: Schedule = Schedule::Every(Duration::hours(1));
}

#[async_trait]
impl Job for SweepUploads {
    const NAME: &'static str = "sweep_uploads";
    /// The next hour brings the next.
    const ATTEMPTS: u32 = 3;

    async fn run(&self, context: &Context) -> Result<(), JobError> {
        sweep(&context.state).await.map(|_| ())
    }
}

/// How much went.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Swept {
    pub drafts: usize,
    pub uploads: usize,
    pub pieces: usize,
    /// 示例图 that no form shows any more.
    pub pictures: usize,
    /// Of them, and of those that no form came to show, whose bytes went: an hour later.
    pub bytes: usize,
}

pub async fn sweep(state: &Services) -> Result<Swept, JobError> {
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
        let known = match state.store.uploads_of(&hash).await {
            // Whether it names the piece nobody knows: the piece stays until the upload goes.
            Err(error @ StoreError::Unreadable(_)) => {
                tracing::error!(%error, %hash, "an upload cannot be read");
                continue;
            }
            known => known?,
        };
        if !known.iter().any(|upload| upload.parts.iter().any(|part| part.name == piece)) {
            state.blobs.delete(&hash, Variant::Part(piece)).await?;
            swept.pieces += 1;
        }
    }
    swept.pictures = pictures(state).await?;
    swept.bytes = clear_bytes(state, TURN).await?;
    if swept != Swept::default() {
        let Swept { drafts, uploads, pieces, pictures, bytes } = swept;
        tracing::info!(drafts, uploads, pieces, pictures, bytes, "swept away");
    }
    Ok(swept)
}

/// Whatever names one meanwhile waits for its turn to write, and is counted or told that it is gone.
async fn pictures(state: &Services) -> Result<usize, JobError> {
    let (now, mut cleared) = (state.now(), 0);
    for office in state.store.offices().await? {
        if state.store.form_pictures(office.id).await?.is_empty() {
            continue;
        }
        let mut tx = state.store.write().await?;
        cleared += tx.sweep_form_pictures(office.id, now, now - TAKEN_OUT).await?.len();
        tx.commit().await?;
    }
    Ok(cleared)
}

/// Bytes that nothing names. They go while nobody else writes, so that nobody can be about to name them; the small pictures first, so
/// that nothing is left of them once the row is gone. Where this is cut off, the next hour does it again. Gives how many went.
///
/// # Errors
/// [`JobError::Unavailable`] where a photo storage does not delete within that time: nobody could write meanwhile.
pub async fn clear_bytes(state: &Services, within: time::Duration) -> Result<usize, JobError> {
    let (before, mut cleared) = (state.now() - NAMING, 0);
    loop {
        let mut tx = state.store.write().await?;
        let Some(loose) = tx.loose_bytes(before).await? else { return Ok(cleared) };
        if !loose.named {
            let late = |_| JobError::Unavailable(format!("{} did not go within {within:?}", loose.hash));
            timeout(within, deleted(state, &loose.hash)).await.map_err(late)??;
            cleared += 1;
        }
        tx.settle_bytes(&loose.hash).await?;
        tx.commit().await?;
    }
}

async fn deleted(state: &Services, hash: &PhotoHash) -> Result<(), JobError> {
    for variant in [Variant::Thumbnail, Variant::Preview, Variant::Original] {
        state.blobs.delete(hash, variant).await?;
    }
    Ok(())
}

/// When a server starts: the one that died may have been itself, on a disk that no other server sweeps.
pub async fn clear_half_written(state: Services) {
    match state.blobs.clear_drafts(state.now() - WRITING).await {
        Ok(0) => {}
        Ok(drafts) => tracing::info!(drafts, "half written files are cleared away"),
        Err(error) => tracing::warn!(%error, "half written files stay until the hour"),
    }
}

fn reason(error: Error) -> JobError {
    match error {
        Error::Unavailable(_) => JobError::Unavailable(error.to_string()),
        other => JobError::Retry(other.to_string()),
    }
}
