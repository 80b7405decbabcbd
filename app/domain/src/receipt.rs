//! 回执: the server's proof that it holds a thing.
//!
//! A receipt is signed with the installation's Ed25519 key over [`Receipt::signing_input`], so that whoever has it can prove,
//! without asking the server, what was received and when.

use crate::id::OperationId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Kept by the phone for as long as it keeps the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// For people: `HZ-2026-004817`; unique in the office, never reused.
    pub number: String,
    pub operation: OperationId,
    /// SHA-256 of the operation as received, hexadecimal.
    pub hash: String,
    pub at: DateTime<Utc>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Signature>,
}

/// Who signed, and the signature; both hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Signature {
    /// The beginning of the SHA-256 of the public key: which key it was, where there were several.
    pub key: String,
    /// Ed25519.
    pub value: String,
}

impl Receipt {
    /// What is signed. Times in milliseconds, so that both databases say the same.
    pub fn signing_input(&self) -> String {
        let at = self.at.timestamp_millis();
        format!("xunan receipt 1\n{}\n{}\n{}\n{at}", self.number, self.operation, self.hash)
    }
}
