//! What a phone keeps, in memory: the same shelves as the real one's database, written a decision at a time.

use domain::{
    device::{Shelf, Write, is_swept},
    photo::PhotoHash,
};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

#[derive(Debug, Clone, Default)]
pub struct Device {
    shelves: BTreeMap<(Shelf, String), String>,
    pub bytes: BTreeMap<PhotoHash, Vec<u8>>,
}

impl Device {
    pub fn get<T: DeserializeOwned>(&self, shelf: Shelf, key: &str) -> Option<T> {
        self.shelves.get(&(shelf, key.to_owned())).map(|text| serde_json::from_str(text).unwrap())
    }

    /// In the order of their keys.
    pub fn all<T: DeserializeOwned>(&self, shelf: Shelf) -> Vec<T> {
        self.texts(shelf).map(|(_, text)| serde_json::from_str(text).unwrap()).collect()
    }

    pub fn texts(&self, shelf: Shelf) -> impl Iterator<Item = (&str, &str)> {
        let on = move |((on, _), _): &(&(Shelf, String), &String)| *on == shelf;
        self.shelves.iter().filter(on).map(|((_, key), text)| (key.as_str(), text.as_str()))
    }

    pub fn carry_out(&mut self, writes: &[Write]) {
        for write in writes {
            match write {
                Write::Put { shelf, key, text } => {
                    self.shelves.insert((*shelf, key.clone()), text.clone());
                }
                Write::Delete { shelf, key } => {
                    self.shelves.remove(&(*shelf, key.clone()));
                }
                Write::Sweep { keep } => {
                    self.shelves.retain(|(on, key), _| *on != Shelf::Records || !is_swept(key, keep));
                }
            }
        }
    }
}
