//! Once a day, and when nothing is to be sent: what was received long ago, or belongs to nobody, leaves the phone.

use super::Engine;
use crate::{outbox, photos, records};
use chrono::{DateTime, Utc};

/// What fails is noted, and tried again on another day.
pub(super) async fn tidy(engine: &Engine, now: DateTime<Utc>) {
    let device = &engine.device;
    for done in [
        outbox::prune(device, now).await,
        photos::remove_orphans(device, now).await,
        records::prune(device, device.clock.office_now()).await,
    ] {
        if let Err(error) = done {
            engine.note("housekeeping", error.code(), 0, now);
        }
    }
}
