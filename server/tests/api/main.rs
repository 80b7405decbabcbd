//! The device API as phones meet it: over HTTP, on a real store and a real folder.

#![expect(clippy::unwrap_used, reason = "tests say what is wrong by panicking")]

mod office;
mod photos;
mod shapes;
mod sign_in;
mod sync;
mod who_may;
