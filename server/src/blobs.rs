//! # Where photo bytes live
//!
//! Bytes are stored by content: the name is their SHA-256, so writing twice is writing once. A name may carry a
//! variant, as thumbnails do.

pub mod folder;
pub mod s3;

use crate::config::BlobsAddress;
use async_trait::async_trait;
use domain::photo::PhotoHash;
use folder::FolderBlobs;
use s3::S3Blobs;
use std::{fmt, sync::Arc};
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
}

#[async_trait]
pub trait Blobs: Send + Sync + fmt::Debug {
    /// Durable when it returns.
    async fn put(&self, hash: &PhotoHash, variant: Variant, bytes: &[u8]) -> Result<(), BlobError>;
    async fn get(&self, hash: &PhotoHash, variant: Variant) -> Result<Option<Vec<u8>>, BlobError>;
    async fn has(&self, hash: &PhotoHash, variant: Variant) -> Result<bool, BlobError>;
    /// Nothing is wrong where it is gone already.
    async fn delete(&self, hash: &PhotoHash, variant: Variant) -> Result<(), BlobError>;
    async fn ready(&self) -> Result<(), BlobError>;
}

pub fn open(address: &BlobsAddress) -> Result<Arc<dyn Blobs>, BlobError> {
    Ok(match address {
        BlobsAddress::Folder(folder) => Arc::new(FolderBlobs::open(folder)?),
        BlobsAddress::S3 { bucket } => Arc::new(S3Blobs::open(bucket)?),
    })
}
