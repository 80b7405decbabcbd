//! Untouched for a while, the phone locks itself: a phone that was found opens nothing.
//!
//! When it was touched last lies in local storage, a time and nothing else, so that all tabs count together and a page
//! that comes back after an hour in the background is locked before it shows anything.

use crate::{
    Device,
    platform::{PageEvent, Runtime as _, Settings as _},
    prefs,
};
use chrono::{DateTime, Duration, Utc};
use domain::device::idle::has_rested;

const KEY: &str = "touched";

/// Writing at each touch would cost more than it tells.
const NOTED_EVERY: Duration = Duration::seconds(5);

const LOOK_EVERY_MS: u32 = 5_000;

fn noted(device: &Device) -> Option<DateTime<Utc>> {
    let milliseconds = device.settings.get(KEY)?.parse().ok()?;
    DateTime::from_timestamp_millis(milliseconds)
}

/// Notes a touch. On a locked phone it does nothing.
pub(super) fn touched(device: &Device) {
    if device.encryption.owner().is_none() {
        return;
    }
    let now = device.clock.now();
    if has_rested(device.touched.get(), now, NOTED_EVERY) {
        device.touched.set(Some(now));
        device.settings.set(KEY, &now.timestamp_millis().to_string());
    }
}

/// In whichever tab. Where nothing can be noted, this tab's own touches count.
pub(crate) fn rested(device: &Device) -> bool {
    let most = Duration::minutes(prefs::load(device).lock_after.minutes().into());
    has_rested(noted(device).or(device.touched.get()), device.clock.now(), most)
}

pub(super) fn forget(device: &Device) {
    device.touched.set(None);
    device.settings.remove(KEY);
}

/// Locks where it has rested, before a touch makes it look awake.
fn look(device: &Device) {
    if device.encryption.owner().is_some() && rested(device) {
        let locked = device.clone();
        device.runtime.spawn(async move {
            // Closed in any case; where its key stays behind, its own time is over too.
            let _ = super::lock(&locked).await;
        });
    }
}

/// What happens to the page says whether somebody has it in hand.
pub(crate) fn on_page_event(device: &Device, event: PageEvent) {
    match event {
        PageEvent::Touched => {
            look(device);
            touched(device);
        }
        PageEvent::Seen | PageEvent::Hidden | PageEvent::Shown => look(device),
        PageEvent::Online | PageEvent::Offline | PageEvent::Woken => {}
    }
}

/// Looks every now and then, for as long as the page lives.
pub(crate) fn watch(device: &Device) {
    let watched = device.clone();
    device.runtime.spawn(async move {
        loop {
            watched.runtime.sleep(LOOK_EVERY_MS).await;
            look(&watched);
        }
    });
}
