//! Who is signed in on this phone.
//!
//! The session itself is a cookie that scripts cannot read. What is kept here is who it belongs to, so that everything
//! opens without signal: the person's id in the clear, because it says whose PIN opens the phone; name, role and scope
//! sealed like every other record. Records of one person are never shown to the next.

mod debt;

use crate::{Device, DeviceError, db, half, http, platform::Settings as _};
use domain::{
    device::{StoreName, Write, failure::Failure, key},
    id::PersonId,
    json,
    role::Actor,
    sync::SignedIn,
};

pub use debt::owes;
pub(crate) use debt::pay;

const OWNER: &str = "owner";
const WHO: &str = "who";

/// Where records of the office lie, which the next person may not see. Unsent work stays, sealed with its owner's key, and
/// so does what is published: a draft is finished with the version of its form that it was begun with.
pub(crate) const RECORDS: [StoreName; 3] = [StoreName::Meta, StoreName::Records, StoreName::Thumbnails];

/// Known without network, from the last sign-in; none while the phone is locked.
pub fn current(device: &Device) -> Option<SignedIn> {
    let owner = owner(device)?;
    let known = device.known.borrow().clone().filter(|known| known.actor.person == owner);
    known.or_else(|| {
        let text = device.encryption.open_text(WHO, &device.settings.get(WHO)?)?;
        let read: SignedIn = json::read(&text).ok()?;
        let read = Some(read).filter(|read| read.actor.person == owner);
        device.known.replace(read.clone());
        read
    })
}

/// Whose work this phone shows and sends.
pub fn owner(device: &Device) -> Option<PersonId> {
    device.settings.get(OWNER)?.parse().ok()
}

/// From now on the phone is this person's. Where no PIN is set yet, who it is lasts as long as the page.
#[doc(hidden)]
pub fn becomes(device: &Device, signed_in: &SignedIn) -> Result<(), DeviceError> {
    device.settings.remove(WHO);
    let kept = device.settings.set(OWNER, &signed_in.actor.person.to_string());
    device.known.replace(Some(signed_in.clone()));
    keep_who(device);
    if kept { Ok(()) } else { Err(DeviceError::NoLocalStorage) }
}

/// The office says who they are now: another scope, or something that their role may not do any more.
pub(crate) fn is_told(device: &Device, actor: Actor) {
    let known = current(device).filter(|known| known.actor.person == actor.person && known.actor != actor);
    if let Some(known) = known {
        device.known.replace(Some(SignedIn { actor, ..known }));
        keep_who(device);
    }
}

/// Seals who it is, as soon as there is a key to do so.
pub(crate) fn keep_who(device: &Device) {
    let Some(known) = current(device) else { return };
    if device.encryption.owner() == Some(known.actor.person)
        && let Ok(text) = serde_json::to_string(&known)
        && let Ok(sealed) = device.encryption.seal_text(WHO, &text)
    {
        device.settings.set(WHO, &sealed);
    }
}

/// Asks the server whose session it is, where the phone does not know. A session that has ended signs out.
pub(crate) async fn learn(device: &Device) -> Result<(), DeviceError> {
    if current(device).is_some() {
        return Ok(());
    }
    match http::whoami(device).await {
        Ok(signed_in) if Some(signed_in.actor.person) == owner(device) => becomes(device, &signed_in),
        Ok(_) | Err(Failure::SignIn) => {
            nobody(device);
            Ok(())
        }
        Err(failure) => Err(failure.into()),
    }
}

/// Locked: not even a name is left.
pub(crate) fn forget_who(device: &Device) {
    device.known.replace(None);
}

/// Signs the phone out locally.
pub(crate) fn nobody(device: &Device) {
    forget_who(device);
    device.settings.remove(OWNER);
    device.settings.remove(WHO);
}

/// Nobody is signed in afterwards, whatever else goes wrong. The engine tells the server, at once or when there is signal:
/// nobody waits for a line that is slow to say good-bye.
pub(crate) fn leave(device: &Device) {
    // From here on the session opens nothing, whether or not the server hears of it.
    half::forget(device);
    debt::owe(device);
    nobody(device);
}

/// Whether this person's records are the ones on this phone, and can be read. What comes from the server is written in
/// the same transaction as this is asked, because somebody else may have signed in since it was asked for.
pub(crate) async fn is_still(tx: &db::Tx<'_>, me: PersonId) -> Result<bool, DeviceError> {
    Ok(tx.reader() == Some(me) && tx.get(StoreName::Meta, key::OWNER).await? == Some(me))
}

/// All but this phone's own name and the running number of its outbox.
pub(crate) async fn clear_records(tx: &db::Tx<'_>) -> Result<(), DeviceError> {
    tx.carry_out(&[Write::RetainOnly { keep: vec![] }]).await?;
    tx.clear(StoreName::Thumbnails).await?;
    for key in [key::CURSOR, key::LAST_PULL, key::RESET, key::OWNER, key::FORM_PICTURES] {
        tx.delete(StoreName::Meta, key).await?;
    }
    Ok(())
}
