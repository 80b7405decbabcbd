//! IndexedDB: one database, one object store for each `StoreName`. Writes are durable when they are committed.

mod schema;

use crate::{
    DeviceError,
    platform::{self, KeyRange, Mode, Storage, StoredValue},
};
use domain::device::StoreName;
use indexed_db_futures::{
    KeyRange as Query,
    database::Database,
    error::{Error, OpenDbError},
    prelude::*,
    transaction::{Transaction, TransactionDurability, TransactionMode, TransactionOptions},
};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};

pub struct IndexedDb {
    name: String,
}

impl IndexedDb {
    pub(super) fn new(name: &str) -> Self {
        Self { name: name.to_owned() }
    }
}

impl Storage for IndexedDb {
    type Database = OpenDatabase;

    async fn open(&self, blocked: impl FnOnce() + 'static) -> Result<OpenDatabase, DeviceError> {
        schema::open(self.name.clone(), blocked).await.map(OpenDatabase).map_err(open_failed)
    }
}

#[derive(Clone)]
pub struct OpenDatabase(Database);

impl platform::Database for OpenDatabase {
    type Transaction<'a> = OpenTransaction<'a>;

    fn begin(&self, stores: &[StoreName], mode: Mode) -> Result<OpenTransaction<'_>, DeviceError> {
        let names: Vec<&str> = stores.iter().map(|store| store.name()).collect();
        let mode = match mode {
            Mode::Read => TransactionMode::Readonly,
            Mode::Write => TransactionMode::Readwrite,
        };
        let options = TransactionOptions::new().with_durability(TransactionDurability::Strict);
        let begun = self.0.transaction(names.as_slice()).with_mode(mode).with_options(options).build();
        Ok(OpenTransaction(begun?))
    }

    fn close(self) {
        self.0.close();
    }

    /// A newer version of the app in another tab wants to change the stores.
    async fn given_up(self) {
        let Ok(mut versions) = self.0.version_changes() else { return std::future::pending().await };
        if versions.recv().await.is_some() {
            self.0.close();
        }
    }
}

pub struct OpenTransaction<'a>(Transaction<'a>);

impl platform::Transaction for OpenTransaction<'_> {
    async fn get(&self, store: StoreName, key: &str) -> Result<Option<StoredValue>, DeviceError> {
        let store = self.0.object_store(store.name())?;
        let value: Option<JsValue> = store.get(key.to_owned()).primitive()?.await?;
        Ok(value.map(read))
    }

    async fn keys(&self, store: StoreName, range: &KeyRange) -> Result<Vec<String>, DeviceError> {
        let store = self.0.object_store(store.name())?;
        let keys = store.get_all_keys::<String>().with_query::<String, _>(query(range));
        keys.primitive()?.await?.map(|key| Ok(key?)).collect()
    }

    async fn values(&self, store: StoreName, range: &KeyRange) -> Result<Vec<StoredValue>, DeviceError> {
        let store = self.0.object_store(store.name())?;
        let values = store.get_all::<JsValue>().with_query::<String, _>(query(range));
        values.primitive()?.await?.map(|value| Ok(read(value?))).collect()
    }

    async fn put(&self, store: StoreName, key: &str, value: StoredValue) -> Result<(), DeviceError> {
        let store = self.0.object_store(store.name())?;
        store.put(written(value)).with_key(key.to_owned()).primitive()?.await?;
        Ok(())
    }

    async fn put_all(&self, values: Vec<(StoreName, String, StoredValue)>) -> Result<(), DeviceError> {
        let mut asked = vec![];
        for (store, key, value) in values {
            let store = self.0.object_store(store.name())?;
            asked.push(store.put(written(value)).with_key(key).primitive()?);
        }
        // They are done in their order: once the last one is, so are the others, and none of them needs a listener of its own.
        let Some(last) = asked.pop() else { return Ok(()) };
        let last = last.await;
        for request in asked {
            // The first that failed broke off all that came after it.
            request.await?;
        }
        last?;
        Ok(())
    }

    async fn delete(&self, store: StoreName, key: &str) -> Result<(), DeviceError> {
        self.0.object_store(store.name())?.delete(key.to_owned()).primitive()?.await?;
        Ok(())
    }

    async fn clear(&self, store: StoreName) -> Result<(), DeviceError> {
        self.0.object_store(store.name())?.clear()?.await?;
        Ok(())
    }

    async fn commit(self) -> Result<(), DeviceError> {
        Ok(self.0.commit().await?)
    }
}

fn query(range: &KeyRange) -> Query<String> {
    match range {
        KeyRange::All => Query::LowerBound(String::new(), false),
        KeyRange::Between(from, to) => Query::Bound(from.clone(), false, to.clone(), true),
    }
}

fn written(value: StoredValue) -> JsValue {
    match value {
        StoredValue::Text(text) => JsValue::from_str(&text),
        StoredValue::Sealed(bytes) => Uint8Array::from(bytes.as_slice()).into(),
        StoredValue::Opaque(value) => value,
    }
}

fn read(value: JsValue) -> StoredValue {
    if let Some(text) = value.as_string() {
        return StoredValue::Text(text);
    }
    match value.dyn_into::<Uint8Array>() {
        Ok(bytes) => StoredValue::Sealed(bytes.to_vec()),
        Err(value) => StoredValue::Opaque(value),
    }
}

fn open_failed(error: OpenDbError) -> DeviceError {
    match error {
        OpenDbError::NullFactory | OpenDbError::UnsupportedEnvironment => DeviceError::CannotKeep,
        OpenDbError::Base(error) => error.into(),
        OpenDbError::VersionZero => DeviceError::StorageClosed("version zero".to_owned()),
    }
}

impl From<Error> for DeviceError {
    fn from(error: Error) -> Self {
        let Error::DomException(exception) = &error else { return Self::StorageClosed(error.to_string()) };
        let name = JsValue::from(exception.clone()).unchecked_into::<web_sys::DomException>().name();
        match name.as_str() {
            "QuotaExceededError" => Self::StorageFull,
            "VersionError" => Self::NewerData,
            "SecurityError" | "NotAllowedError" => Self::CannotKeep,
            _ => Self::StorageClosed(error.to_string()),
        }
    }
}
