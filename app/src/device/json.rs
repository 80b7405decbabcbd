//! One way to read JSON, because each way is compiled again for every type that is read.
//!
//! serde reads tagged enums and flattened fields (the sync contract is full of both) by gathering them first and reading
//! what was gathered, with a deserializer of its own. So every type would be compiled twice: once for JSON, once for what
//! was gathered. Here all of it is gathered, and the phone's program, which an inspector waits for, holds one reader.

use super::local;
use serde::{Deserialize, de::DeserializeOwned};

pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
    let text = format!(r#"{{"it":{text}}}"#);
    serde_json::from_str::<Gathered<T>>(&text).map(|Gathered { whole: Whole { it } }| it)
}

/// From local storage.
pub fn stored<T: DeserializeOwned>(key: &str) -> Option<T> {
    read(&local::get(key)?).ok()
}

#[derive(Deserialize)]
#[serde(bound = "T: DeserializeOwned")]
struct Gathered<T> {
    #[serde(flatten)]
    whole: Whole<T>,
}

#[derive(Deserialize)]
#[serde(bound = "T: DeserializeOwned")]
struct Whole<T> {
    it: T,
}
