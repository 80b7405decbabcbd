//! Pictures as the server reads them: whatever is sent, within limits, and turned as its camera was held.

use image::{DynamicImage, ImageDecoder, ImageReader, Limits, metadata::Orientation};
use std::io::Cursor;

/// A picture that unpacks to more than this is not a phone's.
const MOST_MEMORY: u64 = 512 * 1024 * 1024;

/// None where the bytes are no whole picture of a kind that can be read here; HEIC cannot.
pub fn decoded(bytes: &[u8]) -> Option<DynamicImage> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder().ok()?;
    // Not every decoder keeps to them by itself.
    limits.reserve(decoder.total_bytes()).ok()?;
    // What a camera wrote beside the picture may be damaged; the picture is none the worse.
    let turned = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    picture.apply_orientation(turned);
    Some(picture)
}
