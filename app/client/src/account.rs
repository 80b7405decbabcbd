//! Signing in and out, and one's own password. Between one person and the next whatever is open is closed.

use crate::{
    Device, DeviceError,
    changes::Topic,
    db,
    http::{self, NotChanged},
    lock,
    platform::{Page as _, Runtime as _},
    session::{self, RECORDS},
};
use domain::{
    device::{StoreName, failure::Failure, key},
    id::{OfficeId, PersonId},
    sync::{Credentials, NewPassword, SignedIn},
};

/// The only thing on the phone that needs signal: the first time, and when the session has expired.
pub async fn sign_in(device: &Device, username: &str, password: &str) -> Result<SignedIn, DeviceError> {
    let credentials = Credentials {
        username: username.trim().to_owned(),
        password: password.to_owned(),
        device_name: device.page.device_name(),
    };
    // Who left without signal is signed out before anybody else comes in.
    if session::owes(device) {
        session::pay(device).await?;
    }
    let signed_in = http::sign_in(device, &credentials).await?;
    // Whoever has to choose a password of their own first is not in yet.
    if signed_in.due.is_none() {
        enter(device, &signed_in).await?;
    }
    Ok(signed_in)
}

/// A password of one's own in the place of the one that one signed in with; then one is in.
pub async fn change_password(device: &Device, old: String, new: String) -> Result<(), NotChanged> {
    let signed_in = http::change_password(device, &NewPassword { old, new }).await?;
    enter(device, &signed_in).await.map_err(|_| NotChanged::Failure(Failure::NoAnswer))
}

async fn enter(device: &Device, signed_in: &SignedIn) -> Result<(), DeviceError> {
    let is_another = take_over(device, signed_in).await?;
    if is_another {
        lock::session_changed(device);
        device.changes.locked();
    }
    session::becomes(device, signed_in)?;
    // Asked here because a person is at hand to answer; some browsers wait for that, and nothing here does.
    let asking = device.clone();
    device.runtime.spawn(async move {
        let _ = asking.page.ask_to_persist().await;
    });
    device.changes.signed_in();
    Ok(())
}

/// Clears away another person's records before this one's come in; says whether there was another.
async fn take_over(device: &Device, signed_in: &SignedIn) -> Result<bool, DeviceError> {
    let (person, office) = (signed_in.actor.person, signed_in.actor.office);
    let before = db::write(&device.db, &RECORDS, async |tx| {
        let before: Option<PersonId> = tx.get(StoreName::Meta, key::OWNER).await?;
        if before.is_some_and(|before| before != person) {
            session::clear_records(tx).await?;
        }
        let of_office: Option<OfficeId> = tx.get(StoreName::Meta, key::OFFICE).await?;
        if of_office.is_some_and(|before| before != office) {
            tx.clear(StoreName::Records).await?;
        }
        tx.put(StoreName::Meta, key::OFFICE, &office).await?;
        tx.put(StoreName::Meta, key::OWNER, &person).await?;
        Ok(before)
    })
    .await?;
    device.changes.announce(Topic::Records);
    Ok(before != Some(person))
}

/// Ends the session and takes the person's records off the phone. Unsent work stays, for the same person's return;
/// the caller has warned.
pub async fn sign_out(device: &Device) -> Result<(), DeviceError> {
    let me = session::owner(device);
    session::leave(device);
    lock::end(device, me).await?;
    db::write(&device.db, &RECORDS, async |tx| session::clear_records(tx).await).await?;
    for topic in [Topic::Records, Topic::Drafts, Topic::Outbox] {
        device.changes.announce(topic);
    }
    device.changes.wake();
    Ok(())
}
