//! A storage that does what the one behind it does, and tells a test of it first.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::photo::PhotoHash;
use server::{
    blobs::{BlobError, Blobs, Variant},
    service::Services,
    state::AppState,
};
use std::{fmt, sync::Arc};
use uuid::Uuid;

/// What a test does before something is put or read.
#[async_trait]
pub trait Watch: fmt::Debug + Send + Sync + 'static {
    async fn puts(&self, _variant: Variant) {}
    async fn gets(&self) {}
}

/// The same server on its storage, which is watched.
pub fn watched<W: Watch>(state: &AppState, watch: &Arc<W>) -> AppState {
    let inner = Arc::clone(&state.blobs);
    let blobs: Arc<dyn Blobs> = Arc::new(Watched { inner, watch: Arc::clone(watch) });
    let services = Services { blobs, ..state.services.clone() };
    AppState { services, ..state.clone() }
}

#[derive(Debug)]
struct Watched<W> {
    inner: Arc<dyn Blobs>,
    watch: Arc<W>,
}

#[async_trait]
impl<W: Watch> Blobs for Watched<W> {
    async fn put(&self, hash: &PhotoHash, variant: Variant, bytes: &[u8]) -> Result<(), BlobError> {
        self.watch.puts(variant).await;
        self.inner.put(hash, variant, bytes).await
    }
    async fn get(&self, hash: &PhotoHash, variant: Variant) -> Result<Option<Vec<u8>>, BlobError> {
        self.watch.gets().await;
        self.inner.get(hash, variant).await
    }
    async fn has(&self, hash: &PhotoHash, variant: Variant) -> Result<bool, BlobError> {
        self.inner.has(hash, variant).await
    }
    async fn delete(&self, hash: &PhotoHash, variant: Variant) -> Result<(), BlobError> {
        self.inner.delete(hash, variant).await
    }
    async fn ready(&self) -> Result<(), BlobError> {
        self.inner.ready().await
    }
    async fn pieces(&self, before: DateTime<Utc>) -> Result<Vec<(PhotoHash, Uuid)>, BlobError> {
        self.inner.pieces(before).await
    }
}
