//! # The office's program
//!
//! A newcomer's path: [`cli`] (what the binary can do) → [`startup`] (from a folder to a server that answers) → [`http`]
//! and [`pages`] (the routers, tables of contents) → [`service`], a crate of its own (what is done, however it is asked) →
//! [`storage`], another (the two seams: records, and photo [`blobs`]).

pub mod cli;
pub mod config;
pub mod demo;
pub mod http;
pub mod listen;
pub mod pages;
pub mod session;
pub mod startup;
pub mod state;
pub mod telemetry;

pub use ::service;
pub use ::service::{
    archive, blobs, catalogue, clock, disk, export, import, integrity, jobs, metrics, photo_access, secrets,
    sign_in_limit, signing, storage, sync, uploads, verify,
};
