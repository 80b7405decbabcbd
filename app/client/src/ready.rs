//! Whether this phone can be relied on without signal: found out by trying what will be needed, never by the browser's name.

pub use crate::platform::Lack;

use crate::{
    Device, DeviceError,
    platform::{Page as _, Runtime as _},
    records, space,
};
use futures::future::{Either, select};
use std::pin::pin;

const PATIENCE_MS: u32 = 10_000;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ready {
    Yes,
    /// Until the browser needs the room.
    UnlessCleared,
    /// The program is on its way.
    Fetching,
    /// The program is here, and not all of the person's records.
    FetchingRecords,
    No(Lack),
}

/// Tries everything; no wait without an end.
pub async fn look(device: &Device) -> Ready {
    match in_time(device, space::try_out(device)).await {
        Some(Ok(())) => {}
        Some(Err(error)) => return Ready::No(Lack::Storage(error)),
        None => return Ready::No(Lack::Storage(DeviceError::StorageSilent)),
    }
    match in_time(device, device.page.keeps_program()).await {
        Some(Ok(true)) => {}
        Some(Ok(false)) => return Ready::Fetching,
        Some(Err(lack)) => return Ready::No(lack),
        None => return Ready::No(Lack::NotWhole),
    }
    // A program that opens without signal is of no use before what it works with has come.
    match in_time(device, records::are_whole(device)).await {
        Some(Ok(true)) => {}
        Some(Ok(false)) => return Ready::FetchingRecords,
        Some(Err(error)) => return Ready::No(Lack::Storage(error)),
        None => return Ready::No(Lack::Storage(DeviceError::StorageSilent)),
    }
    // Where the browser does not tell, it has promised nothing.
    match space::measure(device).await {
        Some(space) if space.persistent => Ready::Yes,
        Some(_) | None => Ready::UnlessCleared,
    }
}

/// Whether the program is kept whole, so that all of it is at hand without signal.
pub async fn keeps_program(device: &Device) -> bool {
    matches!(device.page.keeps_program().await, Ok(true))
}

/// None where it takes too long.
async fn in_time<T>(device: &Device, tried: impl Future<Output = T>) -> Option<T> {
    match select(pin!(tried), pin!(device.runtime.sleep(PATIENCE_MS))).await {
        Either::Left((came, _)) => Some(came),
        Either::Right(_) => None,
    }
}
