//! Small pictures for lists, made once after the photo has arrived.

use super::JobError;
use crate::{blobs::Variant, state::AppState};
use domain::photo::PhotoHash;
use image::{ImageFormat, ImageReader, Limits};
use std::io::Cursor;
use tokio::task::spawn_blocking;

/// Pixels of the long edge.
const EDGE: u32 = 320;

/// A picture that unpacks to more than this is not a phone's.
const MOST_MEMORY: u64 = 512 * 1024 * 1024;

pub(super) async fn work(state: &AppState, subject: &str) -> Result<(), JobError> {
    let Ok(hash) = subject.parse::<PhotoHash>() else { return Ok(()) };
    if state.blobs.has(&hash, Variant::Thumbnail).await? {
        return Ok(());
    }
    let Some(bytes) = state.blobs.get(&hash, Variant::Original).await? else { return Ok(()) };
    let small = spawn_blocking(move || make(&bytes)).await.ok().flatten();
    match small {
        Some(small) => Ok(state.blobs.put(&hash, Variant::Thumbnail, &small).await?),
        None => Ok(()),
    }
}

/// A JPEG; none where the bytes are no picture that can be read here, as HEIC is not.
fn make(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let small = reader.decode().ok()?.thumbnail(EDGE, EDGE).into_rgb8();
    let mut out = Cursor::new(Vec::new());
    small.write_to(&mut out, ImageFormat::Jpeg).ok()?;
    Some(out.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_shrinks_and_anything_else_gives_none() {
        let mut png = Cursor::new(Vec::new());
        image::RgbImage::new(1600, 1200).write_to(&mut png, ImageFormat::Png).unwrap();
        let small = image::load_from_memory(&make(png.get_ref()).unwrap()).unwrap();
        assert_eq!((small.width(), small.height()), (320, 240));
        assert_eq!(make(b"not a picture"), None);
    }
}
