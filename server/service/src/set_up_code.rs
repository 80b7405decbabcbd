//! The code that is shown on the server's console for as long as there is no office.

use crate::storage::{Store, StoreError};
use rand::Rng;
use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use tokio::sync::{Mutex, MutexGuard};

/// The console's code, and whether it is good no more.
#[derive(Clone)]
pub struct SetUp {
    code: Arc<str>,
    done: Arc<AtomicBool>,
    /// One at a time.
    turn: Arc<Mutex<()>>,
}

/// Without the code.
impl fmt::Debug for SetUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SetUp").field("done", &self.done).finish_non_exhaustive()
    }
}

impl SetUp {
    /// With a code of its own: four groups of four, without letters that look alike; 80 bits.
    pub fn drawn() -> Self {
        const LETTERS: &[u8; 32] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789X";
        let mut random = [0; 16];
        rand::rng().fill_bytes(&mut random);
        let letters: Vec<char> = random
            .iter()
            .filter_map(|byte| LETTERS.get(usize::from(byte % 31)))
            .map(|l| char::from(*l))
            .collect();
        let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
        Self { code: groups.join("-").into(), done: Arc::default(), turn: Arc::default() }
    }

    /// The text for the console that says how to set the installation up.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Whether there is no office yet. Once there is one, the store is asked no more.
    pub async fn is_open(&self, store: &dyn Store) -> Result<bool, StoreError> {
        if self.done.load(Ordering::Relaxed) {
            return Ok(false);
        }
        let open = store.offices().await?.is_empty();
        if !open {
            self.done.store(true, Ordering::Relaxed);
        }
        Ok(open)
    }

    /// One at a time.
    pub(crate) async fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().await
    }

    /// However it is typed: small letters, without or with other dashes. Every letter is looked at, so that the time says
    /// nothing.
    pub(crate) fn is(&self, typed: &str) -> bool {
        let plain = |text: &str| -> Vec<char> {
            text.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_uppercase()).collect()
        };
        let (wanted, typed) = (plain(&self.code), plain(typed));
        let differing = wanted.iter().zip(&typed).filter(|(one, other)| one != other).count();
        wanted.len() == typed.len() && differing == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_long_and_read_however_it_is_typed() {
        let (one, other) = (SetUp::drawn(), SetUp::drawn());
        assert_ne!(one.code(), other.code());
        assert_eq!(one.code().len(), 19);
        assert!(one.is(&one.code().to_lowercase().replace('-', " ")));
        assert!(!one.is(other.code()) && !one.is("") && !one.is(&one.code()[..18]));
        assert!(!format!("{one:?}").contains(one.code()));
    }
}
