//! # What lies on the phone is unreadable without its owner
//!
//! Each person has a data key; what is private is encrypted with it by AES-256-GCM, bound to its place, and marked with
//! its owner, so that another person's records are passed over without being read. The key itself is kept wrapped
//! ([`lock`](crate::lock)); here it lies in memory for as long as the phone is unlocked.
//!
//! The browser's own WebCrypto cannot be used for records: it answers later, and a transaction of the database that waits
//! for anything but the database is over.

use crate::{DeviceError, clock::Clock};
use aes_gcm::{
    Aes256Gcm, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use domain::{device::StoreName, id::PersonId};
use std::{cell::RefCell, rc::Rc};
use uuid::Uuid;

/// The first byte of what is encrypted.
const FORM: u8 = 1;
const OWNER: usize = 1;
const NONCE: usize = OWNER + 16;
const CIPHERTEXT: usize = NONCE + 12;

struct Unlocked {
    owner: PersonId,
    cipher: Aes256Gcm,
}

pub struct Encryption {
    clock: Rc<Clock>,
    unlocked: RefCell<Option<Unlocked>>,
}

impl Encryption {
    pub(crate) fn new(clock: Rc<Clock>) -> Self {
        Self { clock, unlocked: RefCell::default() }
    }

    /// From now on this person's records can be read and written.
    pub(crate) fn unlock(&self, owner: PersonId, key: &[u8; 32]) {
        let cipher = Aes256Gcm::new(key.into());
        self.unlocked.replace(Some(Unlocked { owner, cipher }));
    }

    pub(crate) fn lock(&self) {
        self.unlocked.replace(None);
    }

    /// Whose records can be read now.
    pub fn owner(&self) -> Option<PersonId> {
        self.unlocked.borrow().as_ref().map(|unlocked| unlocked.owner)
    }

    /// Ready to be stored. Fails while the phone is locked.
    pub(crate) fn seal(&self, store: StoreName, key: &str, plain: &[u8]) -> Result<Vec<u8>, DeviceError> {
        let unlocked = self.unlocked.borrow();
        let Unlocked { owner, cipher } = unlocked.as_ref().ok_or(DeviceError::Locked)?;
        let nonce: [u8; 12] = self.clock.random();
        let place = place(store, key);
        let payload = Payload { msg: plain, aad: place.as_bytes() };
        let sealed = cipher.encrypt(&Nonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| DeviceError::Unreadable("cannot be sealed".to_owned()))?;
        Ok([&[FORM], owner.0.as_bytes().as_slice(), &nonce, &sealed].concat())
    }

    /// None where it is another person's. Fails while the phone is locked, and where it was damaged or moved.
    pub(crate) fn open(
        &self,
        store: StoreName,
        key: &str,
        sealed: &[u8],
    ) -> Result<Option<Vec<u8>>, DeviceError> {
        let damaged = || DeviceError::Unreadable(format!("sealed {} {key}", store.name()));
        let unlocked = self.unlocked.borrow();
        let Unlocked { owner, cipher } = unlocked.as_ref().ok_or(DeviceError::Locked)?;
        if owner_of(sealed).ok_or_else(damaged)? != *owner {
            return Ok(None);
        }
        let (nonce, ciphertext) = sealed
            .get(NONCE..)
            .and_then(|rest| rest.split_at_checked(CIPHERTEXT - NONCE))
            .ok_or_else(damaged)?;
        let nonce: [u8; 12] = nonce.try_into().map_err(|_| damaged())?;
        let place = place(store, key);
        let payload = Payload { msg: ciphertext, aad: place.as_bytes() };
        cipher.decrypt(&Nonce::from(nonce), payload).map(Some).map_err(|_| damaged())
    }

    /// The same for a text that lies outside the database, where only texts can lie.
    pub(crate) fn seal_text(&self, key: &str, text: &str) -> Result<String, DeviceError> {
        Ok(hex::encode(self.seal(StoreName::Drafts, key, text.as_bytes())?))
    }

    /// None where there is nothing that can be read.
    pub(crate) fn open_text(&self, key: &str, sealed: &str) -> Option<String> {
        let plain = self.open(StoreName::Drafts, key, &hex::decode(sealed).ok()?).ok()??;
        String::from_utf8(plain).ok()
    }
}

/// Whose it is, which is no secret.
pub(crate) fn owner_of(sealed: &[u8]) -> Option<PersonId> {
    let owner = sealed.get(OWNER..NONCE).filter(|_| sealed.first() == Some(&FORM))?;
    Uuid::from_slice(owner).ok().map(PersonId)
}

/// What lies in one place cannot be passed off as lying in another.
fn place(store: StoreName, key: &str) -> String {
    format!("{}/{key}", store.name())
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::memory::Host;

    #[test]
    fn what_is_sealed_opens_in_its_place_and_for_its_owner_only() {
        let encryption = Encryption::new(Rc::new(Clock::new(Host::default().runtime)));
        let (me, other) = (PersonId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(2)));
        assert_eq!(encryption.seal(StoreName::Drafts, "a", b"text"), Err(DeviceError::Locked));
        encryption.unlock(me, &[7; 32]);
        let sealed = encryption.seal(StoreName::Drafts, "a", b"text").unwrap();
        assert_eq!(owner_of(&sealed), Some(me));
        assert_eq!(encryption.open(StoreName::Drafts, "a", &sealed), Ok(Some(b"text".to_vec())));
        for (store, key) in [(StoreName::Drafts, "b"), (StoreName::Photos, "a")] {
            assert!(matches!(encryption.open(store, key, &sealed), Err(DeviceError::Unreadable(_))));
        }
        let mut damaged = sealed.clone();
        *damaged.last_mut().unwrap() ^= 1;
        assert!(matches!(encryption.open(StoreName::Drafts, "a", &damaged), Err(DeviceError::Unreadable(_))));
        encryption.unlock(other, &[8; 32]);
        assert_eq!(
            encryption.open(StoreName::Drafts, "a", &sealed),
            Ok(None),
            "another person's is passed over"
        );
        encryption.lock();
        assert_eq!(encryption.open(StoreName::Drafts, "a", &sealed), Err(DeviceError::Locked));
    }
}
