//! How much of a photo is its stamp. Where only the photo is at hand, it is seen in the picture itself: the stamp has a ground
//! of its own, and nothing stands at its left edge.

use super::document;
use crate::photos::GROUND;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement};

/// Shades that saving as JPEG may change.
const NOISE: u8 = 14;

/// A larger part is no stamp but a dark picture.
const MOST: f64 = 0.3;

/// Width by height of the picture alone; none while it is not drawn.
pub fn shape_without_stamp(image: &HtmlImageElement) -> Option<f64> {
    let (width, height) = (f64::from(image.natural_width()), f64::from(image.natural_height()));
    let picture = height - rows(image, height).filter(|rows| *rows < height * MOST).unwrap_or_default();
    (width > 0.0 && picture > 0.0).then_some(width / picture)
}

/// Of the stamp's ground, up from the lower edge.
fn rows(image: &HtmlImageElement, height: f64) -> Option<f64> {
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(1);
    canvas.set_height(height as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let edge = context.draw_image_with_html_image_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
        image, 0.0, 0.0, 1.0, height, 0.0, 0.0, 1.0, height,
    );
    edge.ok()?;
    let pixels = context.get_image_data(0.0, 0.0, 1.0, height).ok()?.data().0;
    let is_ground = |pixel: &&[u8]| pixel.iter().zip(GROUND).all(|(shade, its)| shade.abs_diff(its) <= NOISE);
    Some(pixels.rchunks_exact(4).take_while(is_ground).count() as f64)
}
