//! What lies in a WebP: one picture, of the size that the file says, and nothing that moves.

use domain::photo::NotAPhoto;

/// Gives the bytes that one pixel takes while it is decoded. `size`: as the file's beginning has it.
pub fn check(bytes: &[u8], size: (u32, u32)) -> Result<u64, NotAPhoto> {
    let (mut at, mut pixel, mut transparency) = (12, None::<u64>, 0);
    while let Some((kind, body, next)) = chunk(bytes, at)? {
        at = next;
        match kind {
            // Brightness whole, colours at half, then the picture with its transparency.
            b"VP8 " => {
                same(size, lossy(body))?;
                pixel = pixel.or(Some(7));
            }
            b"VP8L" => {
                same(size, lossless(body))?;
                pixel = pixel.or(Some(8));
            }
            // By itself it is unpacked as a picture of its own.
            b"ALPH" => transparency = 4,
            b"ANIM" | b"ANMF" => return Err(NotAPhoto::Animated),
            _ => {}
        }
    }
    pixel.map(|pixel| pixel + transparency).ok_or(NotAPhoto::Cut)
}

type Chunk<'a> = (&'a [u8; 4], &'a [u8], usize);

/// None at the end.
fn chunk(bytes: &[u8], at: usize) -> Result<Option<Chunk<'_>>, NotAPhoto> {
    let Some(head) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) else { return Ok(None) };
    let (kind, length) = head.split_first_chunk().ok_or(NotAPhoto::Cut)?;
    let length = length.first_chunk().and_then(|length| usize::try_from(u32::from_le_bytes(*length)).ok());
    let length = length.ok_or(NotAPhoto::Cut)?;
    let body = bytes.get(at + 8..).and_then(|rest| rest.get(..length)).ok_or(NotAPhoto::Cut)?;
    Ok(Some((kind, body, at + 8 + length + length % 2)))
}

/// A frame larger than what holds it would be unpacked all the same.
fn same(said: (u32, u32), is: Option<(u32, u32)>) -> Result<(), NotAPhoto> {
    match is {
        Some(is) if is == said => Ok(()),
        _ => Err(NotAPhoto::Cut),
    }
}

fn lossy(body: &[u8]) -> Option<(u32, u32)> {
    let [0x9d, 0x01, 0x2a, w1, w2, h1, h2] = *body.get(3..)?.first_chunk()? else { return None };
    let size = |low: u8, high: u8| u32::from(u16::from_le_bytes([low, high]) & 0x3fff);
    Some((size(w1, w2), size(h1, h2)))
}

fn lossless(body: &[u8]) -> Option<(u32, u32)> {
    let [0x2f, a, b, c, d] = *body.first_chunk()? else { return None };
    let both = u32::from_le_bytes([a, b, c, d]);
    Some(((both & 0x3fff) + 1, (both >> 14 & 0x3fff) + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transparency_by_itself_counts_as_a_picture_more() {
        let chunk = |kind: &[u8; 4], body: &[u8]| {
            let length = u32::try_from(body.len()).unwrap().to_le_bytes();
            [kind.as_slice(), &length, body].concat()
        };
        let picture = chunk(b"VP8 ", &[0x10, 0, 0, 0x9d, 0x01, 0x2a, 0x90, 0x01, 0x2c, 0x01]);
        let file = |more: Vec<u8>| [b"RIFF\0\0\0\0WEBP".to_vec(), more, picture.clone()].concat();
        let pixel = |bytes: Vec<u8>| check(&bytes, (400, 300)).unwrap();
        assert_eq!(pixel(file(vec![])), 7);
        assert_eq!(pixel(file(chunk(b"ALPH", &[1, 0]))), 11);
    }
}
