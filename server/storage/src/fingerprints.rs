//! 照片指纹: what photos look like, which are nearly the same, and which records show them.

use crate::Result;
use async_trait::async_trait;
use domain::{
    id::OfficeId,
    integrity::{Shown, Sight},
    photo::{Look, PhotoHash},
};

/// Photos by what they look like.
#[async_trait]
pub trait ReadLooks: Send + Sync {
    async fn sight(&self, office: OfficeId, hash: &PhotoHash) -> Result<Sight>;
    /// Photos that may be nearly the same as one that looks like this, itself among them.
    async fn looks_near(&self, office: OfficeId, look: &Look) -> Result<Vec<(PhotoHash, Look)>>;
    /// Every record that shows the photo, the same file, or nearly the same picture.
    async fn shown(&self, office: OfficeId, hash: &PhotoHash) -> Result<Vec<Shown>>;
    /// Received photos that nobody has looked at, and that have no job of this name; in their order, those after `after`.
    async fn photos_without_look(
        &self,
        after: Option<&(OfficeId, PhotoHash)>,
        most: u32,
        job: &str,
    ) -> Result<Vec<(OfficeId, PhotoHash)>>;
}

/// What a photo was seen to look like.
#[async_trait]
pub trait WriteLooks: Send {
    /// What it looks like, and which others are nearly the same: bits of 256 that differ.
    async fn put_look(
        &mut self,
        office: OfficeId,
        hash: &PhotoHash,
        look: Option<&Look>,
        alike: &[(PhotoHash, u32)],
    ) -> Result<()>;
}
