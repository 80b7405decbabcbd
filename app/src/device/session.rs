//! Who is signed in on this phone.
//!
//! The session itself is a cookie that scripts cannot read. What is kept here is who it belongs to, so that everything
//! opens without signal; records of one person are never shown to the next.

use super::{
    DeviceError,
    changes::{self, Topic},
    db, engine, http, json, lock, seal, space,
};
use domain::{
    device::{Shelf, key},
    id::{OfficeId, PersonId},
    sync::{Credentials, SignedIn},
};
use gloo_storage::{LocalStorage, Storage};

const KEY: &str = "xunan.session";

/// Records of the office, which the next person may not see. Unsent work stays, sealed with its owner's key, and so do
/// checklists, which are published: a draft is finished with the version that it was begun with.
const RECORDS: [Shelf; 5] =
    [Shelf::Meta, Shelf::Sites, Shelf::Hazards, Shelf::Inspections, Shelf::Thumbnails];

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
    let is_another = take_over(&signed_in).await?;
    LocalStorage::set(KEY, &signed_in).map_err(|_| DeviceError::CannotKeep)?;
    if is_another {
        lock::changed_hands();
        engine::locked();
    }
    // Asked here because a person is at hand to answer.
    space::ask_to_persist().await;
    engine::signed_in();
    Ok(signed_in)
}

/// Clears away another person's records before this one's come in; says whether there was another.
async fn take_over(signed_in: &SignedIn) -> Result<bool, DeviceError> {
    let (person, office) = (signed_in.actor.person, signed_in.actor.office);
    let shelves: Vec<_> = RECORDS.into_iter().chain([Shelf::Checklists]).collect();
    let before = db::write(&shelves, async |tx| {
        let before: Option<PersonId> = tx.get(Shelf::Meta, key::OWNER).await?;
        if before.is_some_and(|before| before != person) {
            clear_records(tx).await?;
        }
        let of_office: Option<OfficeId> = tx.get(Shelf::Meta, key::OFFICE).await?;
        if of_office.is_some_and(|before| before != office) {
            tx.clear(Shelf::Checklists).await?;
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
    leave().await;
    lock::end(me).await?;
    db::write(&RECORDS, async |tx| clear_records(tx).await).await?;
    for topic in [Topic::Records, Topic::Drafts, Topic::Outbox] {
        changes::announce(topic);
    }
    Ok(())
}

/// Nobody is signed in afterwards, whatever else goes wrong.
pub(super) async fn leave() {
    // Without signal the server forgets the session when it expires; the phone forgets it now.
    let _ = http::sign_out().await;
    LocalStorage::delete(KEY);
}

/// Whether this person's records are the ones on this phone, and can be read. What comes from the server is written in
/// the same transaction as this is asked, because somebody else may have signed in since it was asked for.
pub(super) async fn is_still(tx: &db::Tx<'_>, me: PersonId) -> Result<bool, DeviceError> {
    Ok(seal::owner() == Some(me) && tx.get(Shelf::Meta, key::OWNER).await? == Some(me))
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
