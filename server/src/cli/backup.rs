//! A copy of all records in one file, and back.

use super::words;
use crate::{archive, blobs::Variant, state::AppState, storage::dump::Row};
use anyhow::{Context, bail, ensure};
use domain::{
    audit::{Act, Author, Subject, SubjectKind},
    id::OfficeId,
    photo::PhotoHash,
};
use futures::{StreamExt, TryStreamExt, stream};
use service::changes::begin_epoch;
use std::path::Path;
use tokio::sync::mpsc;

/// Photos being asked for at the same time.
const AT_ONCE: usize = 16;

/// Rows between the file and the database.
const BUFFER: usize = 256;

/// While the server runs: the file holds the records as of one moment.
pub async fn back_up(state: &AppState, file: &Path) -> anyhow::Result<()> {
    super::user::ensure_initialised(state).await?;
    let lang = words::lang();
    let contents = archive::write(&*state.store, file, state.now())
        .await
        .with_context(|| words::not_backed_up(lang, file.display().to_string()))?;
    println!("{}", words::backup_written(lang, contents.rows, file.display().to_string()));
    println!("{}", words::backup_no_photos(lang));
    Ok(())
}

/// Into a database that holds no office, or with `resume` into one that an interrupted restore left.
pub async fn restore(state: &AppState, file: &Path, resume: bool) -> anyhow::Result<()> {
    let lang = words::lang();
    let name = || file.display().to_string();
    let checked = archive::check(file).await.with_context(name)?;
    let there = state.store.offices().await?;
    if !resume && !there.is_empty() {
        bail!(words::restored_before(lang));
    }
    let stranger = there.iter().find(|office| !checked.offices.contains(&office.id));
    ensure!(stranger.is_none(), words::other_office_there(lang));
    let (to, mut rows) = mpsc::channel(BUFFER);
    let (on, loaded) = mpsc::channel(BUFFER);
    // Owns both ends, so that whoever stops stops the others too.
    let watch = async move {
        let mut received: Vec<PhotoHash> = vec![];
        while let Some(row) = rows.recv().await {
            received.extend(photo(&row));
            if on.send(row).await.is_err() {
                break;
            }
        }
        received
    };
    let (read, received, loaded) = tokio::join!(archive::read(file, to), watch, state.store.load(loaded));
    loaded?;
    read.with_context(name)?;
    let there = archive::contents(&*state.store).await?;
    ensure!(there == checked.contents, words::restored_otherwise(lang));
    tell(state, &checked.offices).await?;
    println!("{}", words::restored(lang, there.rows));
    let all = received.len();
    let here = stream::iter(received)
        .map(|hash| async move { state.blobs.has(&hash, Variant::Original).await })
        .buffer_unordered(AT_ONCE)
        .try_fold(0, async |sum, here| Ok(sum + usize::from(here)));
    println!("{}", words::restored_photos(lang, all, all - here.await?));
    Ok(())
}

/// In the records that came, once they are whole: who is signed in there signs in again, and every phone begins anew.
async fn tell(state: &AppState, offices: &[OfficeId]) -> anyhow::Result<()> {
    let mut tx = state.store.write().await?;
    for office in offices {
        let subject = Subject::new(SubjectKind::Database, None, "");
        let entry = state.audit(*office, &Author::command_line(), Act::Restored, subject);
        tx.put_audit(&entry).await?;
        begin_epoch(&mut *tx, *office).await?;
    }
    Ok(tx.commit().await?)
}

/// The attachment that a row says was received.
fn photo(row: &Row) -> Option<PhotoHash> {
    let received = row.table.name == "attachment" && row.number("received_at").is_some();
    row.text("hash").filter(|_| received).and_then(|hash| hash.parse().ok())
}
