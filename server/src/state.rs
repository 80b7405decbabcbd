//! What every request may use: the services, and what only HTTP knows of.

use crate::http::{Edge, ProxyTrust};
use domain::{map::TileSource, sync::SiteKindInfo};
use service::{Services, blobs::Blobs, clock::Clock, storage::Store};
use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
};

#[derive(Debug, Clone)]
pub struct AppState {
    pub services: Services,
    pub proxy_trust: ProxyTrust,
    /// What `/metrics` asks for; none: only this machine may see them.
    pub metrics_token: Option<Arc<str>>,
    /// Whose tiles may be shown below maps; none: nobody outside is asked for anything.
    pub tiles: Option<Arc<TileSource>>,
    pub edge: Edge,
}

impl AppState {
    /// Within a runtime: the write queue begins to work.
    pub fn new(
        store: Arc<dyn Store>,
        blobs: Arc<dyn Blobs>,
        clock: Arc<dyn Clock>,
        kinds: Arc<[SiteKindInfo]>,
    ) -> Self {
        let services = service::start(store, blobs, clock, kinds);
        Self {
            edge: Edge::new(services.metrics.clone()),
            proxy_trust: ProxyTrust::default(),
            metrics_token: None,
            tiles: None,
            services,
        }
    }
}

/// A request mostly wants what the services stand on.
impl Deref for AppState {
    type Target = Services;

    fn deref(&self) -> &Services {
        &self.services
    }
}

impl DerefMut for AppState {
    fn deref_mut(&mut self) -> &mut Services {
        &mut self.services
    }
}
