//! What people do to a photo before they use it again.

use image::{
    GrayImage, Luma,
    codecs::jpeg::JpegEncoder,
    imageops::{self, FilterType},
};
use rand::{Rng, RngExt};
use std::io::Cursor;

pub type Change = (&'static str, fn(&GrayImage, &mut dyn Rng) -> GrayImage);

pub const CHANGES: [Change; 12] = [
    ("saved again as JPEG of quality 30", |picture, _| saved(picture, 30)),
    ("half as large", |picture, _| scaled(picture, 2)),
    ("a quarter as large", |picture, _| scaled(picture, 4)),
    ("cut by up to 3 % at each side", |picture, rng| cut(picture, 0.03, rng)),
    ("cut by up to 5 %", |picture, rng| cut(picture, 0.05, rng)),
    ("cut by up to 8 %", |picture, rng| cut(picture, 0.08, rng)),
    ("cut by up to 12 %", |picture, rng| cut(picture, 0.12, rng)),
    ("much lighter", |picture, _| lighter(picture)),
    ("with a stamp below it", |picture, _| stamped(picture, false)),
    ("with a stamp over it", |picture, _| stamped(picture, true)),
    ("a screenshot of the stamped one", |picture, rng| {
        saved(&scaled(&cut(&stamped(picture, true), 0.03, rng), 2), 50)
    }),
    ("photographed from a screen", photographed),
];

fn saved(picture: &GrayImage, quality: u8) -> GrayImage {
    let mut bytes = Cursor::new(vec![]);
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, quality)).unwrap();
    image::load_from_memory(bytes.get_ref()).unwrap().into_luma8()
}

fn scaled(picture: &GrayImage, by: u32) -> GrayImage {
    imageops::resize(picture, picture.width() / by, picture.height() / by, FilterType::Triangle)
}

fn cut(picture: &GrayImage, most: f32, rng: &mut dyn Rng) -> GrayImage {
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let mut side = || rng.random_range(0.0..most);
    let (left, top, right, bottom) = (side(), side(), side(), side());
    let part = |length: f32, share: f32| (length * share) as u32;
    let (across, down) = (part(width, 1.0 - left - right), part(height, 1.0 - top - bottom));
    imageops::crop_imm(picture, part(width, left), part(height, top), across, down).to_image()
}

fn lighter(picture: &GrayImage) -> GrayImage {
    let mut picture = picture.clone();
    for pixel in picture.pixels_mut() {
        pixel[0] = ((f32::from(pixel[0]) / 255.0).powf(0.6) * 255.0) as u8;
    }
    picture
}

/// A dark band of light letters, as earlier versions of the app drew it over the picture, and this one below.
fn stamped(picture: &GrayImage, over: bool) -> GrayImage {
    let (width, height) = picture.dimensions();
    let band = (width.min(height) as f32 / 30.0 * 3.4) as u32;
    let whole = if over { height } else { height + band };
    let mut stamped = GrayImage::from_pixel(width, whole, Luma([18]));
    imageops::replace(&mut stamped, picture, 0, 0);
    for (x, y) in (whole - band..whole).flat_map(|y| (0..width).map(move |x| (x, y))) {
        let below = if over { f32::from(picture.get_pixel(x, y)[0]) * 0.38 + 6.0 } else { 18.0 };
        let letter = x / 9 % 3 == 0 && (y + band - whole) % 20 > 6;
        stamped.put_pixel(x, y, Luma([if letter { 235 } else { below as u8 }]));
    }
    stamped
}

/// Askew, blurred, with the screen's stripes, its glare, and the noise of the second camera.
fn photographed(picture: &GrayImage, rng: &mut dyn Rng) -> GrayImage {
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let corners: [(f32, f32); 4] =
        std::array::from_fn(|_| (rng.random_range(-0.04..0.04), rng.random_range(-0.04..0.04)));
    let mut seen = GrayImage::new(picture.width(), picture.height());
    for (x, y, pixel) in seen.enumerate_pixels_mut() {
        let (u, v) = (x as f32 / width, y as f32 / height);
        let weights = [(1.0 - u) * (1.0 - v), u * (1.0 - v), (1.0 - u) * v, u * v];
        let shift = |part: fn(&(f32, f32)) -> f32| -> f32 {
            corners.iter().zip(weights).map(|(corner, weight)| part(corner) * weight).sum()
        };
        let at = |share: f32, length: f32| (share * length).clamp(0.0, length - 1.0) as u32;
        let there = picture.get_pixel(at(u + shift(|c| c.0), width), at(v + shift(|c| c.1), height))[0];
        let stripes = (x as f32 * 0.9 + y as f32 * 0.35).sin() * 6.0;
        let noise = rng.random_range(-7.0..7.0);
        pixel[0] = (f32::from(there) * 0.8 + 22.0 + u * 18.0 + stripes + noise).clamp(0.0, 255.0) as u8;
    }
    imageops::blur(&seen, 1.2)
}
