//! What lies in a PNG beside its picture.
//!
//! A profile or a text is compressed, and a megabyte of it may unpack to a thousand: decoders unpack first and ask later.
//! The chunks are walked before anything is decoded, those of the picture held against their checksums, and what is
//! compressed beside it is unpacked into nothing, up to a limit.

use domain::photo::NotAPhoto;
use flate2::{Crc, read::ZlibDecoder};
use std::io::{self, Read};

/// Unpacked bytes of all profiles and texts together; a camera's profile has some kilobytes.
const MOST_BESIDE: u64 = 1024 * 1024;

/// Profiles and texts; each costs somebody who unpacks, however small it is. Cameras and editors write a few.
const MOST_COMPRESSED: usize = 64;

const SIGNATURE: usize = 8;

/// Gives the bytes that one pixel takes when it is decoded.
pub fn check(bytes: &[u8]) -> Result<u64, NotAPhoto> {
    let (mut at, mut beside, mut compressed_chunks, mut pixel) = (SIGNATURE, 0, 0, None);
    loop {
        let (kind, body, next) = chunk(bytes, at).ok_or(NotAPhoto::Cut)?;
        at = next;
        match kind {
            b"IHDR" => pixel = pixel.or(header(body)),
            b"IEND" => return pixel.ok_or(NotAPhoto::Cut),
            b"acTL" => return Err(NotAPhoto::Animated),
            b"iCCP" | b"zTXt" | b"iTXt" => {
                if let Some(packed) = compressed(kind, body) {
                    compressed_chunks += 1;
                    if compressed_chunks > MOST_COMPRESSED {
                        return Err(NotAPhoto::TooMuchBeside);
                    }
                    let left = MOST_BESIDE - beside;
                    // What cannot be unpacked is left out by decoders too.
                    let unpacked = io::copy(&mut ZlibDecoder::new(packed).take(left + 1), &mut io::sink());
                    beside += unpacked.unwrap_or_default();
                }
                if beside > MOST_BESIDE {
                    return Err(NotAPhoto::TooMuchBeside);
                }
            }
            _ => {}
        }
    }
}

/// Its kind, what is in it, and where the next one begins.
fn chunk(bytes: &[u8], at: usize) -> Option<(&[u8; 4], &[u8], usize)> {
    let head: &[u8; 8] = bytes.get(at..)?.first_chunk()?;
    let (length, kind) = head.split_first_chunk()?;
    let kind = kind.first_chunk()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let end = at.checked_add(8)?.checked_add(length)?;
    let body = bytes.get(at + 8..end)?;
    let sum: &[u8; 4] = bytes.get(end..)?.first_chunk()?;
    // Without what begins with a small letter there is a picture all the same.
    let is_needed = kind[0].is_ascii_uppercase();
    let is_whole = || {
        let mut crc = Crc::new();
        crc.update(kind);
        crc.update(body);
        crc.sum() == u32::from_be_bytes(*sum)
    };
    (!is_needed || is_whole()).then_some((kind, body, end + 4))
}

/// Bits and channels, as they are unpacked.
fn header(body: &[u8]) -> Option<u64> {
    let [depth, colour] = *body.get(8..10)?.first_chunk()?;
    let channels = match colour {
        0 => 1,
        2 => 3,
        4 => 2,
        // A palette may become colours with transparency.
        3 | 6 => 4,
        _ => return None,
    };
    Some(channels * if depth == 16 { 2 } else { 1 })
}

/// The compressed part, where there is one.
fn compressed<'a>(kind: &[u8; 4], body: &'a [u8]) -> Option<&'a [u8]> {
    let behind_zero =
        |body: &'a [u8]| body.iter().position(|byte| *byte == 0).and_then(|at| body.get(at + 1..));
    let [first, second, rest @ ..] = behind_zero(body)? else { return None };
    match (kind, first, second) {
        // Whether it is compressed, how, the language, the word in that language.
        (b"iTXt", 1, 0) => behind_zero(behind_zero(rest)?),
        (b"iTXt", _, _) => None,
        // How it is compressed.
        _ => behind_zero(body)?.get(1..),
    }
}
