//! Photo bytes as files, fanned out into folders by the first two digits of their names.
//!
//! A file comes into being under a temporary name, is synced, renamed, and its folder synced: after a crash there is the
//! whole file or none.

use super::{BlobError, Blobs, Variant};
use crate::disk::{Reserve, Room};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::photo::PhotoHash;
use std::{
    fs::{self, File},
    io::{self, ErrorKind, Read, Seek, SeekFrom, Write},
    ops::Range,
    path::{Path, PathBuf},
};
use tokio::task::spawn_blocking;
use uuid::Uuid;

#[derive(Debug, Clone)]
pub struct FolderBlobs {
    root: PathBuf,
    reserve: Reserve,
}

/// Behind the name of a file that is being written.
const DRAFT: &str = "tmp";

impl From<io::Error> for BlobError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                Self::Full(error.to_string())
            }
            _ => Self::Unavailable(error.to_string()),
        }
    }
}

impl FolderBlobs {
    /// Makes the folder where there is none. Its disk may be filled to the last byte.
    pub fn open(root: impl Into<PathBuf>) -> Result<Self, BlobError> {
        let root = root.into();
        fs::create_dir_all(&root)?;
        Ok(Self { root, reserve: Reserve::Bytes(0) })
    }

    pub fn with_reserve(self, reserve: Reserve) -> Self {
        Self { reserve, ..self }
    }

    fn path(&self, hash: &PhotoHash, variant: Variant) -> PathBuf {
        let fan = hash.as_str().get(..2).unwrap_or("00");
        self.root.join(fan).join(format!("{hash}{}", variant.suffix()))
    }
}

#[async_trait]
impl Blobs for FolderBlobs {
    async fn put(&self, hash: &PhotoHash, variant: Variant, bytes: &[u8]) -> Result<(), BlobError> {
        let (path, bytes) = (self.path(hash, variant), bytes.to_vec());
        let Self { root, reserve } = self.clone();
        off_thread(move || {
            if path.try_exists()? {
                return Ok(());
            }
            let room = Room::of(&root, reserve)?;
            if let Some(room) = room.filter(|room| !room.takes(bytes.len() as u64)) {
                let Room { free, reserve, .. } = room;
                let why = format!("{free} bytes are free, {reserve} are kept for records");
                return Err(io::Error::new(ErrorKind::StorageFull, why));
            }
            write_whole(&path, &bytes)
        })
        .await
    }

    async fn get(&self, hash: &PhotoHash, variant: Variant) -> Result<Option<Vec<u8>>, BlobError> {
        let path = self.path(hash, variant);
        off_thread(move || match fs::read(path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        })
        .await
    }

    async fn size(&self, hash: &PhotoHash, variant: Variant) -> Result<Option<u64>, BlobError> {
        let path = self.path(hash, variant);
        off_thread(move || match fs::metadata(path) {
            Ok(about) => Ok(Some(about.len())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        })
        .await
    }

    async fn part(
        &self,
        hash: &PhotoHash,
        variant: Variant,
        within: Range<u64>,
    ) -> Result<Option<Vec<u8>>, BlobError> {
        let path = self.path(hash, variant);
        off_thread(move || {
            let mut file = match File::open(path) {
                Ok(file) => file,
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
                Err(error) => return Err(error),
            };
            file.seek(SeekFrom::Start(within.start))?;
            let mut bytes = vec![];
            file.take(within.end.saturating_sub(within.start)).read_to_end(&mut bytes)?;
            Ok(Some(bytes))
        })
        .await
    }

    async fn has(&self, hash: &PhotoHash, variant: Variant) -> Result<bool, BlobError> {
        let path = self.path(hash, variant);
        off_thread(move || path.try_exists()).await
    }

    async fn delete(&self, hash: &PhotoHash, variant: Variant) -> Result<(), BlobError> {
        let path = self.path(hash, variant);
        off_thread(move || match fs::remove_file(path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        })
        .await
    }

    async fn ready(&self) -> Result<(), BlobError> {
        let root = self.root.clone();
        off_thread(move || fs::metadata(root).map(drop)).await
    }

    async fn room(&self) -> Result<Option<Room>, BlobError> {
        let Self { root, reserve } = self.clone();
        off_thread(move || Room::of(&root, reserve)).await
    }

    async fn clear_drafts(&self, before: DateTime<Utc>) -> Result<usize, BlobError> {
        let root = self.root.clone();
        off_thread(move || {
            let old = files(&root, before)?
                .into_iter()
                .filter(|path| path.extension().is_some_and(|end| end == DRAFT));
            Ok(old.filter(|path| fs::remove_file(path).is_ok()).count())
        })
        .await
    }

    async fn pieces(&self, before: DateTime<Utc>) -> Result<Vec<(PhotoHash, Uuid)>, BlobError> {
        let root = self.root.clone();
        off_thread(move || {
            let old = files(&root, before)?;
            Ok(old.iter().filter_map(|path| Variant::piece(path.file_name()?.to_str()?)).collect())
        })
        .await
    }
}

/// All files last modified before then. One that is deleted meanwhile is left out.
fn files(root: &Path, before: DateTime<Utc>) -> io::Result<Vec<PathBuf>> {
    let mut found = vec![];
    for fan in fs::read_dir(root)? {
        let Ok(fan) = fs::read_dir(fan?.path()) else { continue };
        for file in fan.flatten() {
            let touched = file.metadata().and_then(|about| about.modified());
            if touched.is_ok_and(|touched| DateTime::<Utc>::from(touched) < before) {
                found.push(file.path());
            }
        }
    }
    Ok(found)
}

async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, BlobError> {
    spawn_blocking(work).await.map_err(|error| BlobError::Unavailable(error.to_string()))?.map_err(Into::into)
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().ok_or(ErrorKind::InvalidInput)?;
    fs::create_dir_all(folder)?;
    // Two uploads of one photo may meet; each writes its own file and the later rename changes nothing.
    let draft = path.with_extension(format!("{}.{DRAFT}", Uuid::new_v4().simple()));
    let written = (|| {
        let mut file = File::create(&draft)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&draft, path)?;
        File::open(folder)?.sync_all()
    })();
    if written.is_err() {
        // Why it could not be written is told; a draft that stays is swept.
        let _ = fs::remove_file(&draft);
    }
    written
}
