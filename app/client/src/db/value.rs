//! How a value lies in the database.

use crate::device::{DeviceError, seal};
use domain::{device::Shelf, id::PersonId};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};

#[derive(Debug, Clone)]
pub enum Kept {
    /// Nobody's secret.
    Text(String),
    Sealed(Vec<u8>),
    /// What only the browser can read.
    Other(JsValue),
}

impl Kept {
    /// Whose it is; none where nothing says so.
    pub fn owner(&self) -> Option<PersonId> {
        match self {
            Self::Sealed(sealed) => seal::owner_of(sealed),
            Self::Text(_) | Self::Other(_) => None,
        }
    }

    /// Not sealed by anybody else.
    pub fn is_mine(&self) -> bool {
        self.owner().is_none_or(|owner| seal::owner() == Some(owner))
    }

    pub(super) fn of(value: JsValue) -> Self {
        if let Some(text) = value.as_string() {
            return Self::Text(text);
        }
        match value.dyn_into::<Uint8Array>() {
            Ok(bytes) => Self::Sealed(bytes.to_vec()),
            Err(value) => Self::Other(value),
        }
    }

    /// None where it is another person's.
    pub(super) fn text(self, shelf: Shelf, key: &str) -> Result<Option<String>, DeviceError> {
        match self {
            // Nobody can have sealed it, so nobody can tell whose it is.
            Self::Text(_) if shelf.seals(key) => Err(DeviceError::Unreadable("in the clear".to_owned())),
            Self::Text(text) => Ok(Some(text)),
            Self::Sealed(sealed) => {
                let Some(bytes) = seal::open(shelf, key, &sealed)? else { return Ok(None) };
                String::from_utf8(bytes).map(Some).map_err(|error| DeviceError::Unreadable(error.to_string()))
            }
            Self::Other(_) => Ok(None),
        }
    }

    pub fn bytes(self, shelf: Shelf, key: &str) -> Result<Option<Vec<u8>>, DeviceError> {
        match self {
            Self::Sealed(sealed) => seal::open(shelf, key, &sealed),
            Self::Text(_) | Self::Other(_) => Ok(None),
        }
    }
}
