//! What every request may use.

use crate::{
    blobs::Blobs, clock::Clock, http::Reach, metrics::Metrics, password::Passwords, signing::Signer,
    storage::Store, sync::Intake,
};
use chrono::{DateTime, Utc};
use domain::{id::uuid_v7, integrity::Thresholds, sync::KindOfSite};
use rand::Rng;
use std::sync::Arc;
use uuid::Uuid;

#[derive(Debug, Clone)]
pub struct AppState {
    pub store: Arc<dyn Store>,
    pub intake: Intake,
    pub signer: Signer,
    pub blobs: Arc<dyn Blobs>,
    pub clock: Arc<dyn Clock>,
    pub passwords: Passwords,
    /// The built-in kinds of site, with their names.
    pub kinds: Arc<[KindOfSite]>,
    pub reach: Reach,
    pub metrics: Metrics,
    /// From where on something speaks against a photo.
    pub thresholds: Thresholds,
    /// What `/metrics` asks for; none: only this machine may see them.
    pub metrics_token: Option<Arc<str>>,
}

impl AppState {
    /// Within a runtime: the intake begins to work.
    pub fn new(
        store: Arc<dyn Store>,
        blobs: Arc<dyn Blobs>,
        clock: Arc<dyn Clock>,
        kinds: Arc<[KindOfSite]>,
    ) -> Self {
        let metrics = Metrics::default();
        let signer = Signer::new(Arc::clone(&store));
        Self {
            intake: Intake::begin(Arc::clone(&store), Arc::clone(&clock), signer.clone(), metrics.clone()),
            signer,
            store,
            blobs,
            clock,
            passwords: Passwords::default(),
            kinds,
            reach: Reach::default(),
            metrics,
            thresholds: Thresholds::default(),
            metrics_token: None,
        }
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// A fresh id of any kind.
    pub fn new_id<T: From<Uuid>>(&self) -> T {
        let mut random = [0; 10];
        rand::rng().fill_bytes(&mut random);
        T::from(uuid_v7(u64::try_from(self.now().timestamp_millis()).unwrap_or_default(), random))
    }
}
