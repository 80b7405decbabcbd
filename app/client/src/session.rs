//! Who is signed in on this phone.
//!
//! The session itself is a cookie that scripts cannot read. What is kept here is who it belongs to, so that everything
//! opens without signal: the person's id in the clear, because it says whose PIN opens the phone; name, role and scope
//! sealed like every other record. Records of one person are never shown to the next.

mod debt;

use super::{
    DeviceError,
    changes::{self, Topic},
    db, engine, half,
    http::{self, NotChanged},
    local, lock, seal, space,
};
use domain::{
    device::{Shelf, Write, failure::Failure, key},
    id::{OfficeId, PersonId},
    sync::{Credentials, NewPassword, SignedIn},
};
use leptos::task::spawn_local;
use std::cell::RefCell;

pub use debt::owes;
pub(super) use debt::pay;

const OWNER: &str = "xunan.owner";
const WHO: &str = "xunan.who";

/// Where records of the office lie, which the next person may not see. Unsent work stays, sealed with its owner's key, and
/// so does what is published: a draft is finished with the version of its checklist that it was begun with.
const RECORDS: [Shelf; 3] = [Shelf::Meta, Shelf::Records, Shelf::Thumbnails];

thread_local! {
    static KNOWN: RefCell<Option<SignedIn>> = const { RefCell::new(None) };
}

/// Known without network, from the last sign-in; none while the phone is locked.
pub fn current() -> Option<SignedIn> {
    let owner = owner()?;
    let known = KNOWN.with_borrow(Clone::clone).filter(|known| known.actor.person == owner);
    known.or_else(|| {
        let read: SignedIn = serde_json::from_str(&seal::open_text(WHO, &local::get(WHO)?)?).ok()?;
        let read = Some(read).filter(|read| read.actor.person == owner);
        KNOWN.set(read.clone());
        read
    })
}

/// Whose work this phone shows and sends.
pub fn owner() -> Option<PersonId> {
    local::get(OWNER)?.parse().ok()
}

/// From now on the phone is this person's. Where no PIN is set yet, who it is lasts as long as the page.
#[doc(hidden)]
pub fn becomes(signed_in: &SignedIn) -> Result<(), DeviceError> {
    local::remove(WHO);
    let kept = local::set(OWNER, &signed_in.actor.person.to_string());
    KNOWN.set(Some(signed_in.clone()));
    keep_who();
    if kept { Ok(()) } else { Err(DeviceError::NoLocalStorage) }
}

/// Seals who it is, as soon as there is a key to do so.
pub(super) fn keep_who() {
    let Some(known) = current() else { return };
    if seal::owner() == Some(known.actor.person)
        && let Ok(text) = serde_json::to_string(&known)
        && let Ok(sealed) = seal::seal_text(WHO, &text)
    {
        local::set(WHO, &sealed);
    }
}

/// Asks the server whose session it is, where nothing on the phone tells; nobody's, where it has ended.
pub(super) async fn learn() -> Result<(), DeviceError> {
    if current().is_some() {
        return Ok(());
    }
    match http::whoami().await {
        Ok(signed_in) if Some(signed_in.actor.person) == owner() => becomes(&signed_in),
        Ok(_) | Err(Failure::SignIn) => {
            nobody();
            Ok(())
        }
        Err(failure) => Err(failure.into()),
    }
}

/// Locked: not even a name is left.
pub(super) fn forget_who() {
    KNOWN.set(None);
}

/// Nobody is signed in here any more.
pub(super) fn nobody() {
    forget_who();
    local::remove(OWNER);
    local::remove(WHO);
}

/// The only thing on the phone that needs signal: the first time, and when the session has expired.
pub async fn sign_in(username: &str, password: &str) -> Result<SignedIn, DeviceError> {
    let credentials = Credentials {
        username: username.trim().to_owned(),
        password: password.to_owned(),
        device_name: device_name(),
    };
    // Who left without signal is signed out before anybody else comes in.
    if owes() {
        pay().await?;
    }
    let signed_in = http::sign_in(&credentials).await?;
    // Whoever has to choose a password of their own first is not in yet.
    if signed_in.due.is_none() {
        enter(&signed_in).await?;
    }
    Ok(signed_in)
}

/// A password of one's own in the place of the one that one signed in with; then one is in.
pub async fn change_password(old: String, new: String) -> Result<(), NotChanged> {
    let signed_in = http::change_password(&NewPassword { old, new }).await?;
    enter(&signed_in).await.map_err(|_| NotChanged::Failure(Failure::NoAnswer))
}

async fn enter(signed_in: &SignedIn) -> Result<(), DeviceError> {
    let is_another = take_over(signed_in).await?;
    if is_another {
        lock::changed_hands();
        engine::locked();
    }
    becomes(signed_in)?;
    // Asked here because a person is at hand to answer; some browsers wait for that, and nothing here does.
    spawn_local(async {
        let _ = space::ask_to_persist().await;
    });
    engine::signed_in();
    Ok(())
}

/// Clears away another person's records before this one's come in; says whether there was another.
async fn take_over(signed_in: &SignedIn) -> Result<bool, DeviceError> {
    let (person, office) = (signed_in.actor.person, signed_in.actor.office);
    let before = db::write(&RECORDS, async |tx| {
        let before: Option<PersonId> = tx.get(Shelf::Meta, key::OWNER).await?;
        if before.is_some_and(|before| before != person) {
            clear_records(tx).await?;
        }
        let of_office: Option<OfficeId> = tx.get(Shelf::Meta, key::OFFICE).await?;
        if of_office.is_some_and(|before| before != office) {
            tx.clear(Shelf::Records).await?;
        }
        tx.put(Shelf::Meta, key::OFFICE, &office).await?;
        tx.put(Shelf::Meta, key::OWNER, &person).await?;
        Ok(before)
    })
    .await?;
    changes::announce(Topic::Records);
    Ok(before != Some(person))
}

/// Ends the session and takes the person's records off the phone. Unsent work stays, for the same person's return;
/// the caller has warned.
pub async fn sign_out() -> Result<(), DeviceError> {
    let me = owner();
    leave();
    lock::end(me).await?;
    db::write(&RECORDS, async |tx| clear_records(tx).await).await?;
    for topic in [Topic::Records, Topic::Drafts, Topic::Outbox] {
        changes::announce(topic);
    }
    engine::kick();
    Ok(())
}

/// Nobody is signed in afterwards, whatever else goes wrong. The engine tells the server, at once or when there is signal:
/// nobody waits for a line that is slow to say good-bye.
pub(super) fn leave() {
    // From here on the session opens nothing, whether or not the server hears of it.
    half::forget();
    debt::owe();
    nobody();
}

/// Whether this person's records are the ones on this phone, and can be read. What comes from the server is written in
/// the same transaction as this is asked, because somebody else may have signed in since it was asked for.
pub(super) async fn is_still(tx: &db::Tx<'_>, me: PersonId) -> Result<bool, DeviceError> {
    Ok(seal::owner() == Some(me) && tx.get(Shelf::Meta, key::OWNER).await? == Some(me))
}

/// All but this phone's own name and the running number of its outbox.
pub(super) async fn clear_records(tx: &db::Tx<'_>) -> Result<(), DeviceError> {
    tx.carry_out(&[Write::Sweep { keep: vec![] }]).await?;
    tx.clear(Shelf::Thumbnails).await?;
    for key in [key::CURSOR, key::LAST_PULL, key::RESET, key::OWNER] {
        tx.delete(Shelf::Meta, key).await?;
    }
    Ok(())
}

/// Kind of system and browser.
pub(super) fn device_name() -> String {
    let agent = leptos::prelude::window().navigator().user_agent().unwrap_or_default();
    let system = ["Android", "iPhone", "iPad", "HarmonyOS", "Windows", "Mac OS", "Linux"];
    let browser = ["MicroMessenger", "Edg", "Firefox", "Chrome", "Safari"];
    let found = |names: &[&str]| names.iter().find(|name| agent.contains(**name)).map(ToString::to_string);
    [found(&system), found(&browser)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
