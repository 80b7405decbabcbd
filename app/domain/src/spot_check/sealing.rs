//! Sealing what an order holds.
//!
//! The content is encrypted by AES-256-GCM under a key of its own and bound to the order, its person and its hour: what is copied into
//! another order, or under another hour, does not open. The key lies with the office; a phone holds it wrapped by the words until the
//! office gives it away.
//!
//! What is encrypted has one length, [`PLAIN`], whatever the site: were it as long as the content, a long name or many contacts
//! would tell a site from its neighbours.

use super::OrderContent;
use crate::id::{PersonId, SealedOrderId};
use aes_gcm::{
    Aes256Gcm, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;
use thiserror::Error;

/// Bytes of what is encrypted, of every order: more than a site with all of its contacts takes, and little on any line.
pub const PLAIN: usize = 32 * 1024;

/// Bytes of the length in front of the content.
const LENGTH: usize = 4;

const NONCE: usize = 12;

/// Thirty-two bytes that travel as hexadecimal digits and show themselves nowhere else.
macro_rules! hidden_bytes {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(pub [u8; 32]);

        impl From<$name> for String {
            fn from(bytes: $name) -> Self {
                hex::encode(bytes.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotOpened;

            fn try_from(text: String) -> Result<Self, NotOpened> {
                let bytes = hex::decode(text).map_err(|_| NotOpened)?;
                bytes.try_into().map(Self).map_err(|_| NotOpened)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}

hidden_bytes! {
    /// What opens one order.
    ContentKey,
    /// That somebody has the key of an order, without saying it: its SHA-256. The key is random, so that nothing else is told by it.
    KeyProof,
}

impl ContentKey {
    pub fn proof(&self) -> KeyProof {
        let mut proof = [0; 32];
        proof.copy_from_slice(&Sha256::digest([b"opened".as_slice(), &self.0].concat()));
        KeyProof(proof)
    }
}

/// What a sealed content is bound to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SealedFor {
    pub order: SealedOrderId,
    pub person: PersonId,
    pub opens_at: DateTime<Utc>,
}

impl SealedFor {
    fn bytes(&self) -> Vec<u8> {
        format!("{}|{}|{}", self.order, self.person, self.opens_at.timestamp_millis()).into_bytes()
    }
}

/// What cannot be sealed: a bug.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotSealed {
    #[error("the content is too long for an order, though all was left out that may be")]
    TooLong,
    #[error("the content cannot be written down: {0}")]
    Unwritable(String),
    #[error("the cipher failed")]
    Cipher,
}

/// Another key, another order, or damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("it does not open")]
pub struct NotOpened;

/// Base64 of nonce and ciphertext. `nonce` is drawn anew for each order.
///
/// # Errors
/// What does not fit, and what cannot be said in JSON.
pub fn seal(
    content: &OrderContent,
    to: &SealedFor,
    key: &ContentKey,
    nonce: [u8; NONCE],
) -> Result<String, NotSealed> {
    let text = fitted(content)?;
    let length = u32::try_from(text.len()).map_err(|_| NotSealed::TooLong)?;
    let mut plain = length.to_be_bytes().to_vec();
    plain.extend_from_slice(text.as_bytes());
    plain.resize(PLAIN, 0);
    let aad = to.bytes();
    let payload = Payload { msg: &plain, aad: &aad };
    let sealed = Aes256Gcm::new((&key.0).into()).encrypt(&Nonce::from(nonce), payload);
    let sealed = sealed.map_err(|_| NotSealed::Cipher)?;
    Ok(BASE64_STANDARD.encode([nonce.as_slice(), &sealed].concat()))
}

/// # Errors
/// [`NotOpened`] under any other key, and where it was sealed for anything else.
pub fn open(sealed: &str, to: &SealedFor, key: &ContentKey) -> Result<OrderContent, NotOpened> {
    let bytes = BASE64_STANDARD.decode(sealed).map_err(|_| NotOpened)?;
    let (nonce, ciphertext) = bytes.split_at_checked(NONCE).ok_or(NotOpened)?;
    let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| NotOpened)?;
    let aad = to.bytes();
    let payload = Payload { msg: ciphertext, aad: &aad };
    let plain = Aes256Gcm::new((&key.0).into()).decrypt(&Nonce::from(nonce), payload);
    let plain = plain.map_err(|_| NotOpened)?;
    let (length, rest) = plain.split_first_chunk::<LENGTH>().ok_or(NotOpened)?;
    let text = rest.get(..u32::from_be_bytes(*length) as usize).ok_or(NotOpened)?;
    let text = std::str::from_utf8(text).map_err(|_| NotOpened)?;
    crate::json::read(text).map_err(|_| NotOpened)
}

/// The content key, wrapped by the key that the words derive: nonce and ciphertext, as browsers unwrap it.
///
/// # Errors
/// [`NotSealed::Cipher`], which does not happen.
pub fn wrap(key: &ContentKey, by: &[u8; 32], nonce: [u8; NONCE]) -> Result<Vec<u8>, NotSealed> {
    let wrapped = Aes256Gcm::new(by.into()).encrypt(&Nonce::from(nonce), key.0.as_slice());
    Ok([nonce.as_slice(), &wrapped.map_err(|_| NotSealed::Cipher)?].concat())
}

/// The content as JSON that fits. What is missed least goes first: last answers, then those who can be called besides the first.
fn fitted(content: &OrderContent) -> Result<String, NotSealed> {
    let mut content = content.clone();
    loop {
        let text =
            serde_json::to_string(&content).map_err(|error| NotSealed::Unwritable(error.to_string()))?;
        if text.len() + LENGTH <= PLAIN {
            return Ok(text);
        }
        let site = &mut content.site;
        let of_party =
            |site: &mut crate::site::Site| site.party.as_mut().and_then(|party| party.people.pop()).is_some();
        let shorter = site.last_answers.pop().is_some() || of_party(site) || site.contacts.pop().is_some();
        if !shorter {
            return Err(NotSealed::TooLong);
        }
    }
}
