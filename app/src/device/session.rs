//! Who is signed in on this phone.
//!
//! The session itself is a cookie that scripts cannot read. What is kept here is who it belongs to, so that everything
//! opens without signal; records of one person are never shown to the next.

use super::{
    DeviceError,
    changes::{self, Topic},
    db, engine, http, json, lock, photos, space,
};
use domain::{
    device::{Shelf, key},
    id::PersonId,
    sync::{Credentials, SignedIn},
};
use gloo_storage::{LocalStorage, Storage};

const KEY: &str = "xunan.session";

/// Records of the office, which the next person may not see. Unsent work is sealed by its owner's id instead.
const RECORDS: [Shelf; 6] =
    [Shelf::Meta, Shelf::Sites, Shelf::Checklists, Shelf::Hazards, Shelf::Inspections, Shelf::Thumbnails];

/// Known without network, from the last sign-in.
pub fn current() -> Option<SignedIn> {
    json::stored(KEY)
}

/// Whose work this phone shows and sends.
pub(super) fn owner() -> Option<PersonId> {
    current().map(|signed_in| signed_in.actor.person)
}

/// The only thing on the phone that needs signal: the first time, and when the session has expired.
pub async fn sign_in(username: &str, password: &str) -> Result<SignedIn, DeviceError> {
    let credentials = Credentials {
        username: username.trim().to_owned(),
        password: password.to_owned(),
        device_name: device_name(),
    };
    let signed_in = http::sign_in(&credentials).await?;
    take_over(&signed_in).await?;
    LocalStorage::set(KEY, &signed_in).map_err(|_| DeviceError::CannotKeep)?;
    // Asked here because a person is at hand to answer.
    space::ask_to_persist().await;
    engine::signed_in();
    Ok(signed_in)
}

/// Clears away another person's records before this one's come in.
async fn take_over(signed_in: &SignedIn) -> Result<(), DeviceError> {
    let person = signed_in.actor.person;
    db::write(&RECORDS, async |tx| {
        let before: Option<PersonId> = tx.get(Shelf::Meta, key::OWNER).await?;
        if before.is_some_and(|before| before != person) {
            clear_records(tx).await?;
        }
        tx.put(Shelf::Meta, key::OWNER, &person).await
    })
    .await?;
    changes::announce(Topic::Records);
    Ok(())
}

/// Ends the session and takes the person's records off the phone. Unsent work stays, for the same person's return;
/// the caller has warned.
pub async fn sign_out() -> Result<(), DeviceError> {
    // Without signal the server forgets the session when it expires; the phone forgets it now.
    let _ = http::sign_out().await;
    lock::lock().await?;
    photos::forget_urls();
    db::write(&RECORDS, async |tx| clear_records(tx).await).await?;
    LocalStorage::delete(KEY);
    for topic in [Topic::Records, Topic::Drafts, Topic::Outbox] {
        changes::announce(topic);
    }
    Ok(())
}

/// All but this phone's own name and the running number of its outbox.
pub(super) async fn clear_records(tx: &db::Tx<'_>) -> Result<(), DeviceError> {
    for shelf in RECORDS.into_iter().filter(|shelf| *shelf != Shelf::Meta) {
        tx.clear(shelf).await?;
    }
    for key in [key::DIRECTORY, key::CURSOR, key::LAST_PULL, key::RESET, key::OWNER] {
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
