//! Where a device keeps things: values under keys that are strings, on the shelves of [`domain::device::Shelf`], and
//! transactions over several shelves.

use crate::DeviceError;
use domain::device::Shelf;

/// What only the platform itself can read: in a browser a key that cannot be taken out.
#[cfg(target_arch = "wasm32")]
pub type Opaque = wasm_bindgen::JsValue;
#[cfg(not(target_arch = "wasm32"))]
pub type Opaque = Vec<u8>;

/// How a value lies in the database.
#[derive(Debug, Clone)]
pub enum StoredValue {
    /// Nobody's secret.
    Text(String),
    Sealed(Vec<u8>),
    /// What only the browser can read.
    Opaque(Opaque),
}

/// Which keys of a shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyRange {
    All,
    /// From the first, up to and without the second.
    Between(String, String),
}

/// What a transaction may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Read,
    Write,
}

pub trait Storage {
    type Database: Database + 'static;

    /// Opens the database, or makes it. `blocked` is told where somebody holds an earlier version of it open.
    fn open(
        &self,
        blocked: impl FnOnce() + 'static,
    ) -> impl Future<Output = Result<Self::Database, DeviceError>>;
}

/// A database that is open; clones are the same.
pub trait Database: Clone {
    type Transaction<'a>: Transaction
    where
        Self: 'a;

    /// Fails where it has been closed underneath.
    fn begin(&self, shelves: &[Shelf], mode: Mode) -> Result<Self::Transaction<'_>, DeviceError>;

    fn close(self);

    /// Returns once somebody wanted it given up, and it has been closed.
    fn given_up(self) -> impl Future<Output = ()>;
}

/// Committed as a whole, or without a trace where it is dropped. Between its calls nothing else may be awaited.
pub trait Transaction {
    fn get(&self, shelf: Shelf, key: &str) -> impl Future<Output = Result<Option<StoredValue>, DeviceError>>;

    /// In their order.
    fn keys(&self, shelf: Shelf, range: &KeyRange) -> impl Future<Output = Result<Vec<String>, DeviceError>>;

    /// In the order of their keys.
    fn values(
        &self,
        shelf: Shelf,
        range: &KeyRange,
    ) -> impl Future<Output = Result<Vec<StoredValue>, DeviceError>>;

    fn put(
        &self,
        shelf: Shelf,
        key: &str,
        value: StoredValue,
    ) -> impl Future<Output = Result<(), DeviceError>>;

    fn delete(&self, shelf: Shelf, key: &str) -> impl Future<Output = Result<(), DeviceError>>;

    fn clear(&self, shelf: Shelf) -> impl Future<Output = Result<(), DeviceError>>;

    /// Durable when it returns.
    fn commit(self) -> impl Future<Output = Result<(), DeviceError>>;
}
