//! A sign-out that the server has not heard of: remembered, and the first thing that is sent when signal is back.

use crate::{Device, DeviceError, http, platform::Settings as _};
use domain::device::failure::Failure;

const OWED: &str = "owed";

pub fn owes(device: &Device) -> bool {
    device.settings.get(OWED).is_some()
}

pub(super) fn owe(device: &Device) {
    device.settings.set(OWED, "1");
}

/// Ends the session that was left. One that has ended by itself is paid for, too.
pub(crate) async fn pay(device: &Device) -> Result<(), DeviceError> {
    match http::sign_out(device).await {
        Err(
            failure @ (Failure::NoAnswer
            | Failure::RetryAfter { .. }
            | Failure::Server { .. }
            | Failure::Unwritable),
        ) => Err(failure.into()),
        Ok(()) | Err(Failure::SignIn | Failure::Refused { .. } | Failure::Conflict | Failure::Gone) => {
            device.settings.remove(OWED);
            Ok(())
        }
    }
}
