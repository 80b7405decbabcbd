//! A database that does not answer, as some browsers' do after an update, or when memory was short.
//!
//! Opening it ends after a while. A transaction under way is not broken off, which would lose what it writes; instead the
//! screens say that it waits. Time is counted in ticks of this page: a page that slept has not waited.

use crate::device::DeviceError;
use futures::future::{Either, select};
use gloo_timers::{callback::Interval, future::TimeoutFuture};
use leptos::prelude::*;
use std::{
    cell::{OnceCell, RefCell},
    collections::BTreeMap,
};

const TICK_MS: u32 = 2_000;
/// Until the screens say so.
const SLOW: u32 = 4;
/// Until opening is given up.
const SILENT: u32 = 5;

thread_local! {
    static SLOWLY: OnceCell<ArcRwSignal<bool>> = const { OnceCell::new() };
    /// Transactions under way, with the ticks that each has waited.
    static UNDER_WAY: RefCell<(u64, BTreeMap<u64, u32>)> = const { RefCell::new((0, BTreeMap::new())) };
}

fn signal() -> ArcRwSignal<bool> {
    SLOWLY.with(|cell| cell.get_or_init(|| ArcRwSignal::new(false)).clone())
}

/// Whether something has waited for the database longer than it ever should.
pub fn slow() -> ArcReadSignal<bool> {
    signal().read_only()
}

fn tell() {
    let slow = UNDER_WAY.with_borrow(|(_, ticks)| ticks.values().any(|ticks| *ticks >= SLOW));
    if signal().get_untracked() != slow {
        signal().set(slow);
    }
}

/// Lives as long as the page.
pub fn watch() {
    Interval::new(TICK_MS, || {
        UNDER_WAY.with_borrow_mut(|(_, ticks)| ticks.values_mut().for_each(|ticks| *ticks += 1));
        tell();
    })
    .forget();
}

/// One transaction, counted from its beginning to its end.
pub(super) struct Waiting(u64);

impl Waiting {
    pub fn begin() -> Self {
        UNDER_WAY.with_borrow_mut(|(last, ticks)| {
            *last += 1;
            ticks.insert(*last, 0);
            Self(*last)
        })
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        UNDER_WAY.with_borrow_mut(|(_, ticks)| ticks.remove(&self.0));
        tell();
    }
}

/// What comes, unless nothing does. `excused`: somebody else is known to be in the way.
pub(super) async fn answer<T>(
    mut coming: impl Future<Output = T> + Unpin,
    excused: impl Fn() -> bool,
) -> Result<T, DeviceError> {
    let mut ticks = 0;
    while ticks < SILENT {
        match select(coming, TimeoutFuture::new(TICK_MS)).await {
            Either::Left((came, _)) => return Ok(came),
            Either::Right((_, still)) => coming = still,
        }
        ticks += u32::from(!excused());
    }
    Err(DeviceError::StorageSilent)
}
