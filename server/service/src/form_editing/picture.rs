//! A picture for a question. What an author sends is unpacked and made anew within limits, so that no phone gets anything that
//! was in the file besides the picture; it is kept as an attachment of the office, and named in the question's row.

use super::{
    draft::{after, ready, saved, unchanged},
    media::Media,
    pictures,
};
use crate::{
    asker::Asker,
    blobs::Variant,
    error::Error,
    jobs::process_photo,
    picture::{MOST_TO_WALK, Picture, decoded, slots, small, walked},
    services::Services,
    storage::Transaction,
};
use authoring::xlsform::image_file;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use domain::{
    attachment::AttachmentFacts,
    audit::{Act, Subject, SubjectKind},
    form::{QuestionPicture, SheetEdit, SheetName},
    id::{FormId, OfficeId},
    photo::{Format, PhotoFacts, PhotoHash},
    role::Action,
};
use i18n::form_editing as t;
use image::{DynamicImage, Rgba, RgbaImage, imageops};
use serde_json::json;
use std::collections::BTreeMap;

/// Pictures of all forms of one office. What a version shows stays: records name versions. What nothing names goes in time
/// ([`jobs::sweep`](crate::jobs::sweep)).
const MOST_OF_AN_OFFICE: usize = 2_000;

/// Pixels of the long edge, until what is written is small enough.
const EDGES: [u32; 4] = [QuestionPicture::LONG_EDGE, 768, 512, 320];

/// Puts the picture to this row of the draft, counted from 0, in place of the one that it has. `seen`: when the draft was saved
/// that the author has before them. Answers when it was saved now.
///
/// # Errors
/// [`Error::Invalid`] of `picture` where the file is none that can be shown, [`Error::Changed`] where somebody has saved since.
pub async fn put_picture(
    state: &Services,
    by: &Asker,
    id: &FormId,
    seen: DateTime<Utc>,
    row: usize,
    file: Bytes,
) -> Result<DateTime<Utc>, Error> {
    by.allow(Action::ManageForms)?;
    let office = by.actor.office;
    let (saved_at, mut sheets) = saved(state, by, id).await?;
    if saved_at != seen || row >= sheets.survey.rows.len() {
        return Err(Error::Changed);
    }
    let kept = keep(state, by, made(by, file).await?).await?;
    let image = kept.hash.clone();
    let cells = sheets.survey.naming_image(&image_file(&image));
    let question = sheets.survey.get(row, "name").to_owned();
    let edit = SheetEdit::Write { sheet: SheetName::Survey, row, cells };
    sheets.apply(&edit).map_err(|_| Error::Changed)?;
    let mut held = pictures(state, office).await?;
    held.insert(image.clone());
    let mut draft = ready(state, by, id.clone(), sheets, &held)?;
    draft.saved_at = after(draft.saved_at, seen);
    let mut tx = state.store.write().await?;
    unchanged(&mut *tx, office, id, seen).await?;
    named(&mut *tx, office, &kept, state.now()).await?;
    tx.put_form_draft(office, &draft).await?;
    let subject = Subject::new(SubjectKind::FormDraft, None, id.as_str());
    let entry = state.audit(office, &by.author(), Act::Changed, subject);
    let became = json!({ "question": question, "picture": image });
    tx.put_audit(&entry.change(&json!({}), &became)).await?;
    tx.commit().await?;
    state.write_queue.jobs.notify_one();
    Ok(draft.saved_at)
}

/// Makes these anew and keeps them, each by the file as which it came. They are pictures of forms once a draft names them
/// ([`named`]).
///
/// # Errors
/// [`Error::Invalid`] of `file` with the first that is none that can be shown.
pub(super) async fn kept(
    state: &Services,
    by: &Asker,
    media: Vec<Media>,
) -> Result<BTreeMap<String, PhotoFacts>, Error> {
    let mut kept = BTreeMap::new();
    for Media { file, bytes } in media {
        let made = match made(by, bytes.into()).await {
            Err(Error::Invalid { reason, .. }) => {
                return Err(Error::invalid("file", t::media_unfit(by.lang, &file, &reason)));
            }
            made => made?,
        };
        kept.insert(file, keep(state, by, made).await?);
    }
    Ok(kept)
}

/// As it is kept: a JPEG within limits.
struct Made {
    bytes: Vec<u8>,
    width: u32,
    height: u32,
}

async fn made(by: &Asker, file: Bytes) -> Result<Made, Error> {
    let refused = |reason: String| Error::invalid("picture", reason);
    let unfit = || refused(t::picture_unfit(by.lang).to_owned());
    let size = file.len() as u64;
    if size > QuestionPicture::LARGEST_CHOSEN {
        let megabytes = QuestionPicture::LARGEST_CHOSEN / 1024 / 1024;
        return Err(refused(t::picture_too_large(by.lang, megabytes)));
    }
    let looked_at = file.clone();
    // What a decoder panics at is as unfit as what it refuses.
    let outline = slots::receiving(size + MOST_TO_WALK, move || walked(&looked_at)).await;
    let outline = outline.and_then(Result::ok).ok_or_else(unfit)?;
    if !QuestionPicture::FORMATS.contains(&outline.format) {
        return Err(unfit());
    }
    let work = move || decoded(&file, &outline).ok().and_then(within_limits);
    slots::receiving(outline.memory, work).await.flatten().ok_or_else(unfit)
}

fn within_limits(picture: Picture) -> Option<Made> {
    let whole = on_white(picture.within(QuestionPicture::LONG_EDGE));
    EDGES.into_iter().find_map(|edge| {
        let image = small::within(&whole, edge).unwrap_or_else(|| whole.clone());
        let (width, height) = (image.width(), image.height());
        let bytes = small::jpeg(image)?;
        (bytes.len() as u64 <= QuestionPicture::LARGEST).then_some(Made { bytes, width, height })
    })
}

/// A drawing without a ground is drawn for paper; a JPEG has no transparency, and would show it on black.
fn on_white(picture: DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return picture;
    }
    let mut ground = RgbaImage::from_pixel(picture.width(), picture.height(), Rgba([255; 4]));
    imageops::overlay(&mut ground, &picture.into_rgba8(), 0, 0);
    ground.into()
}

/// Its bytes are durable when it returns, and loose until a draft names them.
async fn keep(state: &Services, by: &Asker, made: Made) -> Result<PhotoFacts, Error> {
    let (office, person, now) = (by.actor.office, by.actor.person, state.now());
    let Made { bytes, width, height } = made;
    let (hash, size) = (PhotoHash::of(&bytes), bytes.len() as u64);
    let held = pictures(state, office).await?;
    if held.len() >= MOST_OF_AN_OFFICE && !held.contains(&hash) {
        return Err(Error::invalid("picture", t::pictures_too_many(by.lang, MOST_OF_AN_OFFICE)));
    }
    // Before they are here: a server that dies now leaves nothing that nobody would clear.
    let mut tx = state.store.write().await?;
    tx.await_bytes(&hash, now).await?;
    tx.commit().await?;
    state.blobs.put(&hash, Variant::Original, &bytes).await?;
    state.metrics.photo(size);
    Ok(PhotoFacts {
        hash,
        bytes: size,
        media_type: Format::Jpeg.media_type().to_owned(),
        width,
        height,
        at: now,
        by: person,
        location: None,
        original: None,
        camera: None,
        source: None,
        caption_height: 0,
    })
}

/// A draft names it, in this transaction: it is a picture of the office, and an attachment that nobody told of as theirs. What no
/// draft came to name is none: it would count against the office, and be shown to all of it.
pub(super) async fn named(
    tx: &mut dyn Transaction,
    office: OfficeId,
    kept: &PhotoFacts,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    tx.put_brought(office, &AttachmentFacts::Photo(kept.clone()), now).await?;
    tx.put_form_picture(office, &kept.hash, now).await?;
    tx.settle_bytes(&kept.hash).await?;
    tx.put_jobs(&[process_photo::wanted(office, kept.hash.clone(), now)?]).await?;
    Ok(())
}
