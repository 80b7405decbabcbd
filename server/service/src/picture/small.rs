//! Small pictures, and how they are written.
//!
//! As JPEG: a lossy WebP would be smaller, but no kept library in Rust writes one (`image-webp` is lossless), and libwebp, in
//! C, takes several times as long for a picture as a JPEG does. Colours are written at half the resolution, as cameras do:
//! nobody sees it in a picture that is looked at whole, and it is a sixth to a fourth smaller.

use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use image::DynamicImage;
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

/// Of 100.
const QUALITY: u8 = 75;

/// The picture with its long edge no longer than this, each pixel the mean of those that it stands for. None: it is as
/// small as that already.
pub fn within(picture: &DynamicImage, edge: u32) -> Option<DynamicImage> {
    let (width, height) = (picture.width(), picture.height());
    let long = width.max(height);
    if long <= edge {
        return None;
    }
    let scaled = |length: u32| {
        let scaled = f64::from(length) * f64::from(edge) / f64::from(long);
        (scaled.round() as u32).max(1)
    };
    let mut small = DynamicImage::new(scaled(width), scaled(height), picture.color());
    // Transparency is left out in the end: weighing colours by it would take the whole picture's memory again, and turn what
    // nobody sees through into black.
    let mean = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Box)).use_alpha(false);
    match Resizer::new().resize(picture, &mut small, &mean) {
        Ok(()) => Some(small),
        // Pixels of a kind that only the slower one knows.
        Err(_) => Some(picture.thumbnail(edge, edge)),
    }
}

/// None only where it is larger than a JPEG can be.
pub fn jpeg(picture: DynamicImage) -> Option<Vec<u8>> {
    let pixels = picture.into_rgb8();
    let (width, height) = (u16::try_from(pixels.width()).ok()?, u16::try_from(pixels.height()).ok()?);
    let mut written = vec![];
    let mut encoder = Encoder::new(&mut written, QUALITY);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.encode(&pixels, width, height, ColorType::Rgb).ok()?;
    Some(written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{GrayImage, Luma, Rgb, RgbImage, Rgba, RgbaImage};

    #[test]
    fn a_picture_of_any_kind_becomes_as_small_as_asked_and_keeps_its_shape() {
        let pictures: [DynamicImage; 4] = [
            RgbImage::from_pixel(2048, 1536, Rgb([200, 120, 40])).into(),
            RgbaImage::from_pixel(1200, 3000, Rgba([200, 120, 40, 0])).into(),
            GrayImage::from_pixel(640, 480, Luma([200])).into(),
            DynamicImage::ImageRgb16(
                DynamicImage::from(RgbImage::from_pixel(3000, 7, Rgb([200, 9, 9]))).into_rgb16(),
            ),
        ];
        let sizes = pictures.iter().map(|picture| {
            let small = within(picture, 320).unwrap();
            assert_eq!(small.color(), picture.color());
            assert_eq!(small.to_rgb8().get_pixel(0, 0).0[0], 200);
            assert!(within(&small, 320).is_none(), "it is small already");
            (small.width(), small.height())
        });
        assert!(sizes.eq([(320, 240), (128, 320), (320, 240), (320, 1)]));
    }

    #[test]
    fn what_is_written_is_read_as_nearly_the_same_picture() {
        let picture = RgbImage::from_fn(301, 207, |x, y| Rgb([(x / 2) as u8, y as u8, 90]));
        let read = image::load_from_memory(&jpeg(picture.clone().into()).unwrap()).unwrap().into_rgb8();
        assert_eq!(read.dimensions(), picture.dimensions());
        let sum: u64 = read.iter().zip(picture.iter()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
        assert!(sum < 4 * read.len() as u64, "{sum}");
        assert_eq!(jpeg(RgbImage::new(70_000, 1).into()), None);
    }
}
