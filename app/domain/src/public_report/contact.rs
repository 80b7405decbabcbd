//! A reporter's telephone number, as it is kept: sealed to two people of the office at once. What is sealed is the service's
//! business; these are the shapes.

use crate::id::{PersonId, PublicReportId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;

/// 联系方式保管人: one of the two people of an office who open numbers together. Their key is their own: it lies here sealed by
/// words that nobody but them knows.
#[derive(Clone, PartialEq, Eq)]
pub struct ContactHolder {
    pub person: PersonId,
    /// The person's name, as it was when the key was made.
    pub name: String,
    /// X25519, 32 bytes.
    pub public: Vec<u8>,
    /// The private half, sealed by the words.
    pub secret: Vec<u8>,
    /// What the words are stretched with.
    pub salt: Vec<u8>,
    pub since: DateTime<Utc>,
}

impl fmt::Debug for ContactHolder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ContactHolder").field("person", &self.person).finish_non_exhaustive()
    }
}

/// Half of what opens a number, sealed to one person's key. Bytes as hexadecimal digits.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedShare {
    pub to: PersonId,
    /// Of the key that it is sealed to: whoever made another one since cannot open it.
    pub public: String,
    pub sealed: String,
}

/// A number: opened by both shares together and by neither alone.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedContact {
    pub shares: [SealedShare; 2],
    /// AES-256-GCM, bound to the report. Of one length, whatever the number.
    pub sealed: String,
}

impl fmt::Debug for SealedContact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealedContact(…)")
    }
}

impl fmt::Debug for SealedShare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SealedShare").field("to", &self.to).finish_non_exhaustive()
    }
}

/// What the first of the two hands to the second: their share, sealed to the other's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactOpening {
    pub report: PublicReportId,
    /// Who began.
    pub by: PersonId,
    pub by_name: String,
    pub reason: String,
    pub at: DateTime<Utc>,
    pub share: SealedShare,
}
