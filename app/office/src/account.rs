//! Signing in and out, one's devices.

#[cfg(feature = "ssr")]
pub mod destination;
pub mod devices;
pub mod factor;
pub mod password;
mod refused;
pub mod set_up;
pub mod sign_in;
mod why;
