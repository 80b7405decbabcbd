//! 界线: the areas of communities and grids.

use crate::Result;
use async_trait::async_trait;
use domain::{id::OfficeId, map::Outline, place::PlaceId};

/// What the office has drawn.
#[async_trait]
pub trait ReadOutlines: Send + Sync {
    /// In no order that says anything. One that cannot be read is left out.
    async fn outlines(&self, office: OfficeId) -> Result<Vec<Outline>>;
}

/// What it draws anew.
#[async_trait]
pub trait WriteOutlines: Send {
    /// Each in place of the one that its place had; those of other places stay. Announces nothing: they travel with the directory,
    /// which whoever writes them announces.
    async fn put_outlines(&mut self, office: OfficeId, outlines: &[Outline]) -> Result<()>;

    /// Whether the place had one. Announces nothing either.
    async fn remove_outline(&mut self, office: OfficeId, place: PlaceId) -> Result<bool>;
}
