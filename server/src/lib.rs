//! # The office's side
//!
//! A newcomer's path: [`http`] (the router, a table of contents) → [`sync`] (what happens to an operation) →
//! [`storage`] and [`blobs`] (the two seams).

pub mod blobs;
pub mod clock;
pub mod http;
pub mod password;
pub mod session;
pub mod sign_in_limit;
pub mod state;
pub mod storage;
pub mod sync;
pub mod telemetry;
mod thumbnail;
