//! # The office's side
//!
//! A newcomer's path: [`http`] (the router, a table of contents) → [`sync`] (what happens to an operation) →
//! [`storage`] and [`blobs`] (the two seams) → [`pages`] (what people see on the desk).

pub mod blobs;
pub mod storage;
