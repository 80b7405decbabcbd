//! # The phone's database
//!
//! One database, a store to a store, keys that are strings, records that are JSON. All access goes through [`read`] and
//! [`write()`]: one call is one transaction, committed when its closure succeeds and rolled back when it fails or is dropped.
//! Inside it only the database may be awaited; any other `await` would let the browser commit what stands there so far.
//! That is also why what is private is encrypted here ([`encryption`](crate::encryption)), in the transaction, and not by the
//! browser.
//!
//! Browsers close the database when memory is short. A transaction that cannot begin therefore drops the handle, opens
//! anew and tries once more.

mod patience;
mod records;
mod transaction;
mod value;

pub use records::Known;

use crate::{
    DeviceError, Watched,
    clock::Clock,
    encryption::Encryption,
    host,
    log::Log,
    platform::{
        Database as _, KeyRange, Mode, Opaque, Runtime as _, Storage as _, StoredValue, Transaction as _,
    },
};
use domain::{
    device::{StoreName, Unwritable, Write, is_dropped},
    id::PersonId,
    json,
};
use futures::future::try_join;
use patience::Patience;
use serde::{Serialize, de::DeserializeOwned};
use std::{cell::RefCell, collections::BTreeSet, mem, rc::Rc};

/// The database of a device, opened when it is first asked for.
pub struct Db {
    storage: host::Storage,
    runtime: host::Runtime,
    clock: Rc<Clock>,
    encryption: Rc<Encryption>,
    log: Rc<Log>,
    handle: Rc<RefCell<Option<host::Database>>>,
    patience: Rc<Patience>,
    /// Whether opening waits for another tab, of an earlier version, to be closed.
    pub blocked: Watched<bool>,
    /// What could not be read, each said once.
    damaged: RefCell<BTreeSet<(StoreName, String)>>,
}

/// A transaction under way.
pub struct Tx<'a> {
    tx: host::Transaction<'a>,
    db: &'a Db,
}

impl std::fmt::Debug for Tx<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tx")
    }
}

impl Tx<'_> {
    /// Whose records it can read.
    pub(crate) fn reader(&self) -> Option<PersonId> {
        self.db.encryption.owner()
    }

    /// None too where it is another person's.
    pub async fn get<T: DeserializeOwned>(
        &self,
        store: StoreName,
        key: &str,
    ) -> Result<Option<T>, DeviceError> {
        self.text(store, key).await?.map(|text| parse(&text)).transpose()
    }

    /// The same where one that cannot be read must not stop what is done with all others: it is passed over, and stays where it is.
    pub async fn readable<T: DeserializeOwned>(
        &self,
        store: StoreName,
        key: &str,
    ) -> Result<Option<T>, DeviceError> {
        match self.get(store, key).await {
            Err(DeviceError::Unreadable(_)) => {
                self.db.damaged(store, key.to_owned());
                Ok(None)
            }
            read => read,
        }
    }

    /// What a value says that was taken from there. None where it is another person's.
    pub fn read<T: DeserializeOwned>(
        &self,
        store: StoreName,
        key: &str,
        kept: StoredValue,
    ) -> Result<Option<T>, DeviceError> {
        kept.text(&self.db.encryption, store, key)?.map(|text| parse(&text)).transpose()
    }

    /// In the order of their keys, without those of other people. One that cannot be read is passed over, so that it
    /// does not hide the others; it stays where it is.
    pub async fn all<T: DeserializeOwned>(&self, store: StoreName) -> Result<Vec<T>, DeviceError> {
        let mut records = vec![];
        for (key, text) in self.texts(store).await? {
            match parse(&text) {
                Ok(record) => records.push(record),
                Err(_) => self.db.damaged(store, key),
            }
        }
        Ok(records)
    }

    /// The same where every one of them can be read; else none.
    pub async fn all_or_none<T: DeserializeOwned>(
        &self,
        store: StoreName,
    ) -> Result<Option<Vec<T>>, DeviceError> {
        let mut records = vec![];
        for (key, kept) in self.raw_values(store).await? {
            if kept.is_mine(&self.db.encryption) {
                let Ok(Some(text)) = kept.text(&self.db.encryption, store, &key) else { return Ok(None) };
                let Ok(record) = parse(&text) else { return Ok(None) };
                records.push(record);
            }
        }
        Ok(Some(records))
    }

    pub async fn keys(&self, store: StoreName) -> Result<Vec<String>, DeviceError> {
        self.tx.keys(store, &KeyRange::All).await
    }

    pub async fn put<T: Serialize>(
        &self,
        store: StoreName,
        key: &str,
        record: &T,
    ) -> Result<(), DeviceError> {
        let value = self.sealed(store, key, record)?;
        self.put_value(store, key, value).await
    }

    /// A record as it will lie there.
    pub fn sealed<T: Serialize>(
        &self,
        store: StoreName,
        key: &str,
        record: &T,
    ) -> Result<StoredValue, DeviceError> {
        let text = serde_json::to_string(record).map_err(Unwritable::from)?;
        self.seal_text(store, key, &text)
    }

    /// What a decision of `domain` comes to, in its order. What is put one after the other is waited for together: a first
    /// pull brings hundreds of records.
    pub async fn carry_out(&self, writes: &[Write]) -> Result<(), DeviceError> {
        let mut puts = vec![];
        for write in writes {
            if let Write::Put { store, key, text } = write {
                puts.push((*store, key.clone(), self.seal_text(*store, key, text)?));
                continue;
            }
            self.tx.put_all(mem::take(&mut puts)).await?;
            match write {
                Write::Put { .. } => {}
                Write::Delete { store, key } => self.delete(*store, key).await?,
                Write::RetainOnly { keep } => {
                    for key in self.keys(StoreName::Records).await? {
                        if is_dropped(&key, keep) {
                            self.delete(StoreName::Records, &key).await?;
                        }
                    }
                }
            }
        }
        self.tx.put_all(puts).await
    }

    // What does not depend on the record's type is compiled once.

    /// As it lies there, decrypted.
    pub async fn text(&self, store: StoreName, key: &str) -> Result<Option<String>, DeviceError> {
        let kept = self.kept(store, key).await?;
        kept.map_or(Ok(None), |kept| kept.text(&self.db.encryption, store, key))
    }

    /// With their keys.
    pub async fn texts(&self, store: StoreName) -> Result<Vec<(String, String)>, DeviceError> {
        self.texts_in(store, &KeyRange::All).await
    }

    async fn texts_in(
        &self,
        store: StoreName,
        range: &KeyRange,
    ) -> Result<Vec<(String, String)>, DeviceError> {
        let mut texts = vec![];
        for (key, kept) in self.entries(store, range).await? {
            match kept.text(&self.db.encryption, store, &key) {
                Ok(text) => texts.extend(text.map(|text| (key, text))),
                Err(DeviceError::Unreadable(_)) => self.db.damaged(store, key),
                Err(error) => return Err(error),
            }
        }
        Ok(texts)
    }

    /// As it lies there: the bytes of a picture, for instance.
    pub async fn kept(&self, store: StoreName, key: &str) -> Result<Option<StoredValue>, DeviceError> {
        self.tx.get(store, key).await
    }

    fn seal_text(&self, store: StoreName, key: &str, text: &str) -> Result<StoredValue, DeviceError> {
        Ok(if store.seals(key) {
            StoredValue::Sealed(self.db.encryption.seal(store, key, text.as_bytes())?)
        } else {
            StoredValue::Text(text.to_owned())
        })
    }

    pub async fn put_text(&self, store: StoreName, key: &str, text: &str) -> Result<(), DeviceError> {
        self.put_value(store, key, self.seal_text(store, key, text)?).await
    }

    /// As it is.
    pub async fn put_value(
        &self,
        store: StoreName,
        key: &str,
        value: StoredValue,
    ) -> Result<(), DeviceError> {
        self.tx.put(store, key, value).await
    }

    pub async fn put_bytes(&self, store: StoreName, key: &str, bytes: &[u8]) -> Result<(), DeviceError> {
        let sealed = self.db.encryption.seal(store, key, bytes)?;
        self.tx.put(store, key, StoredValue::Sealed(sealed)).await
    }

    pub(crate) async fn put_opaque(
        &self,
        store: StoreName,
        key: &str,
        value: Opaque,
    ) -> Result<(), DeviceError> {
        self.tx.put(store, key, StoredValue::Opaque(value)).await
    }

    /// The stored values as they are, of every owner.
    pub async fn raw_values(&self, store: StoreName) -> Result<Vec<(String, StoredValue)>, DeviceError> {
        self.entries(store, &KeyRange::All).await
    }

    /// Keys and values are asked for together: each question by itself is a way to the browser and back.
    async fn entries(
        &self,
        store: StoreName,
        range: &KeyRange,
    ) -> Result<Vec<(String, StoredValue)>, DeviceError> {
        let (keys, values) = try_join(self.tx.keys(store, range), self.tx.values(store, range)).await?;
        Ok(keys.into_iter().zip(values).collect())
    }

    pub async fn delete(&self, store: StoreName, key: &str) -> Result<(), DeviceError> {
        self.tx.delete(store, key).await
    }

    pub async fn clear(&self, store: StoreName) -> Result<(), DeviceError> {
        self.tx.clear(store).await
    }
}

fn parse<T: DeserializeOwned>(text: &str) -> Result<T, DeviceError> {
    json::read(text).map_err(|error| DeviceError::Unreadable(error.to_string()))
}

/// Runs a reading transaction.
pub fn read<T>(
    db: &Db,
    stores: &[StoreName],
    work: impl AsyncFnOnce(&Tx<'_>) -> Result<T, DeviceError>,
) -> impl Future<Output = Result<T, DeviceError>> {
    db.transact(stores, Mode::Read, work)
}

/// Runs a writing transaction: durable when it returns `Ok`, without a trace when it does not.
pub fn write<T>(
    db: &Db,
    stores: &[StoreName],
    work: impl AsyncFnOnce(&Tx<'_>) -> Result<T, DeviceError>,
) -> impl Future<Output = Result<T, DeviceError>> {
    db.transact(stores, Mode::Write, work)
}

impl Db {
    pub(crate) fn new(
        storage: host::Storage,
        runtime: host::Runtime,
        clock: Rc<Clock>,
        encryption: Rc<Encryption>,
        log: Rc<Log>,
    ) -> Self {
        Self {
            storage,
            patience: Rc::new(Patience::new(runtime.clone())),
            runtime,
            clock,
            encryption,
            log,
            handle: Rc::default(),
            blocked: Watched::new(false),
            damaged: RefCell::default(),
        }
    }

    /// Closes the database while it is in use, as browsers do when memory is short. For tests.
    #[doc(hidden)]
    pub fn close_underneath(&self) {
        let handle = self.handle.borrow().clone();
        if let Some(handle) = handle {
            handle.close();
        }
    }

    async fn handle(&self) -> Result<host::Database, DeviceError> {
        if let Some(handle) = self.handle.borrow().clone() {
            return Ok(handle);
        }
        let blocked = self.blocked.clone();
        let opening = Box::pin(self.storage.open(move || blocked.set(true)));
        // Another tab that is in the way may take its time: the screen says so.
        let opened = self.patience.answer(opening, || self.blocked.get()).await;
        self.blocked.set(false);
        let handle = opened??;
        self.handle.replace(Some(handle.clone()));
        // A newer version of the app in another tab wants to change the stores: it gets its way, and this tab opens anew, or
        // hears that the data is newer than itself.
        let (given, here) = (handle.clone(), self.handle.clone());
        self.runtime.spawn(async move {
            given.given_up().await;
            here.take();
        });
        Ok(handle)
    }

    /// Whether something has waited for the database longer than it ever should.
    pub fn slow(&self) -> &Watched<bool> {
        &self.patience.slow
    }

    /// Counts how long transactions wait, for as long as the device lives.
    pub(crate) fn watch(&self) {
        self.patience.watch();
    }

    /// Says once where a record lies that cannot be read.
    fn damaged(&self, store: StoreName, key: String) {
        if self.damaged.borrow_mut().insert((store, key)) {
            self.log.note("record", store.name(), 0, self.clock.now());
        }
    }
}
