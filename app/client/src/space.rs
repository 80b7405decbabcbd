//! Room on the phone, and whether it keeps anything.

pub use crate::platform::Space;

use crate::{
    Device, DeviceError, db, lock,
    platform::{Page as _, Settings as _},
};
use domain::device::StoreName;

/// None where the browser does not tell.
pub async fn measure(device: &Device) -> Option<Space> {
    device.page.space().await
}

/// Whether this browser keeps anything at all, found out by trying: private windows and the browsers inside other apps
/// look like any other.
pub async fn try_out(device: &Device) -> Result<(), DeviceError> {
    const PROBE: &str = "probe";
    let written = device.clock.now();
    db::write(&device.db, &[StoreName::Meta], async |tx| tx.put(StoreName::Meta, PROBE, &written).await)
        .await?;
    let read =
        db::read(&device.db, &[StoreName::Meta], async |tx| tx.get(StoreName::Meta, PROBE).await).await?;
    if read != Some(written) {
        return Err(DeviceError::CannotKeep);
    }
    let kept = device.settings.set(PROBE, PROBE) && device.settings.get(PROBE).as_deref() == Some(PROBE);
    device.settings.remove(PROBE);
    if !kept {
        return Err(DeviceError::NoLocalStorage);
    }
    if !lock::can_encrypt(device) {
        return Err(DeviceError::NoCrypto);
    }
    Ok(())
}

/// Asks the browser to keep the data for good; some ask the person.
pub async fn ask_to_persist(device: &Device) -> bool {
    device.page.ask_to_persist().await
}
