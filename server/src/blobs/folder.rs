//! Photo bytes as files, fanned out into folders by the first two digits of their names.
//!
//! A file comes into being under a temporary name, is synced, renamed, and its folder synced: after a crash there is the
//! whole file or none.

use super::{BlobError, Blobs, Variant};
use async_trait::async_trait;
use domain::photo::PhotoHash;
use std::{
    fs::{self, File},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
};
use tokio::task::spawn_blocking;

#[derive(Debug, Clone)]
pub struct FolderBlobs {
    root: PathBuf,
}

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
    /// Makes the folder where there is none.
    pub fn open(root: impl Into<PathBuf>) -> Result<Self, BlobError> {
        let root = root.into();
        fs::create_dir_all(&root)?;
        Ok(Self { root })
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
        off_thread(move || write_whole(&path, &bytes)).await
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
}

async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, BlobError> {
    spawn_blocking(work).await.map_err(|error| BlobError::Unavailable(error.to_string()))?.map_err(Into::into)
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if path.try_exists()? {
        return Ok(());
    }
    let folder = path.parent().ok_or(ErrorKind::InvalidInput)?;
    fs::create_dir_all(folder)?;
    // Two uploads of one photo may meet; each writes its own file and the later rename changes nothing.
    let draft = path.with_extension(format!("{}.tmp", uuid::Uuid::new_v4().simple()));
    let written = (|| {
        let mut file = File::create(&draft)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&draft, path)?;
        File::open(folder)?.sync_all()
    })();
    if written.is_err() {
        let _ = fs::remove_file(&draft);
    }
    written
}
