//! What the server told of its time, kept for as long as there is no signal.

use crate::{Device, DeviceError, db};
use chrono::{DateTime, Utc};
use domain::device::{StoreName, key, skew};

/// The server has told its time; `asked` by this clock.
pub(super) async fn compare(
    device: &Device,
    server: DateTime<Utc>,
    asked: DateTime<Utc>,
) -> Result<(), DeviceError> {
    let both = skew::Clock::compared(server, asked, device.clock.now());
    device.clock.compared.set(Some(both));
    db::write(&device.db, &[StoreName::Meta], async |tx| tx.put(StoreName::Meta, key::CLOCKS, &both).await)
        .await
}

/// What was told last, before there is signal.
pub(super) async fn recall(device: &Device) -> Result<(), DeviceError> {
    let known =
        db::read(&device.db, &[StoreName::Meta], async |tx| tx.get(StoreName::Meta, key::CLOCKS).await)
            .await?;
    if device.clock.compared.get().is_none() {
        device.clock.compared.set(known);
    }
    Ok(())
}
