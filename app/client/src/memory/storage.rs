//! A database in memory. Its calls are done as soon as they are made, so no two transactions are ever under way at once.

use crate::{
    DeviceError,
    platform::{Database, KeyRange, Mode, Storage, StoredValue, Transaction},
};
use domain::device::StoreName;
use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet, VecDeque},
    rc::Rc,
};

type Values = BTreeMap<(StoreName, String), StoredValue>;

#[derive(Clone, Default)]
pub struct MemoryStorage(Rc<Inner>);

#[derive(Default)]
struct Inner {
    values: RefCell<Values>,
    /// What goes wrong with the writes to come.
    faults: RefCell<VecDeque<DeviceError>>,
}

impl MemoryStorage {
    /// The next transaction that writes fails when it is committed, and leaves no trace.
    pub fn fail_next_write(&self, error: DeviceError) {
        self.0.faults.borrow_mut().push_back(error);
    }

    /// As it lies there, for whoever finds the phone.
    pub fn value(&self, store: StoreName, key: &str) -> Option<StoredValue> {
        self.0.values.borrow().get(&(store, key.to_owned())).cloned()
    }

    /// Damages what lies there, or puts something there that nobody wrote.
    pub fn put(&self, store: StoreName, key: &str, value: StoredValue) {
        self.0.values.borrow_mut().insert((store, key.to_owned()), value);
    }

    /// Takes everything away, as browsers do when room is short.
    pub fn clear(&self) {
        self.0.values.borrow_mut().clear();
    }
}

impl Storage for MemoryStorage {
    type Database = MemoryDatabase;

    async fn open(&self, _blocked: impl FnOnce() + 'static) -> Result<MemoryDatabase, DeviceError> {
        Ok(MemoryDatabase { storage: self.clone(), closed: Rc::default() })
    }
}

#[derive(Clone)]
pub struct MemoryDatabase {
    storage: MemoryStorage,
    closed: Rc<Cell<bool>>,
}

impl Database for MemoryDatabase {
    type Transaction<'a> = MemoryTransaction<'a>;

    fn begin(&self, stores: &[StoreName], mode: Mode) -> Result<MemoryTransaction<'_>, DeviceError> {
        if self.closed.get() {
            return Err(DeviceError::StorageClosed("closed".to_owned()));
        }
        Ok(MemoryTransaction {
            storage: &self.storage,
            stores: stores.iter().copied().collect(),
            mode,
            cleared: RefCell::default(),
            changed: RefCell::default(),
        })
    }

    fn close(self) {
        self.closed.set(true);
    }

    async fn given_up(self) {
        std::future::pending::<()>().await;
    }
}

pub struct MemoryTransaction<'a> {
    storage: &'a MemoryStorage,
    stores: BTreeSet<StoreName>,
    mode: Mode,
    cleared: RefCell<BTreeSet<StoreName>>,
    /// Put, or deleted.
    changed: RefCell<BTreeMap<(StoreName, String), Option<StoredValue>>>,
}

impl MemoryTransaction<'_> {
    /// Whoever begins a transaction says what it touches, and whether it writes.
    fn may(&self, store: StoreName, mode: Mode) -> Result<(), DeviceError> {
        if self.stores.contains(&store) && (mode == Mode::Read || self.mode == Mode::Write) {
            Ok(())
        } else {
            Err(DeviceError::StorageClosed(format!("not of this transaction: {}", store.name())))
        }
    }

    /// As it will be.
    fn entries(
        &self,
        store: StoreName,
        range: &KeyRange,
    ) -> Result<BTreeMap<String, StoredValue>, DeviceError> {
        self.may(store, Mode::Read)?;
        let is_in = |key: &str| match range {
            KeyRange::All => true,
            KeyRange::Between(from, to) => (from.as_str()..to.as_str()).contains(&key),
        };
        let mut entries = BTreeMap::new();
        if !self.cleared.borrow().contains(&store) {
            let values = self.storage.0.values.borrow();
            let here = values.iter().filter(|((of, key), _)| *of == store && is_in(key));
            entries.extend(here.map(|((_, key), value)| (key.clone(), value.clone())));
        }
        for ((of, key), value) in self.changed.borrow().iter() {
            if *of == store && is_in(key) {
                match value {
                    Some(value) => drop(entries.insert(key.clone(), value.clone())),
                    None => drop(entries.remove(key)),
                }
            }
        }
        Ok(entries)
    }

    fn change(&self, store: StoreName, key: &str, value: Option<StoredValue>) -> Result<(), DeviceError> {
        self.may(store, Mode::Write)?;
        self.changed.borrow_mut().insert((store, key.to_owned()), value);
        Ok(())
    }
}

impl Transaction for MemoryTransaction<'_> {
    async fn get(&self, store: StoreName, key: &str) -> Result<Option<StoredValue>, DeviceError> {
        self.may(store, Mode::Read)?;
        let place = (store, key.to_owned());
        if let Some(changed) = self.changed.borrow().get(&place) {
            return Ok(changed.clone());
        }
        let is_cleared = self.cleared.borrow().contains(&store);
        Ok(self.storage.value(store, key).filter(|_| !is_cleared))
    }

    async fn keys(&self, store: StoreName, range: &KeyRange) -> Result<Vec<String>, DeviceError> {
        Ok(self.entries(store, range)?.into_keys().collect())
    }

    async fn values(&self, store: StoreName, range: &KeyRange) -> Result<Vec<StoredValue>, DeviceError> {
        Ok(self.entries(store, range)?.into_values().collect())
    }

    async fn put(&self, store: StoreName, key: &str, value: StoredValue) -> Result<(), DeviceError> {
        self.change(store, key, Some(value))
    }

    async fn put_all(&self, values: Vec<(StoreName, String, StoredValue)>) -> Result<(), DeviceError> {
        values.into_iter().try_for_each(|(store, key, value)| self.change(store, &key, Some(value)))
    }

    async fn delete(&self, store: StoreName, key: &str) -> Result<(), DeviceError> {
        self.change(store, key, None)
    }

    async fn clear(&self, store: StoreName) -> Result<(), DeviceError> {
        self.may(store, Mode::Write)?;
        self.cleared.borrow_mut().insert(store);
        self.changed.borrow_mut().retain(|(of, _), _| *of != store);
        Ok(())
    }

    async fn commit(self) -> Result<(), DeviceError> {
        if self.mode == Mode::Write
            && let Some(error) = self.storage.0.faults.borrow_mut().pop_front()
        {
            return Err(error);
        }
        let cleared = self.cleared.into_inner();
        let mut values = self.storage.0.values.borrow_mut();
        values.retain(|(of, _), _| !cleared.contains(of));
        for (place, value) in self.changed.into_inner() {
            match value {
                Some(value) => drop(values.insert(place, value)),
                None => drop(values.remove(&place)),
            }
        }
        Ok(())
    }
}
