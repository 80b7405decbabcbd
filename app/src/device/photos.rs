//! Taking photos in: look at the file, orient, scale, stamp, hash, keep. Watch [`Topic::Photos`](super::changes::Topic::Photos).
//!
//! The browser decodes and turns the picture; Rust never turns it again. One photo at a time, so that a burst does not fill
//! a small phone's memory; nothing of the original but its beginning comes into this program's own.

mod band;
pub mod camera;
mod darkroom;
pub mod drawing;
pub mod marks;
mod picture;

pub use band::shape_without_stamp;
pub use darkroom::{Darkroom, found_at};

use super::{
    DeviceError,
    changes::{self, Topic},
    clock,
    db::{self, Kept},
    deed_drafts, drafts, http, location, prefs, seal, session,
};
use chrono::{DateTime, Utc};
use darkroom::Opened;
use domain::{
    device::{
        Shelf,
        queue::{PhotoRecord, PhotoStanding},
    },
    photo::{Camera, Format, PhotoFacts, PhotoFile, PhotoHash, Source},
};
use futures::lock::Mutex;
use js_sys::{Array, Uint8Array};
use marks::Mark;
use picture::Moment;
use std::{cell::RefCell, collections::BTreeMap, rc::Rc};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, ImageBitmap};

/// What is written below the picture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stamp {
    /// Site.
    pub place: String,
    /// Item, or hazard.
    pub subject: String,
    /// Of the record, and of the photo in it.
    pub number: String,
}

/// What comes from a camera.
#[derive(Debug)]
pub enum Shot {
    File(File, Source),
    /// What the camera inside the app saw.
    Frame(ImageBitmap),
}

impl Drop for Shot {
    /// A frame takes some twenty megabytes until somebody says that it is done with.
    fn drop(&mut self) {
        if let Self::Frame(frame) = self {
            frame.close();
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    pub facts: PhotoFacts,
    /// The phone cannot show it (HEIC on Android): kept and sent as it is; tell the person.
    pub as_it_is: bool,
}

/// What a file says of itself.
#[derive(Default)]
struct Said {
    format: Option<Format>,
    camera: Option<Camera>,
}

/// Takes a photo in; its bytes are durable when it returns.
pub async fn take(darkroom: &Darkroom, shot: &Shot, stamp: &Stamp) -> Result<Taken, DeviceError> {
    let me = session::current().ok_or(DeviceError::WrongPassword)?;
    let at = clock::now();
    let (given, source): (&JsValue, _) = match shot {
        Shot::File(file, source) => (file.as_ref(), *source),
        Shot::Frame(frame) => (frame.as_ref(), Source::InApp),
    };
    // Where somebody chooses a photo says nothing of where it was taken.
    let place = location::recent().filter(|_| source != Source::Gallery);
    let Said { format, camera } = match shot {
        Shot::File(file, _) => look_at(file).await?,
        Shot::Frame(_) => Said::default(),
    };
    let turn = TURN.with(Rc::clone);
    let _turn = turn.lock().await;
    let facts = |hash: PhotoHash| PhotoFacts {
        hash,
        bytes: 0,
        media_type: Format::Jpeg.media_type().to_owned(),
        width: 0,
        height: 0,
        at,
        by: me.actor.person,
        location: place,
        original: None,
        camera: camera.clone(),
        source: Some(source),
        band: 0,
    };
    let Some(opened) = darkroom.open(given).await? else {
        // HEIC cannot be shown by most browsers and is evidence all the same. Anything else is broken.
        let (Shot::File(file, _), Some(Format::Heif)) = (shot, format) else {
            return Err(DeviceError::PhotoUnreadable);
        };
        let stored = bytes(file).await?;
        let hash = PhotoHash::of(&stored);
        let media_type = Format::Heif.media_type().to_owned();
        let facts = PhotoFacts { media_type, original: Some(hash.clone()), ..facts(hash) };
        return Ok(Taken { facts: keep(facts, &stored, None).await?, as_it_is: true });
    };
    let moment = Moment {
        lang: prefs::load().lang,
        name: &me.actor.name,
        at,
        place: place.as_ref(),
        source,
        camera: camera.as_ref(),
    };
    let Opened { width, height, hash: original } = opened;
    let print = picture::stamped((width, height), stamp, &moment);
    let (width, height, band) = (print.width, print.height + print.band, print.band);
    let printed = darkroom.print(print).await?;
    let facts = PhotoFacts { original: Some(original), width, height, band, ..facts(printed.hash.clone()) };
    let stored = bytes(&printed.full).await?;
    Ok(Taken { facts: keep(facts, &stored, Some(&printed.thumbnail)).await?, as_it_is: false })
}

/// Refuses what is no photo, or too much of one, before anything unpacks it.
async fn look_at(file: &File) -> Result<Said, DeviceError> {
    let length = file.size() as u64;
    if length > PhotoFacts::LARGEST {
        return Err(DeviceError::PhotoTooLarge(length));
    }
    let head = file.slice_with_i32_and_i32(0, PhotoFile::HEAD as i32);
    let head = bytes(&head.map_err(|_| DeviceError::PhotoUnreadable)?).await?;
    let known = PhotoFile::read(&head, length)?.shows_something()?;
    Ok(Said { format: Some(known.format), camera: Camera::read(&head) })
}

async fn bytes(blob: &Blob) -> Result<Vec<u8>, DeviceError> {
    let buffer = JsFuture::from(blob.array_buffer()).await.map_err(|_| DeviceError::PhotoUnreadable)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

fn blob(bytes: &[u8]) -> Result<Blob, DeviceError> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    Blob::new_with_u8_array_sequence(&parts).map_err(|_| DeviceError::PhotoUnreadable)
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
    let (Some(record), Some(kept)) = (record, kept) else { return Err(DeviceError::PhotoNotMade) };
    let stored = kept.bytes(Shelf::PhotoBytes, key)?.ok_or(DeviceError::PhotoNotMade)?;
    let turn = TURN.with(Rc::clone);
    let _turn = turn.lock().await;
    let darkroom = Darkroom::default();
    let opened = darkroom.open(blob(&stored)?.as_ref()).await?.ok_or(DeviceError::PhotoNotMade)?;
    let print = picture::marked((opened.width, opened.height), record.facts.band, marks);
    let printed = darkroom.print(print).await?;
    let facts = PhotoFacts { hash: printed.hash, ..record.facts };
    let stored = bytes(&printed.full).await?;
    Ok(keep(facts, &stored, Some(&printed.thumbnail)).await?.hash)
}

/// Durable when it returns; gives its facts with its size.
async fn keep(facts: PhotoFacts, stored: &[u8], thumbnail: Option<&Blob>) -> Result<PhotoFacts, DeviceError> {
    let facts = PhotoFacts { bytes: stored.len() as u64, ..facts };
    let thumbnail = match thumbnail {
        Some(thumbnail) => Some(bytes(thumbnail).await?),
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
    Ok(facts)
}

/// Frees what was taken out of drafts again; nothing where a draft cannot be read.
pub async fn clear_litter(now: DateTime<Utc>) -> Result<(), DeviceError> {
    let Some(me) = session::owner() else { return Ok(()) };
    let Some(of_deeds) = deed_drafts::photos(me) else { return Ok(()) };
    let shelves = [Shelf::Drafts, Shelf::Photos, Shelf::PhotoBytes, Shelf::Thumbnails];
    db::write(&shelves, async |tx| {
        let Some(mut named) = drafts::photos(tx).await? else { return Ok(()) };
        named.extend(of_deeds);
        for photo in tx.all::<PhotoRecord>(Shelf::Photos).await? {
            // Another person's may be in a draft that this one cannot read.
            if photo.facts.by == me && photo.is_litter(&named, now) {
                for shelf in [Shelf::Photos, Shelf::PhotoBytes, Shelf::Thumbnails] {
                    tx.delete(shelf, photo.facts.hash.as_str()).await?;
                }
            }
        }
        Ok(())
    })
    .await
}

/// The pictures made for one person are not another's to look at.
pub(super) fn forget_urls() {
    for url in URLS.with_borrow_mut(std::mem::take).into_values() {
        // Refused for no address that was made.
        let _ = web_sys::Url::revoke_object_url(&url);
    }
}

/// A thumbnail has come from the server.
pub(super) fn arrived() {
    changes::announce(Topic::Photos);
}

thread_local! {
    // One photo at a time is unpacked, whichever strip, item or tool it comes from.
    static TURN: Rc<Mutex<()>> = Rc::default();
    // Object URLs live as long as the page; made once for each picture.
    static URLS: RefCell<BTreeMap<(PhotoHash, bool), String>> = const { RefCell::new(BTreeMap::new()) };
}

/// The same, from the server where this phone has none of it. In memory only, and gone when the phone locks.
pub async fn anywhere(hash: &PhotoHash, full: bool) -> Result<Option<String>, DeviceError> {
    let here = url(hash, full).await?;
    if here.is_some() || !leptos::prelude::window().navigator().on_line() {
        return Ok(here);
    }
    fetched(hash, full).await
}

async fn fetched(hash: &PhotoHash, full: bool) -> Result<Option<String>, DeviceError> {
    let me = session::owner();
    let bytes = if full { http::photo(hash).await } else { http::thumbnail(hash).await };
    // Meanwhile the phone may have been locked, or changed hands.
    match bytes {
        Ok(bytes) if me.is_some() && seal::owner() == me => Ok(shown(hash, full, &bytes, true)),
        Ok(_) | Err(_) => Ok(None),
    }
}

fn shown(hash: &PhotoHash, full: bool, bytes: &[u8], keep: bool) -> Option<String> {
    let url = web_sys::Url::create_object_url_with_blob(&blob(bytes).ok()?).ok()?;
    if keep {
        URLS.with_borrow_mut(|urls| urls.insert((hash.clone(), full), url.clone()));
    }
    Some(url)
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
    if full
        && !exact
        && leptos::prelude::window().navigator().on_line()
        && let Some(url) = fetched(hash, full).await?
    {
        return Ok(Some(url));
    }
    let Some((kept, shelf)) = found else { return Ok(None) };
    let Some(bytes) = kept.bytes(shelf, hash.as_str())? else { return Ok(None) };
    Ok(shown(hash, full, &bytes, exact))
}
