//! # Image fingerprints
//!
//! Whether a photo was used before is asked of pictures that were saved again, made smaller, cut at the edges or stamped,
//! so their bytes say nothing. A picture is squeezed to 32 by 32 pixels and taken apart into waves (a discrete cosine
//! transform); whether each of the slowest waves is stronger than most gives a bit. The slowest 64 of them find, the
//! slowest 256 confirm ([`PerceptualHash`]). This is the perceptual hash known as pHash. A few prints of the picture cut at its
//! edges go along, so that a cut picture finds the whole one.
//!
//! Whether two pictures show the same place is another question: the light, the people and the rubbish may differ. That
//! is compared by the directions of edges in a grid ([`HogDescriptor`], a histogram of oriented gradients), and is a hint at
//! the most.
//!
//! The crate `image_hasher` makes a pHash too. It was left: it scales the whole picture anew for each hash, fourteen times
//! for what is kept here, has the mean brightness among its bits, and every limit below was measured with this transform
//! (`server/benches/hashes`).

use super::grey::{CropMargins, Grey};
use std::{array, collections::BTreeSet, f32::consts::PI};

/// Of the square that a picture is squeezed to.
const SIDE: usize = 32;
/// Waves each way, of the fine bits and of the coarse ones.
const FINE: usize = 16;
const COARSE: usize = 8;

/// How a picture is cut for its prints: whole; a little and more all round; each side.
const CROPS: [CropMargins; 7] = [
    CropMargins::NONE,
    CropMargins::all(0.03),
    CropMargins::all(0.07),
    CropMargins { left: 0.1, ..CropMargins::NONE },
    CropMargins { top: 0.1, ..CropMargins::NONE },
    CropMargins { right: 0.1, ..CropMargins::NONE },
    CropMargins { bottom: 0.1, ..CropMargins::NONE },
];

/// A perceptual hash of one view of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PerceptualHash {
    pub coarse: u64,
    pub fine: [u64; 4],
}

/// A histogram of oriented gradients: a grid of cells, in each the share of every edge direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HogDescriptor([u8; CELLS * CELLS * DIRECTIONS]);

const CELLS: usize = 6;
const DIRECTIONS: usize = 8;

/// A picture's fingerprint: perceptual hashes and an edge histogram.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageFingerprint {
    /// The whole picture first.
    pub hashes: [PerceptualHash; CROPS.len()],
    pub structure: HogDescriptor,
}

/// How far two pictures are from each other: bits that differ, of the pair of views that differ least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Distance {
    /// Of 256.
    pub fine: u32,
    /// Of 64.
    pub coarse: u32,
}

impl PerceptualHash {
    fn of(grey: &Grey, crop: CropMargins) -> Self {
        let dct = dct(&grey.resized::<SIDE>(crop));
        let stronger = |side: usize| {
            // The first wave is the picture's mean brightness, which says how light it was.
            let mut strengths: Vec<f32> =
                (0..side * side).skip(1).map(|at| dct[at / side][at % side]).collect();
            let middle = strengths.len() / 2;
            let (_, median, _) = strengths.select_nth_unstable_by(middle, f32::total_cmp);
            let median = *median;
            (0..side * side).map(move |at| at > 0 && dct[at / side][at % side] > median)
        };
        let word = |bits: &[bool]| bits.iter().fold(0, |word, bit| word << 1 | u64::from(*bit));
        let coarse: Vec<bool> = stronger(COARSE).collect();
        let fine: Vec<bool> = stronger(FINE).collect();
        Self { coarse: word(&coarse), fine: array::from_fn(|at| word(&fine[at * 64..][..64])) }
    }

    fn distance(&self, other: &Self) -> Distance {
        let fine = self.fine.iter().zip(other.fine).map(|(a, b)| (a ^ b).count_ones()).sum();
        Distance { fine, coarse: (self.coarse ^ other.coarse).count_ones() }
    }
}

/// The band's number above its bits. The highest bit of all stands for the mean brightness and is never set.
fn bands(coarse: u64) -> impl Iterator<Item = i32> {
    (0..BANDS).map(move |band| {
        let bits = coarse >> (band * BAND) & ((1 << BAND) - 1);
        (band << BAND) as i32 | bits as i32
    })
}

/// The lowest frequencies of the picture's two-dimensional DCT.
fn dct(square: &[[f32; SIDE]; SIDE]) -> [[f32; FINE]; FINE] {
    let wave: [[f32; SIDE]; FINE] =
        array::from_fn(|k| array::from_fn(|x| (PI * (x as f32 + 0.5) * k as f32 / SIDE as f32).cos()));
    let along: [[f32; FINE]; SIDE] = array::from_fn(|y| {
        array::from_fn(|k| square[y].iter().zip(&wave[k]).map(|(pixel, wave)| pixel * wave).sum())
    });
    array::from_fn(|j| array::from_fn(|k| (0..SIDE).map(|y| along[y][k] * wave[j][y]).sum()))
}

impl HogDescriptor {
    fn of(grey: &Grey) -> Self {
        const PIXELS: usize = 96;
        let square = grey.resized::<PIXELS>(CropMargins::NONE);
        let mut cells = [[0f32; DIRECTIONS]; CELLS * CELLS];
        for y in 1..PIXELS - 1 {
            for x in 1..PIXELS - 1 {
                let (across, down) =
                    (square[y][x + 1] - square[y][x - 1], square[y + 1][x] - square[y - 1][x]);
                let strength = across.hypot(down);
                // An edge has no front and back: half a turn is the same direction.
                let turn = down.atan2(across).rem_euclid(PI) / PI;
                let direction = ((turn * DIRECTIONS as f32) as usize).min(DIRECTIONS - 1);
                cells[y * CELLS / PIXELS * CELLS + x * CELLS / PIXELS][direction] += strength;
            }
        }
        // Each cell by itself: a bright window must not drown the rest.
        let bytes = cells.iter().flat_map(|cell| {
            let length = cell.iter().map(|share| share * share).sum::<f32>().sqrt().max(1.0);
            cell.map(|share| (share / length * 255.0).round() as u8)
        });
        let bytes: Vec<u8> = bytes.collect();
        Self(array::from_fn(|at| bytes[at]))
    }

    /// From 0, nothing alike, to 1.
    pub fn similarity(&self, other: &Self) -> f32 {
        // What any two pictures share, an even spread of directions, counts for nothing.
        let centred = |structure: &Self| -> Vec<f32> {
            let mean =
                structure.0.iter().map(|share| f32::from(*share)).sum::<f32>() / structure.0.len() as f32;
            structure.0.iter().map(|share| f32::from(*share) - mean).collect()
        };
        let (a, b) = (centred(self), centred(other));
        let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
        (dot(&a, &b) / (dot(&a, &a) * dot(&b, &b)).sqrt().max(1.0)).clamp(0.0, 1.0)
    }
}

/// Coarse bits in which pictures differ at the most that are nearly the same.
const COARSE_BITS: u32 = 18;

/// Bits of each of the [`BANDS`] that a coarse print is looked up by.
const BAND: u32 = 21;
const BANDS: u32 = 3;

impl ImageFingerprint {
    /// As stored: a byte for the form, then all bits, highest first.
    pub const BYTES: usize = 1 + CROPS.len() * 40 + CELLS * CELLS * DIRECTIONS;
    const FORM: u8 = 1;

    pub fn to_bytes(&self) -> Vec<u8> {
        let words = self.hashes.iter().flat_map(|hash| [hash.coarse].into_iter().chain(hash.fine));
        [Self::FORM].into_iter().chain(words.flat_map(u64::to_be_bytes)).chain(self.structure.0).collect()
    }

    /// None where it is of another form.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(&[Self::FORM]).filter(|_| bytes.len() == Self::BYTES)?;
        let (words, structure) = rest.split_at_checked(CROPS.len() * 40)?;
        let word = |at: usize| words.get(at * 8..at * 8 + 8)?.try_into().ok().map(u64::from_be_bytes);
        let mut hashes = [PerceptualHash { coarse: 0, fine: [0; 4] }; CROPS.len()];
        for (n, hash) in hashes.iter_mut().enumerate() {
            hash.coarse = word(n * 5)?;
            for (m, part) in hash.fine.iter_mut().enumerate() {
                *part = word(n * 5 + 1 + m)?;
            }
        }
        Some(Self { hashes, structure: HogDescriptor(structure.try_into().ok()?) })
    }

    /// The keys that it is found by (locality-sensitive hashing): each band of each view, with the view's coarse bits. Pictures that are nearly the
    /// same share a band, or have two that differ by a bit.
    pub fn keys(&self) -> BTreeSet<(i32, u64)> {
        let view = |hash: &PerceptualHash| {
            let coarse = hash.coarse;
            bands(coarse).map(move |key| (key, coarse))
        };
        self.hashes.iter().flat_map(view).collect()
    }

    /// The keys to look up for near duplicates (LSH, multi-probe): the bands themselves, and all that differ by one bit.
    pub fn probe_keys(&self) -> BTreeSet<i32> {
        let near = |key: i32| (0..BAND).map(move |bit| key ^ (1 << bit)).chain([key]);
        self.keys().into_iter().flat_map(|(key, _)| near(key)).collect()
    }

    /// Whether a picture of which this is a view is worth a closer look.
    pub fn may_be_near(&self, coarse: u64) -> bool {
        self.hashes.iter().any(|hash| (hash.coarse ^ coarse).count_ones() <= COARSE_BITS)
    }

    pub fn of(grey: &Grey) -> Self {
        Self { hashes: CROPS.map(|crop| PerceptualHash::of(grey, crop)), structure: HogDescriptor::of(grey) }
    }

    /// The whole of one against the whole and the cuts of the other, both ways.
    pub fn distance(&self, other: &Self) -> Distance {
        let there = other.hashes.iter().map(|hash| self.hashes[0].distance(hash));
        let back = self.hashes.iter().map(|hash| hash.distance(&other.hashes[0]));
        there.chain(back).min().unwrap_or(Distance { fine: 256, coarse: 64 })
    }
}
