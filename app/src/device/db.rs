//! # The phone's database
//!
//! One IndexedDB, a handful of stores, keys that are strings, records that are JSON; photo bytes apart as Blobs. All
//! access goes through [`read`] and [`write`]: one call is one transaction, committed when its closure succeeds and
//! rolled back when it fails or is dropped. Inside it only the database may be awaited; any other `await` would let the
//! browser commit what stands there so far.
//!
//! Browsers close the database when memory is short. A transaction that cannot begin therefore drops the handle, opens
//! anew and tries once more.

use super::{DeviceError, json};
use indexed_db_futures::{
    OpenDbResult,
    database::Database,
    error::{Error, OpenDbError},
    prelude::*,
    transaction::{Transaction, TransactionDurability, TransactionMode, TransactionOptions},
};
use serde::{Serialize, de::DeserializeOwned};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};

const NAME: &str = "xunan";

/// Raised with each change of the stores; [`upgrade`] leads there from every earlier one.
const VERSION: u8 = 1;

/// The stores, by what a key names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Store {
    /// Single values: see [`key`].
    Meta,
    /// Site id → site.
    Sites,
    /// `id@version` → checklist.
    Checklists,
    /// Hazard id → hazard as the server last told it.
    Hazards,
    /// Inspection id → summary.
    Inspections,
    /// Inspection id → draft with its owner.
    Drafts,
    /// Running number → operation that waits or was refused.
    Outbox,
    /// Operation id → parcel, until some days after it was received.
    Parcels,
    /// Hash → photo's facts and standing.
    Photos,
    /// Hash → Blob.
    PhotoBytes,
    /// Hash → Blob, small.
    Thumbnails,
}

/// Keys of [`Store::Meta`].
pub mod key {
    pub const DIRECTORY: &str = "directory";
    pub const CURSOR: &str = "cursor";
    pub const LAST_PULL: &str = "last_pull";
    pub const RESET: &str = "reset";
    pub const OUTBOX_NUMBER: &str = "outbox_number";
    pub const OWNER: &str = "owner";
    pub const DEVICE: &str = "device";
}

impl Store {
    const ALL: [Self; 11] = [
        Self::Meta,
        Self::Sites,
        Self::Checklists,
        Self::Hazards,
        Self::Inspections,
        Self::Drafts,
        Self::Outbox,
        Self::Parcels,
        Self::Photos,
        Self::PhotoBytes,
        Self::Thumbnails,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Meta => "meta",
            Self::Sites => "sites",
            Self::Checklists => "checklists",
            Self::Hazards => "hazards",
            Self::Inspections => "inspections",
            Self::Drafts => "drafts",
            Self::Outbox => "outbox",
            Self::Parcels => "parcels",
            Self::Photos => "photos",
            Self::PhotoBytes => "photo_bytes",
            Self::Thumbnails => "thumbnails",
        }
    }
}

/// A transaction under way.
pub struct Tx<'a>(Transaction<'a>);

impl std::fmt::Debug for Tx<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tx")
    }
}

impl Tx<'_> {
    async fn commit(self) -> Result<(), DeviceError> {
        Ok(self.0.commit().await?)
    }

    pub async fn get<T: DeserializeOwned>(&self, store: Store, key: &str) -> Result<Option<T>, DeviceError> {
        self.text(store, key).await?.map(|text| parse(&text)).transpose()
    }

    /// In the order of their keys.
    pub async fn all<T: DeserializeOwned>(&self, store: Store) -> Result<Vec<T>, DeviceError> {
        self.texts(store).await?.iter().map(|text| parse(text)).collect()
    }

    pub async fn keys(&self, store: Store) -> Result<Vec<String>, DeviceError> {
        let keys = self.0.object_store(store.name())?.get_all_keys::<String>().primitive()?.await?;
        keys.map(|key| Ok(key?)).collect()
    }

    pub async fn put<T: Serialize>(&self, store: Store, key: &str, record: &T) -> Result<(), DeviceError> {
        let text =
            serde_json::to_string(record).map_err(|error| DeviceError::Unreadable(error.to_string()))?;
        self.put_text(store, key, text).await
    }

    // What does not depend on the record's type is compiled once.

    async fn text(&self, store: Store, key: &str) -> Result<Option<String>, DeviceError> {
        Ok(self.0.object_store(store.name())?.get(key.to_owned()).primitive()?.await?)
    }

    async fn texts(&self, store: Store) -> Result<Vec<String>, DeviceError> {
        let texts = self.0.object_store(store.name())?.get_all::<String>().primitive()?.await?;
        texts.map(|text| Ok(text?)).collect()
    }

    async fn put_text(&self, store: Store, key: &str, text: String) -> Result<(), DeviceError> {
        self.0.object_store(store.name())?.put(text).with_key(key.to_owned()).primitive()?.await?;
        Ok(())
    }

    pub async fn delete(&self, store: Store, key: &str) -> Result<(), DeviceError> {
        self.0.object_store(store.name())?.delete(key.to_owned()).primitive()?.await?;
        Ok(())
    }

    pub async fn clear(&self, store: Store) -> Result<(), DeviceError> {
        self.0.object_store(store.name())?.clear()?.await?;
        Ok(())
    }

    pub async fn put_blob(&self, store: Store, key: &str, blob: &web_sys::Blob) -> Result<(), DeviceError> {
        let value: JsValue = blob.clone().into();
        self.0.object_store(store.name())?.put(value).with_key(key.to_owned()).primitive()?.await?;
        Ok(())
    }

    pub async fn blob(&self, store: Store, key: &str) -> Result<Option<web_sys::Blob>, DeviceError> {
        let value: Option<JsValue> =
            self.0.object_store(store.name())?.get(key.to_owned()).primitive()?.await?;
        Ok(value.and_then(|value| value.dyn_into().ok()))
    }
}

fn parse<T: DeserializeOwned>(text: &str) -> Result<T, DeviceError> {
    json::read(text).map_err(|error| DeviceError::Unreadable(error.to_string()))
}

thread_local! {
    static HANDLE: RefCell<Option<Database>> = const { RefCell::new(None) };
}

/// Runs a reading transaction.
pub async fn read<T>(
    stores: &[Store],
    work: impl AsyncFnOnce(&Tx<'_>) -> Result<T, DeviceError>,
) -> Result<T, DeviceError> {
    transact(stores, TransactionMode::Readonly, work).await
}

/// Runs a writing transaction: durable when it returns `Ok`, without a trace when it does not.
pub async fn write<T>(
    stores: &[Store],
    work: impl AsyncFnOnce(&Tx<'_>) -> Result<T, DeviceError>,
) -> Result<T, DeviceError> {
    transact(stores, TransactionMode::Readwrite, work).await
}

async fn transact<T>(
    stores: &[Store],
    mode: TransactionMode,
    work: impl AsyncFnOnce(&Tx<'_>) -> Result<T, DeviceError>,
) -> Result<T, DeviceError> {
    let names: Vec<&str> = stores.iter().map(|store| store.name()).collect();
    let db = living_handle(&names).await?;
    let tx = begin(&db, &names, mode)?;
    let value = work(&tx).await?;
    tx.commit().await?;
    Ok(value)
}

fn begin<'a>(db: &'a Database, names: &[&str], mode: TransactionMode) -> Result<Tx<'a>, Error> {
    let options = TransactionOptions::new().with_durability(TransactionDurability::Strict);
    db.transaction(names).with_mode(mode).with_options(options).build().map(Tx)
}

/// A handle that the browser has closed says so when a transaction is begun on it.
async fn living_handle(names: &[&str]) -> Result<Database, DeviceError> {
    let db = handle().await?;
    if begin(&db, names, TransactionMode::Readonly).is_ok() {
        return Ok(db);
    }
    HANDLE.with_borrow_mut(Option::take);
    handle().await
}

async fn handle() -> Result<Database, DeviceError> {
    if let Some(db) = HANDLE.with_borrow(Clone::clone) {
        return Ok(db);
    }
    let db = open().await.map_err(open_failed)?;
    HANDLE.with_borrow_mut(|handle| *handle = Some(db.clone()));
    Ok(db)
}

async fn open() -> OpenDbResult<Database> {
    Database::open(NAME)
        .with_version(VERSION)
        .with_on_upgrade_needed(|event, db| upgrade(event.old_version() as u64, &db))
        .await
}

/// Leads from any earlier version to [`VERSION`].
fn upgrade(from: u64, db: &Database) -> Result<(), Error> {
    if from < 1 {
        for store in Store::ALL {
            db.create_object_store(store.name()).build()?;
        }
    }
    Ok(())
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
