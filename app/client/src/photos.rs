//! Taking photos in: look at the file, orient, scale, stamp, hash, keep. Watch [`Topic::Photos`].
//!
//! The browser decodes and turns the picture; Rust never turns it again. One photo at a time, so that a burst does not fill
//! a small phone's memory; nothing of the original but its beginning comes into this program's own.

pub mod marks;
mod picture;

pub use picture::GROUND;

use crate::{
    Device, DeviceError, action_drafts,
    changes::Topic,
    db, drafts, http, location, new_sites,
    platform::{ImageWorker, OpenedImage, Page as _, Rendered, Shot},
    prefs, session,
};
use chrono::{DateTime, NaiveDateTime, Utc};
use domain::{
    device::{
        StoreName,
        queue::{PhotoRecord, PhotoStatus},
    },
    id::PersonId,
    photo::{Camera, Format, PhotoFacts, PhotoFile, PhotoHash, Source},
    text::Lang,
};
use marks::Mark;
use picture::Moment;

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

/// What the stamp says of a photo that was chosen: in whose language, when its file says that it was taken, and when it was
/// chosen.
pub type Chosen = fn(Lang, Option<NaiveDateTime>, DateTime<Utc>) -> String;

#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    pub facts: PhotoFacts,
    /// The phone cannot show it (HEIC on Android): kept and sent as it is; tell the person.
    pub as_it_is: bool,
}

/// What a file says of itself.
#[derive(Default)]
struct FileInfo {
    format: Option<Format>,
    camera: Option<Camera>,
}

/// Takes a photo in; its bytes are durable when it returns.
pub async fn take<W: ImageWorker>(
    device: &Device,
    worker: &W,
    shot: &W::Shot,
    stamp: &Stamp,
    chosen: Chosen,
) -> Result<Taken, DeviceError> {
    let me = session::current(device).ok_or(DeviceError::WrongPassword)?;
    let at = device.clock.now();
    let source = shot.source();
    // Where somebody chooses a photo says nothing of where it was taken.
    let place = location::recent(device).filter(|_| source != Source::Gallery);
    let FileInfo { format, camera } = look_at(shot).await?;
    let _guard = device.unpacking.lock().await;
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
        caption_height: 0,
    };
    let Some(opened) = worker.open(shot).await? else {
        // HEIC cannot be shown by most browsers and is evidence all the same. Anything else is broken.
        if format != Some(Format::Heif) {
            return Err(DeviceError::PhotoUnreadable);
        }
        let stored = shot.read(None).await?;
        let hash = PhotoHash::of(&stored);
        let media_type = Format::Heif.media_type().to_owned();
        let facts = PhotoFacts { media_type, original: Some(hash.clone()), ..facts(hash) };
        return Ok(Taken { facts: keep(device, facts, &stored, None).await?, as_it_is: true });
    };
    let moment = Moment {
        lang: prefs::load(device).lang,
        chosen,
        name: &me.actor.name,
        at,
        place: place.as_ref(),
        source,
        camera: camera.as_ref(),
    };
    let OpenedImage { width, height, hash: original } = opened;
    let render = picture::stamped((width, height), stamp, &moment);
    let (width, height, band) = (render.width, render.height + render.band, render.band);
    let Rendered { full, hash, thumbnail } = worker.render(render).await?;
    let facts = PhotoFacts { original: Some(original), width, height, caption_height: band, ..facts(hash) };
    Ok(Taken { facts: keep(device, facts, &full, Some(&thumbnail)).await?, as_it_is: false })
}

/// Refuses what is no photo, or too much of one, before anything unpacks it.
async fn look_at(shot: &impl Shot) -> Result<FileInfo, DeviceError> {
    let Some(length) = shot.length() else { return Ok(FileInfo::default()) };
    if length > PhotoFacts::LARGEST {
        return Err(DeviceError::PhotoTooLarge(length));
    }
    let head = shot.read(Some(PhotoFile::HEAD)).await?;
    let known = PhotoFile::read(&head, length)?.shows_something()?;
    Ok(FileInfo { format: Some(known.format), camera: Camera::read(&head) })
}

/// The photo with these marks on it, as a photo of its own: what is covered is in none of what is sent. The stamp below the
/// picture stays free.
pub async fn mark<W: ImageWorker>(
    device: &Device,
    worker: &W,
    hash: &PhotoHash,
    marks: &[Mark],
) -> Result<PhotoHash, DeviceError> {
    let key = hash.as_str();
    let (record, kept) = db::read(&device.db, &[StoreName::Photos, StoreName::PhotoBytes], async |tx| {
        let record: Option<PhotoRecord> = tx.get(StoreName::Photos, key).await?;
        Ok((record, tx.kept(StoreName::PhotoBytes, key).await?))
    })
    .await?;
    let (Some(record), Some(kept)) = (record, kept) else { return Err(DeviceError::PhotoNotMade) };
    let stored =
        kept.bytes(&device.encryption, StoreName::PhotoBytes, key)?.ok_or(DeviceError::PhotoNotMade)?;
    let _guard = device.unpacking.lock().await;
    let opened = worker.open_stored(&stored).await?.ok_or(DeviceError::PhotoNotMade)?;
    let render = picture::marked((opened.width, opened.height), record.facts.caption_height, marks);
    let Rendered { full, hash, thumbnail } = worker.render(render).await?;
    let facts = PhotoFacts { hash, ..record.facts };
    Ok(keep(device, facts, &full, Some(&thumbnail)).await?.hash)
}

/// Durable when it returns; gives its facts with its size.
async fn keep(
    device: &Device,
    facts: PhotoFacts,
    stored: &[u8],
    thumbnail: Option<&[u8]>,
) -> Result<PhotoFacts, DeviceError> {
    let facts = PhotoFacts { bytes: stored.len() as u64, ..facts };
    let record = PhotoRecord { facts: facts.clone(), status: PhotoStatus::Held };
    let key = facts.hash.as_str();
    let stores = [StoreName::Photos, StoreName::PhotoBytes, StoreName::Thumbnails];
    db::write(&device.db, &stores, async |tx| {
        // The same file chosen twice is one photo; what was sent of it stays sent.
        if tx.get::<PhotoRecord>(StoreName::Photos, key).await?.is_none() {
            tx.put(StoreName::Photos, key, &record).await?;
        }
        tx.put_bytes(StoreName::PhotoBytes, key, stored).await?;
        match thumbnail {
            Some(thumbnail) => tx.put_bytes(StoreName::Thumbnails, key, thumbnail).await,
            None => Ok(()),
        }
    })
    .await?;
    device.changes.announce(Topic::Photos);
    Ok(facts)
}

/// What a person has begun beside visits names these: commands on hazards, and a site. None where one of them cannot be read.
pub(crate) fn in_settings(device: &Device, owner: PersonId) -> Option<Vec<PhotoHash>> {
    let of_actions = action_drafts::photos(device, owner)?;
    Some([of_actions, new_sites::photos(device, owner)?].concat())
}

/// Frees what was taken out of drafts again; nothing where a draft cannot be read.
pub async fn remove_orphans(device: &Device, now: DateTime<Utc>) -> Result<(), DeviceError> {
    let Some(me) = session::owner(device) else { return Ok(()) };
    let Some(of_settings) = in_settings(device, me) else { return Ok(()) };
    let stores = [StoreName::Drafts, StoreName::Photos, StoreName::PhotoBytes, StoreName::Thumbnails];
    db::write(&device.db, &stores, async |tx| {
        let Some(mut named) = drafts::photos(tx).await? else { return Ok(()) };
        named.extend(of_settings);
        for photo in tx.all::<PhotoRecord>(StoreName::Photos).await? {
            // Another person's may be in a draft that this one cannot read.
            if photo.facts.by == me && photo.is_orphaned(&named, now) {
                for store in [StoreName::Photos, StoreName::PhotoBytes, StoreName::Thumbnails] {
                    tx.delete(store, photo.facts.hash.as_str()).await?;
                }
            }
        }
        Ok(())
    })
    .await
}

/// The bytes of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub bytes: Vec<u8>,
    /// The one that was asked for, and not the other in its place.
    pub exact: bool,
}

/// A photo that this phone holds or can have: full bytes when `full`, else the thumbnail, else what there is of it. None where
/// it is not at hand offline.
pub async fn find(device: &Device, hash: &PhotoHash, full: bool) -> Result<Option<Found>, DeviceError> {
    let order = if full {
        [StoreName::PhotoBytes, StoreName::Thumbnails]
    } else {
        [StoreName::Thumbnails, StoreName::PhotoBytes]
    };
    let found = db::read(&device.db, &order, async |tx| {
        for store in order {
            // What another person keeps here is not here for this one.
            let kept = tx.kept(store, hash.as_str()).await?;
            if let Some(kept) = kept.filter(|kept| kept.is_mine(&device.encryption)) {
                return Ok(Some((kept, store)));
            }
        }
        Ok(None)
    })
    .await?;
    let here = match found {
        // A picture of a form lies whole among the small ones.
        Some((kept, store)) => kept.bytes(&device.encryption, store, hash.as_str()).map(|bytes| {
            let is_exact = |bytes: &[u8]| store == order[0] || (full && PhotoHash::of(bytes) == *hash);
            bytes.map(|bytes| Found { exact: is_exact(&bytes), bytes })
        }),
        None => Ok(None),
    };
    if full
        && !matches!(&here, Ok(Some(found)) if found.exact)
        && let Some(bytes) = fetch(device, hash, full).await
    {
        return Ok(Some(Found { bytes, exact: true }));
    }
    here
}

/// From the server, to be looked at and not kept; none where there is no signal.
pub async fn fetch(device: &Device, hash: &PhotoHash, full: bool) -> Option<Vec<u8>> {
    if !device.page.is_online() {
        return None;
    }
    let me = session::owner(device);
    let bytes = if full { http::photo(device, hash).await } else { http::thumbnail(device, hash).await };
    // Meanwhile the phone may have been locked, or changed hands.
    bytes.ok().filter(|_| me.is_some() && device.encryption.owner() == me)
}
