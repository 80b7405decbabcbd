//! Drawn stand-ins for photos: a corridor or yard, cluttered before and clear after.
//!
//! A thousand of them are wanted at once, by somebody who waits. So there are some dozens, each drawn when it is first
//! wanted, and copies that differ by a remark in the file, as any two photos differ.

use super::{Drawn, sign_offs};
use domain::ink::Dot;
use image::{ExtendedColorType, ImageEncoder, Rgb, RgbImage, codecs::jpeg::JpegEncoder, imageops};
use std::{
    collections::{HashMap, hash_map::Entry},
    sync::Arc,
};

/// Corridors and yards, and how differently each is cluttered.
const SCENES: u64 = 16;
const VARIATIONS: u64 = 5;

/// The scene of a signature.
pub(super) const SIGNATURE: u64 = u64::MAX;

/// What phones show in lists has this width.
const SMALL: u32 = 320;

/// Scene, variation, and whether it is put right.
type Which = (u64, u64, bool);

/// Those that were drawn, each with what phones show in lists.
#[derive(Debug, Default)]
pub(super) struct Pictures(HashMap<Which, (Vec<u8>, Arc<[u8]>)>);

impl Pictures {
    /// The same scene has the same walls; of its variations some share their clutter.
    pub(super) fn one(&mut self, scene: u64, variation: u64, after: bool) -> Drawn {
        let scene = if scene == SIGNATURE { SIGNATURE } else { scene % SCENES };
        let which = (scene, variation % VARIATIONS, after);
        let (bytes, thumbnail) = match self.0.entry(which) {
            Entry::Occupied(drawn) => drawn.into_mut(),
            Entry::Vacant(blank) => {
                let (scene, variation, after) = which;
                let chance = (variation + 1).wrapping_mul(0xd134_2543_de82_ef95);
                let picture =
                    if scene == SIGNATURE { signature(chance) } else { draw(scene + 1, chance, after) };
                let small = imageops::thumbnail(&picture, SMALL, SMALL * HIGH / WIDE);
                blank.insert((jpeg(&picture), jpeg(&small).into()))
            }
        };
        Drawn { bytes: remarked(bytes, variation), thumbnail: Arc::clone(thumbnail) }
    }
}

/// With a comment behind its beginning.
fn remarked(jpeg: &[u8], remark: u64) -> Vec<u8> {
    let (begin, rest) = jpeg.split_at(jpeg.len().min(2));
    [begin, &[0xff, 0xfe, 0, 10], &remark.to_be_bytes(), rest].concat()
}

fn jpeg(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    // Writing to memory in a known format does not fail; an empty picture would be seen at once.
    let _ = encoder.write_image(picture, picture.width(), picture.height(), ExtendedColorType::Rgb8);
    bytes
}

const WIDE: u32 = 640;
const HIGH: u32 = 480;
const QUALITY: u8 = 72;

type Colour = [f32; 3];

fn draw(scene: u64, variation: u64, after: bool) -> RgbImage {
    let mut rng = SeededRng(scene.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let warm = [196.0, 176.0, 148.0];
    let cool = [150.0, 172.0, 180.0];
    let wall = tint(if after { cool } else { warm }, rng.signed() * 18.0);
    let floor = tint(if after { [96.0, 116.0, 114.0] } else { [104.0, 88.0, 66.0] }, rng.signed() * 12.0);
    let horizon = 188 + rng.below(80);
    let vanishing = 190 + rng.below(260);
    let mut picture = RgbImage::from_fn(WIDE, HIGH, |x, y| {
        let depth = y as f32 / HIGH as f32;
        let base = if y < horizon { tint(wall, -26.0 * depth) } else { tint(floor, 34.0 * (1.0 - depth)) };
        let side = (x as f32 - vanishing as f32).abs() / WIDE as f32;
        rgb(tint(base, -34.0 * side))
    });
    door(&mut picture, vanishing, horizon, tint(wall, -44.0));
    lines(&mut picture, vanishing, horizon, tint(floor, 46.0));
    let mut rng = SeededRng(variation | 1);
    if !after {
        for _ in 0..7 + rng.below(6) {
            clutter(&mut picture, &mut rng, horizon);
        }
    }
    grain(&mut picture, &mut rng);
    picture
}

/// Somebody's name on white, a little different each time.
fn signature(chance: u64) -> RgbImage {
    let mut rng = SeededRng(chance | 1);
    let mut picture = RgbImage::from_pixel(WIDE, HIGH, Rgb([255; 3]));
    let (slant, wide) = (rng.signed() * 0.2, 0.48 + rng.signed() * 0.05);
    let place = |(x, y): Dot| (f32::from(x) * wide + f32::from(y) * slant, f32::from(y));
    for line in sign_offs::strokes().lines() {
        for (from, to) in line.iter().zip(line.iter().skip(1)) {
            let (from, to) = (place(*from), place(*to));
            for step in 0..=400 {
                let part = step as f32 / 400.0;
                let between = |from: f32, to: f32| (from + (to - from) * part) as i64;
                let (x, y) = (between(from.0, to.0), between(from.1, to.1));
                for spot in 0..25 {
                    put(&mut picture, x + spot % 5, y + spot / 5, [17.0; 3]);
                }
            }
        }
    }
    picture
}

fn door(picture: &mut RgbImage, vanishing: u32, horizon: u32, colour: Colour) {
    let (wide, high) = (74, horizon / 2 + 42);
    let (left, top) = (vanishing.saturating_sub(wide / 2), horizon.saturating_sub(high));
    fill(picture, (left, top, wide, high), |_, y| tint(colour, 22.0 * (y as f32 / high as f32)));
    fill(picture, (left + wide - 14, horizon - high / 2, 6, 13), |_, _| [214.0, 208.0, 190.0]);
}

/// The two edges of the way, towards the vanishing point.
fn lines(picture: &mut RgbImage, vanishing: u32, horizon: u32, colour: Colour) {
    for y in horizon..HIGH {
        let spread = (y - horizon) as f32 * 1.1 + 42.0;
        for side in [-1.0, 1.0] {
            let x = vanishing as f32 + side * spread;
            for thick in 0..5 {
                put(picture, x as i64 + thick, i64::from(y), colour);
            }
        }
    }
}

/// A box, a sack or a plank with its shadow.
fn clutter(picture: &mut RgbImage, rng: &mut SeededRng, horizon: u32) {
    let foot = horizon + 32 + rng.below(HIGH - horizon - 48);
    let near = (foot - horizon) as f32 / (HIGH - horizon) as f32;
    let wide = ((42 + rng.below(86)) as f32 * (0.5 + near)) as u32;
    let high = ((30 + rng.below(80)) as f32 * (0.5 + near)) as u32;
    let left = rng.below(WIDE - 32);
    let colours: [Colour; 5] = [
        [150.0, 112.0, 70.0],
        [88.0, 92.0, 98.0],
        [120.0, 60.0, 46.0],
        [70.0, 96.0, 120.0],
        [176.0, 158.0, 120.0],
    ];
    let colour = tint(colours[rng.below(5) as usize], rng.signed() * 16.0);
    fill(picture, (left + 8, foot.saturating_sub(8), wide, 17), |_, _| [40.0, 34.0, 28.0]);
    fill(picture, (left, foot.saturating_sub(high), wide, high), |x, y| {
        let edge = if x < 2 || y < 2 { 30.0 } else { 0.0 };
        tint(colour, edge - 40.0 * (y as f32 / high as f32) - 14.0 * (x as f32 / wide as f32))
    });
}

fn grain(picture: &mut RgbImage, rng: &mut SeededRng) {
    for pixel in picture.pixels_mut() {
        let noise = rng.signed() * 7.0;
        *pixel = rgb(tint(pixel.0.map(f32::from), noise));
    }
}

fn fill(
    picture: &mut RgbImage,
    (left, top, wide, high): (u32, u32, u32, u32),
    paint: impl Fn(u32, u32) -> Colour,
) {
    for y in 0..high {
        for x in 0..wide {
            put(picture, i64::from(left + x), i64::from(top + y), paint(x, y));
        }
    }
}

fn put(picture: &mut RgbImage, x: i64, y: i64, colour: Colour) {
    if let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y))
        && x < WIDE
        && y < HIGH
    {
        picture.put_pixel(x, y, rgb(colour));
    }
}

fn tint(colour: Colour, by: f32) -> Colour {
    colour.map(|part| part + by)
}

fn rgb(colour: Colour) -> Rgb<u8> {
    Rgb(colour.map(|part| part.clamp(0.0, 255.0) as u8))
}

/// A small fast generator; pictures want many numbers and no secrets.
struct SeededRng(u64);

impl SeededRng {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, below: u32) -> u32 {
        (self.next() >> 33) as u32 % below.max(1)
    }

    /// −1 to 1.
    fn signed(&mut self) -> f32 {
        (self.below(2001) as f32 - 1000.0) / 1000.0
    }
}
