//! A sign-out that the server has not heard of: remembered, and the first thing that is sent when signal is back.

use crate::device::{DeviceError, http, local};
use domain::device::failure::Failure;

const OWED: &str = "xunan.owed";

pub fn owes() -> bool {
    local::get(OWED).is_some()
}

pub(super) fn owe() {
    local::set(OWED, "1");
}

/// Ends the session that was left. One that has ended by itself is paid for, too.
pub(in crate::device) async fn pay() -> Result<(), DeviceError> {
    match http::sign_out().await {
        Err(
            failure @ (Failure::NoAnswer
            | Failure::Later { .. }
            | Failure::Server { .. }
            | Failure::Unwritable),
        ) => Err(failure.into()),
        Ok(()) | Err(Failure::SignIn | Failure::Refused { .. } | Failure::Conflict | Failure::Gone) => {
            local::remove(OWED);
            Ok(())
        }
    }
}
