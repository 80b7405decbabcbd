//! # What a device stands on
//!
//! The seams between a device and whatever it runs in: storage, network, time and chance, settings, other tabs, cryptography,
//! the page, the worker that makes pictures. A browser implements them (`browser`, in WASM), and so does plain memory (`memory`,
//! everywhere else).
//!
//! Which of the two a build has is decided by its target (`host`): not by a type parameter, which would stand in every
//! signature, and not by tables of functions. The phone's program comes in parts, the first of which holds
//! what signing in needs; a table names all of its functions, and so all of them would lie in the first.

mod drawing;
mod images;
mod network;
mod page;
mod storage;

pub use drawing::{Call, Drawing, Value};
pub use images::{ImageWorker, OpenedImage, RenderOrder, Rendered, Shot};
pub use network::{Body, HEADERS, Network, Request, Response, Unreachable};
pub use page::{Lack, Page, PageEvent, Space};
pub use storage::{Database, KeyRange, Mode, Opaque, Storage, StoredValue, Transaction};

use crate::DeviceError;
use chrono::{DateTime, Utc};

/// Time, chance, and tasks that go on by themselves.
pub trait Runtime: Clone + 'static {
    /// By this phone's own clock.
    fn now(&self) -> DateTime<Utc>;

    /// For ids and keys.
    fn random(&self, into: &mut [u8]);

    /// In `0..1`, for spreading retries.
    fn chance(&self) -> f64;

    fn sleep(&self, milliseconds: u32) -> impl Future<Output = ()>;

    fn spawn(&self, task: impl Future<Output = ()> + 'static);
}

/// Short texts that are there at once, without a database. A browser may refuse to keep them.
///
/// Whoever finds the phone can read what lies here. So texts that say anything of people or places are encrypted first; ids,
/// times and choices lie open.
pub trait Settings {
    fn get(&self, key: &str) -> Option<String>;

    /// Whether it is kept.
    fn set(&self, key: &str, value: &str) -> bool;

    fn remove(&self, key: &str);

    fn keys(&self) -> Vec<String>;

    /// A cookie for this part of the site; gone at once where `seconds` is zero.
    fn set_cookie(&self, name: &str, value: &str, path: &str, seconds: u32);

    /// Whether the page has this cookie with this value.
    fn has_cookie(&self, name: &str, value: &str) -> bool;
}

/// Other tabs of the same phone: one of them works, all hear.
pub trait Tabs {
    /// Says a word to all others.
    fn tell(&self, word: &str);

    /// Hears what others say, for as long as the page lives.
    fn listen(&self, hear: impl Fn(&str) + 'static);

    /// Returns once this tab is the one that works, which it stays until it closes.
    fn lead(&self) -> impl Future<Output = ()>;
}

/// Keys that wrap the data key of a person: one made of a PIN, and one that cannot be taken out.
pub trait Crypto {
    /// On pages without https it is not.
    fn is_there(&self) -> bool;

    /// The key, wrapped by what these digits derive.
    fn wrap_key(
        &self,
        digits: &str,
        salt: &[u8],
        rounds: u32,
        key: &[u8; 32],
    ) -> impl Future<Output = Result<Vec<u8>, DeviceError>>;

    /// None where they are the wrong digits.
    fn unwrap_key(
        &self,
        digits: &str,
        salt: &[u8],
        rounds: u32,
        wrapped: &[u8],
    ) -> impl Future<Output = Result<Option<[u8; 32]>, DeviceError>>;

    /// The key, wrapped by one that never leaves this phone, and until when it may be opened.
    fn keep_open(
        &self,
        key: &[u8; 32],
        until: DateTime<Utc>,
    ) -> impl Future<Output = Result<Opaque, DeviceError>>;

    /// None for what is none of these.
    fn reopen(&self, kept: &Opaque) -> impl Future<Output = Option<([u8; 32], DateTime<Utc>)>>;
}
