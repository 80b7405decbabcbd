//! Who is signed in on this phone.

use super::DeviceError;
use domain::sync::SignedIn;

/// Known without network, from the last sign-in.
pub fn current() -> Option<SignedIn> {
    unimplemented!()
}

/// The only thing on the phone that needs signal: the first time, and when the session has expired.
pub async fn sign_in(username: &str, password: &str) -> Result<SignedIn, DeviceError> {
    let _ = (username, password);
    unimplemented!()
}

/// Ends the session and takes the person's records off the phone. Unsent work stays, for the same person's return;
/// the caller has warned.
pub async fn sign_out() -> Result<(), DeviceError> {
    unimplemented!()
}
