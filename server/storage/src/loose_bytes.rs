//! Bytes of pictures that no record names yet, or any more: what to clear of the photo storage once nobody can be about to name it.
//!
//! The bytes lie beside the records, and no commit holds both. So whoever brings some writes that down first, and crosses it out in
//! the commit that names them; whoever lets some go writes it down in the commit that does. A server that dies in between leaves a
//! row, and bytes at the most.

use crate::Result;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::photo::PhotoHash;

/// Bytes that nothing names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LooseBytes {
    pub hash: PhotoHash,
    /// Some record of some office has come to name them: they stay.
    pub named: bool,
}

/// What is written down of them.
#[async_trait]
pub trait WriteLooseBytes: Send {
    /// They are about to be stored, and named in a later commit. Where they are awaited already, from now on anew.
    async fn await_bytes(&mut self, hash: &PhotoHash, now: DateTime<Utc>) -> Result<()>;
    /// Those that have been loose for the longest, if since before then. Of any office.
    async fn loose_bytes(&mut self, before: DateTime<Utc>) -> Result<Option<LooseBytes>>;
    /// They are named, or gone.
    async fn settle_bytes(&mut self, hash: &PhotoHash) -> Result<()>;
}
