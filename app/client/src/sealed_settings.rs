//! What a person writes, sealed among the settings: it is kept at once, and is there when the page begins.

use crate::{Device, platform::Settings as _};
use domain::json;
use serde::{Serialize, de::DeserializeOwned};

/// None where nothing is kept under this key, and where what is cannot be read.
pub(crate) fn read<T: DeserializeOwned>(device: &Device, key: &str) -> Option<T> {
    let kept = device.settings.get(key)?;
    json::read(&device.encryption.open_text(key, &kept)?).ok()
}

/// Whether it is kept; without room what was kept before stays.
pub(crate) fn keep(device: &Device, key: &str, written: &impl Serialize) -> bool {
    let text = serde_json::to_string(written).ok();
    let sealed = text.and_then(|text| device.encryption.seal_text(key, &text).ok());
    sealed.is_some_and(|sealed| device.settings.set(key, &sealed))
}
