//! # Where photo bytes live
//!
//! Bytes are stored by content: the name is their SHA-256, so writing twice is writing once. A name may carry a
//! variant, as thumbnails do.

pub mod folder;
pub mod s3;

use crate::{
    address::BlobsAddress,
    disk::{Reserve, Room},
};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::photo::PhotoHash;
use folder::FolderBlobs;
use s3::S3Blobs;
use std::{fmt, ops::Range, sync::Arc};
use thiserror::Error;
use uuid::Uuid;

#[derive(Debug, Error)]
pub enum BlobError {
    /// No room: a person must make some.
    #[error("photo storage is full: {0}")]
    Full(String),
    /// Unreachable, forbidden: later, or a person's work.
    #[error("photo storage does not answer: {0}")]
    Unavailable(String),
}

/// Which picture of a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Variant {
    /// The bytes as received.
    Original,
    /// For lists, at most 320 px.
    Thumbnail,
    /// For pages, at most 1024 px.
    Preview,
    /// A piece of a photo that is still coming.
    Part(Uuid),
}

impl Variant {
    /// Behind the hash.
    fn suffix(self) -> String {
        match self {
            Self::Original => String::new(),
            Self::Thumbnail => ".thumbnail".to_owned(),
            Self::Preview => ".preview".to_owned(),
            Self::Part(name) => format!(".part.{}", name.simple()),
        }
    }

    /// The piece that lies under this name, if it is one's.
    fn piece(name: &str) -> Option<(PhotoHash, Uuid)> {
        let (hash, piece) = name.split_once(".part.")?;
        Some((hash.parse().ok()?, piece.parse().ok()?))
    }
}

#[async_trait]
pub trait Blobs: Send + Sync + fmt::Debug {
    /// Durable when it returns.
    async fn put(&self, hash: &PhotoHash, variant: Variant, bytes: &[u8]) -> Result<(), BlobError>;
    async fn get(&self, hash: &PhotoHash, variant: Variant) -> Result<Option<Vec<u8>>, BlobError>;
    async fn has(&self, hash: &PhotoHash, variant: Variant) -> Result<bool, BlobError>;
    /// How many bytes it has, if it is there.
    async fn size(&self, hash: &PhotoHash, variant: Variant) -> Result<Option<u64>, BlobError> {
        Ok(self.get(hash, variant).await?.map(|bytes| bytes.len() as u64))
    }
    /// Those of its bytes that lie within, if it is there.
    async fn part(
        &self,
        hash: &PhotoHash,
        variant: Variant,
        within: Range<u64>,
    ) -> Result<Option<Vec<u8>>, BlobError> {
        let whole = self.get(hash, variant).await?;
        let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
        let of = |bytes: Vec<u8>| {
            let to = place(within.end).min(bytes.len());
            bytes.get(place(within.start)..to).unwrap_or_default().to_vec()
        };
        Ok(whole.map(of))
    }
    /// Nothing is wrong where it is gone already.
    async fn delete(&self, hash: &PhotoHash, variant: Variant) -> Result<(), BlobError>;
    async fn ready(&self) -> Result<(), BlobError>;
    /// How full the disk is. None where it is unknown, as of a bucket.
    async fn room(&self) -> Result<Option<Room>, BlobError> {
        Ok(None)
    }
    /// Clears away what writers that died left half written, last touched before then. Gives how many.
    async fn clear_drafts(&self, _before: DateTime<Utc>) -> Result<usize, BlobError> {
        Ok(0)
    }
    /// Pieces of photos, last touched before then.
    async fn pieces(&self, before: DateTime<Utc>) -> Result<Vec<(PhotoHash, Uuid)>, BlobError>;
}

/// `reserve`: what photos leave free where they share a disk with others.
pub fn open(address: &BlobsAddress, reserve: Reserve) -> Result<Arc<dyn Blobs>, BlobError> {
    Ok(match address {
        BlobsAddress::Folder(folder) => Arc::new(FolderBlobs::open(folder)?.with_reserve(reserve)),
        BlobsAddress::S3 { bucket } => Arc::new(S3Blobs::open(bucket)?),
    })
}
