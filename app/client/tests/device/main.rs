//! A phone without a screen, in memory, and the office that it speaks to.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod bundle;
mod drafts;
mod engine;
mod lock;
mod office;
mod photos;
mod records;
mod sign_in;
mod storage;
mod support;
mod thumbnails;
mod uploads;
