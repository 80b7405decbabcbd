//! # What tests stand on
//!
//! Databases and buckets of the tests' own, made when one is asked for and gone with the process that asked: [`postgres`],
//! [`s3`]; and a [`mail`] server. Then what tests of the whole server send: a [`picture`], an [`upload`], the [`work`] of a day. A crate, so that
//! each is compiled once; it knows the storage and not the server, so that the storage is tried without it.

#![expect(clippy::unwrap_used, clippy::missing_panics_doc, reason = "tests say what is wrong by panicking")]

pub mod mail;
pub mod picture;
pub mod postgres;
pub mod s3;
pub mod upload;
pub mod work;
