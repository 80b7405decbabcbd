//! Untouched for a while, the phone locks itself: a phone that was found opens nothing.
//!
//! When it was touched last lies in local storage, a time and nothing else, so that all tabs count together and a page
//! that comes back after an hour in the background is locked before it shows anything.

use crate::device::{clock, local, prefs, seal};
use chrono::{DateTime, Duration, Utc};
use domain::device::idle::has_rested;
use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Interval;
use leptos::{
    prelude::{document, window},
    task::spawn_local,
};
use std::cell::Cell;

const KEY: &str = "xunan.touched";

/// Writing at each touch would cost more than it tells.
const NOTED_EVERY: Duration = Duration::seconds(5);

const LOOK_EVERY_MS: u32 = 5_000;

thread_local! {
    static TOUCHED: Cell<Option<DateTime<Utc>>> = const { Cell::new(None) };
}

fn noted() -> Option<DateTime<Utc>> {
    let milliseconds = local::get(KEY)?.parse().ok()?;
    DateTime::from_timestamp_millis(milliseconds)
}

/// By whoever has unlocked it; a touch on a locked phone opens nothing.
pub(super) fn touched() {
    if seal::owner().is_none() {
        return;
    }
    let now = clock::now();
    if has_rested(TOUCHED.get(), now, NOTED_EVERY) {
        TOUCHED.set(Some(now));
        local::set(KEY, &now.timestamp_millis().to_string());
    }
}

/// In whichever tab. Where nothing can be noted, this tab's own touches count.
pub(in crate::device) fn rested() -> bool {
    let most = Duration::minutes(prefs::load().lock_after.minutes().into());
    has_rested(noted().or(TOUCHED.get()), clock::now(), most)
}

pub(super) fn forget() {
    TOUCHED.set(None);
    local::remove(KEY);
}

/// Locks where it has rested, before a touch makes it look awake.
fn look() {
    if seal::owner().is_some() && rested() {
        spawn_local(async {
            // Closed in any case; where its key stays behind, its own time is over too.
            let _ = super::lock().await;
        });
    }
}

/// Lives as long as the page.
pub(in crate::device) fn watch() {
    for kind in ["pointerdown", "keydown", "input", "wheel"] {
        let early = EventListenerOptions::run_in_capture_phase();
        EventListener::new_with_options(&window(), kind, early, |_| {
            look();
            touched();
        })
        .forget();
    }
    EventListener::new(&document(), "visibilitychange", |_| look()).forget();
    EventListener::new(&window(), "pageshow", |_| look()).forget();
    Interval::new(LOOK_EVERY_MS, look).forget();
}
