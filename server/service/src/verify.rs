//! # Is everything there, and is it what it was?
//!
//! Looks every record over, as one stream of rows: records read, references lead somewhere, each hazard's events are whole
//! and fold to the state that is stored (whatever today's rules would say of them), what devices sent has the hash that its
//! receipt names, no number was given twice or is ahead of its series, and whoever may see a record hears of it. Then every
//! photo's bytes are hashed. What is merely on its way, such as a photo still on a phone, is counted and is no damage.

mod check;
mod report;

pub use report::Report;

use crate::{
    blobs::{BlobError, Blobs, Variant},
    storage::{Store, StoreError},
};
use check::Check;
use domain::{attachment::AttachmentFacts, photo::PhotoHash};
use futures::{StreamExt, stream};
use thiserror::Error;
use tokio::sync::mpsc;

/// Photos being hashed at the same time.
const AT_ONCE: usize = 4;

/// Rows between the database and the check.
const BUFFER: usize = 256;

/// The looking itself failed.
#[derive(Debug, Error)]
pub enum VerifyError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Blobs(#[from] BlobError),
}

/// Looks everything over. Damage stands in the report.
pub async fn verify(store: &dyn Store, blobs: &dyn Blobs) -> Result<Report, VerifyError> {
    let (to, mut rows) = mpsc::channel(BUFFER);
    let look = async {
        let mut check = Check::default();
        while let Some(row) = rows.recv().await {
            check.row(&row);
        }
        check.end()
    };
    let (dumped, (mut report, received, reported)) = tokio::join!(store.dump(to), look);
    dumped?;
    for office in store.offices().await? {
        for fault in store.audience_faults(office.id).await? {
            report.damaged(fault.to_string());
        }
    }
    let mut bytes = stream::iter(received)
        .map(|photo| async move {
            let bytes = blobs.get(photo.hash(), Variant::Original).await;
            (photo, bytes)
        })
        .buffer_unordered(AT_ONCE);
    while let Some((photo, bytes)) = bytes.next().await {
        let bytes = bytes?;
        if bytes.is_some() || is_held(store, photo.hash()).await? {
            judge_photo(&mut report, &photo, bytes);
        }
    }
    let mut bytes = stream::iter(reported)
        .map(|(photo, number)| async move {
            let bytes = blobs.get(&photo, Variant::Original).await;
            (photo, number, bytes)
        })
        .buffer_unordered(AT_ONCE);
    while let Some((photo, number, bytes)) = bytes.next().await {
        judge_reported(&mut report, &photo, &number, bytes?);
    }
    Ok(report)
}

/// Whether some office still says that it has the photo: the picture of a form may have been let go, with its bytes, since its row
/// was read.
async fn is_held(store: &dyn Store, hash: &PhotoHash) -> Result<bool, StoreError> {
    for office in store.offices().await? {
        match store.attachment(office.id, hash).await {
            Ok(known) if known.as_ref().is_none_or(|known| known.received_at.is_none()) => {}
            Ok(_) | Err(StoreError::Unreadable(_)) => return Ok(true),
            Err(error) => return Err(error),
        }
    }
    Ok(false)
}

/// Of a report by the public nobody said how large its photos are.
fn judge_reported(report: &mut Report, hash: &PhotoHash, number: &str, bytes: Option<Vec<u8>>) {
    match bytes {
        Some(bytes) if PhotoHash::of(&bytes) == *hash => {
            report.photos += 1;
            report.photo_bytes += bytes.len() as u64;
        }
        Some(_) => report.damaged(format!("photo {hash} of {number} has other bytes")),
        None => report.damaged(format!("photo {hash} of {number} is gone")),
    }
}

fn judge_photo(report: &mut Report, photo: &AttachmentFacts, bytes: Option<Vec<u8>>) {
    let hash = photo.hash();
    match bytes {
        Some(bytes) if PhotoHash::of(&bytes) == *hash => {
            report.photos += 1;
            report.photo_bytes += bytes.len() as u64;
            if bytes.len() as u64 != photo.bytes() {
                let words =
                    format!("photo {hash} is said to have {} bytes, has {}", photo.bytes(), bytes.len());
                report.damaged(words);
            }
        }
        Some(_) => report.damaged(format!("photo {hash} has other bytes")),
        None => report.damaged(format!("photo {hash} was received and is gone")),
    }
}
