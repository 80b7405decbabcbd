//! What is shown to prove something, and what is kept of it: whoever reads the store learns none.

use crate::storage::TokenHash;
use sha2::{Digest, Sha256};

/// What the store keeps of a session's token, a phone's half or a recovery code.
pub fn hash(token: &str) -> TokenHash {
    TokenHash(Sha256::digest(token.as_bytes()).into())
}
