//! 上传: photos that come in pieces.

use crate::Result;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    id::{OfficeId, PersonId},
    photo::PhotoHash,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A photo that comes in pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredUpload {
    pub id: Uuid,
    pub office: OfficeId,
    pub person: PersonId,
    pub hash: PhotoHash,
    /// Of the whole photo.
    pub bytes: u64,
    /// Bytes that are stored.
    pub reached: u64,
    /// In their order; none once the photo is whole.
    pub parts: Vec<Part>,
    /// `Upload-Metadata` as the sender gave it.
    pub about: String,
    pub expires: DateTime<Utc>,
}

/// A piece of a photo, among the photos' bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub name: Uuid,
    pub bytes: u64,
}

/// How far photos have come.
#[async_trait]
pub trait ReadUploads: Send + Sync {
    async fn upload(&self, id: Uuid) -> Result<Option<StoredUpload>>;
    /// Everybody's of this photo.
    async fn uploads_of(&self, hash: &PhotoHash) -> Result<Vec<StoredUpload>>;
}

/// Photos that begin to come, go on, and are whole or given up.
#[async_trait]
pub trait WriteUploads: Send {
    async fn upload(&mut self, id: Uuid) -> Result<Option<StoredUpload>>;
    /// The one of this photo by this person, with its id, as far as it can be read; there is one at the most.
    async fn upload_of(
        &mut self,
        person: PersonId,
        hash: &PhotoHash,
    ) -> Result<Option<(Uuid, Result<StoredUpload>)>>;
    async fn put_upload(&mut self, upload: &StoredUpload) -> Result<()>;
    async fn end_upload(&mut self, id: Uuid) -> Result<()>;
    /// The oldest first, each with its id, as far as it can be read.
    async fn expired_uploads(
        &mut self,
        now: DateTime<Utc>,
        most: u32,
    ) -> Result<Vec<(Uuid, Result<StoredUpload>)>>;
}
