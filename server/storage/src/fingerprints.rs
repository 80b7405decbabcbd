//! 照片指纹: fingerprints of photos, which are nearly the same, and which records show them.

use crate::Result;
use async_trait::async_trait;
use domain::{
    id::OfficeId,
    integrity::{FingerprintState, SimilarUse},
    photo::{ImageFingerprint, PhotoHash},
};
use std::collections::HashSet;

/// Reads fingerprints.
#[async_trait]
pub trait ReadFingerprints: Send + Sync {
    async fn fingerprint(&self, office: OfficeId, hash: &PhotoHash) -> Result<FingerprintState>;
    /// Photos that may be nearly the same as one that looks like this, itself among them.
    async fn fingerprints_near(
        &self,
        office: OfficeId,
        fingerprint: &ImageFingerprint,
    ) -> Result<Vec<(PhotoHash, ImageFingerprint)>>;
    /// Every record that shows the photo, the same file, or nearly the same picture.
    async fn shown(&self, office: OfficeId, hash: &PhotoHash) -> Result<Vec<SimilarUse>>;
    /// Received photos that nobody has looked at, and that have no job of this name; in their order, those after `after`.
    async fn photos_without_fingerprint(
        &self,
        after: Option<&(OfficeId, PhotoHash)>,
        most: u32,
        job: &str,
    ) -> Result<Vec<(OfficeId, PhotoHash)>>;
}

/// Writes fingerprints.
#[async_trait]
pub trait WriteFingerprints: Send {
    /// What it looks like, and which others are nearly the same: bits of 256 that differ.
    async fn put_fingerprint(
        &mut self,
        office: OfficeId,
        hash: &PhotoHash,
        fingerprint: Option<&ImageFingerprint>,
        alike: &[(PhotoHash, u32)],
    ) -> Result<()>;
    /// That it could not be unpacked.
    async fn put_damaged_photo(&mut self, office: OfficeId, hash: &PhotoHash) -> Result<()>;
    /// Those of these photos that could not be unpacked.
    async fn damaged_photos(&mut self, office: OfficeId, hashes: &[PhotoHash]) -> Result<HashSet<PhotoHash>>;
}
