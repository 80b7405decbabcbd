//! # What lies on the phone is unreadable without its owner
//!
//! Each person has a data key; what is private is encrypted with it by AES-256-GCM, bound to its place, and marked with
//! its owner, so that another person's records are passed over without being read. The key itself is kept wrapped
//! ([`lock`](super::lock)); here it lies in memory for as long as the phone is unlocked.
//!
//! The browser's own WebCrypto cannot be used for records: it answers later, and a transaction of the database that waits
//! for anything but the database is over.

use super::DeviceError;
use aes_gcm::{
    Aes256Gcm, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use domain::{device::Shelf, id::PersonId};
use js_sys::Uint8Array;
use std::cell::RefCell;
use uuid::Uuid;

/// The first byte of what is sealed.
const FORM: u8 = 1;
const OWNER: usize = 1;
const NONCE: usize = OWNER + 16;
const CIPHERTEXT: usize = NONCE + 12;

struct Unlocked {
    owner: PersonId,
    cipher: Aes256Gcm,
}

thread_local! {
    static UNLOCKED: RefCell<Option<Unlocked>> = const { RefCell::new(None) };
}

/// From now on this person's records can be read and written.
pub(super) fn unlock(owner: PersonId, key: &[u8; 32]) {
    let cipher = Aes256Gcm::new(key.into());
    UNLOCKED.with_borrow_mut(|unlocked| *unlocked = Some(Unlocked { owner, cipher }));
}

pub(super) fn lock() {
    UNLOCKED.with_borrow_mut(|unlocked| *unlocked = None);
}

/// Whose records can be read now.
pub fn owner() -> Option<PersonId> {
    UNLOCKED.with_borrow(|unlocked| unlocked.as_ref().map(|unlocked| unlocked.owner))
}

/// Ready to be stored. Fails while the phone is locked.
pub(super) fn seal(shelf: Shelf, key: &str, plain: &[u8]) -> Result<Uint8Array, DeviceError> {
    UNLOCKED.with_borrow(|unlocked| {
        let Unlocked { owner, cipher } = unlocked.as_ref().ok_or(DeviceError::Locked)?;
        let nonce: [u8; 12] = super::clock::random();
        let place = place(shelf, key);
        let payload = Payload { msg: plain, aad: place.as_bytes() };
        let sealed = cipher.encrypt(&Nonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| DeviceError::Unreadable("cannot be sealed".to_owned()))?;
        let whole = [&[FORM], owner.0.as_bytes().as_slice(), &nonce, &sealed].concat();
        Ok(Uint8Array::from(whole.as_slice()))
    })
}

/// None where it is another person's. Fails while the phone is locked, and where it was damaged or moved.
pub(super) fn open(shelf: Shelf, key: &str, sealed: &[u8]) -> Result<Option<Vec<u8>>, DeviceError> {
    let damaged = || DeviceError::Unreadable(format!("sealed {} {key}", shelf.name()));
    UNLOCKED.with_borrow(|unlocked| {
        let Unlocked { owner, cipher } = unlocked.as_ref().ok_or(DeviceError::Locked)?;
        if owner_of(sealed).ok_or_else(damaged)? != *owner {
            return Ok(None);
        }
        let (nonce, ciphertext) = sealed
            .get(NONCE..)
            .and_then(|rest| rest.split_at_checked(CIPHERTEXT - NONCE))
            .ok_or_else(damaged)?;
        let nonce: [u8; 12] = nonce.try_into().map_err(|_| damaged())?;
        let place = place(shelf, key);
        let payload = Payload { msg: ciphertext, aad: place.as_bytes() };
        cipher.decrypt(&Nonce::from(nonce), payload).map(Some).map_err(|_| damaged())
    })
}

/// The same for a text that lies outside the database, where only texts can lie.
pub(super) fn seal_text(key: &str, text: &str) -> Result<String, DeviceError> {
    Ok(hex::encode(seal(Shelf::Drafts, key, text.as_bytes())?.to_vec()))
}

/// None where there is nothing that can be read.
pub(super) fn open_text(key: &str, sealed: &str) -> Option<String> {
    let plain = open(Shelf::Drafts, key, &hex::decode(sealed).ok()?).ok()??;
    String::from_utf8(plain).ok()
}

/// Whose it is, which is no secret.
pub(super) fn owner_of(sealed: &[u8]) -> Option<PersonId> {
    let owner = sealed.get(OWNER..NONCE).filter(|_| sealed.first() == Some(&FORM))?;
    Uuid::from_slice(owner).ok().map(PersonId)
}

/// What lies in one place cannot be passed off as lying in another.
fn place(shelf: Shelf, key: &str) -> String {
    format!("{}/{key}", shelf.name())
}
