//! Pictures to send.

use std::{io::Cursor, sync::LazyLock};

static SMALL: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut bytes = Cursor::new(Vec::new());
    let picture = image::GrayImage::from_pixel(120, 120, image::Luma([120]));
    picture.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
});

/// A small JPEG like no other: behind a picture's end anything may stand.
pub fn picture(tail: impl AsRef<[u8]>) -> Vec<u8> {
    [SMALL.as_slice(), tail.as_ref()].concat()
}
