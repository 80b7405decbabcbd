//! What files say that they are, before anything unpacks them.

mod real_photos;

use domain::photo::{Format, NotAPhoto, PhotoFile};
use proptest::prelude::*;
use real_photos::photos;

fn read(bytes: &[u8]) -> Result<PhotoFile, NotAPhoto> {
    PhotoFile::read(&bytes[..bytes.len().min(PhotoFile::HEAD)], bytes.len() as u64)?.shows_something()
}

#[test]
fn real_photos_say_what_they_are() {
    for (name, bytes) in photos() {
        let format = if name.ends_with("HEIC") { Format::Heif } else { Format::Jpeg };
        let size = match name.as_str() {
            "67-0_length_string.jpg" => (4032, 2012),
            "corrupted.jpg" => (3648, 2736),
            "iphone_hdr_NO.jpg" | "jolla.jpg" => (3264, 2448),
            "no_exif.jpg" => (322, 466),
            "portrait_1.jpg" | "portrait_3.jpg" => (450, 600),
            // Before they are turned.
            "portrait_5.jpg" | "portrait_6.jpg" | "portrait_8.jpg" => (600, 450),
            "IMG_5195.HEIC" => (2566, 3313),
            "image01137.jpg" => {
                assert_eq!(read(&bytes), Err(NotAPhoto::TooSmall { width: 88, height: 64 }));
                continue;
            }
            _ => (640, 480),
        };
        assert_eq!(read(&bytes), Ok(PhotoFile { format, size: Some(size) }), "{name}");
    }
}

/// A JPEG's markers up to its frame header.
fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let [w, h] = [width, height].map(u16::to_be_bytes);
    [&[0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xff, 0xc2, 0, 17, 8], h.as_slice(), &w, &[3]].concat()
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let [w, h] = [width, height].map(u32::to_be_bytes);
    [b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".as_slice(), &w, &h].concat()
}

fn webp(kind: &[u8; 4], rest: &[u8]) -> Vec<u8> {
    let length = u32::try_from(12 + rest.len()).unwrap_or_default().to_le_bytes();
    [b"RIFF".as_slice(), &length, b"WEBP", kind, &[0; 4], rest].concat()
}

#[test]
fn every_kind_says_its_size() {
    let sized = |format, width, height| Ok(PhotoFile { format, size: Some((width, height)) });
    assert_eq!(read(&jpeg(4000, 3000)), sized(Format::Jpeg, 4000, 3000));
    assert_eq!(read(&png(1080, 2400)), sized(Format::Png, 1080, 2400));
    let lossy = webp(b"VP8 ", &[0, 0, 0, 0x9d, 0x01, 0x2a, 0x00, 0x05, 0xd0, 0x02]);
    assert_eq!(read(&lossy), sized(Format::WebP, 1280, 720));
    let lossless = webp(b"VP8L", &[&[0x2f], (0x4ff_u32 | 0x2cf << 14).to_le_bytes().as_slice()].concat());
    assert_eq!(read(&lossless), sized(Format::WebP, 1280, 720));
    let extended = webp(b"VP8X", &[0, 0, 0, 0, 0xff, 4, 0, 0xcf, 2, 0]);
    assert_eq!(read(&extended), sized(Format::WebP, 1280, 720));
}

#[test]
fn what_is_too_much_for_a_phone_is_refused_before_it_is_unpacked() {
    let enormous = NotAPhoto::TooManyPixels { width: 12_000, height: 9_000 };
    assert_eq!(read(&jpeg(12_000, 9_000)), Err(enormous));
    assert_eq!(read(&png(12_000, 9_000)), Err(enormous));
    assert_eq!(
        read(&png(u32::MAX, u32::MAX)),
        Err(NotAPhoto::TooManyPixels { width: u32::MAX, height: u32::MAX })
    );
    assert!(read(&jpeg(9_248, 6_936)).is_ok(), "64 million, as many phones take");
}

#[test]
fn what_is_no_photo_is_refused_whatever_it_is_called() {
    assert_eq!(read(b""), Err(NotAPhoto::Empty));
    for other in
        [b"GIF89a".as_slice(), b"%PDF-1.7", b"\0\0\0\x18ftypmp42", "不是照片".as_bytes(), &[0xff, 0xd8]]
    {
        assert_eq!(read(other), Err(NotAPhoto::OtherKind));
    }
    assert_eq!(read(&png(32, 32)), Err(NotAPhoto::TooSmall { width: 32, height: 32 }));
}

#[test]
fn what_was_cut_short_is_told_apart() {
    let whole = webp(b"VP8X", &[0, 0, 0, 0, 0xff, 4, 0, 0xcf, 2, 0]);
    assert_eq!(read(&whole[..whole.len() - 1]), Err(NotAPhoto::Cut));
    let heic = [b"\0\0\0\x18ftypheic".as_slice(), &[0; 12], b"\0\0\x01\0mdat", &[7; 248]].concat();
    assert_eq!(read(&heic), Ok(PhotoFile { format: Format::Heif, size: None }));
    for end in [heic.len() - 1, 100, 30] {
        assert_eq!(read(&heic[..end]), Err(NotAPhoto::Cut), "{end}");
    }
    for (name, bytes) in photos().into_iter().filter(|(name, _)| name.ends_with("HEIC")) {
        assert_eq!(read(&bytes[..bytes.len() / 2]), Err(NotAPhoto::Cut), "{name}");
    }
}

proptest! {
    /// Files come from anywhere.
    #[test]
    fn nothing_breaks_it(start in 0usize..8, rest in prop::collection::vec(any::<u8>(), 0..80), length in 0u64..200) {
        let starts: [&[u8]; 8] =
            [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF", b"RIFF\x10\0\0\0WEBPVP8X", b"\0\0\0\x18ftypheic", b"", b"\0\0\0\x01ftypmif1", b"\0"];
        let bytes = [starts[start], &rest].concat();
        if let Ok(PhotoFile { size: Some((width, height)), .. }) = PhotoFile::read(&bytes, length) {
            prop_assert!(u64::from(width) * u64::from(height) <= PhotoFile::MOST_PIXELS);
        }
    }
}
