//! Reading a code before the camera: by the browser's own reader where it has one, else as shades of grey for whoever decodes them.

use super::{document, js::object, window};
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmap};

/// Pixels of the long edge that are looked at: a code that fills a third of the picture has enough of them.
const EDGE: f64 = 800.0;

/// `BarcodeDetector`: half of the browsers have one, which reads in a few milliseconds.
#[derive(Debug)]
pub struct Reader(JsValue);

/// The browser has a reader by name, and it reads nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unable;

impl Reader {
    /// None where the browser has none.
    pub fn of_browser() -> Option<Self> {
        let class = Reflect::get(&window(), &JsValue::from_str("BarcodeDetector")).ok()?;
        let class: Function = class.dyn_into().ok()?;
        let formats = Array::of1(&JsValue::from_str("qr_code"));
        let options = object(&[("formats", formats.into())]);
        Reflect::construct(&class, &Array::of1(&options)).ok().map(Self)
    }

    /// What stands in the code; none where there is none in the picture.
    ///
    /// # Errors
    /// [`Unable`] where the browser has no reader behind the name.
    pub async fn read(&self, frame: &ImageBitmap) -> Result<Option<String>, Unable> {
        let detect = Reflect::get(&self.0, &JsValue::from_str("detect")).map_err(|_| Unable)?;
        let detect: Function = detect.dyn_into().map_err(|_| Unable)?;
        let frame: &JsValue = frame.as_ref();
        let asked = detect.call1(&self.0, frame).map_err(|_| Unable)?;
        let asked: Promise = asked.dyn_into().map_err(|_| Unable)?;
        let found: Array = JsFuture::from(asked).await.map_err(|_| Unable)?.dyn_into().map_err(|_| Unable)?;
        let text = Reflect::get(&found.get(0), &JsValue::from_str("rawValue"));
        Ok(text.ok().and_then(|text| text.as_string()))
    }
}

/// A picture without its colours, row by row.
#[derive(Debug)]
pub struct GreyFrame {
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<u8>,
}

/// None where the browser draws nothing.
pub fn grey(frame: &ImageBitmap) -> Option<GreyFrame> {
    let (width, height) = (f64::from(frame.width()), f64::from(frame.height()));
    let scale = (EDGE / width.max(height)).min(1.0);
    let (width, height) = ((width * scale).floor(), (height * scale).floor());
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context.draw_image_with_image_bitmap_and_dw_and_dh(frame, 0.0, 0.0, width, height).ok()?;
    let pixels = context.get_image_data(0.0, 0.0, width, height).ok()?.data().0;
    let shade = |pixel: &[u8]| {
        let [red, green, blue, ..] = pixel else { return 255 };
        // As the eye weighs them, of 256 in all.
        ((u32::from(*red) * 77 + u32::from(*green) * 150 + u32::from(*blue) * 29) / 256) as u8
    };
    let pixels = pixels.chunks_exact(4).map(shade).collect();
    Some(GreyFrame { width: width as usize, height: height as usize, pixels })
}
