//! The photos behind a [`FaultPlan`], as the store is.

use super::fault_plan::FaultPlan;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::photo::PhotoHash;
use server::blobs::{BlobError, Blobs, Variant};
use std::sync::Arc;
use uuid::Uuid;

#[derive(Debug)]
pub struct FaultyBlobs {
    pub inner: Arc<dyn Blobs>,
    pub fault_plan: Arc<FaultPlan>,
}

#[async_trait]
impl Blobs for FaultyBlobs {
    async fn put(&self, hash: &PhotoHash, variant: Variant, bytes: &[u8]) -> Result<(), BlobError> {
        self.fault_plan.survive(self.inner.put(hash, variant, bytes)).await
    }
    async fn get(&self, hash: &PhotoHash, variant: Variant) -> Result<Option<Vec<u8>>, BlobError> {
        self.fault_plan.survive(self.inner.get(hash, variant)).await
    }
    async fn has(&self, hash: &PhotoHash, variant: Variant) -> Result<bool, BlobError> {
        self.fault_plan.survive(self.inner.has(hash, variant)).await
    }
    async fn delete(&self, hash: &PhotoHash, variant: Variant) -> Result<(), BlobError> {
        self.fault_plan.survive(self.inner.delete(hash, variant)).await
    }
    async fn ready(&self) -> Result<(), BlobError> {
        self.inner.ready().await
    }
    async fn pieces(&self, before: DateTime<Utc>) -> Result<Vec<(PhotoHash, Uuid)>, BlobError> {
        self.fault_plan.survive(self.inner.pieces(before)).await
    }
}
