//! Records of the office: each under its kind and id, with the version of the shape that it was sent in.

use super::{Tx, parse};
use crate::{
    DeviceError,
    platform::{KeyRange, Transaction as _},
};
use domain::{
    device::StoreName,
    sync::{self, RecordKind, StoredRecord, SyncRecord},
};
use futures::future::try_join_all;
use serde_json::Value;

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

impl Tx<'_> {
    /// All of a kind that this person has, and which of them wait for a newer version of the app.
    pub async fn records<R: SyncRecord>(&self) -> Result<Known<R>, DeviceError> {
        Ok(self.sorted(self.texts_in(StoreName::Records, &of_kind(R::KIND)).await?))
    }

    /// Those of a kind that have these ids: what is not here is missing, as what cannot be read is from [`Self::records`].
    pub async fn records_of<R: SyncRecord>(
        &self,
        ids: impl IntoIterator<Item = String>,
    ) -> Result<Known<R>, DeviceError> {
        let keys = ids.into_iter().map(|id| sync::key(R::KIND, &id)).collect();
        Ok(self.sorted(self.texts_of(keys).await?))
    }

    /// Asked for together, with their keys; compiled once for whatever they are of.
    async fn texts_of(&self, keys: Vec<String>) -> Result<Vec<(String, String)>, DeviceError> {
        let asked = keys.into_iter().map(|key| async move {
            match self.text(StoreName::Records, &key).await {
                Ok(text) => Ok(text.map(|text| (key, text))),
                Err(DeviceError::Unreadable(_)) => {
                    self.db.damaged(StoreName::Records, key);
                    Ok(None)
                }
                Err(error) => Err(error),
            }
        });
        Ok(try_join_all(asked).await?.into_iter().flatten().collect())
    }

    fn sorted<R: SyncRecord>(&self, texts: Vec<(String, String)>) -> Known<R> {
        let mut known = Known::default();
        for (key, text) in texts {
            match understood(&text) {
                Ok(record) => known.known.push(record),
                Err(DeviceError::NewerRecord) => known.newer.extend(parse(&text).map(body)),
                Err(_) => self.db.damaged(StoreName::Records, key),
            }
        }
        known
    }

    /// # Errors
    /// [`DeviceError::NewerRecord`] where it is here and this version cannot know what it means.
    pub async fn record<R: SyncRecord>(&self, id: &str) -> Result<Option<R>, DeviceError> {
        let text = self.text(StoreName::Records, &sync::key(R::KIND, id)).await?;
        text.map(|text| understood(&text)).transpose()
    }

    pub async fn put_record<R: SyncRecord>(&self, record: &R) -> Result<(), DeviceError> {
        let stored = StoredRecord { schema: R::KIND.schema(), body: record };
        self.put(StoreName::Records, &sync::key(R::KIND, &record.record_id()), &stored).await
    }

    pub async fn keys_of(&self, kind: RecordKind) -> Result<Vec<String>, DeviceError> {
        self.tx.keys(StoreName::Records, &of_kind(kind)).await
    }
}

fn body(stored: StoredRecord<Value>) -> Value {
    stored.body
}

fn of_kind(kind: RecordKind) -> KeyRange {
    let (from, to) = sync::keys_of(kind);
    KeyRange::Between(from, to)
}

fn understood<R: SyncRecord>(text: &str) -> Result<R, DeviceError> {
    match parse::<StoredRecord<R>>(text) {
        Ok(stored) => stored.understood().ok_or(DeviceError::NewerRecord),
        // A word of a later version, as long as it is an envelope's body at all.
        Err(error) => Err(parse::<StoredRecord<Value>>(text).map_or(error, |_| DeviceError::NewerRecord)),
    }
}
