//! Where a device keeps things: values under keys that are strings, on the stores of [`domain::device::StoreName`], and
//! transactions over several stores.

use crate::DeviceError;
use domain::device::StoreName;

/// What only the platform itself can read: in a browser a key that cannot be taken out.
#[cfg(target_arch = "wasm32")]
pub type Opaque = wasm_bindgen::JsValue;
#[cfg(not(target_arch = "wasm32"))]
pub type Opaque = Vec<u8>;

/// How a value lies in the database.
#[derive(Debug, Clone)]
pub enum StoredValue {
    /// Not secret.
    Text(String),
    Sealed(Vec<u8>),
    /// What only the browser can read.
    Opaque(Opaque),
}

/// Which keys of a store.
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
    fn begin(&self, stores: &[StoreName], mode: Mode) -> Result<Self::Transaction<'_>, DeviceError>;

    fn close(self);

    /// Returns once somebody wanted it given up, and it has been closed.
    fn given_up(self) -> impl Future<Output = ()>;
}

/// Committed as a whole, or without a trace where it is dropped. Between its calls nothing else may be awaited.
pub trait Transaction {
    fn get(
        &self,
        store: StoreName,
        key: &str,
    ) -> impl Future<Output = Result<Option<StoredValue>, DeviceError>>;

    /// In their order.
    fn keys(
        &self,
        store: StoreName,
        range: &KeyRange,
    ) -> impl Future<Output = Result<Vec<String>, DeviceError>>;

    /// In the order of their keys.
    fn values(
        &self,
        store: StoreName,
        range: &KeyRange,
    ) -> impl Future<Output = Result<Vec<StoredValue>, DeviceError>>;

    fn put(
        &self,
        store: StoreName,
        key: &str,
        value: StoredValue,
    ) -> impl Future<Output = Result<(), DeviceError>>;

    /// The same for many, which are waited for together.
    fn put_all(
        &self,
        values: Vec<(StoreName, String, StoredValue)>,
    ) -> impl Future<Output = Result<(), DeviceError>>;

    fn delete(&self, store: StoreName, key: &str) -> impl Future<Output = Result<(), DeviceError>>;

    fn clear(&self, store: StoreName) -> impl Future<Output = Result<(), DeviceError>>;

    /// Durable when it returns.
    fn commit(self) -> impl Future<Output = Result<(), DeviceError>>;
}
