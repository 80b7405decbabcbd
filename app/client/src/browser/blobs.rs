//! Bytes of the browser's, and of this program's.

use crate::DeviceError;
use js_sys::{Array, Uint8Array};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

pub(super) async fn bytes(blob: &Blob) -> Result<Vec<u8>, DeviceError> {
    let buffer = JsFuture::from(blob.array_buffer()).await.map_err(|_| DeviceError::PhotoUnreadable)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

pub(super) fn blob(bytes: &[u8]) -> Result<Blob, DeviceError> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    Blob::new_with_u8_array_sequence(&parts).map_err(|_| DeviceError::PhotoUnreadable)
}
