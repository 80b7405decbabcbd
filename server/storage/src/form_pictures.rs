//! 示例图: which attachments are pictures of forms. Their bytes and facts are an attachment's.

use crate::Result;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{id::OfficeId, photo::PhotoHash};
use std::collections::BTreeSet;

/// What questions may show.
#[async_trait]
pub trait ReadFormPictures: Send + Sync {
    /// All of an office.
    async fn form_pictures(&self, office: OfficeId) -> Result<BTreeSet<PhotoHash>>;
    /// Whether it is one: everybody of the office may see it then.
    async fn is_form_picture(&self, office: OfficeId, hash: &PhotoHash) -> Result<bool>;
}

/// What authors have added, and what they use no more.
#[async_trait]
pub trait WriteFormPictures: Send {
    /// All of an office.
    async fn form_pictures(&mut self, office: OfficeId) -> Result<BTreeSet<PhotoHash>>;
    /// From now on it is one; repeats change nothing.
    async fn put_form_picture(
        &mut self,
        office: OfficeId,
        hash: &PhotoHash,
        now: DateTime<Utc>,
    ) -> Result<()>;
    /// Writes down which of the office's are named by no version of a form and by no draft, and clears those that were named
    /// by none already at `unused_before`. Gives those that are pictures of forms no more. What nobody told of as a photo of
    /// theirs and no record shows is no attachment any more either; its bytes are loose from `now` on
    /// ([`WriteLooseBytes`](crate::WriteLooseBytes)).
    async fn sweep_form_pictures(
        &mut self,
        office: OfficeId,
        now: DateTime<Utc>,
        unused_before: DateTime<Utc>,
    ) -> Result<BTreeSet<PhotoHash>>;
}
