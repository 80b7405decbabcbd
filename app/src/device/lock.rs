//! # Unlocking the phone
//!
//! A person's data key is made on the phone and never leaves it. It is kept wrapped (AES-256-GCM) by a key that the
//! browser derives from the person's PIN (PBKDF2, SHA-256), and wrong PINs are slowed ([`pin`]). Six digits keep the next
//! person who holds the phone out, not a laboratory: whoever copies the phone's storage can try them all in days.
//!
//! So that a day's work needs one PIN, the data key is also kept wrapped by a browser key that cannot be taken out
//! (`extractable: false`), for [`STAYS_OPEN`] after the PIN or until somebody locks.

mod crypto;
mod remembered;

use super::{
    DeviceError,
    changes::{self, Topic},
    clock, db, engine, seal, session,
};
use chrono::{DateTime, Duration, Utc};
use domain::{
    device::{
        Shelf,
        pin::Guesses,
        queue::{PhotoRecord, Queued},
    },
    id::PersonId,
    photo::{hex, unhex},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{cell::OnceCell, collections::BTreeMap};

/// A working day.
const STAYS_OPEN: Duration = Duration::hours(12);

/// About half a second on a cheap phone.
const ROUNDS: u32 = 600_000;

/// Whether the browser can do it: on pages without https it cannot.
pub fn can_encrypt() -> bool {
    crypto::subtle().is_ok()
}

/// How it stands with the person who is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lock {
    /// Not looked yet.
    #[default]
    Unknown,
    /// No PIN was set on this phone.
    New,
    Closed,
    Open,
}

/// The data key, wrapped by the PIN.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Wrapped {
    /// Hexadecimal, as is `key`.
    salt: String,
    rounds: u32,
    key: String,
    #[serde(default)]
    guesses: Guesses,
}

thread_local! {
    static LOCK: OnceCell<ArcRwSignal<Lock>> = const { OnceCell::new() };
}

fn signal() -> ArcRwSignal<Lock> {
    LOCK.with(|cell| cell.get_or_init(|| ArcRwSignal::new(Lock::Unknown)).clone())
}

pub fn state() -> ArcReadSignal<Lock> {
    signal().read_only()
}

/// Looks how it stands, and opens by what stays open for the day.
pub async fn look() -> Result<(), DeviceError> {
    let Some(me) = session::owner() else {
        close();
        return Ok(());
    };
    if seal::owner() == Some(me) {
        signal().set(Lock::Open);
        return Ok(());
    }
    let (wrapped, stays) = db::read(&[Shelf::Keys], async |tx| {
        let wrapped: Option<Wrapped> = tx.get(Shelf::Keys, &me.to_string()).await?;
        Ok((wrapped, tx.raw_value(Shelf::Keys, &stays_key(me)).await?))
    })
    .await?;
    if wrapped.is_none() {
        signal().set(Lock::New);
        return Ok(());
    }
    let opened = match stays {
        Some(stays) => crypto::Stays::of(&stays).open(clock::now()).await,
        None => None,
    };
    match opened {
        Some(key) => opens(me, &key).await,
        None => {
            signal().set(Lock::Closed);
            Ok(())
        }
    }
}

fn stays_key(me: PersonId) -> String {
    format!("{me}/open")
}

/// Sets the first PIN; the phone is unlocked afterwards.
pub async fn set_pin(digits: &str) -> Result<(), DeviceError> {
    let me = session::owner().ok_or(DeviceError::WrongPassword)?;
    let (key, salt): ([u8; 32], [u8; 16]) = (clock::random(), clock::random());
    let wrapping = crypto::of_pin(digits, &salt, ROUNDS).await?;
    let wrapped = Wrapped {
        salt: hex(&salt),
        rounds: ROUNDS,
        key: hex(&crypto::wrap(&wrapping, &key).await?),
        guesses: Guesses::default(),
    };
    keep(me, &wrapped).await?;
    remembered::set(me);
    stay_open(me, &key).await?;
    opens(me, &key).await
}

/// Whether there was a PIN here once, and the browser has cleared it away with everything else.
pub fn was_cleared() -> bool {
    signal().get_untracked() == Lock::New && session::owner().is_some_and(remembered::is)
}

/// With the right PIN. A wrong one counts, and after some of them the next is not heard before a while has passed.
pub async fn unlock(digits: &str) -> Result<(), DeviceError> {
    let me = session::owner().ok_or(DeviceError::WrongPassword)?;
    let wrapped: Option<Wrapped> =
        db::read(&[Shelf::Keys], async |tx| tx.get(Shelf::Keys, &me.to_string()).await).await?;
    let wrapped = wrapped.ok_or(DeviceError::Locked)?;
    if wrapped.guesses.wait_until(clock::now()).is_some() {
        return Err(DeviceError::TooManyTries);
    }
    // Counted before it is judged: closing the page in between does not help.
    let counted = Wrapped { guesses: wrapped.guesses.wrong(clock::now()), ..wrapped.clone() };
    keep(me, &counted).await?;
    let salt = unhex(&wrapped.salt).unwrap_or_default();
    let wrapping = crypto::of_pin(digits, &salt, wrapped.rounds).await?;
    let key = crypto::unwrap(&wrapping, &unhex(&wrapped.key).unwrap_or_default())
        .await
        .ok_or(DeviceError::WrongPin)?;
    keep(me, &Wrapped { guesses: Guesses::default(), ..wrapped }).await?;
    stay_open(me, &key).await?;
    opens(me, &key).await
}

/// When the next PIN is heard, where wrong ones have made it wait.
pub async fn waits_until() -> Result<Option<DateTime<Utc>>, DeviceError> {
    let Some(me) = session::owner() else { return Ok(None) };
    let wrapped: Option<Wrapped> =
        db::read(&[Shelf::Keys], async |tx| tx.get(Shelf::Keys, &me.to_string()).await).await?;
    Ok(wrapped.and_then(|wrapped| wrapped.guesses.wait_until(clock::now())))
}

/// Locks at once; the next look needs the PIN.
pub async fn lock() -> Result<(), DeviceError> {
    if let Some(me) = session::owner() {
        db::write(&[Shelf::Keys], async |tx| tx.delete(Shelf::Keys, &stays_key(me)).await).await?;
    }
    close();
    Ok(())
}

fn close() {
    seal::lock();
    signal().set(if session::owner().is_some() { Lock::Closed } else { Lock::Unknown });
}

/// What a person who has forgotten the PIN would lose: unfinished inspections, and things that were not sent.
pub async fn would_be_lost() -> Result<(usize, usize), DeviceError> {
    let Some(me) = session::owner() else { return Ok((0, 0)) };
    db::read(&[Shelf::Drafts, Shelf::Outbox], async |tx| {
        let drafts = tx.raw_values(Shelf::Drafts).await?;
        let drafts = drafts.iter().filter(|(_, kept)| kept.owner() == Some(me)).count();
        let queued: Vec<Queued> = tx.all(Shelf::Outbox).await?;
        let mut parcels: Vec<_> =
            queued.iter().filter(|queued| queued.owner == me).map(|queued| queued.parcel).collect();
        parcels.sort();
        parcels.dedup();
        Ok((drafts, parcels.len()))
    })
    .await
}

/// Throws away what nobody can read any more, so that a new PIN can be set. The caller has asked.
pub async fn forget() -> Result<(), DeviceError> {
    let me = session::owner().ok_or(DeviceError::WrongPassword)?;
    db::write(&Shelf::ALL, async |tx| {
        for shelf in Shelf::ALL.into_iter().filter(|shelf| shelf.is_private()) {
            for (key, kept) in tx.raw_values(shelf).await? {
                if kept.owner() == Some(me) {
                    tx.delete(shelf, &key).await?;
                }
            }
        }
        for queued in tx.all::<Queued>(Shelf::Outbox).await?.iter().filter(|queued| queued.owner == me) {
            tx.carry_out(&queued.remove()).await?;
        }
        session::clear_records(tx).await?;
        tx.delete(Shelf::Keys, &stays_key(me)).await?;
        tx.delete(Shelf::Keys, &me.to_string()).await
    })
    .await?;
    remembered::forget();
    seal::lock();
    signal().set(Lock::New);
    for topic in [Topic::Records, Topic::Drafts, Topic::Outbox, Topic::Photos] {
        changes::announce(topic);
    }
    Ok(())
}

async fn keep(me: PersonId, wrapped: &Wrapped) -> Result<(), DeviceError> {
    db::write(&[Shelf::Keys], async |tx| tx.put(Shelf::Keys, &me.to_string(), wrapped).await).await
}

async fn stay_open(me: PersonId, key: &[u8; 32]) -> Result<(), DeviceError> {
    let stays = crypto::Stays::made(key, clock::now() + STAYS_OPEN).await?;
    db::write(&[Shelf::Keys], async |tx| tx.put_value(Shelf::Keys, &stays_key(me), stays.value()).await).await
}

async fn opens(me: PersonId, key: &[u8; 32]) -> Result<(), DeviceError> {
    seal::unlock(me, key);
    seal_what_is_open(me).await?;
    signal().set(Lock::Open);
    for topic in [Topic::Records, Topic::Drafts, Topic::Outbox, Topic::Photos] {
        changes::announce(topic);
    }
    engine::kick();
    Ok(())
}

/// What a version that did not encrypt has left of this person's, a record at a time.
async fn seal_what_is_open(me: PersonId) -> Result<(), DeviceError> {
    let private = || Shelf::ALL.into_iter().filter(|shelf| shelf.is_private());
    let shelves: Vec<_> = private().chain([Shelf::Outbox]).collect();
    let blobs = db::write(&shelves, async |tx| {
        let queued: Vec<Queued> = tx.all(Shelf::Outbox).await?;
        let numbers: BTreeMap<_, _> = queued.iter().map(|queued| (queued.key(), queued.owner)).collect();
        let mut blobs = vec![];
        for shelf in private() {
            for (key, kept) in tx.raw_values(shelf).await? {
                match kept {
                    db::Kept::Text(text) => {
                        let owner = match shelf {
                            Shelf::Operations => numbers.get(&key).copied(),
                            _ => owner_of(&text).or(Some(me)),
                        };
                        if owner == Some(me) {
                            tx.put_text(shelf, &key, &text).await?;
                        }
                    }
                    db::Kept::Blob(_) => blobs.push((shelf, key, kept)),
                    _ => {}
                }
            }
        }
        let photos: Vec<PhotoRecord> = tx.all(Shelf::Photos).await?;
        let mine = |key: &String| {
            photos.iter().any(|photo| photo.facts.by == me && photo.facts.hash.as_str() == key)
        };
        blobs.retain(|(shelf, key, _)| *shelf == Shelf::Thumbnails || mine(key));
        Ok(blobs)
    })
    .await?;
    for (shelf, key, kept) in blobs {
        if let Some(bytes) = kept.bytes(shelf, &key).await? {
            db::write(&[shelf], async |tx| tx.put_bytes(shelf, &key, &bytes).await).await?;
        }
    }
    Ok(())
}

/// Of a record that says so itself.
fn owner_of(text: &str) -> Option<PersonId> {
    let record: Value = serde_json::from_str(text).ok()?;
    let owner = record.get("owner").or_else(|| record.pointer("/facts/by"))?;
    owner.as_str()?.parse().ok()
}
