//! # The office's side
//!
//! A newcomer's path: [`cli`] (what the binary can do) → [`startup`] (from a folder to a server that answers) → [`http`]
//! and [`pages`] (the routers, tables of contents) → [`sync`] (what happens to an operation) → [`storage`] and [`blobs`]
//! (the two seams).

pub mod archive;
pub mod backend;
pub mod blobs;
pub mod catalogue;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod disk;
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
mod pinyin;
pub mod secrets;
pub mod service;
pub mod session;
pub mod sight;
pub mod sign_in_limit;
pub mod signing;
pub mod startup;
pub mod state;
pub mod storage;
pub mod sync;
pub mod telemetry;
pub mod uploads;
pub mod verify;
