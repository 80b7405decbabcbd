//! From one installation's addresses to another's, such as from a file and a folder to PostgreSQL and a bucket.
//!
//! For the time of it the servers stand still. Whatever is there already is not carried again, so an interrupted copy goes on where it was. Photos go first: a record
//! then never names bytes that are missing.

use super::words;
use crate::{
    archive,
    blobs::{self, Blobs, Variant},
    disk::Reserve,
    storage::{
        self, Store,
        address::{BlobsAddress, DatabaseAddress},
        dump::Row,
    },
};
use anyhow::{Context, ensure};
use clap::Args;
use domain::photo::PhotoHash;
use futures::{StreamExt, TryStreamExt, stream};
use serde::Deserialize;
use std::{
    env, fs,
    path::{Path, PathBuf},
};
use tokio::sync::mpsc;

/// Photos under way at the same time.
const AT_ONCE: usize = 8;

/// Rows between the databases.
const BUFFER: usize = 256;

#[derive(Debug, Args)]
pub struct Copying {
    /// Records: sqlite://FILE or postgres://…; with a password in it, in XUNAN_COPY_FROM or in a file
    #[arg(long, conflicts_with = "from_file")]
    from: Option<DatabaseAddress>,
    /// File that holds the address
    #[arg(long, value_name = "FILE")]
    from_file: Option<PathBuf>,
    /// Records: sqlite://FILE or postgres://…; with a password in it, in XUNAN_COPY_TO or in a file
    #[arg(long, conflicts_with = "to_file")]
    to: Option<DatabaseAddress>,
    /// File that holds the address
    #[arg(long, value_name = "FILE")]
    to_file: Option<PathBuf>,
    /// Photos: file://FOLDER or s3://BUCKET
    #[arg(long, requires = "photos_to")]
    photos_from: Option<BlobsAddress>,
    /// Photos: file://FOLDER or s3://BUCKET
    #[arg(long, requires = "photos_from")]
    photos_to: Option<BlobsAddress>,
}

/// Given as an argument, which everybody on the machine may read, in a file, or in the environment.
fn address(
    given: Option<&DatabaseAddress>,
    file: Option<&Path>,
    variable: &str,
    missing: &'static str,
) -> anyhow::Result<DatabaseAddress> {
    if let Some(address) = given {
        ensure!(!address.has_password(), words::copy_password(words::lang()));
        return Ok(address.clone());
    }
    let text = match file {
        Some(file) => fs::read_to_string(file).with_context(|| file.display().to_string())?,
        None => env::var(variable).context(missing)?,
    };
    Ok(text.trim().parse()?)
}

pub async fn run(copying: &Copying) -> anyhow::Result<()> {
    let open = async |address: &DatabaseAddress, create: bool| {
        let opened = storage::open(address, create).await;
        opened.with_context(|| words::database_closed(words::lang(), address.to_string()))
    };
    let lang = words::lang();
    let (source, missing) = (copying.from_file.as_deref(), words::copy_from_missing(lang));
    let source = address(copying.from.as_ref(), source, "XUNAN_COPY_FROM", missing)?;
    let (target, missing) = (copying.to_file.as_deref(), words::copy_to_missing(lang));
    let target = address(copying.to.as_ref(), target, "XUNAN_COPY_TO", missing)?;
    let (from, to) = (open(&source, false).await?, open(&target, true).await?);
    ensure!(!from.offices().await?.is_empty(), words::nothing_to_copy(lang, source.to_string()));
    let storages = match (&copying.photos_from, &copying.photos_to) {
        (Some(there), Some(here)) => {
            Some((blobs::open(there, Reserve::Bytes(0))?, blobs::open(here, Reserve::Bytes(0))?))
        }
        _ => None,
    };
    if let Some((there, here)) = &storages {
        photos(&*from, &**there, &**here).await?;
    }
    records(&*from, &*to).await?;
    if let Some((there, here)) = &storages {
        // Once more: photos may have come while the records were carried.
        let (carried, all) = photos(&*from, &**there, &**here).await?;
        println!("{}", words::photos_copied(lang, all, carried));
    }
    Ok(())
}

/// Gives how many were carried, and how many there are.
async fn photos(records: &dyn Store, from: &dyn Blobs, to: &dyn Blobs) -> anyhow::Result<(usize, usize)> {
    let (rows, mut received) = mpsc::channel::<Row>(BUFFER);
    let list = async {
        let mut hashes: Vec<anyhow::Result<String>> = vec![];
        while let Some(row) = received.recv().await {
            if row.table.name == "attachment" && row.number("received_at").is_some() {
                hashes.push(Ok(row.text("hash").map(str::to_owned).unwrap_or_default()));
            }
            if row.table.name == "public_report" {
                match of_report(&row) {
                    Ok(photos) => hashes.extend(photos.into_iter().map(Ok)),
                    Err(error) => hashes.push(Err(error)),
                }
            }
        }
        hashes
    };
    let (dumped, hashes) = tokio::join!(records.dump(rows), list);
    dumped?;
    // A photo that cannot be called would be left behind without a word.
    let hash = |text: anyhow::Result<String>| {
        let text = text?;
        text.parse::<PhotoHash>().with_context(|| words::photo_unreadable(words::lang(), text.clone()))
    };
    let mut hashes = hashes.into_iter().map(hash).collect::<anyhow::Result<Vec<_>>>()?;
    hashes.sort_unstable_by(|a, b| a.as_str().cmp(b.as_str()));
    hashes.dedup();
    let all = hashes.len();
    let carry = |hash: PhotoHash| async move {
        if to.has(&hash, Variant::Original).await? {
            return anyhow::Ok(0);
        }
        let bytes = from.get(&hash, Variant::Original).await?;
        let bytes = bytes.with_context(|| words::photo_gone(words::lang(), hash.to_string()))?;
        ensure!(PhotoHash::of(&bytes) == hash, words::photo_differs(words::lang(), hash.to_string()));
        to.put(&hash, Variant::Original, &bytes).await?;
        for variant in [Variant::Thumbnail, Variant::Preview] {
            if let Some(small) = from.get(&hash, variant).await? {
                to.put(&hash, variant, &small).await?;
            }
        }
        Ok(1)
    };
    let carried = stream::iter(hashes).map(carry).buffer_unordered(AT_ONCE);
    Ok((carried.try_fold(0, async |sum, one| Ok(sum + one)).await?, all))
}

/// Of a report that is no hazard yet the photos are nobody's attachments, and only the first has a column.
fn of_report(row: &Row) -> anyhow::Result<Vec<String>> {
    #[derive(Deserialize)]
    struct Shown {
        photos: Vec<String>,
    }
    let number = || row.text("number").map(str::to_owned).unwrap_or_default();
    let shown: Shown = serde_json::from_str(row.text("body").unwrap_or_default())
        .with_context(|| words::photo_unreadable(words::lang(), number()))?;
    Ok(shown.photos)
}

async fn records(from: &dyn Store, to: &dyn Store) -> anyhow::Result<()> {
    let theirs = from.offices().await?;
    let strangers =
        to.offices().await?.into_iter().find(|office| theirs.iter().all(|one| one.id != office.id));
    ensure!(strangers.is_none(), words::target_has_other(words::lang()));
    let (rows, received) = mpsc::channel(BUFFER);
    let (dumped, loaded) = tokio::join!(from.dump(rows), to.load(received));
    loaded?;
    dumped?;
    let (source, target) = (archive::contents(from).await?, archive::contents(to).await?);
    ensure!(source == target, words::copied_otherwise(words::lang(), target.rows, source.rows));
    println!("{}", words::copied(words::lang(), target.rows));
    Ok(())
}
