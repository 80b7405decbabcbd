//! What a phone keeps, in memory: the same stores as the real one's database, written a decision at a time.

use domain::{
    device::{StoreName, Write, is_dropped},
    photo::PhotoHash,
};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

#[derive(Debug, Clone, Default)]
pub struct Device {
    stores: BTreeMap<(StoreName, String), String>,
    pub bytes: BTreeMap<PhotoHash, Vec<u8>>,
}

impl Device {
    pub fn get<T: DeserializeOwned>(&self, store: StoreName, key: &str) -> Option<T> {
        self.stores.get(&(store, key.to_owned())).map(|text| serde_json::from_str(text).unwrap())
    }

    /// In the order of their keys.
    pub fn all<T: DeserializeOwned>(&self, store: StoreName) -> Vec<T> {
        self.texts(store).map(|(_, text)| serde_json::from_str(text).unwrap()).collect()
    }

    pub fn texts(&self, store: StoreName) -> impl Iterator<Item = (&str, &str)> {
        let on = move |((on, _), _): &(&(StoreName, String), &String)| *on == store;
        self.stores.iter().filter(on).map(|((_, key), text)| (key.as_str(), text.as_str()))
    }

    pub fn carry_out(&mut self, writes: &[Write]) {
        for write in writes {
            match write {
                Write::Put { store, key, text } => {
                    self.stores.insert((*store, key.clone()), text.clone());
                }
                Write::Delete { store, key } => {
                    self.stores.remove(&(*store, key.clone()));
                }
                Write::RetainOnly { keep } => {
                    self.stores.retain(|(on, key), _| *on != StoreName::Records || !is_dropped(key, keep));
                }
            }
        }
    }
}
