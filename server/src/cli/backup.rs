//! A copy of all records in one file, and back.

use crate::{archive, blobs::Variant, state::AppState, storage::dump::Row};
use anyhow::{Context, bail, ensure};
use domain::photo::PhotoHash;
use std::path::Path;
use tokio::sync::mpsc;

/// Rows between the file and the database.
const BUFFER: usize = 256;

/// While the server runs: the file holds the records as of one moment.
pub async fn back_up(state: &AppState, file: &Path) -> anyhow::Result<()> {
    let contents = archive::write(&*state.store, file, state.now())
        .await
        .with_context(|| format!("{} was not written", file.display()))?;
    println!("{} rows written to {}", contents.rows, file.display());
    println!(
        "photos are not in it: copy their folder, or their bucket, afterwards; they only ever become more"
    );
    Ok(())
}

/// Into a database that holds no office, or with `resume` into one that an interrupted restore left.
pub async fn restore(state: &AppState, file: &Path, resume: bool) -> anyhow::Result<()> {
    let name = || file.display().to_string();
    let checked = archive::check(file).await.with_context(name)?;
    if !resume && !state.store.offices().await?.is_empty() {
        bail!("the database holds an office already; an interrupted restore goes on with --resume");
    }
    let (to, mut rows) = mpsc::channel(BUFFER);
    let (on, loaded) = mpsc::channel(BUFFER);
    let watch = async {
        let mut received: Vec<PhotoHash> = vec![];
        while let Some(row) = rows.recv().await {
            received.extend(photo(&row));
            if on.send(row).await.is_err() {
                break;
            }
        }
        drop(on);
        received
    };
    let (read, received, loaded) = tokio::join!(archive::read(file, to), watch, state.store.load(loaded));
    loaded?;
    read.with_context(name)?;
    let there = archive::contents(&*state.store).await?;
    ensure!(there == checked, "the database does not hold what the file holds, and no more; was it in use?");
    println!("{} rows restored, and compared with the file", there.rows);
    let mut missing = 0;
    for hash in &received {
        missing += u64::from(!state.blobs.has(hash, Variant::Original).await?);
    }
    println!("{} photos are in the records; {missing} of them are not here", received.len());
    Ok(())
}

/// The photo that a row says was received.
fn photo(row: &Row) -> Option<PhotoHash> {
    let received = row.table.name == "photo" && row.number("received_at").is_some();
    row.text("hash").filter(|_| received).and_then(|hash| hash.parse().ok())
}
