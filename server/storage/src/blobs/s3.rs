//! Photo bytes in a bucket of an S3 store, for servers that share them.
//!
//! The usual AWS variables say whose bucket it is (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`,
//! `AWS_ENDPOINT` for a store of one's own). A `put` is one request, and the store has the whole object or none; bytes are
//! named by their hash, so a repeat writes the same again.

use super::{BlobError, Blobs, Variant};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::photo::PhotoHash;
use futures::TryStreamExt;
use object_store::{
    BackoffConfig, ClientConfigKey, Error, ObjectStore, ObjectStoreExt, RetryConfig,
    aws::{AmazonS3, AmazonS3Builder, AmazonS3ConfigKey},
    path::Path,
};
use std::{ops::Range, time::Duration};
use uuid::Uuid;

/// How long one answer may take, and how long trying again may: a person waits, and the phone tries again by itself.
const ANSWER: Duration = Duration::from_secs(20);
const PATIENCE: Duration = Duration::from_secs(10);
const TRIES: usize = 3;

#[derive(Debug)]
pub struct S3Blobs {
    bucket: AmazonS3,
}

impl From<Error> for BlobError {
    fn from(error: Error) -> Self {
        Self::Unavailable(error.to_string())
    }
}

impl S3Blobs {
    /// A bucket that exists, reached as the environment says.
    pub fn open(bucket: &str) -> Result<Self, BlobError> {
        Self::build(AmazonS3Builder::from_env().with_bucket_name(bucket))
    }

    /// A bucket of the store at `endpoint`, which may be reached without TLS.
    pub fn at(endpoint: &str, bucket: &str, key: &str, secret: &str) -> Result<Self, BlobError> {
        let builder = AmazonS3Builder::new().with_endpoint(endpoint).with_bucket_name(bucket);
        let builder = builder.with_access_key_id(key).with_secret_access_key(secret);
        Self::build(builder.with_region("us-east-1").with_allow_http(true))
    }

    fn build(builder: AmazonS3Builder) -> Result<Self, BlobError> {
        let retry =
            RetryConfig { backoff: BackoffConfig::default(), max_retries: TRIES, retry_timeout: PATIENCE };
        let answer = format!("{} seconds", ANSWER.as_secs());
        let timeout = AmazonS3ConfigKey::Client(ClientConfigKey::Timeout);
        Ok(Self { bucket: builder.with_config(timeout, answer).with_retry(retry).build()? })
    }
}

fn path(hash: &PhotoHash, variant: Variant) -> Path {
    Path::from(format!("{hash}{}", variant.suffix()))
}

#[async_trait]
impl Blobs for S3Blobs {
    async fn put(&self, hash: &PhotoHash, variant: Variant, bytes: &[u8]) -> Result<(), BlobError> {
        self.bucket.put(&path(hash, variant), bytes.to_vec().into()).await?;
        Ok(())
    }

    async fn get(&self, hash: &PhotoHash, variant: Variant) -> Result<Option<Vec<u8>>, BlobError> {
        match self.bucket.get(&path(hash, variant)).await {
            Ok(found) => Ok(Some(found.bytes().await?.into())),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    async fn size(&self, hash: &PhotoHash, variant: Variant) -> Result<Option<u64>, BlobError> {
        match self.bucket.head(&path(hash, variant)).await {
            Ok(about) => Ok(Some(about.size)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    async fn part(
        &self,
        hash: &PhotoHash,
        variant: Variant,
        within: Range<u64>,
    ) -> Result<Option<Vec<u8>>, BlobError> {
        match self.bucket.get_range(&path(hash, variant), within).await {
            Ok(bytes) => Ok(Some(bytes.into())),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    async fn has(&self, hash: &PhotoHash, variant: Variant) -> Result<bool, BlobError> {
        match self.bucket.head(&path(hash, variant)).await {
            Ok(_) => Ok(true),
            Err(Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    async fn delete(&self, hash: &PhotoHash, variant: Variant) -> Result<(), BlobError> {
        match self.bucket.delete(&path(hash, variant)).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    async fn pieces(&self, before: DateTime<Utc>) -> Result<Vec<(PhotoHash, Uuid)>, BlobError> {
        let all = ObjectStore::list(&self.bucket, None).map_err(BlobError::from);
        let old = all.try_filter_map(async |object| {
            let piece = object.location.filename().and_then(Variant::piece);
            Ok(piece.filter(|_| object.last_modified < before))
        });
        old.try_collect().await
    }

    /// Asks for something that is not there: that the store says so shows that it answers this account.
    async fn ready(&self) -> Result<(), BlobError> {
        match self.bucket.head(&Path::from("ready")).await {
            Ok(_) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}
