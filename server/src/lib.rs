//! # The office's side
//!
//! A newcomer's path: [`cli`] (what the binary can do) → [`startup`] (from a folder to a server that answers) → [`http`]
//! and [`pages`] (the routers, tables of contents) → [`sync`] (what happens to an operation) → [`storage`], a crate of its
//! own (the two seams: records, and photo [`blobs`]).

pub mod archive;
pub mod backend;
pub mod catalogue;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod export;
pub mod http;
pub mod import;
pub mod integrity;
pub mod jobs;
pub mod listen;
pub mod metrics;
pub mod pages;
pub mod password;
mod picture;
pub mod secrets;
pub mod service;
pub mod session;
pub mod sight;
pub mod sign_in_limit;
pub mod signing;
pub mod startup;
pub mod state;
pub mod sync;
pub mod telemetry;
pub mod uploads;
pub mod verify;

pub use ::storage;
pub use ::storage::{blobs, disk};
