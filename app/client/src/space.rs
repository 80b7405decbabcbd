//! Room on the phone.

use super::{DeviceError, clock, db, local};
use domain::device::Shelf;
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Space {
    pub used: u64,
    pub free: u64,
    /// The browser has promised not to clear it.
    pub persistent: bool,
}

impl Space {
    /// Below this a photo may be lost: say so before it is taken.
    pub const LOW: u64 = 200 * 1024 * 1024;
}

/// None where the browser does not tell.
pub async fn measure() -> Option<Space> {
    let storage = manager()?;
    let estimate = JsFuture::from(storage.estimate().ok()?).await.ok()?;
    let figure = |name: &str| Reflect::get(&estimate, &JsValue::from_str(name)).ok()?.as_f64();
    let (used, quota) = (figure("usage")?, figure("quota")?);
    let persistent = JsFuture::from(storage.persisted().ok()?).await.ok()?.is_truthy();
    Some(Space { used: used as u64, free: (quota - used).max(0.0) as u64, persistent })
}

/// Whether this browser keeps anything at all, found out by trying: private windows and the browsers inside other apps
/// look like any other.
pub async fn try_out() -> Result<(), DeviceError> {
    const PROBE: &str = "probe";
    let written = clock::now();
    db::write(&[Shelf::Meta], async |tx| tx.put(Shelf::Meta, PROBE, &written).await).await?;
    let read = db::read(&[Shelf::Meta], async |tx| tx.get(Shelf::Meta, PROBE).await).await?;
    if read != Some(written) {
        return Err(DeviceError::CannotKeep);
    }
    if !local::is_possible() {
        return Err(DeviceError::NoLocalStorage);
    }
    if !super::lock::can_encrypt() {
        return Err(DeviceError::NoCrypto);
    }
    Ok(())
}

/// Asks the browser to keep the data for good; some ask the person.
pub async fn ask_to_persist() -> bool {
    let Some(promise) = manager().and_then(|storage| storage.persist().ok()) else { return false };
    JsFuture::from(promise).await.is_ok_and(|granted| granted.is_truthy())
}

/// Absent on plain-http pages.
fn manager() -> Option<web_sys::StorageManager> {
    let navigator = leptos::prelude::window().navigator();
    Reflect::get(&navigator, &JsValue::from_str("storage")).ok()?.dyn_into().ok()
}
