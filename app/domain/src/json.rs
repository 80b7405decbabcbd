//! One way to write JSON and one to read it: by its text.
//!
//! serde compiles each way again for every type that goes through it, and a phone's program, which an inspector waits for,
//! should hold one of each. Where a [`Value`] is wanted or there, it is made from the text, or told as text once more.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Error, Value};

/// # Errors
/// What cannot be said in JSON.
pub fn value_of<T: Serialize>(it: &T) -> Result<Value, Error> {
    serde_json::from_str(&serde_json::to_string(it)?)
}

/// # Errors
/// What is not one of these.
pub fn read_value<T: DeserializeOwned>(value: &Value) -> Result<T, Error> {
    serde_json::from_str(&value.to_string())
}
