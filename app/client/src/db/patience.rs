//! A database that does not answer, as some browsers' do after an update, or when memory was short.
//!
//! Opening it ends after a while. A transaction under way is not broken off, which would lose what it writes; instead the
//! screens say that it waits. Time is counted in ticks of this page: a page that slept has not waited.

use crate::{DeviceError, Watched, host, platform::Runtime as _};
use futures::future::{Either, select};
use std::{cell::RefCell, collections::BTreeMap, pin::pin, rc::Rc};

const TICK_MS: u32 = 2_000;
/// Until the screens say so.
const SLOW: u32 = 4;
/// Until opening is given up.
const SILENT: u32 = 5;

pub struct Patience {
    runtime: host::Runtime,
    /// Transactions under way, with the ticks that each has waited.
    under_way: RefCell<(u64, BTreeMap<u64, u32>)>,
    /// Whether something has waited for the database longer than it ever should.
    pub slow: Watched<bool>,
}

impl Patience {
    pub fn new(runtime: host::Runtime) -> Self {
        Self { runtime, under_way: RefCell::default(), slow: Watched::new(false) }
    }

    fn tell(&self) {
        let slow = self.under_way.borrow().1.values().any(|ticks| *ticks >= SLOW);
        self.slow.set(slow);
    }

    /// Counts for as long as the device lives.
    pub fn watch(self: &Rc<Self>) {
        let (runtime, watched) = (self.runtime.clone(), Rc::downgrade(self));
        self.runtime.spawn(async move {
            loop {
                runtime.sleep(TICK_MS).await;
                let Some(watched) = watched.upgrade() else { return };
                watched.under_way.borrow_mut().1.values_mut().for_each(|ticks| *ticks += 1);
                watched.tell();
            }
        });
    }

    pub fn begin(&self) -> Waiting<'_> {
        let mut under_way = self.under_way.borrow_mut();
        under_way.0 += 1;
        let number = under_way.0;
        under_way.1.insert(number, 0);
        Waiting(self, number)
    }

    /// The future's result, or an error after a timeout. `excused`: another tab is known to block it.
    pub async fn answer<T>(
        &self,
        mut coming: impl Future<Output = T> + Unpin,
        excused: impl Fn() -> bool,
    ) -> Result<T, DeviceError> {
        let mut ticks = 0;
        while ticks < SILENT {
            match select(coming, pin!(self.runtime.sleep(TICK_MS))).await {
                Either::Left((came, _)) => return Ok(came),
                Either::Right(((), still)) => coming = still,
            }
            ticks += u32::from(!excused());
        }
        Err(DeviceError::StorageSilent)
    }
}

/// One transaction, counted from its beginning to its end.
pub struct Waiting<'a>(&'a Patience, u64);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.under_way.borrow_mut().1.remove(&self.1);
        self.0.tell();
    }
}
