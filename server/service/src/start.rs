//! Beginning to work: the write queue runs from here on.

use crate::{blobs::Blobs, clock::Clock, jobs::process_photo, services::Services, storage::Store};
use domain::sync::SiteKindInfo;
use std::sync::Arc;

/// Within a runtime. Secrets, thresholds and windows are those of a test until they are said.
pub fn start(
    store: Arc<dyn Store>,
    blobs: Arc<dyn Blobs>,
    clock: Arc<dyn Clock>,
    kinds: Arc<[SiteKindInfo]>,
) -> Services {
    Services::new(store, blobs, clock, kinds, process_photo::wanted)
}
