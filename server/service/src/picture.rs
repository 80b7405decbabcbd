//! # Pictures as the server reads them
//!
//! Whatever is sent, within limits, and turned as its camera was held. What a file is and how large its picture is comes
//! from its beginning ([`domain::photo::PhotoFile`], as on the phone); then it is walked part by part without unpacking
//! anything ([`jpeg`], [`png`], [`webp`], [`heif`]): that is what a receipt rests on. What is in order and within limits is
//! decoded once, behind the answers, by whoever has a turn and the memory for it ([`slots`]); what cannot be is damaged.
//!
//! **Which libraries** ([`small`]). Decoding is `image`'s, by `zune-jpeg`; a scaled decoding, as `jpeg-decoder` has it, takes
//! as much processor, since most of it goes into reading the stream, and starts threads of its own. What `image` does
//! slowly is done by others: `fast_image_resize` makes a picture smaller in a tenth of the time, to the same fingerprint,
//! `jpeg-encoder` writes it in a quarter.

mod heif;
mod jpeg;
mod png;
pub mod slots;
pub mod small;
mod webp;

use domain::photo::{Format, NotAPhoto, PhotoFile};
use image::{DynamicImage, ImageDecoder, ImageReader, Limits, metadata::Orientation};
use std::io::Cursor;

/// Bytes that decoding one picture may take, whatever it is: 80 million pixels in three colours, and room.
pub const MOST_MEMORY: u64 = 400 * 1024 * 1024;

/// Bytes that walking through one may take, beside the file: of each block of a progressive JPEG eight, and its tables.
pub const MOST_TO_WALK: u64 = 32 * 1024 * 1024;

/// What a file says of itself, as far as it can be told without unpacking it.
#[derive(Debug, Clone, Copy)]
pub struct Outline {
    pub format: Format,
    size: Option<(u32, u32)>,
    /// Bytes that decoding it will take.
    pub memory: u64,
}

/// Walks through the whole file, which then holds a picture as far as that can be told without unpacking it.
pub fn walked(bytes: &[u8]) -> Result<Outline, NotAPhoto> {
    let outline = outline(bytes)?;
    let is_whole = match outline.format {
        Format::Jpeg => jpeg::is_whole(bytes),
        Format::Png | Format::WebP | Format::Heif => true,
    };
    if is_whole { Ok(outline) } else { Err(NotAPhoto::Cut) }
}

/// Looks at every part of the file.
pub fn outline(bytes: &[u8]) -> Result<Outline, NotAPhoto> {
    let PhotoFile { format, size } = PhotoFile::read(bytes, bytes.len() as u64)?;
    let (width, height) = match (format, size) {
        (_, Some(size)) => size,
        (Format::Heif, None) => (0, 0),
        (Format::Jpeg | Format::Png | Format::WebP, None) => return Err(NotAPhoto::Cut),
    };
    let pixels = u64::from(width) * u64::from(height);
    let memory = match format {
        Format::Jpeg => jpeg::Frame::read(bytes).ok_or(NotAPhoto::Cut)?.memory(),
        Format::Png => pixels * png::check(bytes)?,
        Format::WebP => pixels * webp::check(bytes, (width, height))?,
        Format::Heif => {
            heif::check(bytes)?;
            0
        }
    };
    if memory <= MOST_MEMORY {
        Ok(Outline { format, size, memory: memory + bytes.len() as u64 })
    } else {
        Err(NotAPhoto::TooManyPixels { width, height })
    }
}

/// A picture as it lies in its file, and how it is to be turned.
#[derive(Debug)]
pub struct Picture {
    pixels: DynamicImage,
    turned: Orientation,
}

/// Decodes it, whole or not. HEIC cannot be read here.
pub fn decoded(bytes: &[u8], outline: &Outline) -> Result<Picture, NotAPhoto> {
    let picture = decode(bytes).ok_or(NotAPhoto::Cut)?;
    // What was said of its size is what it was let in for.
    let same = outline.size.is_none_or(|size| size == (picture.pixels.width(), picture.pixels.height()));
    if same { Ok(picture) } else { Err(NotAPhoto::Cut) }
}

fn decode(bytes: &[u8]) -> Option<Picture> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder().ok()?;
    // Not every decoder keeps to them by itself.
    limits.reserve(decoder.total_bytes()).ok()?;
    // What a camera wrote beside the picture may be damaged; the picture is none the worse.
    let turned = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Some(Picture { pixels: DynamicImage::from_decoder(decoder).ok()?, turned })
}

impl Picture {
    /// Upright, its long edge no longer than this. Made small before it is turned: turning takes as much memory again.
    pub fn within(self, edge: u32) -> DynamicImage {
        let mut small = small::within(&self.pixels, edge).unwrap_or(self.pixels);
        small.apply_orientation(self.turned);
        small
    }

    /// Rows, upright.
    pub fn height(&self) -> u32 {
        use Orientation::{FlipHorizontal, FlipVertical, NoTransforms, Rotate90, Rotate180, Rotate270};
        match self.turned {
            NoTransforms | FlipHorizontal | FlipVertical | Rotate180 => self.pixels.height(),
            Rotate90 | Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH => {
                self.pixels.width()
            }
        }
    }
}
