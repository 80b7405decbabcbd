//! How a value lies in the database.

use crate::device::{DeviceError, seal};
use domain::{device::Shelf, id::PersonId};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

#[derive(Debug, Clone)]
pub enum Kept {
    /// Nobody's secret, or of a version that did not encrypt.
    Text(String),
    Sealed(Vec<u8>),
    /// A picture of a version that did not encrypt.
    Blob(web_sys::Blob),
    /// What only the browser can read.
    Other(JsValue),
}

impl Kept {
    /// Whose it is; none where nothing says so.
    pub fn owner(&self) -> Option<PersonId> {
        match self {
            Self::Sealed(sealed) => seal::owner_of(sealed),
            _ => None,
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
            Err(value) => value.dyn_into().map_or_else(Self::Other, Self::Blob),
        }
    }

    /// None where it is another person's.
    pub(super) fn text(self, shelf: Shelf, key: &str) -> Result<Option<String>, DeviceError> {
        match self {
            Self::Text(text) => Ok(Some(text)),
            Self::Sealed(sealed) => {
                let Some(bytes) = seal::open(shelf, key, &sealed)? else { return Ok(None) };
                String::from_utf8(bytes).map(Some).map_err(|error| DeviceError::Unreadable(error.to_string()))
            }
            Self::Blob(_) | Self::Other(_) => Ok(None),
        }
    }

    /// Outside a transaction: a Blob is read by the browser.
    pub async fn bytes(self, shelf: Shelf, key: &str) -> Result<Option<Vec<u8>>, DeviceError> {
        match self {
            Self::Sealed(sealed) => seal::open(shelf, key, &sealed),
            Self::Blob(blob) => {
                let read = JsFuture::from(blob.array_buffer()).await;
                Ok(read.ok().map(|buffer| Uint8Array::new(&buffer).to_vec()))
            }
            Self::Text(_) | Self::Other(_) => Ok(None),
        }
    }
}
