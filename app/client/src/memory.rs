//! # What a device stands on in memory
//!
//! Everything that a browser gives a device, without one: for tests, and for phones that nobody looks at. Nothing of it outlives the
//! process. Clones of a part are the same part, so that whoever made a [`Host`] can look into it, and make it fail, while a
//! device works on it.
//!
//! Tasks and timers are tokio's: a device lives in a `LocalSet`, and a runtime whose time is paused runs through a day of waiting
//! at once.

mod network;
mod page;
mod settings;
mod storage;
mod tabs;

pub use network::{Asked, MemoryNetwork};
pub use page::MemoryPage;
pub use settings::MemorySettings;
pub use storage::{MemoryDatabase, MemoryStorage, MemoryTransaction};
pub use tabs::MemoryTabs;

use crate::{
    DeviceError,
    platform::{Crypto, Opaque, Runtime},
};
use chrono::{DateTime, Duration, Utc};
use sha2::{Digest, Sha256};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use tokio::{
    task::{AbortHandle, yield_now},
    time::Instant,
};

/// Everything that a device needs.
#[derive(Clone)]
pub struct Host {
    pub crypto: MemoryCrypto,
    pub network: MemoryNetwork,
    pub page: MemoryPage,
    pub runtime: MemoryRuntime,
    pub settings: MemorySettings,
    pub storage: MemoryStorage,
    pub tabs: MemoryTabs,
}

impl Default for Host {
    fn default() -> Self {
        Self::new(1)
    }
}

impl Host {
    /// Ids and keys are drawn from the seed: two phones need two of them.
    pub fn new(seed: u64) -> Self {
        Self {
            crypto: MemoryCrypto,
            network: MemoryNetwork::default(),
            page: MemoryPage::default(),
            runtime: MemoryRuntime::new(seed),
            settings: MemorySettings::default(),
            storage: MemoryStorage::default(),
            tabs: MemoryTabs::default(),
        }
    }

    /// Of the same phone: it shares what is kept, and hears what is said.
    pub fn another_tab(&self) -> Self {
        let (page, runtime, tabs) = (MemoryPage::default(), self.runtime.another(), self.tabs.another());
        Self { page, runtime, tabs, ..self.clone() }
    }

    /// The page is thrown away with whatever it was doing, as browsers do when memory is short. What is kept stays: a device on
    /// the new host is the phone as it comes back.
    pub fn reopened(&self) -> Self {
        self.runtime.end();
        self.tabs.close();
        self.another_tab()
    }
}

#[derive(Clone)]
pub struct MemoryRuntime {
    time: Rc<Time>,
    /// Of this tab.
    tasks: Rc<RefCell<Vec<AbortHandle>>>,
}

struct Time {
    /// What the phone's clock said when it was set last, and when that was.
    set: Cell<(DateTime<Utc>, Instant)>,
    drawn: Cell<u64>,
}

impl MemoryRuntime {
    fn new(seed: u64) -> Self {
        let day = DateTime::UNIX_EPOCH + Duration::days(20_000);
        let time = Time { set: Cell::new((day, Instant::now())), drawn: Cell::new(seed) };
        Self { time: Rc::new(time), tasks: Rc::default() }
    }

    fn another(&self) -> Self {
        Self { time: self.time.clone(), tasks: Rc::default() }
    }

    fn end(&self) {
        self.tasks.take().iter().for_each(AbortHandle::abort);
    }

    /// Sets the phone's clock, as people do.
    pub fn set_clock(&self, now: DateTime<Utc>) {
        self.time.set.set((now, Instant::now()));
    }

    /// The next number of the sequence (SplitMix64).
    fn draw(&self) -> u64 {
        let next = self.time.drawn.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
        self.time.drawn.set(next);
        let mixed = (next ^ (next >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

impl Runtime for MemoryRuntime {
    fn now(&self) -> DateTime<Utc> {
        let (then, at) = self.time.set.get();
        then + Duration::from_std(at.elapsed()).unwrap_or_default()
    }

    fn random(&self, into: &mut [u8]) {
        for part in into.chunks_mut(8) {
            part.copy_from_slice(&self.draw().to_be_bytes()[..part.len()]);
        }
    }

    fn chance(&self) -> f64 {
        // As many bits as a fraction has.
        (self.draw() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn sleep(&self, milliseconds: u32) -> impl Future<Output = ()> {
        tokio::time::sleep(std::time::Duration::from_millis(milliseconds.into()))
    }

    fn spawn(&self, task: impl Future<Output = ()> + 'static) {
        let task = tokio::task::spawn_local(task).abort_handle();
        let mut tasks = self.tasks.borrow_mut();
        tasks.retain(|task| !task.is_finished());
        tasks.push(task);
    }
}

/// Keeps nobody out: a key is hidden by the hash of the digits, and rounds cost nothing.
#[derive(Clone)]
pub struct MemoryCrypto;

/// Bytes of the key's hash that lie behind it.
const CHECK: usize = 8;

fn hash(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(&Sha256::digest(parts.concat()));
    hash
}

fn hidden(key: &[u8], digits: &str, salt: &[u8]) -> Vec<u8> {
    let by = hash(&[salt, digits.as_bytes()]);
    key.iter().zip(by).map(|(key, by)| key ^ by).collect()
}

impl Crypto for MemoryCrypto {
    fn is_there(&self) -> bool {
        true
    }

    async fn wrap_key(
        &self,
        digits: &str,
        salt: &[u8],
        _rounds: u32,
        key: &[u8; 32],
    ) -> Result<Vec<u8>, DeviceError> {
        Ok([hidden(key, digits, salt).as_slice(), &hash(&[key.as_slice()])[..CHECK]].concat())
    }

    async fn unwrap_key(
        &self,
        digits: &str,
        salt: &[u8],
        _rounds: u32,
        wrapped: &[u8],
    ) -> Result<Option<[u8; 32]>, DeviceError> {
        // A browser derives keys beside the page: others go on meanwhile.
        yield_now().await;
        let Some((wrapped, check)) = wrapped.split_at_checked(32) else { return Ok(None) };
        let key: Option<[u8; 32]> = hidden(wrapped, digits, salt).try_into().ok();
        Ok(key.filter(|key| &hash(&[key.as_slice()])[..CHECK] == check))
    }

    async fn keep_open(&self, key: &[u8; 32], until: DateTime<Utc>) -> Result<Opaque, DeviceError> {
        Ok([key.as_slice(), &until.timestamp_millis().to_be_bytes()].concat())
    }

    async fn reopen(&self, kept: &Opaque) -> Option<([u8; 32], DateTime<Utc>)> {
        let (key, until) = kept.split_at_checked(32)?;
        let until = i64::from_be_bytes(until.try_into().ok()?);
        Some((key.try_into().ok()?, DateTime::from_timestamp_millis(until)?))
    }
}
