//! Taking photos in: orient, scale, stamp, hash, keep. Watch [`Topic::Photos`](super::changes::Topic::Photos).
//!
//! The browser decodes and turns the picture (an `<img>` honours EXIF orientation in every engine); Rust never turns it
//! again. One photo at a time, so that a burst does not fill a small phone's memory.

pub mod camera;
pub mod marks;
mod picture;

use super::{
    DeviceError,
    changes::{self, Topic},
    clock,
    db::{self, Kept},
    location, session,
};
use domain::{
    device::{
        Shelf,
        queue::{PhotoRecord, PhotoStanding},
    },
    photo::{Camera, PhotoFacts, PhotoHash, Source},
};
use js_sys::{Array, Uint8Array};
use marks::Mark;
use std::{cell::RefCell, collections::BTreeMap};
use web_sys::Blob;

/// What is written below the picture.
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
pub async fn take(file: web_sys::File, source: Source, stamp: &Stamp) -> Result<Taken, DeviceError> {
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
        camera: Camera::read(&original),
        source: Some(source),
        band: made.band,
    };
    keep(&facts, &stored, made.thumbnail.as_ref()).await?;
    Ok(Taken { facts, as_it_is: made.thumbnail.is_none() })
}

/// The photo with these marks on it, as a photo of its own: what is covered is in none of what is sent. The stamp below the
/// picture stays free.
pub async fn mark(hash: &PhotoHash, marks: &[Mark]) -> Result<PhotoHash, DeviceError> {
    let key = hash.as_str();
    let (record, kept) = db::read(&[Shelf::Photos, Shelf::PhotoBytes], async |tx| {
        let record: Option<PhotoRecord> = tx.get(Shelf::Photos, key).await?;
        Ok((record, tx.kept(Shelf::PhotoBytes, key).await?))
    })
    .await?;
    let (Some(record), Some(kept)) = (record, kept) else { return Err(DeviceError::PhotoUnreadable) };
    let bytes = kept.bytes(Shelf::PhotoBytes, key).await?.ok_or(DeviceError::PhotoUnreadable)?;
    let made = picture::marked(&bytes, record.facts.band, marks).await?;
    let stored = picture::bytes(&made.full).await?;
    let facts = PhotoFacts { hash: PhotoHash::of(&stored), bytes: stored.len() as u64, ..record.facts };
    keep(&facts, &stored, made.thumbnail.as_ref()).await?;
    Ok(facts.hash)
}

/// Durable when it returns.
async fn keep(facts: &PhotoFacts, stored: &[u8], thumbnail: Option<&Blob>) -> Result<(), DeviceError> {
    let thumbnail = match thumbnail {
        Some(thumbnail) => Some(picture::bytes(thumbnail).await?),
        None => None,
    };
    let record = PhotoRecord { facts: facts.clone(), standing: PhotoStanding::Held };
    let key = facts.hash.as_str();
    let stores = [Shelf::Photos, Shelf::PhotoBytes, Shelf::Thumbnails];
    db::write(&stores, async |tx| {
        // The same file chosen twice is one photo; what was sent of it stays sent.
        if tx.get::<PhotoRecord>(Shelf::Photos, key).await?.is_none() {
            tx.put(Shelf::Photos, key, &record).await?;
        }
        tx.put_bytes(Shelf::PhotoBytes, key, stored).await?;
        match &thumbnail {
            Some(thumbnail) => tx.put_bytes(Shelf::Thumbnails, key, thumbnail).await,
            None => Ok(()),
        }
    })
    .await?;
    changes::announce(Topic::Photos);
    Ok(())
}

/// The pictures made for one person are not another's to look at.
pub(super) fn forget_urls() {
    for url in URLS.with_borrow_mut(std::mem::take).into_values() {
        let _ = web_sys::Url::revoke_object_url(&url);
    }
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
        if full { [Shelf::PhotoBytes, Shelf::Thumbnails] } else { [Shelf::Thumbnails, Shelf::PhotoBytes] };
    let found = db::read(&order, async |tx| {
        for shelf in order {
            // What another person keeps here is not here for this one.
            if let Some(kept) = tx.kept(shelf, hash.as_str()).await?.filter(Kept::is_mine) {
                return Ok(Some((kept, shelf)));
            }
        }
        Ok(None)
    })
    .await?;
    let exact = matches!(found, Some((_, shelf)) if shelf == order[0]);
    if full && !exact && leptos::prelude::window().navigator().on_line() {
        return Ok(Some(format!("/api/v1/photos/{hash}")));
    }
    let Some((kept, shelf)) = found else { return Ok(None) };
    let Some(bytes) = kept.bytes(shelf, hash.as_str()).await? else { return Ok(None) };
    let blob = Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes.as_slice())));
    let blob = blob.map_err(|_| DeviceError::PhotoUnreadable)?;
    let url = web_sys::Url::create_object_url_with_blob(&blob).ok();
    if let Some(url) = url.as_ref().filter(|_| exact) {
        URLS.with_borrow_mut(|urls| urls.insert(key, url.clone()));
    }
    Ok(url)
}
