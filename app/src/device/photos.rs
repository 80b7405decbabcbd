//! Taking photos in: orient, scale, stamp, hash, keep. Watch [`Topic::Photos`](super::changes::Topic::Photos).
//!
//! The browser decodes and turns the picture (an `<img>` honours EXIF orientation in every engine); Rust never turns it
//! again. One photo at a time, so that a burst does not fill a small phone's memory.

mod picture;

use super::{
    DeviceError,
    changes::{self, Topic},
    clock,
    db::{self, Store},
    location,
    outbox::{PhotoRecord, PhotoStanding},
    session,
};
use domain::photo::{PhotoFacts, PhotoHash};
use std::{cell::RefCell, collections::BTreeMap};

/// What is drawn into the picture's lower edge.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stamp {
    /// Site.
    pub place: String,
    /// Item, or hazard.
    pub subject: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    pub facts: PhotoFacts,
    /// The phone cannot show it (HEIC on Android): kept and sent as it is; tell the person.
    pub as_it_is: bool,
}

/// Takes a file from camera or gallery in; the bytes are durable when it returns.
pub async fn take(file: web_sys::File, stamp: &Stamp) -> Result<Taken, DeviceError> {
    let me = session::current().ok_or(DeviceError::WrongPassword)?;
    let size = file.size() as u64;
    if size > PhotoFacts::LARGEST {
        return Err(DeviceError::PhotoTooLarge(size));
    }
    let at = clock::now();
    let place = location::recent();
    let original = picture::bytes(&file).await?;
    let lines = picture::stamp_lines(stamp, &me.actor.name, at, place.as_ref());
    let made = picture::develop(&file, &original, &lines).await?;
    let stored = picture::bytes(&made.full).await?;
    let facts = PhotoFacts {
        hash: PhotoHash::of(&stored),
        bytes: stored.len() as u64,
        media_type: made.media_type.to_owned(),
        width: made.width,
        height: made.height,
        at,
        by: me.actor.person,
        location: place,
        original: Some(PhotoHash::of(&original)),
    };
    let record = PhotoRecord { facts: facts.clone(), standing: PhotoStanding::Held };
    let key = facts.hash.as_str();
    let stores = [Store::Photos, Store::PhotoBytes, Store::Thumbnails];
    db::write(&stores, async |tx| {
        // The same file chosen twice is one photo; what was sent of it stays sent.
        if tx.get::<PhotoRecord>(Store::Photos, key).await?.is_none() {
            tx.put(Store::Photos, key, &record).await?;
        }
        tx.put_blob(Store::PhotoBytes, key, &made.full).await?;
        match &made.thumbnail {
            Some(thumbnail) => tx.put_blob(Store::Thumbnails, key, thumbnail).await,
            None => Ok(()),
        }
    })
    .await?;
    changes::announce(Topic::Photos);
    Ok(Taken { facts, as_it_is: made.thumbnail.is_none() })
}

/// A thumbnail has come from the server.
pub(super) fn arrived() {
    changes::announce(Topic::Photos);
}

thread_local! {
    // Object URLs live as long as the page; made once for each picture.
    static URLS: RefCell<BTreeMap<(PhotoHash, bool), String>> = const { RefCell::new(BTreeMap::new()) };
}

/// A URL for `<img src>` of a photo that this phone holds or has seen: full bytes when `full`, else the thumbnail.
/// None where it is not at hand offline.
pub async fn url(hash: &PhotoHash, full: bool) -> Result<Option<String>, DeviceError> {
    let key = (hash.clone(), full);
    if let Some(known) = URLS.with_borrow(|urls| urls.get(&key).cloned()) {
        return Ok(Some(known));
    }
    let order =
        if full { [Store::PhotoBytes, Store::Thumbnails] } else { [Store::Thumbnails, Store::PhotoBytes] };
    let found = db::read(&order, async |tx| match tx.blob(order[0], hash.as_str()).await? {
        Some(blob) => Ok(Some((blob, true))),
        None => Ok(tx.blob(order[1], hash.as_str()).await?.map(|blob| (blob, false))),
    })
    .await?;
    if full && !matches!(found, Some((_, true))) && leptos::prelude::window().navigator().on_line() {
        return Ok(Some(format!("/api/v1/photos/{hash}")));
    }
    let Some((blob, exact)) = found else { return Ok(None) };
    let url = web_sys::Url::create_object_url_with_blob(&blob).ok();
    if let Some(url) = url.as_ref().filter(|_| exact) {
        URLS.with_borrow_mut(|urls| urls.insert(key, url.clone()));
    }
    Ok(url)
}
