//! The installation's key, which signs receipts.
//!
//! It lives in the database, so that every server of an installation signs with the same one and a restored backup goes on
//! with it. Made when the first receipt is given. A newer one takes its place within [`FRESH`]; older ones stay, so that
//! what they sealed is proven still.

use crate::storage::{Store, StoreError};
use aws_lc_rs::{
    digest::{SHA256, digest},
    signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey},
};
use chrono::{DateTime, Duration, Utc};
use domain::receipt::{Receipt, Signature};
use std::{fmt, sync::Arc};
use thiserror::Error;
use tokio::sync::Mutex;

/// Bytes of a public key.
const PUBLIC: usize = 32;

/// How long a server signs with a key before it looks whether there is a newer one.
const FRESH: Duration = Duration::seconds(30);

#[derive(Clone)]
pub struct Signer {
    store: Arc<dyn Store>,
    key: Arc<Mutex<Option<Held>>>,
}

/// A key, and when it was read.
type Held = (DateTime<Utc>, SigningKey);

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signer")
    }
}

impl Signer {
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self { store, key: Arc::default() }
    }

    /// The newest; made where there is none.
    pub async fn key(&self, now: DateTime<Utc>) -> Result<SigningKey, StoreError> {
        let mut held = self.key.lock().await;
        let fresh = held.as_ref().filter(|(read, _)| (Duration::zero()..FRESH).contains(&(now - *read)));
        if let Some((_, key)) = fresh {
            return Ok(key.clone());
        }
        let key = self.read_or_make(now).await?;
        *held = Some((now, key.clone()));
        Ok(key)
    }

    /// All that ever signed, the newest first.
    pub async fn keys(&self, now: DateTime<Utc>) -> Result<Vec<SigningKey>, StoreError> {
        self.key(now).await?;
        self.store.signing_keys().await?.iter().map(|secret| SigningKey::of(secret)).collect()
    }

    async fn read_or_make(&self, now: DateTime<Utc>) -> Result<SigningKey, StoreError> {
        if let Some(secret) = self.store.signing_key().await? {
            return SigningKey::of(&secret);
        }
        let mut tx = self.store.write().await?;
        // Another server may have been faster; writers take turns.
        if let Some(secret) = tx.signing_key().await? {
            return SigningKey::of(&secret);
        }
        let NewKey { key, secret } = SigningKey::fresh()?;
        tx.put_signing_key(&key.id, &secret, now).await?;
        tx.commit().await?;
        Ok(key)
    }
}

/// A key that is not in the store yet.
pub struct NewKey {
    pub key: SigningKey,
    /// PKCS#8
    pub secret: Vec<u8>,
}

#[derive(Clone)]
pub struct SigningKey {
    pair: Arc<Ed25519KeyPair>,
    pub id: String,
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("id", &self.id).finish_non_exhaustive()
    }
}

impl SigningKey {
    pub fn fresh() -> Result<NewKey, StoreError> {
        let unmade = |_| StoreError::Corrupt("no signing key can be made".to_owned());
        let pair = Ed25519KeyPair::generate().map_err(unmade)?;
        let secret = pair.to_pkcs8v1().map_err(unmade)?.as_ref().to_vec();
        Ok(NewKey { key: Self::of(&secret)?, secret })
    }

    pub fn of(secret: &[u8]) -> Result<Self, StoreError> {
        let pair = Ed25519KeyPair::from_pkcs8(secret);
        let pair = pair.map_err(|_| StoreError::Corrupt("the signing key is damaged".to_owned()))?;
        let id = id_of(pair.public_key().as_ref());
        Ok(Self { pair: Arc::new(pair), id })
    }

    /// The public key in hexadecimal, for checking receipts.
    pub fn public(&self) -> String {
        hex::encode(self.pair.public_key())
    }

    pub fn sign(&self, receipt: Receipt) -> Receipt {
        let signature = hex::encode(self.pair.sign(receipt.signing_input().as_bytes()));
        Receipt { signature: Some(Signature { key: self.id.clone(), value: signature }), ..receipt }
    }
}

fn id_of(public: &[u8]) -> String {
    hex::encode(digest(&SHA256, public).as_ref().get(..8).unwrap_or_default())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotProven {
    #[error("this is no public key: 64 hexadecimal digits, as `xunan receipt key` prints them")]
    NoKey,
    #[error("the receipt is not signed")]
    NotSigned,
    #[error("the receipt was signed with another key")]
    OtherKey,
    #[error("the signature does not fit: the receipt was changed, or was never given")]
    Forged,
}

/// Whether the receipt was given by whoever has one of these keys.
pub fn check_any<'a>(receipt: &Receipt, publics: impl IntoIterator<Item = &'a str>) -> Result<(), NotProven> {
    let mut why = NotProven::NoKey;
    for public in publics {
        match check(receipt, public) {
            Err(NotProven::OtherKey) if why != NotProven::NoKey => {}
            Err(because) => why = because,
            Ok(()) => return Ok(()),
        }
    }
    Err(why)
}

/// Whether the receipt was given by whoever has this key. Needs nothing but the two.
pub fn check(receipt: &Receipt, public: &str) -> Result<(), NotProven> {
    let public = hex::decode(public.trim()).ok().filter(|public| public.len() == PUBLIC);
    let public = public.ok_or(NotProven::NoKey)?;
    let seal = receipt.signature.as_ref().ok_or(NotProven::NotSigned)?;
    if seal.key != id_of(&public) {
        return Err(NotProven::OtherKey);
    }
    let signature = hex::decode(&seal.value).map_err(|_| NotProven::Forged)?;
    let key = UnparsedPublicKey::new(&ED25519, public);
    key.verify(receipt.signing_input().as_bytes(), &signature).map_err(|_| NotProven::Forged)
}
