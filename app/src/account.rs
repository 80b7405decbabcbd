//! Signing in and out, one's devices.

pub mod sign_in;
