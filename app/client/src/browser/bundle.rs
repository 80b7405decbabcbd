//! Unsent work as a file of the browser's. Its photos are handed over one by one: all of them at once may be more than this
//! program's memory holds.

use crate::{
    Device, DeviceError,
    bundle::{self, Came, Packed},
};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File};

/// The file and its name; none where nothing waits and nothing is unfinished.
pub async fn pack(device: &Device) -> Result<Option<(Blob, String)>, DeviceError> {
    let parts = Array::new();
    let packed = bundle::pack(device, |photo| {
        parts.push(&Uint8Array::from(photo.as_slice()));
    })
    .await?;
    let Some(Packed { name, head }) = packed else { return Ok(None) };
    parts.unshift(&JsValue::from_str(&head));
    let blob = Blob::new_with_blob_sequence(&parts);
    let blob = blob.map_err(|_| DeviceError::Unreadable("file of unsent work".to_owned()))?;
    Ok(Some((blob, name)))
}

/// Only the same person's work comes in: another's goes to the office.
pub async fn unpack(device: &Device, file: &File) -> Result<Came, DeviceError> {
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|_| DeviceError::NotABundle)?;
    bundle::unpack(device, &Uint8Array::new(&buffer).to_vec()).await
}
