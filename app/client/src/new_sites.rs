//! 新开的店: sites that are made on the spot, and the one that is being written, kept until it is made. Watch
//! [`Topic::Records`] and [`Topic::Outbox`].
//!
//! What was made is there at once among the [records](crate::records), as the office will have it.

use crate::{
    Device, DeviceError,
    changes::Topic,
    db::{self, Tx},
    outbox::{self, Subject},
    platform::Settings as _,
    sealed_settings, session,
};
use domain::{
    device::{
        StoreName,
        queue::{About, Queued},
    },
    id::{PersonId, SiteId},
    photo::PhotoHash,
    role::Action,
    site::ProposedSite,
    sync::{self, Payload, RecordKind},
};
use thiserror::Error;

/// Why a site is not made.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum Failed {
    #[error("the name is missing")]
    NoName,
    #[error("the kind is missing")]
    NoKind,
    #[error("the role or the place does not allow it")]
    NotAllowed,
    #[error(transparent)]
    Device(#[from] DeviceError),
}

/// What was begun and not made.
pub fn load(device: &Device) -> Option<ProposedSite> {
    sealed_settings::read(device, &key(device)?)
}

/// One where something was begun, which is not read.
pub(crate) fn count(device: &Device) -> usize {
    usize::from(key(device).is_some_and(|key| device.settings.get(&key).is_some()))
}

/// Whether it is kept; without room it lasts as long as the page.
pub fn save(device: &Device, proposed: &ProposedSite) -> bool {
    key(device).is_some_and(|key| sealed_settings::keep(device, &key, proposed))
}

/// One that was begun on another phone; false where one is begun here, where it was made meanwhile, and where it is not kept.
pub(crate) async fn take_in(device: &Device, begun: &ProposedSite) -> Result<bool, DeviceError> {
    let stores = [StoreName::Outbox, StoreName::Records];
    let made = db::read(&device.db, &stores, async |tx| is_made(tx, begun.id).await).await?;
    Ok(!made && count(device) == 0 && save(device, begun))
}

pub fn forget(device: &Device) {
    if let Some(key) = key(device) {
        device.settings.remove(&key);
    }
}

/// Photos of the door that what was begun names; none where it cannot be read.
pub(crate) fn photos(device: &Device, owner: PersonId) -> Option<Vec<PhotoHash>> {
    let key = key_of(owner);
    if device.settings.get(&key).is_none() {
        return Some(vec![]);
    }
    let begun: ProposedSite = sealed_settings::read(device, &key)?;
    Some(begun.photos)
}

/// Deletes what this person has begun, because it can no longer be decrypted.
pub(crate) fn forget_all(device: &Device, owner: PersonId) {
    device.settings.remove(&key_of(owner));
}

fn key(device: &Device) -> Option<String> {
    session::owner(device).map(key_of)
}

/// Sealed to the person: it has a name and a place in it.
fn key_of(owner: PersonId) -> String {
    format!("new_site.{owner}")
}

/// Puts it into the outbox with the photos of its door; from then on it is there. One that is there already is not put once
/// more: another tab made it, or the page was thrown away before what was begun was forgotten. `title` is what the outbox calls it.
///
/// # Errors
/// What it lacks, or that it could not be written: what was begun stays.
pub async fn make(device: &Device, proposed: ProposedSite, title: String) -> Result<(), Failed> {
    if !proposed.is_named() {
        return Err(Failed::NoName);
    }
    if proposed.kind.as_str().is_empty() {
        return Err(Failed::NoKind);
    }
    let me = session::current(device).ok_or(DeviceError::WrongPassword)?.actor;
    if !me.may(Action::Inspect, &proposed.resource_scope()) {
        return Err(Failed::NotAllowed);
    }
    let (site, photos) = (proposed.id, proposed.photos.clone());
    let payloads = vec![Payload::NewSite(proposed)];
    let stores: Vec<_> = outbox::STORES.into_iter().chain([StoreName::Records]).collect();
    db::write(&device.db, &stores, async |tx| {
        if is_made(tx, site).await? {
            return Ok(());
        }
        outbox::enqueue(device, tx, title, Subject::Site { site }, payloads, photos).await
    })
    .await?;
    forget(device);
    for topic in [Topic::Records, Topic::Outbox] {
        device.changes.announce(topic);
    }
    device.changes.wake();
    Ok(())
}

/// Whether the site is on its way to the office, or there.
async fn is_made(tx: &Tx<'_>, site: SiteId) -> Result<bool, DeviceError> {
    let key = sync::key(RecordKind::Site, &site.to_string());
    let queued: Vec<Queued> = tx.all(StoreName::Outbox).await?;
    let waits = queued.iter().any(|queued| queued.about == About::Site(site));
    Ok(waits || tx.kept(StoreName::Records, &key).await?.is_some())
}
