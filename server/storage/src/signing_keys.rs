//! 签名密钥: the installation's own; the newest one signs.

use crate::Result;
use async_trait::async_trait;
use chrono::{DateTime, Utc};

/// Keys as PKCS#8.
#[async_trait]
pub trait ReadSigningKeys: Send + Sync {
    /// PKCS#8, if there is one yet.
    async fn signing_key(&self) -> Result<Option<Vec<u8>>>;
    /// All that ever signed, the newest first.
    async fn signing_keys(&self) -> Result<Vec<Vec<u8>>>;
}

/// A key where there is none, and the next one.
#[async_trait]
pub trait WriteSigningKeys: Send {
    /// The newest; a key once put never changes.
    async fn signing_key(&mut self) -> Result<Option<Vec<u8>>>;
    async fn put_signing_key(&mut self, id: &str, secret: &[u8], made_at: DateTime<Utc>) -> Result<()>;
}
