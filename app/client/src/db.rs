//! # The phone's database
//!
//! One IndexedDB, a shelf to a store, keys that are strings, records that are JSON. All access goes through [`read`] and
//! [`write`]: one call is one transaction, committed when its closure succeeds and rolled back when it fails or is dropped.
//! Inside it only the database may be awaited; any other `await` would let the browser commit what stands there so far.
//! That is also why what is private is encrypted here by [`seal`], in the transaction, and not by the browser.
//!
//! Browsers close the database when memory is short. A transaction that cannot begin therefore drops the handle, opens
//! anew and tries once more.

mod patience;
mod schema;
mod value;

use super::{DeviceError, clock, engine, seal};
use domain::{
    device::{Shelf, Unwritable, Write, is_swept},
    sync::{self, RecordKind, StoredRecord, SyncRecord},
};
use indexed_db_futures::{
    KeyRange,
    database::Database,
    error::{Error, OpenDbError},
    prelude::*,
    transaction::{Transaction, TransactionDurability, TransactionMode, TransactionOptions},
};
use leptos::prelude::*;
use patience::Waiting;
pub use patience::{slow, watch};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::{
    cell::{OnceCell, RefCell},
    collections::BTreeSet,
};
pub use value::Kept;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;

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

    /// None too where it is another person's.
    pub async fn get<T: DeserializeOwned>(&self, shelf: Shelf, key: &str) -> Result<Option<T>, DeviceError> {
        self.text(shelf, key).await?.map(|text| parse(&text)).transpose()
    }

    /// In the order of their keys, without those of other people. One that cannot be read is passed over, so that it
    /// does not hide the others; it stays where it is.
    pub async fn all<T: DeserializeOwned>(&self, shelf: Shelf) -> Result<Vec<T>, DeviceError> {
        let mut records = vec![];
        for (key, text) in self.texts(shelf).await? {
            match parse(&text) {
                Ok(record) => records.push(record),
                Err(_) => damaged(shelf, key),
            }
        }
        Ok(records)
    }

    /// The same where every one of them can be read; else none.
    pub async fn all_or_none<T: DeserializeOwned>(
        &self,
        shelf: Shelf,
    ) -> Result<Option<Vec<T>>, DeviceError> {
        let mut records = vec![];
        for (key, kept) in self.raw_values(shelf).await? {
            if kept.is_mine() {
                let Ok(Some(text)) = kept.text(shelf, &key) else { return Ok(None) };
                let Ok(record) = parse(&text) else { return Ok(None) };
                records.push(record);
            }
        }
        Ok(Some(records))
    }

    /// All of a kind that this person has, and which of them wait for a newer version of the app.
    pub async fn records<R: SyncRecord>(&self) -> Result<Known<R>, DeviceError> {
        let mut known = Known::default();
        for (key, text) in self.texts_in(Shelf::Records, of_kind(R::KIND)).await? {
            match understood(&text) {
                Ok(record) => known.known.push(record),
                Err(DeviceError::NewerRecord) => known.newer.extend(parse(&text).map(body)),
                Err(_) => damaged(Shelf::Records, key),
            }
        }
        Ok(known)
    }

    /// # Errors
    /// [`DeviceError::NewerRecord`] where it is here and this version cannot know what it means.
    pub async fn record<R: SyncRecord>(&self, id: &str) -> Result<Option<R>, DeviceError> {
        let text = self.text(Shelf::Records, &sync::key(R::KIND, id)).await?;
        text.map(|text| understood(&text)).transpose()
    }

    pub async fn put_record<R: SyncRecord>(&self, record: &R) -> Result<(), DeviceError> {
        let stored = StoredRecord { schema: R::KIND.schema(), body: record };
        self.put(Shelf::Records, &sync::key(R::KIND, &record.record_id()), &stored).await
    }

    pub async fn keys_of(&self, kind: RecordKind) -> Result<Vec<String>, DeviceError> {
        self.keys_in(Shelf::Records, of_kind(kind)).await
    }

    pub async fn keys(&self, shelf: Shelf) -> Result<Vec<String>, DeviceError> {
        self.keys_in(shelf, everything()).await
    }

    async fn keys_in(&self, shelf: Shelf, range: KeyRange<String>) -> Result<Vec<String>, DeviceError> {
        let store = self.0.object_store(shelf.name())?;
        let keys = store.get_all_keys::<String>().with_query::<String, _>(range);
        keys.primitive()?.await?.map(|key| Ok(key?)).collect()
    }

    pub async fn put<T: Serialize>(&self, shelf: Shelf, key: &str, record: &T) -> Result<(), DeviceError> {
        let text = serde_json::to_string(record).map_err(Unwritable::from)?;
        self.put_text(shelf, key, &text).await
    }

    /// What a decision of `domain` comes to.
    pub async fn carry_out(&self, writes: &[Write]) -> Result<(), DeviceError> {
        for write in writes {
            match write {
                Write::Put { shelf, key, text } => self.put_text(*shelf, key, text).await?,
                Write::Delete { shelf, key } => self.delete(*shelf, key).await?,
                Write::Sweep { keep } => {
                    for key in self.keys(Shelf::Records).await? {
                        if is_swept(&key, keep) {
                            self.delete(Shelf::Records, &key).await?;
                        }
                    }
                }
            }
        }
        Ok(())
    }

    // What does not depend on the record's type is compiled once.

    /// As it lies there, decrypted.
    pub async fn text(&self, shelf: Shelf, key: &str) -> Result<Option<String>, DeviceError> {
        let value: Option<JsValue> = self.value(shelf, key).await?;
        value.map_or(Ok(None), |value| Kept::of(value).text(shelf, key))
    }

    /// With their keys.
    pub async fn texts(&self, shelf: Shelf) -> Result<Vec<(String, String)>, DeviceError> {
        self.texts_in(shelf, everything()).await
    }

    async fn texts_in(
        &self,
        shelf: Shelf,
        range: KeyRange<String>,
    ) -> Result<Vec<(String, String)>, DeviceError> {
        let keys = self.keys_in(shelf, range.clone()).await?;
        let mut texts = vec![];
        for (key, value) in keys.into_iter().zip(self.values_in(shelf, range).await?) {
            match Kept::of(value).text(shelf, &key) {
                Ok(text) => texts.extend(text.map(|text| (key, text))),
                Err(DeviceError::Unreadable(_)) => damaged(shelf, key),
                Err(error) => return Err(error),
            }
        }
        Ok(texts)
    }

    /// The bytes of a picture.
    pub async fn kept(&self, shelf: Shelf, key: &str) -> Result<Option<Kept>, DeviceError> {
        Ok(self.value(shelf, key).await?.map(Kept::of))
    }

    async fn value(&self, shelf: Shelf, key: &str) -> Result<Option<JsValue>, DeviceError> {
        Ok(self.0.object_store(shelf.name())?.get(key.to_owned()).primitive()?.await?)
    }

    async fn values_in(&self, shelf: Shelf, range: KeyRange<String>) -> Result<Vec<JsValue>, DeviceError> {
        let store = self.0.object_store(shelf.name())?;
        let values = store.get_all::<JsValue>().with_query::<String, _>(range);
        values.primitive()?.await?.map(|value| Ok(value?)).collect()
    }

    pub async fn put_text(&self, shelf: Shelf, key: &str, text: &str) -> Result<(), DeviceError> {
        let value = if shelf.seals(key) {
            seal::seal(shelf, key, text.as_bytes())?.into()
        } else {
            JsValue::from_str(text)
        };
        self.put_value(shelf, key, value).await
    }

    pub async fn put_bytes(&self, shelf: Shelf, key: &str, bytes: &[u8]) -> Result<(), DeviceError> {
        self.put_value(shelf, key, seal::seal(shelf, key, bytes)?.into()).await
    }

    pub(super) async fn put_value(&self, shelf: Shelf, key: &str, value: JsValue) -> Result<(), DeviceError> {
        self.0.object_store(shelf.name())?.put(value).with_key(key.to_owned()).primitive()?.await?;
        Ok(())
    }

    pub(super) async fn raw_value(&self, shelf: Shelf, key: &str) -> Result<Option<JsValue>, DeviceError> {
        self.value(shelf, key).await
    }

    /// As they lie there, whoever's they are.
    pub async fn raw_values(&self, shelf: Shelf) -> Result<Vec<(String, Kept)>, DeviceError> {
        let keys = self.keys(shelf).await?;
        let values = self.values_in(shelf, everything()).await?;
        Ok(keys.into_iter().zip(values.into_iter().map(Kept::of)).collect())
    }

    pub async fn delete(&self, shelf: Shelf, key: &str) -> Result<(), DeviceError> {
        self.0.object_store(shelf.name())?.delete(key.to_owned()).primitive()?.await?;
        Ok(())
    }

    pub async fn clear(&self, shelf: Shelf) -> Result<(), DeviceError> {
        self.0.object_store(shelf.name())?.clear()?.await?;
        Ok(())
    }
}

/// Records that this version understands, and what else there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known<R> {
    pub known: Vec<R>,
    /// Bodies that wait for a newer version of the app.
    pub newer: Vec<Value>,
}

impl<R> Default for Known<R> {
    fn default() -> Self {
        Self { known: vec![], newer: vec![] }
    }
}

fn body(stored: StoredRecord<Value>) -> Value {
    stored.body
}

fn everything() -> KeyRange<String> {
    KeyRange::LowerBound(String::new(), false)
}

fn of_kind(kind: RecordKind) -> KeyRange<String> {
    let (from, to) = sync::keys_of(kind);
    KeyRange::Bound(from, false, to, true)
}

fn understood<R: SyncRecord>(text: &str) -> Result<R, DeviceError> {
    match parse::<StoredRecord<R>>(text) {
        Ok(stored) => stored.understood().ok_or(DeviceError::NewerRecord),
        // A word of a later version, as long as it is an envelope's body at all.
        Err(error) => Err(parse::<StoredRecord<Value>>(text).map_or(error, |_| DeviceError::NewerRecord)),
    }
}

/// Says once where a record lies that cannot be read.
fn damaged(shelf: Shelf, key: String) {
    if DAMAGED.with_borrow_mut(|damaged| damaged.insert((shelf, key))) {
        engine::note("record", shelf.name(), 0, clock::now());
    }
}

fn parse<T: DeserializeOwned>(text: &str) -> Result<T, DeviceError> {
    serde_json::from_str(text).map_err(|error| DeviceError::Unreadable(error.to_string()))
}

thread_local! {
    static HANDLE: RefCell<Option<Database>> = const { RefCell::new(None) };
    static BLOCKED: OnceCell<ArcRwSignal<bool>> = const { OnceCell::new() };
    static DAMAGED: RefCell<BTreeSet<(Shelf, String)>> = const { RefCell::new(BTreeSet::new()) };
}

/// Runs a reading transaction.
pub async fn read<T>(
    shelves: &[Shelf],
    work: impl AsyncFnOnce(&Tx<'_>) -> Result<T, DeviceError>,
) -> Result<T, DeviceError> {
    transact(shelves, TransactionMode::Readonly, work).await
}

/// Runs a writing transaction: durable when it returns `Ok`, without a trace when it does not.
pub async fn write<T>(
    shelves: &[Shelf],
    work: impl AsyncFnOnce(&Tx<'_>) -> Result<T, DeviceError>,
) -> Result<T, DeviceError> {
    transact(shelves, TransactionMode::Readwrite, work).await
}

async fn transact<T>(
    shelves: &[Shelf],
    mode: TransactionMode,
    work: impl AsyncFnOnce(&Tx<'_>) -> Result<T, DeviceError>,
) -> Result<T, DeviceError> {
    let names: Vec<&str> = shelves.iter().map(|shelf| shelf.name()).collect();
    let _waiting = Waiting::begin();
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

/// Closes the database under whoever uses it, as browsers do when memory is short. For tests.
#[doc(hidden)]
pub async fn close_underneath() {
    if let Some(db) = HANDLE.with_borrow(Clone::clone) {
        db.close();
    }
}

async fn handle() -> Result<Database, DeviceError> {
    if let Some(db) = HANDLE.with_borrow(Clone::clone) {
        return Ok(db);
    }
    let opening = Box::pin(schema::open(|| blocked_signal().set(true)));
    // Another tab that is in the way may take its time: the screen says so.
    let opened = patience::answer(opening, || blocked_signal().get_untracked()).await;
    if blocked_signal().get_untracked() {
        blocked_signal().set(false);
    }
    let db = opened?.map_err(open_failed)?;
    HANDLE.with_borrow_mut(|handle| *handle = Some(db.clone()));
    spawn_local(give_way(db.clone()));
    Ok(db)
}

/// A newer version of the app in another tab wants to change the stores: it gets its way, and this tab opens anew, or
/// hears that the data is newer than itself.
async fn give_way(db: Database) {
    let Ok(mut versions) = db.version_changes() else { return };
    if versions.recv().await.is_some() {
        db.close();
    }
    HANDLE.with_borrow_mut(Option::take);
}

fn blocked_signal() -> ArcRwSignal<bool> {
    BLOCKED.with(|cell| cell.get_or_init(|| ArcRwSignal::new(false)).clone())
}

/// Whether opening waits for another tab, of an earlier version, to be closed.
pub fn blocked() -> ArcReadSignal<bool> {
    blocked_signal().read_only()
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
