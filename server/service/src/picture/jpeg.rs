//! Whether a JPEG holds its whole picture.
//!
//! Decoders are kind: where the data ends early they paint the rest grey and say nothing, and a file that was cut and given
//! an end marker passes for a photo. So the data is read through once without being made into pixels, block by block to
//! the last one (ITU T.81, annexes F and G), and how much a decoder would need is known before there is one.

mod bits;
mod scan;

use bits::Table;

/// What the frame says of the picture.
#[derive(Debug, Clone)]
pub struct Frame {
    progressive: bool,
    /// Whether a decoder keeps every coefficient until the last scan has come: of a progressive one, and where the first scan
    /// has not all components.
    keeps_all: bool,
    width: usize,
    height: usize,
    components: Vec<Component>,
}

#[derive(Debug, Clone)]
struct Component {
    id: u8,
    /// Which quantisation table its numbers are multiplied by.
    scale: u8,
    /// Samples for each unit of the frame, across and down.
    across: usize,
    down: usize,
    /// Its blocks that hold picture, and the blocks of a row that are stored.
    columns: usize,
    rows: usize,
    stored: usize,
    /// Of each block the coefficients that are not zero, which a refining scan must know. Progressive only.
    known: Vec<u64>,
}

/// Scans of one picture. Encoders write some ten; each costs a walk through all blocks.
const MOST_SCANS: usize = 32;

/// Blocks of one unit, as the standard has it.
const MOST_BLOCKS: usize = 10;

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// The next marker and what belongs to it, whatever stands before it.
    fn segment(&mut self) -> Option<(u8, &'a [u8])> {
        loop {
            let (at, kind) = (self.at, *self.bytes.get(self.at + 1)?);
            match (*self.bytes.get(at)?, kind) {
                (0xff, 0x00 | 0x01 | 0xd0..=0xd8) => self.at += 2,
                (0xff, 0xff) => self.at += 1,
                (0xff, 0xd9) => {
                    self.at += 2;
                    return Some((kind, &[]));
                }
                (0xff, _) => {
                    let length = self.bytes.get(at + 2..at + 4)?;
                    let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
                    self.at = at + 2 + length.max(2);
                    return Some((kind, self.bytes.get(at + 4..self.at)?));
                }
                _ => self.at += 1,
            }
        }
    }
}

impl Frame {
    /// None where there is none that anybody here could decode.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader { bytes, at: 2 };
        let mut frame: Option<Self> = None;
        loop {
            let Some(segment) = reader.segment() else { return frame };
            match segment {
                (kind @ 0xc0..=0xc2, body) if frame.is_none() => frame = Some(Self::of(kind == 0xc2, body)?),
                (0xda, head) => {
                    let mut frame = frame?;
                    frame.keeps_all |= usize::from(*head.first()?) < frame.components.len();
                    return Some(frame);
                }
                // Lossless, hierarchical, arithmetic: no phone writes them. Nor two frames.
                (0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf | 0xd9, _) => return None,
                _ => {}
            }
        }
    }

    fn of(progressive: bool, body: &[u8]) -> Option<Self> {
        let [8, h1, h2, w1, w2, count, rest @ ..] = body else { return None };
        let size = |high: &u8, low: &u8| usize::from(u16::from_be_bytes([*high, *low]));
        let (width, height) = (size(w1, w2), size(h1, h2));
        let fields = rest.as_chunks::<3>().0.get(..usize::from(*count))?;
        let sampled = |byte: u8| (usize::from(byte >> 4), usize::from(byte & 15));
        let most = |of: fn((usize, usize)) -> usize| fields.iter().map(|[_, by, _]| of(sampled(*by))).max();
        let (most_across, most_down) = (most(|by| by.0)?, most(|by| by.1)?);
        let mut components = vec![];
        for [id, by, scale] in fields {
            let (across, down) = sampled(*by);
            if !(1..=4).contains(&across) || !(1..=4).contains(&down) || width == 0 || height == 0 {
                return None;
            }
            components.push(Component {
                id: *id,
                scale: *scale,
                across,
                down,
                columns: (width * across).div_ceil(8 * most_across),
                rows: (height * down).div_ceil(8 * most_down),
                stored: width.div_ceil(8 * most_across) * across,
                known: vec![],
            });
        }
        (1..=4).contains(&components.len()).then_some(Self {
            progressive,
            keeps_all: progressive,
            width,
            height,
            components,
        })
    }

    /// Bytes that decoding it takes, the file itself aside.
    pub fn memory(&self) -> u64 {
        let shown = if self.components.len() == 1 { 1 } else { 3 };
        let pixels = self.width * self.height * shown;
        let blocks: usize = self.components.iter().map(|one| one.stored * one.all_rows(self)).sum();
        // Two bytes to a coefficient, and here a bit.
        (pixels + if self.keeps_all { blocks * (64 * 2 + 8) } else { 0 }) as u64
    }

    fn most_down(&self) -> usize {
        self.components.iter().map(|one| one.down).max().unwrap_or(1)
    }

    /// Units across and down, in a scan of several components.
    fn units(&self) -> (usize, usize) {
        let across = self.components.iter().map(|one| one.across).max().unwrap_or(1);
        (self.width.div_ceil(8 * across), self.height.div_ceil(8 * self.most_down()))
    }
}

impl Component {
    fn all_rows(&self, frame: &Frame) -> usize {
        frame.height.div_ceil(8 * frame.most_down()) * self.down
    }
}

/// Whether every block of every scan is there, every component in one of them, and every table that they name.
pub fn is_whole(bytes: &[u8]) -> bool {
    walk(bytes).is_some()
}

/// Tables that scans name, the latest of each number.
#[derive(Default)]
struct Tables {
    slow: [Option<Table>; 4],
    fast: [Option<Table>; 4],
}

fn walk(bytes: &[u8]) -> Option<()> {
    let mut reader = Reader { bytes, at: 2 };
    let mut frame: Option<Frame> = None;
    let (mut tables, mut restart) = (Tables::default(), 0);
    let (mut scans, mut seen, mut scales) = (0, 0_u8, 0_u8);
    loop {
        match reader.segment()? {
            (kind @ 0xc0..=0xc2, body) if frame.is_none() => {
                let mut read = Frame::of(kind == 0xc2, body)?;
                if read.progressive {
                    for at in 0..read.components.len() {
                        let blocks = read.components[at].stored * read.components[at].all_rows(&read);
                        read.components[at].known = vec![0; blocks];
                    }
                }
                frame = Some(read);
            }
            (0xc4, body) => tables.read(body)?,
            (0xdb, body) => scales |= named_scales(body)?,
            (0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf | 0xdc, _) => return None,
            (0xdd, [high, low, ..]) => restart = usize::from(u16::from_be_bytes([*high, *low])),
            (0xda, head) => {
                scans += 1;
                if scans > MOST_SCANS {
                    return None;
                }
                let frame = frame.as_mut()?;
                let scan = scan::Scan::read(frame, head)?;
                scan.has_scales(frame, scales).then_some(())?;
                let (begin, names) = (reader.at, scan.first_of());
                reader.at = scan.walk(frame, &tables, restart, bytes.get(begin..)?)? + begin;
                seen |= names;
            }
            (0xd9, _) => {
                let all = (1_u8 << frame?.components.len()) - 1;
                return (seen == all).then_some(());
            }
            _ => {}
        }
    }
}

/// Of a segment of quantisation tables, a bit for each.
fn named_scales(mut body: &[u8]) -> Option<u8> {
    let mut named = 0;
    while let [class, rest @ ..] = body {
        let length = if class >> 4 == 0 { 64 } else { 128 };
        named |= 1_u8.checked_shl(u32::from(class & 15))?;
        body = rest.get(length..)?;
    }
    Some(named)
}

impl Tables {
    fn read(&mut self, mut body: &[u8]) -> Option<()> {
        while let [class, rest @ ..] = body {
            let (table, length) = Table::read(rest)?;
            let of = if class >> 4 == 0 { &mut self.slow } else { &mut self.fast };
            *of.get_mut(usize::from(class & 15))? = Some(table);
            body = rest.get(length..)?;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Rgb, RgbImage, codecs::jpeg::JpegEncoder};

    const PROGRESSIVE: &[u8] = include_bytes!("../../../tests/pictures/progressive.jpg");

    fn baseline() -> Vec<u8> {
        let picture = RgbImage::from_fn(403, 301, |x, y| Rgb([(x ^ y) as u8, (x * y % 251) as u8, 90]));
        let mut bytes = vec![];
        JpegEncoder::new_with_quality(&mut bytes, 80).encode_image(&picture).unwrap();
        bytes
    }

    #[test]
    fn a_whole_picture_is_whole_and_any_part_of_it_with_an_end_is_not() {
        for whole in [baseline(), PROGRESSIVE.to_vec()] {
            assert!(is_whole(&whole));
            assert!(is_whole(&[&whole, b"a film behind the picture".as_slice()].concat()));
            for length in (2..whole.len() - 4).step_by(whole.len() / 97) {
                let cut = [&whole[..length], &[0xff, 0xd9]].concat();
                // Between two scans of a progressive one the picture is there, only coarser.
                assert!(
                    !is_whole(&cut) || whole[length..].starts_with(&[0xff]),
                    "{length} of {}",
                    whole.len()
                );
                assert!(!is_whole(&whole[..length]), "without an end, {length}");
            }
        }
    }

    #[test]
    fn what_it_takes_to_decode_is_known_before() {
        let memory = |bytes: &[u8]| Frame::read(bytes).map(|frame| frame.memory());
        assert_eq!(memory(&baseline()), Some(403 * 301 * 3));
        // A fourth of the colours, two bytes to a coefficient, in whole blocks.
        assert_eq!(memory(PROGRESSIVE), Some(240 * 180 * 3 + (240 * 192 * 3 / 2) / 64 * 136));
        assert_eq!(memory(b"\xff\xd8\xff\xc9\0\x11\x08"), None);
        let frame =
            b"\xff\xd8\xff\xc0\0\x11\x08\x01\x2c\x01\x90\x03\x01\x11\0\x02\x11\0\x03\x11\0".as_slice();
        let together = b"\xff\xda\0\x0c\x03\x01\0\x02\0\x03\0\0\x3f\0".as_slice();
        let apart = b"\xff\xda\0\x08\x01\x01\0\0\x3f\0".as_slice();
        assert_eq!(memory(&[frame, together].concat()), Some(400 * 300 * 3));
        // One component after the other: as much as a progressive one, whose colours are whole.
        assert_eq!(memory(&[frame, apart].concat()), Some(400 * 300 * 3 + 50 * 38 * 3 * 136));
    }
}
