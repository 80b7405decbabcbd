//! What every request may use.

use crate::{blobs::Blobs, clock::Clock, password::Passwords, storage::Store, sync::Intake};
use chrono::{DateTime, Utc};
use domain::{id::uuid_v7, sync::KindOfSite};
use rand::Rng;
use std::sync::Arc;
use uuid::Uuid;

#[derive(Debug, Clone)]
pub struct AppState {
    pub store: Arc<dyn Store>,
    pub intake: Intake,
    pub blobs: Arc<dyn Blobs>,
    pub clock: Arc<dyn Clock>,
    pub passwords: Passwords,
    /// The built-in kinds of site, with their names.
    pub kinds: Arc<[KindOfSite]>,
    /// Addresses of proxies whose `X-Forwarded-*` headers are believed.
    pub trusted_proxy: bool,
}

impl AppState {
    /// Within a runtime: the intake begins to work.
    pub fn new(
        store: Arc<dyn Store>,
        blobs: Arc<dyn Blobs>,
        clock: Arc<dyn Clock>,
        kinds: Arc<[KindOfSite]>,
    ) -> Self {
        Self {
            intake: Intake::begin(Arc::clone(&store), Arc::clone(&clock)),
            store,
            blobs,
            clock,
            passwords: Passwords::default(),
            kinds,
            trusted_proxy: false,
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
