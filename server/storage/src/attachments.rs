//! 附件: what is known of them, who told of them, and where the records lie that show photos.

use crate::Result;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    attachment::{AttachmentFacts, AttachmentHash, AttachmentKind},
    id::{OfficeId, PersonId},
    integrity::RecordRef,
    photo::{PhotoFacts, PhotoHash},
    role::ResourceScope,
};
use std::collections::{HashMap, HashSet};

/// An attachment as the office knows it, or as one person told of it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredAttachment {
    pub facts: AttachmentFacts,
    pub received_at: Option<DateTime<Utc>>,
}

/// The same where it is a photo.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredPhoto {
    pub facts: PhotoFacts,
    pub received_at: Option<DateTime<Utc>>,
}

impl StoredAttachment {
    /// None of what is no photo.
    pub fn photo(self) -> Option<StoredPhoto> {
        match self.facts {
            AttachmentFacts::Photo(facts) => Some(StoredPhoto { facts, received_at: self.received_at }),
            AttachmentFacts::Paper(_) => None,
        }
    }
}

/// An attachment and who brought its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    pub hash: AttachmentHash,
    pub person: PersonId,
}

/// A photo that a record names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPhoto {
    pub hash: PhotoHash,
    /// Who sees this record sees the photo.
    pub by: RecordRef,
    /// Who named it there.
    pub author: PersonId,
    /// Its author could see it already; else it is seen once their own bytes have come.
    pub seen: bool,
    /// When the office received the record.
    pub at: DateTime<Utc>,
}

/// What the office knows of an attachment.
#[async_trait]
pub trait ReadAttachments: Send + Sync {
    async fn attachment(&self, office: OfficeId, hash: &AttachmentHash) -> Result<Option<StoredAttachment>>;
    /// As this person told of it; received once their own bytes have come.
    async fn announcement(
        &self,
        office: OfficeId,
        hash: &AttachmentHash,
        person: PersonId,
    ) -> Result<Option<StoredAttachment>>;
    /// Where the records lie that show the photo; who sees one of them sees it.
    async fn photo_places(&self, office: OfficeId, hash: &PhotoHash) -> Result<Vec<ResourceScope>>;
}

/// What people tell of attachments, and what they brought.
#[async_trait]
pub trait WriteAttachments: Send {
    /// Who has told of which of these attachments as one of this kind.
    async fn announcers(
        &mut self,
        office: OfficeId,
        kind: AttachmentKind,
        hashes: &[AttachmentHash],
    ) -> Result<HashSet<(AttachmentHash, PersonId)>>;
    /// Where the records lie that show these photos.
    async fn photo_places(
        &mut self,
        office: OfficeId,
        hashes: &[PhotoHash],
    ) -> Result<HashMap<PhotoHash, Vec<ResourceScope>>>;
    /// Remembers that these records show these photos.
    async fn name_photos(&mut self, office: OfficeId, named: &[NamedPhoto]) -> Result<()>;
    /// Each as its maker tells of it. Repeats change nothing.
    async fn put_attachments(&mut self, office: OfficeId, facts: &[AttachmentFacts]) -> Result<()>;
    /// An attachment whose bytes are stored and that nobody with an account told of: a party sent it, by its code. Where its bytes
    /// are here already, nothing changes.
    async fn put_brought(
        &mut self,
        office: OfficeId,
        facts: &AttachmentFacts,
        now: DateTime<Utc>,
    ) -> Result<()>;
    /// The bytes are stored. The first time counts, for each who brought them.
    async fn attachments_received(
        &mut self,
        office: OfficeId,
        brought: &[Brought],
        now: DateTime<Utc>,
    ) -> Result<()>;
}
