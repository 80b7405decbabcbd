//! Passwords: argon2id, a few at a time, off the threads that answer requests.

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier},
};
use std::sync::Arc;
use thiserror::Error;
use tokio::{sync::Semaphore, task::spawn_blocking};

/// OWASP's recommendation for argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;

/// Hashes at the same time: as many as there are cores on a small machine, so that a storm of sign-ins costs at most
/// their memory.
const AT_ONCE: usize = 2;

#[derive(Debug, Clone)]
pub struct Passwords {
    turns: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

#[derive(Debug, Error)]
pub enum PasswordError {
    #[error("hashing failed: {0}")]
    Hash(String),
    #[error("the task ended: {0}")]
    Task(#[from] tokio::task::JoinError),
}

fn hasher() -> Result<Argon2<'static>, PasswordError> {
    let params =
        Params::new(MEMORY_KIB, PASSES, 1, None).map_err(|error| PasswordError::Hash(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// A PHC string; blocks for some tens of milliseconds.
pub fn hash(password: &str) -> Result<String, PasswordError> {
    let salt: [u8; 16] = rand::random();
    let hash = hasher()?.hash_password_with_salt(password.as_bytes(), &salt);
    Ok(hash.map_err(|error| PasswordError::Hash(error.to_string()))?.to_string())
}

/// Verifies against nothing in the time that verifying takes, so that an unknown account answers like a known one.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5LWlzLWhlcmU$DkBPgw8sTZ8ThDCpOmcOXlOAIyXDbmLvHSiHZNmLZZU";

/// A key of 32 bytes out of words that somebody remembers; blocks as long as [`hash`] does.
fn stretched(words: &str, salt: &[u8]) -> Result<[u8; 32], PasswordError> {
    let mut key = [0; 32];
    let done = hasher()?.hash_password_into(words.as_bytes(), salt, &mut key);
    done.map_err(|error| PasswordError::Hash(error.to_string()))?;
    Ok(key)
}

impl Passwords {
    /// A key that only these words make with this salt.
    pub async fn key(&self, words: String, salt: Vec<u8>) -> Result<[u8; 32], PasswordError> {
        let _turn = self.turns.acquire().await;
        spawn_blocking(move || stretched(&words, &salt)).await?
    }

    pub async fn hash(&self, password: String) -> Result<String, PasswordError> {
        let _turn = self.turns.acquire().await;
        spawn_blocking(move || hash(&password)).await?
    }

    /// Whether the password fits the account's hash; without an account, false after the same work.
    pub async fn verify(
        &self,
        password: String,
        account_hash: Option<String>,
    ) -> Result<bool, PasswordError> {
        let _turn = self.turns.acquire().await;
        spawn_blocking(move || {
            let known = account_hash.is_some();
            let hash = account_hash.unwrap_or_else(|| NOBODY.to_owned());
            Ok(hasher()?.verify_password(password.as_bytes(), hash.as_str()).is_ok() && known)
        })
        .await?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_of_a_known_account_fits() {
        let passwords = Passwords::default();
        let hash = passwords.hash("安全第一2026".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(passwords.verify("安全第一2026".into(), Some(hash.clone())).await.unwrap());
        assert!(!passwords.verify("安全第一".into(), Some(hash)).await.unwrap());
        assert!(!passwords.verify("安全第一2026".into(), None).await.unwrap());
    }

    #[test]
    fn the_hash_of_nobody_is_a_real_one() {
        let parsed = argon2::password_hash::phc::PasswordHash::new(NOBODY);
        assert!(parsed.is_ok(), "a hash that does not parse would answer too fast: {parsed:?}");
    }
}
