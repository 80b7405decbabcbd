//! # Attachments that come in pieces
//!
//! As the tus protocol has it, whose headers HTTP reads: an upload is opened, pieces are appended where the last one
//! ended, and a sender that lost the line asks how far it came. Any server of the installation takes the next piece: what
//! has arrived stands in the store, the pieces themselves beside the photos.
//!
//! A piece counts when its bytes are durable and the store says so, in this order; two senders of the same piece meet at
//! the store, and the later one is told the new offset. The last piece makes the photo: all are put together, the hash is
//! compared with the announced one, a picture is walked through, a paper looked at, and what it is is stored. Nothing is one
//! before that. Whether a picture can be unpacked shows behind the answer ([`process_photo`](crate::jobs::process_photo)); a
//! receipt says how far that is, and until it is done the phone keeps the bytes.

use crate::{
    blobs::Variant,
    error::Error,
    picture::{self, slots},
    services::Services,
    storage::{Brought, Part, StoreError, StoredAttachment, StoredUpload},
};
use bytes::Bytes;
use chrono::Duration;
use domain::{
    attachment::{AttachmentFacts, AttachmentKind, PaperFacts, check_paper},
    id::OfficeId,
    photo::{NotAPhoto, PhotoFacts, PhotoHash},
    quota::{SMALLEST_PIECE, Usage, seconds_to_tomorrow},
    role::Role,
    sync::{PhotoReceipt, Unpacking},
    time::office_day,
};
use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, PoisonError, Weak},
};
use uuid::Uuid;

/// How long an upload waits for its next piece.
pub const LIFETIME: Duration = Duration::days(7);

/// Uploads thrown away when another is opened: rubbish goes as fast as it comes.
const SWEPT_AT_ONCE: u32 = 8;

/// Opens an upload of an announced attachment, or finds the one that is open.
pub async fn open(
    state: &Services,
    office: OfficeId,
    attachment: &StoredAttachment,
    about: &str,
) -> Result<StoredUpload, Error> {
    let now = state.now();
    // Somebody else's rubbish keeps nobody from a photo.
    if let Err(error) = sweep(state).await {
        tracing::warn!(%error, "expired uploads are not cleared away");
    }
    let mut tx = state.store.write().await?;
    let facts = &attachment.facts;
    let known = match tx.upload_of(facts.by(), facts.hash()).await? {
        Some((id, Err(error))) => {
            given_up(id, &error);
            tx.end_upload(id).await?;
            None
        }
        Some((_, known)) => Some(known?),
        None => None,
    };
    let mut upload = known.unwrap_or_else(|| StoredUpload {
        id: state.new_id(),
        office,
        person: facts.by(),
        hash: facts.hash().clone(),
        bytes: facts.bytes(),
        reached: 0,
        parts: vec![],
        about: about.to_owned(),
        expires: now + LIFETIME,
    });
    upload.expires = now + LIFETIME;
    if attachment.received_at.is_some() {
        upload.reached = upload.bytes;
    }
    tx.put_upload(&upload).await?;
    tx.commit().await?;
    Ok(upload)
}

/// One that is under way. Where it cannot be read its sender is told that it is gone, and begins anew.
pub async fn under_way(state: &Services, id: Uuid) -> Result<Option<StoredUpload>, Error> {
    match state.store.upload(id).await {
        Err(error @ StoreError::Unreadable(_)) => {
            given_up(id, &error);
            drop_row(state, id).await?;
            Ok(None)
        }
        known => Ok(known?),
    }
}

/// Nobody can go on with an upload that cannot be read: its row goes, and its pieces are swept away with those that no upload
/// names.
fn given_up(upload: Uuid, error: &StoreError) {
    tracing::error!(%error, %upload, "an upload cannot be read and is given up");
}

/// Deletes some of the expired uploads. Returns how many.
pub async fn sweep(state: &Services) -> Result<usize, Error> {
    let stale = state.store.write().await?.expired_uploads(state.now(), SWEPT_AT_ONCE).await?;
    for (id, upload) in &stale {
        match upload {
            Ok(upload) => drop_parts(state, upload).await,
            Err(error) => given_up(*id, error),
        }
        drop_row(state, *id).await?;
    }
    Ok(stale.len())
}

/// Appends a piece that begins at `from`. Whoever is elsewhere by then is told [`Error::OffsetMismatch`].
pub async fn append(
    state: &Services,
    role: Role,
    id: Uuid,
    from: u64,
    piece: &[u8],
) -> Result<StoredUpload, Error> {
    let upload = under_way(state, id).await?.ok_or(Error::UploadGone)?;
    check(&upload, from, piece)?;
    let part = Part { name: Uuid::new_v4(), bytes: piece.len() as u64 };
    state.blobs.put(&upload.hash, Variant::Part(part.name), piece).await?;
    let counted = count(state, role, id, from, piece, part).await;
    // Where the store did not answer it may count all the same, and stays.
    if let Err(Error::OffsetMismatch | Error::TooLarge | Error::UploadGone | Error::QuotaSpent { .. }) =
        counted
    {
        // Nobody names it; where it cannot be deleted it is a file too many, until it is swept.
        if let Err(error) = state.blobs.delete(&upload.hash, Variant::Part(part.name)).await {
            tracing::warn!(%error, "a piece that does not count is still there");
        }
    }
    counted
}

async fn count(
    state: &Services,
    role: Role,
    id: Uuid,
    from: u64,
    piece: &[u8],
    part: Part,
) -> Result<StoredUpload, Error> {
    let mut tx = state.store.write().await?;
    let mut upload = tx.upload(id).await?.ok_or(Error::UploadGone)?;
    check(&upload, from, piece)?;
    let (now, one) = (state.now(), Usage { pieces: 1, ..Usage::default() });
    let today = tx.usage(&[upload.person], office_day(now)).await?;
    let today = today.get(&upload.person).copied().unwrap_or_default();
    let after_seconds = seconds_to_tomorrow(now).into();
    let usage = today.with(one, &role.allowance()).ok_or(Error::QuotaSpent { after_seconds })?;
    tx.put_usage(office_day(now), &[(upload.person, usage)]).await?;
    upload.reached += part.bytes;
    upload.parts.push(part);
    upload.expires = now + LIFETIME;
    tx.put_upload(&upload).await?;
    tx.commit().await?;
    Ok(upload)
}

/// Whether a piece is worth a file of its own.
pub fn is_worth_keeping(upload: &StoredUpload, from: u64, piece: &[u8]) -> bool {
    let length = piece.len() as u64;
    length >= SMALLEST_PIECE || (length > 0 && from + length >= upload.bytes)
}

fn check(upload: &StoredUpload, from: u64, piece: &[u8]) -> Result<(), Error> {
    if upload.reached != from {
        return Err(Error::OffsetMismatch);
    }
    if from + piece.len() as u64 > upload.bytes {
        return Err(Error::TooLarge);
    }
    Ok(())
}

/// That the attachment is here, and how far its picture has been looked at; none where its bytes have not come.
pub async fn receipt_of(
    state: &Services,
    office: OfficeId,
    attachment: &StoredAttachment,
) -> Result<Option<PhotoReceipt>, Error> {
    let Some(at) = attachment.received_at else { return Ok(None) };
    let (facts, hash) = (&attachment.facts, attachment.facts.hash());
    let unpacking = match facts.kind() {
        AttachmentKind::Photo => state.store.fingerprint(office, hash).await?.unpacking(),
        AttachmentKind::Paper => Unpacking::Done,
    };
    Ok(Some(PhotoReceipt { hash: hash.clone(), bytes: facts.bytes(), at, unpacking }))
}

/// An attachment that came whole, as it was announced by whoever brings it; repeats give the same receipt. Pieces of it that
/// came before wait for their expiry.
pub async fn whole(
    state: &Services,
    office: OfficeId,
    attachment: &StoredAttachment,
    bytes: Bytes,
) -> Result<PhotoReceipt, Error> {
    if let Some(receipt) = receipt_of(state, office, attachment).await? {
        return Ok(receipt);
    }
    if bytes.len() as u64 != attachment.facts.bytes() {
        return Err(Error::HashMismatch);
    }
    store(state, office, &attachment.facts, bytes).await
}

/// Stores bytes that are what was announced, or says that they are not.
async fn store(
    state: &Services,
    office: OfficeId,
    facts: &AttachmentFacts,
    bytes: Bytes,
) -> Result<PhotoReceipt, Error> {
    let unpacking = match facts {
        AttachmentFacts::Photo(facts) => {
            is_photo(facts, &bytes).await?;
            Unpacking::ToCome
        }
        AttachmentFacts::Paper(facts) => {
            is_paper(facts, &bytes).await?;
            Unpacking::Done
        }
    };
    let (hash, size) = (facts.hash(), bytes.len() as u64);
    state.blobs.put(hash, Variant::Original, &bytes).await?;
    let brought = Brought { hash: hash.clone(), person: facts.by() };
    let at = state.write_queue.attachment_received(office, brought, facts.kind()).await?;
    state.metrics.photo(size);
    Ok(PhotoReceipt { hash: hash.clone(), bytes: size, at, unpacking })
}

/// Of a thread that died while it looked.
fn died() -> Error {
    Error::Bug("an attachment could not be looked at".to_owned())
}

async fn is_photo(facts: &PhotoFacts, bytes: &Bytes) -> Result<(), Error> {
    let (announced, file) = (facts.clone(), bytes.clone());
    let memory = bytes.len() as u64 + picture::MOST_TO_WALK;
    // A storage that is slow to answer keeps nobody else's photo waiting: the turn ends with the walk.
    slots::receiving(memory, move || announced_as(&file, &announced)).await.ok_or_else(died)?
}

/// The hash of a large file costs a core, too.
async fn is_paper(facts: &PaperFacts, bytes: &Bytes) -> Result<(), Error> {
    let (announced, file) = (facts.hash.clone(), bytes.clone());
    let looked = move || {
        if PhotoHash::of(&file) != announced {
            return Err(Error::HashMismatch);
        }
        Ok(check_paper(&file)?)
    };
    slots::receiving(bytes.len() as u64, looked).await.ok_or_else(died)?
}

/// The bytes are the ones announced, and in order as far as that shows before they are decoded. What the picture is said
/// to be does not count, what its file says does.
fn announced_as(bytes: &[u8], facts: &PhotoFacts) -> Result<(), Error> {
    if PhotoHash::of(bytes) != facts.hash {
        return Err(Error::HashMismatch);
    }
    let walked = picture::walked(bytes)?;
    if walked.format.media_type() == facts.media_type { Ok(()) } else { Err(NotAPhoto::OtherKind.into()) }
}

/// What only one may hold of those who would make the photo of an upload.
type UploadLock = tokio::sync::Mutex<()>;

/// Uploads whose photo is being assembled.
static FINISHING: LazyLock<Mutex<HashMap<Uuid, Weak<UploadLock>>>> = LazyLock::new(Mutex::default);

fn lock_of(upload: Uuid) -> Arc<UploadLock> {
    let mut finishing = FINISHING.lock().unwrap_or_else(PoisonError::into_inner);
    finishing.retain(|_, lock| lock.strong_count() > 0);
    if let Some(lock) = finishing.get(&upload).and_then(Weak::upgrade) {
        return lock;
    }
    let lock = Arc::new(UploadLock::new(()));
    finishing.insert(upload, Arc::downgrade(&lock));
    lock
}

/// Makes the photo of an upload that is whole; repeats give a receipt for the same photo. Whoever asks while it is being made
/// waits and finds it: it lies in memory once, and counts against whoever sent it.
pub async fn finish(state: &Services, upload: &StoredUpload) -> Result<PhotoReceipt, Error> {
    let lock = lock_of(upload.id);
    let _guard = lock.lock().await;
    if let Some(receipt) = receipt(state, upload).await? {
        return Ok(receipt);
    }
    let _holding = state.budget.in_time(upload.person, upload.bytes).await?;
    let mut bytes = Vec::with_capacity(usize::try_from(upload.bytes).unwrap_or_default());
    for part in &upload.parts {
        match state.blobs.get(&upload.hash, Variant::Part(part.name)).await? {
            Some(piece) => bytes.extend_from_slice(&piece),
            // Somebody else may have made the photo meanwhile, and cleared up.
            None => match receipt(state, upload).await? {
                Some(receipt) => return Ok(receipt),
                None => return begin_anew(state, upload, Error::UploadGone).await,
            },
        }
    }
    let known = announced(state, upload).await?.ok_or(Error::NotAnnounced)?;
    let receipt = match store(state, upload.office, &known.facts, bytes.into()).await {
        Err(because @ (Error::HashMismatch | Error::NotAPhoto(_) | Error::NotAPaper(_))) => {
            return begin_anew(state, upload, because).await;
        }
        stored => stored?,
    };
    let mut tx = state.store.write().await?;
    // Still asked for by whoever did not hear of its end.
    if tx.upload(upload.id).await?.is_some() {
        tx.put_upload(&StoredUpload { parts: vec![], ..upload.clone() }).await?;
        tx.commit().await?;
    }
    drop_parts(state, upload).await;
    Ok(receipt)
}

/// What has come is of no use.
async fn begin_anew<T>(state: &Services, upload: &StoredUpload, because: Error) -> Result<T, Error> {
    end(state, upload).await?;
    Err(because)
}

/// The sender wants no more of it.
///
/// Its pieces are deleted first, so that a crash in between leaves no orphaned file.
pub async fn end(state: &Services, upload: &StoredUpload) -> Result<(), Error> {
    drop_parts(state, upload).await;
    drop_row(state, upload.id).await
}

async fn drop_row(state: &Services, upload: Uuid) -> Result<(), Error> {
    let mut tx = state.store.write().await?;
    tx.end_upload(upload).await?;
    tx.commit().await?;
    Ok(())
}

/// That this person's photo is here, if it is.
async fn receipt(state: &Services, upload: &StoredUpload) -> Result<Option<PhotoReceipt>, Error> {
    match announced(state, upload).await? {
        Some(photo) => receipt_of(state, upload.office, &photo).await,
        None => Ok(None),
    }
}

/// The sender's own announcement. Another person may have announced the same file; theirs is separate.
async fn announced(state: &Services, upload: &StoredUpload) -> Result<Option<StoredAttachment>, Error> {
    Ok(state.store.announcement(upload.office, &upload.hash, upload.person).await?)
}

/// Nothing names them any more; one that cannot be deleted now is a file too many.
async fn drop_parts(state: &Services, upload: &StoredUpload) {
    for part in &upload.parts {
        if let Err(error) = state.blobs.delete(&upload.hash, Variant::Part(part.name)).await {
            tracing::warn!(%error, upload = %upload.id, "a piece of an upload stays");
        }
    }
}
