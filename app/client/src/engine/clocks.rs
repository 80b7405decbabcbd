//! What the server told of its time, kept for as long as there is no signal.

use crate::{Device, DeviceError, db};
use chrono::{DateTime, Utc};
use domain::device::{StoreName, key, skew};

/// The server has told its time; `asked` and `answered` by this clock. Written down with the rest of the answer.
pub(super) fn compare(
    device: &Device,
    server: DateTime<Utc>,
    asked: DateTime<Utc>,
    answered: DateTime<Utc>,
) -> skew::Compared {
    let both = skew::Clock::compared(server, asked, answered);
    device.clock.compared.set(Some(both));
    both
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
