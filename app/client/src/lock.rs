//! # Unlocking the phone
//!
//! A person's data key is made on the phone and never leaves it. It is kept wrapped (AES-256-GCM) by a key that the
//! browser derives from the person's PIN (PBKDF2, SHA-256), and wrong PINs are slowed ([`domain::device::pin`]). Six digits keep the next
//! person who holds the phone out, not a laboratory: whoever copies the phone's storage can try them all.
//!
//! So that a page which the camera pushes out of memory comes back without a PIN, the data key is also kept wrapped by a
//! browser key that cannot be taken out (`extractable: false`): until somebody locks, until nobody has touched the phone
//! for a while, and for a working day at the most.

mod forgotten;
mod idle;
mod remembered;

pub use crate::state::Lock;
pub use forgotten::{Lost, forget, would_be_lost};
pub(crate) use idle::{on_page_event, rested, watch};

use crate::{
    Device, DeviceError,
    changes::Topic,
    db, drafts,
    platform::{Crypto as _, Opaque, StoredValue},
    session,
};
use chrono::{DateTime, Duration, Utc};
use domain::{
    device::{StoreName, pin::Guesses},
    id::PersonId,
};
use serde::{Deserialize, Serialize};

/// A working day, however busy.
const STAYS_OPEN: Duration = Duration::hours(12);

/// About half a second on a cheap phone.
const ROUNDS: u32 = 600_000;

/// Whether the browser can do it: on pages without https it cannot.
pub fn can_encrypt(device: &Device) -> bool {
    device.crypto.is_there()
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

/// Looks how it stands, and opens by what stays open for the day.
pub async fn look(device: &Device) -> Result<(), DeviceError> {
    let _mine = device.opening.lock().await;
    let owner = session::owner(device);
    if device.encryption.owner().is_some() && device.encryption.owner() != owner {
        // Closed for the one before; whoever has just signed in is still known.
        let next = session::current(device);
        shut(device);
        if let Some(next) = next {
            session::becomes(device, &next)?;
        }
    }
    let Some(me) = owner else {
        device.lock.set(Lock::Unknown);
        return Ok(());
    };
    if device.encryption.owner() == Some(me) {
        device.lock.set(Lock::Open);
        return Ok(());
    }
    let (wrapped, stays) = db::read(&device.db, &[StoreName::Keys], async |tx| {
        let wrapped: Option<Wrapped> = tx.get(StoreName::Keys, &me.to_string()).await?;
        Ok((wrapped, tx.kept(StoreName::Keys, &stays_key(me)).await?))
    })
    .await?;
    if wrapped.is_none() {
        // The browser has cleared the key away, and with it who this is: the server knows.
        session::learn(device).await?;
        device.lock.set(if session::owner(device).is_some() { Lock::New } else { Lock::Unknown });
        return Ok(());
    }
    let opened = match stays {
        Some(StoredValue::Opaque(stays)) if !idle::rested(device) => device.crypto.reopen(&stays).await,
        Some(_) | None => None,
    };
    match opened.filter(|(_, until)| stays_open(device.clock.now(), *until)) {
        Some((key, until)) => opens(device, me, &key, until),
        None => device.lock.set(Lock::Closed),
    }
    Ok(())
}

fn stays_key(me: PersonId) -> String {
    format!("{me}/open")
}

/// A data key, wrapped by digits that may become the PIN. It opens nothing before it is kept.
pub struct NewPin {
    key: [u8; 32],
    wrapped: Wrapped,
}

/// What a PIN costs: deriving a key from it takes a while. It can begin when the digits are there for the first time, and is done
/// by the time that they have been typed again.
pub async fn prepare_pin(device: &Device, digits: &str) -> Result<NewPin, DeviceError> {
    let (key, salt): ([u8; 32], [u8; 16]) = (device.clock.random(), device.clock.random());
    let wrapped = Wrapped {
        salt: hex::encode(salt),
        rounds: ROUNDS,
        key: hex::encode(device.crypto.wrap_key(digits, &salt, ROUNDS, &key).await?),
        guesses: Guesses::default(),
    };
    Ok(NewPin { key, wrapped })
}

/// Sets the first PIN; the phone is unlocked afterwards. Where there is one already, by another tab for instance, nothing
/// changes: the key that it wraps is the only one that opens what lies here.
pub async fn keep_pin(device: &Device, pin: NewPin) -> Result<(), DeviceError> {
    let me = session::owner(device).ok_or(DeviceError::WrongPassword)?;
    let NewPin { key, wrapped } = pin;
    let (until, stays) = stays(device, &key).await?;
    let is_first = db::write(&device.db, &[StoreName::Keys], async |tx| {
        let is_first = tx.kept(StoreName::Keys, &me.to_string()).await?.is_none();
        if is_first {
            keep_open(tx, me, &wrapped, &stays).await?;
        }
        Ok(is_first)
    })
    .await?;
    if !is_first {
        look(device).await?;
        return Err(DeviceError::Locked);
    }
    remembered::set(device, me);
    let _mine = device.opening.lock().await;
    opens(device, me, &key, until);
    Ok(())
}

/// Both at once.
pub async fn set_pin(device: &Device, digits: &str) -> Result<(), DeviceError> {
    keep_pin(device, prepare_pin(device, digits).await?).await
}

/// Whether there was a PIN here once, and the browser has cleared it away with everything else.
pub fn was_cleared(device: &Device) -> bool {
    !matches!(device.lock.get(), Lock::Closed | Lock::Open)
        && session::owner(device).is_some_and(|me| remembered::is(device, me))
}

/// With the right PIN. A wrong one counts, and after some of them the next is not heard before a while has passed.
pub async fn unlock(device: &Device, digits: &str) -> Result<(), DeviceError> {
    let me = session::owner(device).ok_or(DeviceError::WrongPassword)?;
    let now = device.clock.now();
    // Counted before it is tried: closing the page in between does not help. In one step with what stood there: tries of two tabs
    // are two.
    let counted = db::write(&device.db, &[StoreName::Keys], async |tx| {
        let kept: Option<Wrapped> = tx.get(StoreName::Keys, &me.to_string()).await?;
        let Some(wrapped) = kept else { return Ok(None) };
        let waits = wrapped.guesses.wait_until(now).is_some();
        let guesses = if waits { wrapped.guesses.turned_away(now) } else { wrapped.guesses.wrong(now) };
        tx.put(StoreName::Keys, &me.to_string(), &Wrapped { guesses, ..wrapped.clone() }).await?;
        Ok(Some((wrapped, waits)))
    })
    .await?;
    let (wrapped, waits) = counted.ok_or(DeviceError::Locked)?;
    if waits {
        return Err(DeviceError::TooManyTries);
    }
    let salt = hex::decode(&wrapped.salt).unwrap_or_default();
    let key = hex::decode(&wrapped.key).unwrap_or_default();
    let key = device.crypto.unwrap_key(digits, &salt, wrapped.rounds, &key).await?;
    let key = key.ok_or(DeviceError::WrongPin)?;
    let wrapped = Wrapped { guesses: Guesses::default(), ..wrapped };
    let (until, stays) = stays(device, &key).await?;
    let is_there = db::write(&device.db, &[StoreName::Keys], async |tx| {
        let kept: Option<Wrapped> = tx.get(StoreName::Keys, &me.to_string()).await?;
        let is_there = kept.is_some_and(|kept| kept.key == wrapped.key);
        if is_there {
            keep_open(tx, me, &wrapped, &stays).await?;
        }
        Ok(is_there)
    })
    .await?;
    // What another tab has thrown away meanwhile, because its PIN was forgotten, does not come back, least of all in the place of a
    // new one: a page may sleep while the key is derived.
    if !is_there {
        return Err(DeviceError::Locked);
    }
    let _mine = device.opening.lock().await;
    opens(device, me, &key, until);
    Ok(())
}

/// When the next PIN is heard, where wrong ones have made it wait.
pub async fn waits_until(device: &Device) -> Result<Option<DateTime<Utc>>, DeviceError> {
    let Some(me) = session::owner(device) else { return Ok(None) };
    let wrapped = wrapped_key(device, me).await?;
    Ok(wrapped.and_then(|wrapped| wrapped.guesses.wait_until(device.clock.now())))
}

async fn wrapped_key(device: &Device, me: PersonId) -> Result<Option<Wrapped>, DeviceError> {
    db::read(&device.db, &[StoreName::Keys], async |tx| tx.get(StoreName::Keys, &me.to_string()).await).await
}

/// Locks at once, in all tabs; the next look needs the PIN.
pub async fn lock(device: &Device) -> Result<(), DeviceError> {
    end(device, session::owner(device)).await
}

/// Locks the phone for the person that it was unlocked for.
pub(crate) async fn end(device: &Device, person: Option<PersonId>) -> Result<(), DeviceError> {
    shut(device);
    device.lock.set(if session::owner(device).is_some() { Lock::Closed } else { Lock::Unknown });
    if let Some(person) = person {
        let key = stays_key(person);
        db::write(&device.db, &[StoreName::Keys], async |tx| tx.delete(StoreName::Keys, &key).await).await?;
    }
    device.changes.locked();
    Ok(())
}

/// Somebody else has signed in, here or in another tab, or another tab has locked: what is open closes, and whoever shows
/// something looks anew.
pub(crate) fn session_changed(device: &Device) {
    shut(device);
    device.lock.set(Lock::Unknown);
}

/// Whether a working day has passed since the PIN; a clock set back does not make the day longer.
pub(crate) fn day_is_over(device: &Device, now: DateTime<Utc>) -> bool {
    device.open_until.get().is_some_and(|until| !stays_open(now, until))
}

/// A clock that ran ahead must not keep it open for longer.
fn stays_open(now: DateTime<Utc>, until: DateTime<Utc>) -> bool {
    (now..=now + STAYS_OPEN).contains(&until)
}

fn shut(device: &Device) {
    device.encryption.lock();
    session::forget_who(device);
    idle::forget(device);
    drafts::forget(device);
    device.open_until.set(None);
    device.changes.closed();
}

/// As a page that is thrown away does: what is kept stays, what is in memory goes. For tests.
#[doc(hidden)]
pub fn forget_key(device: &Device) {
    device.encryption.lock();
    drafts::forget(device);
    session::forget_who(device);
}

/// What opens for a working day without the PIN, and until when.
async fn stays(device: &Device, key: &[u8; 32]) -> Result<(DateTime<Utc>, Opaque), DeviceError> {
    let until = device.clock.now() + STAYS_OPEN;
    Ok((until, device.crypto.keep_open(key, until).await?))
}

/// Both wrappings of the key, or neither: each commit is a wait.
async fn keep_open(
    tx: &db::Tx<'_>,
    me: PersonId,
    wrapped: &Wrapped,
    stays: &Opaque,
) -> Result<(), DeviceError> {
    tx.put(StoreName::Keys, &me.to_string(), wrapped).await?;
    tx.put_opaque(StoreName::Keys, &stays_key(me), stays.clone()).await
}

fn opens(device: &Device, me: PersonId, key: &[u8; 32], until: DateTime<Utc>) {
    // Deriving a key takes a while, in which somebody else may have signed in.
    if session::owner(device) != Some(me) {
        return;
    }
    device.encryption.unlock(me, key);
    idle::touched(device);
    session::keep_who(device);
    device.open_until.set(Some(until));
    device.lock.set(Lock::Open);
    for topic in [Topic::Records, Topic::Drafts, Topic::Outbox, Topic::Photos] {
        device.changes.announce(topic);
    }
    device.changes.wake();
}
