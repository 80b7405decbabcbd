//! A photo from a stranger: made anew, so that nothing of its file is kept but the picture.

use crate::{
    error::Error,
    picture::{MOST_TO_WALK, decoded, slots, small, walked},
};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use domain::{
    id::{CodeId, PersonId},
    photo::{Format, NotAPhoto, PhotoFacts, PhotoHash},
};

/// Pixels of its long edge: what phones of the office send.
const EDGE: u32 = 1_600;

/// A picture as it is kept.
pub struct Made {
    pub facts: PhotoFacts,
    pub bytes: Vec<u8>,
}

/// Unpacks it within limits, turns it upright and writes it as a JPEG without anything that its camera noted.
///
/// # Errors
/// [`Error::NotAPhoto`] of what is none, [`Error::TooLarge`] beyond what a phone of the office may send.
pub async fn made(file: Bytes, code: CodeId, now: DateTime<Utc>) -> Result<Made, Error> {
    let size = file.len() as u64;
    if size > PhotoFacts::LARGEST {
        return Err(Error::TooLarge);
    }
    let looked_at = file.clone();
    // What a decoder panics at is as unfit as what it refuses.
    let outline = slots::receiving(size + MOST_TO_WALK, move || walked(&looked_at)).await;
    let outline = outline.ok_or(NotAPhoto::Cut)??;
    if outline.format == Format::Heif {
        return Err(NotAPhoto::OtherKind.into());
    }
    let work = move || {
        let picture = decoded(&file, &outline)?.within(EDGE);
        let (width, height) = (picture.width(), picture.height());
        let bytes = small::jpeg(picture).ok_or(NotAPhoto::Cut)?;
        Ok::<_, NotAPhoto>((bytes, width, height))
    };
    let (bytes, width, height) = slots::receiving(outline.memory, work).await.ok_or(NotAPhoto::Cut)??;
    let facts = PhotoFacts {
        hash: PhotoHash::of(&bytes),
        bytes: bytes.len() as u64,
        media_type: Format::Jpeg.media_type().to_owned(),
        width,
        height,
        at: now,
        // Nobody with an account: the code by which it came.
        by: PersonId(code.0),
        location: None,
        original: None,
        camera: None,
        source: None,
        caption_height: 0,
    };
    Ok(Made { facts, bytes })
}
