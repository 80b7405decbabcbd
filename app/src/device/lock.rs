//! # Unlocking the phone
//!
//! A person's data key is made on the phone and never leaves it. It is kept wrapped (AES-256-GCM) by a key that the
//! browser derives from the person's PIN (PBKDF2, SHA-256), and wrong PINs are slowed ([`pin`]). Six digits keep the next
//! person who holds the phone out, not a laboratory: whoever copies the phone's storage can try them all.
//!
//! So that a page which the camera pushes out of memory comes back without a PIN, the data key is also kept wrapped by a
//! browser key that cannot be taken out (`extractable: false`): until somebody locks, until nobody has touched the phone
//! for a while ([`idle`]), and for [`STAYS_OPEN`] at the most.

mod crypto;
mod forgotten;
mod idle;
mod remembered;

pub use forgotten::{Lost, forget, would_be_lost};
pub(super) use idle::{rested, watch};

use super::{
    DeviceError,
    changes::{self, Topic},
    clock, db, engine, photos, seal, session,
};
use chrono::{DateTime, Duration, Utc};
use domain::{
    device::{Shelf, pin::Guesses},
    id::PersonId,
};
use futures::lock::Mutex;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::{
    cell::{Cell, OnceCell},
    rc::Rc,
};

/// A working day, however busy.
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
    /// Not looked yet, or nobody is signed in.
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
    // Two that open at once are one that opens and one that finds it open.
    static TURN: Rc<Mutex<()>> = Rc::default();
    static OPEN_UNTIL: Cell<Option<DateTime<Utc>>> = const { Cell::new(None) };
}

fn signal() -> ArcRwSignal<Lock> {
    LOCK.with(|cell| cell.get_or_init(|| ArcRwSignal::new(Lock::Unknown)).clone())
}

pub fn state() -> ArcReadSignal<Lock> {
    signal().read_only()
}

fn becomes(lock: Lock) {
    if signal().get_untracked() != lock {
        signal().set(lock);
    }
}

/// Looks how it stands, and opens by what stays open for the day.
pub async fn look() -> Result<(), DeviceError> {
    let turn = TURN.with(Rc::clone);
    let _mine = turn.lock().await;
    let owner = session::owner();
    if seal::owner().is_some() && seal::owner() != owner {
        // Closed for the one before; whoever has just signed in is still known.
        let next = session::current();
        shut();
        if let Some(next) = next {
            session::becomes(&next)?;
        }
    }
    let Some(me) = owner else {
        becomes(Lock::Unknown);
        return Ok(());
    };
    if seal::owner() == Some(me) {
        becomes(Lock::Open);
        return Ok(());
    }
    let (wrapped, stays) = db::read(&[Shelf::Keys], async |tx| {
        let wrapped: Option<Wrapped> = tx.get(Shelf::Keys, &me.to_string()).await?;
        Ok((wrapped, tx.raw_value(Shelf::Keys, &stays_key(me)).await?))
    })
    .await?;
    if wrapped.is_none() {
        // The browser has cleared the key away, and with it who this is: the server knows.
        session::learn().await?;
        becomes(if session::owner().is_some() { Lock::New } else { Lock::Unknown });
        return Ok(());
    }
    let opened = match stays {
        Some(stays) if !idle::rested() => crypto::Stays::of(&stays).open(clock::now()).await,
        Some(_) | None => None,
    };
    match opened {
        Some((key, until)) => opens(me, &key, until).await,
        None => becomes(Lock::Closed),
    }
    Ok(())
}

fn stays_key(me: PersonId) -> String {
    format!("{me}/open")
}

/// Sets the first PIN; the phone is unlocked afterwards. Where there is one already, by another tab for instance, nothing
/// changes: the key that it wraps is the only one that opens what lies here.
pub async fn set_pin(digits: &str) -> Result<(), DeviceError> {
    let me = session::owner().ok_or(DeviceError::WrongPassword)?;
    let (key, salt): ([u8; 32], [u8; 16]) = (clock::random(), clock::random());
    let wrapping = crypto::of_pin(digits, &salt, ROUNDS).await?;
    let wrapped = Wrapped {
        salt: hex::encode(salt),
        rounds: ROUNDS,
        key: hex::encode(crypto::wrap(&wrapping, &key).await?),
        guesses: Guesses::default(),
    };
    let is_first = db::write(&[Shelf::Keys], async |tx| {
        let is_first = tx.raw_value(Shelf::Keys, &me.to_string()).await?.is_none();
        if is_first {
            tx.put(Shelf::Keys, &me.to_string(), &wrapped).await?;
        }
        Ok(is_first)
    })
    .await?;
    if !is_first {
        look().await?;
        return Err(DeviceError::Locked);
    }
    remembered::set(me);
    open_for_the_day(me, &key).await
}

/// Whether there was a PIN here once, and the browser has cleared it away with everything else.
pub fn was_cleared() -> bool {
    !matches!(signal().get_untracked(), Lock::Closed | Lock::Open)
        && session::owner().is_some_and(remembered::is)
}

/// With the right PIN. A wrong one counts, and after some of them the next is not heard before a while has passed.
pub async fn unlock(digits: &str) -> Result<(), DeviceError> {
    let me = session::owner().ok_or(DeviceError::WrongPassword)?;
    let wrapped: Option<Wrapped> =
        db::read(&[Shelf::Keys], async |tx| tx.get(Shelf::Keys, &me.to_string()).await).await?;
    let wrapped = wrapped.ok_or(DeviceError::Locked)?;
    if wrapped.guesses.wait_until(clock::now()).is_some() {
        keep(me, &Wrapped { guesses: wrapped.guesses.turned_away(clock::now()), ..wrapped }).await?;
        return Err(DeviceError::TooManyTries);
    }
    // Counted before it is judged: closing the page in between does not help.
    let counted = Wrapped { guesses: wrapped.guesses.wrong(clock::now()), ..wrapped.clone() };
    keep(me, &counted).await?;
    let salt = hex::decode(&wrapped.salt).unwrap_or_default();
    let wrapping = crypto::of_pin(digits, &salt, wrapped.rounds).await?;
    let key = crypto::unwrap(&wrapping, &hex::decode(&wrapped.key).unwrap_or_default())
        .await
        .ok_or(DeviceError::WrongPin)?;
    keep(me, &Wrapped { guesses: Guesses::default(), ..wrapped }).await?;
    open_for_the_day(me, &key).await
}

/// When the next PIN is heard, where wrong ones have made it wait.
pub async fn waits_until() -> Result<Option<DateTime<Utc>>, DeviceError> {
    let Some(me) = session::owner() else { return Ok(None) };
    let wrapped: Option<Wrapped> =
        db::read(&[Shelf::Keys], async |tx| tx.get(Shelf::Keys, &me.to_string()).await).await?;
    Ok(wrapped.and_then(|wrapped| wrapped.guesses.wait_until(clock::now())))
}

/// Locks at once, in all tabs; the next look needs the PIN.
pub async fn lock() -> Result<(), DeviceError> {
    end(session::owner()).await
}

/// Locks for whoever it was open.
pub(super) async fn end(person: Option<PersonId>) -> Result<(), DeviceError> {
    shut();
    becomes(if session::owner().is_some() { Lock::Closed } else { Lock::Unknown });
    if let Some(person) = person {
        db::write(&[Shelf::Keys], async |tx| tx.delete(Shelf::Keys, &stays_key(person)).await).await?;
    }
    engine::locked();
    Ok(())
}

/// Somebody else has signed in, here or in another tab, or another tab has locked: what is open closes, and whoever shows
/// something looks anew.
pub(super) fn changed_hands() {
    shut();
    becomes(Lock::Unknown);
}

/// Whether a working day has passed since the PIN; a clock set back does not make the day longer.
pub(super) fn day_is_over(now: DateTime<Utc>) -> bool {
    OPEN_UNTIL.get().is_some_and(|until| !(now..=now + STAYS_OPEN).contains(&until))
}

fn shut() {
    seal::lock();
    session::forget_who();
    idle::forget();
    OPEN_UNTIL.set(None);
    photos::forget_urls();
}

/// As a page that is thrown away does: what is kept stays, what is in memory goes. For tests.
#[doc(hidden)]
pub fn forget_key() {
    seal::lock();
    session::forget_who();
}

async fn keep(me: PersonId, wrapped: &Wrapped) -> Result<(), DeviceError> {
    db::write(&[Shelf::Keys], async |tx| tx.put(Shelf::Keys, &me.to_string(), wrapped).await).await
}

async fn open_for_the_day(me: PersonId, key: &[u8; 32]) -> Result<(), DeviceError> {
    let until = clock::now() + STAYS_OPEN;
    let stays = crypto::Stays::made(key, until).await?;
    db::write(&[Shelf::Keys], async |tx| tx.put_value(Shelf::Keys, &stays_key(me), stays.value()).await)
        .await?;
    let turn = TURN.with(Rc::clone);
    let _mine = turn.lock().await;
    opens(me, key, until).await;
    Ok(())
}

async fn opens(me: PersonId, key: &[u8; 32], until: DateTime<Utc>) {
    // Deriving a key takes a while, in which somebody else may have signed in.
    if session::owner() != Some(me) {
        return;
    }
    seal::unlock(me, key);
    idle::touched();
    session::keep_who();
    OPEN_UNTIL.set(Some(until));
    becomes(Lock::Open);
    for topic in [Topic::Records, Topic::Drafts, Topic::Outbox, Topic::Photos] {
        changes::announce(topic);
    }
    engine::kick();
}
