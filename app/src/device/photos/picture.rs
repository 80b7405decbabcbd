//! One picture: decoded by the browser, scaled on a canvas, stamped below, encoded as JPEG. The stamp covers nothing: what
//! is compared with other photos is the picture above it.

use super::{
    Stamp,
    marks::{self, Mark},
};
use crate::device::DeviceError;
use chrono::{DateTime, Utc};
use domain::{place::Location, time};
use futures::channel::oneshot;
use js_sys::{Array, Uint8Array};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement, Url};

/// Pixels of the long edge.
const LONG_EDGE: f64 = 2048.0;
const THUMBNAIL_EDGE: f64 = 320.0;

/// Bytes that a photo should not exceed, and the qualities tried to get there.
const SMALL_ENOUGH: f64 = 600.0 * 1024.0;
const QUALITIES: [f64; 3] = [0.82, 0.7, 0.55];

pub(super) struct Developed {
    pub full: Blob,
    /// None where the browser cannot decode the picture.
    pub thumbnail: Option<Blob>,
    pub media_type: &'static str,
    pub width: u32,
    /// With the band.
    pub height: u32,
    /// Rows of the stamp at the lower edge.
    pub band: u32,
}

pub(super) async fn bytes(blob: &Blob) -> Result<Vec<u8>, DeviceError> {
    let buffer = JsFuture::from(blob.array_buffer()).await.map_err(|_| DeviceError::PhotoUnreadable)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// What is drawn: when and where on the first line, who and what on the second.
pub(super) fn stamp_lines(
    stamp: &Stamp,
    name: &str,
    at: DateTime<Utc>,
    place: Option<&Location>,
) -> [String; 2] {
    let mut first = format!("{} {}", time::long(at), stamp.place);
    if let Some(place) = place {
        first.push_str(&format!(" · {:.4}, {:.4}", place.latitude, place.longitude));
    }
    [first, format!("{name} · {}", stamp.subject)]
}

pub(super) async fn develop(
    file: &Blob,
    original: &[u8],
    stamp: &[String; 2],
) -> Result<Developed, DeviceError> {
    let Some(image) = decode(file).await else {
        // HEIC cannot be shown by most browsers and is evidence all the same. Anything else is broken.
        if !is_heif(original) {
            return Err(DeviceError::PhotoUnreadable);
        }
        let full = file.slice().map_err(|_| DeviceError::PhotoUnreadable)?;
        return Ok(Developed {
            full,
            thumbnail: None,
            media_type: "image/heic",
            width: 0,
            height: 0,
            band: 0,
        });
    };
    let size = Size::of(&image, LONG_EDGE, true);
    let (canvas, context) = draw(&image, &size)?;
    draw_stamp(&context, &size, stamp)?;
    let full = smallest(&canvas).await?;
    let (width, height) = (canvas.width(), canvas.height());
    free(&canvas);
    let (small, _) = draw(&image, &Size::of(&image, THUMBNAIL_EDGE, false))?;
    let thumbnail = encode(&small, 0.7).await?;
    free(&small);
    let band = size.band as u32;
    Ok(Developed { full, thumbnail: Some(thumbnail), media_type: "image/jpeg", width, height, band })
}

/// A stored photo with marks on its picture.
pub(super) async fn marked(stored: &[u8], band: u32, marks: &[Mark]) -> Result<Developed, DeviceError> {
    let parts = Array::of1(&Uint8Array::from(stored));
    let blob = Blob::new_with_u8_array_sequence(&parts).map_err(|_| DeviceError::PhotoUnreadable)?;
    let image = decode(&blob).await.ok_or(DeviceError::PhotoUnreadable)?;
    let (canvas, context) = draw(&image, &Size::of(&image, f64::INFINITY, false))?;
    let (width, height) = (f64::from(canvas.width()), f64::from(canvas.height()));
    context.begin_path();
    context.rect(0.0, 0.0, width, height - f64::from(band));
    context.clip();
    marks::draw(&context, marks, width, height);
    let full = smallest(&canvas).await?;
    let thumbnail = {
        let small = Size::of(&image, THUMBNAIL_EDGE, false);
        let (little, context) = draw(&image, &small)?;
        let of_canvas = context.draw_image_with_html_canvas_element_and_dw_and_dh(
            &canvas,
            0.0,
            0.0,
            small.width,
            small.height,
        );
        of_canvas.map_err(|_| DeviceError::PhotoUnreadable)?;
        let thumbnail = encode(&little, 0.7).await?;
        free(&little);
        thumbnail
    };
    let (width, height) = (canvas.width(), canvas.height());
    free(&canvas);
    Ok(Developed { full, thumbnail: Some(thumbnail), media_type: "image/jpeg", width, height, band })
}

/// Of the qualities that are tried, the first that is small enough, or the last.
async fn smallest(canvas: &HtmlCanvasElement) -> Result<Blob, DeviceError> {
    let mut full = encode(canvas, QUALITIES[0]).await?;
    for quality in &QUALITIES[1..] {
        if full.size() > SMALL_ENOUGH {
            full = encode(canvas, *quality).await?;
        }
    }
    Ok(full)
}

/// The file type box of ISO media files, with a brand of still pictures.
fn is_heif(bytes: &[u8]) -> bool {
    let brands: [&[u8]; 5] = [b"heic", b"heix", b"mif1", b"msf1", b"avif"];
    bytes.get(4..8) == Some(b"ftyp") && bytes.get(8..12).is_some_and(|brand| brands.contains(&brand))
}

async fn decode(file: &Blob) -> Option<HtmlImageElement> {
    let url = Url::create_object_url_with_blob(file).ok()?;
    let image = HtmlImageElement::new().ok()?;
    image.set_src(&url);
    let decoded = JsFuture::from(image.decode()).await;
    let _ = Url::revoke_object_url(&url);
    decoded.ok()?;
    (image.natural_width() > 0 && image.natural_height() > 0).then_some(image)
}

/// Pixels of the picture on its canvas, and of the stamp below it.
struct Size {
    width: f64,
    height: f64,
    band: f64,
    letters: f64,
}

impl Size {
    /// The long edge of all of it is `edge` at the most.
    fn of(image: &HtmlImageElement, edge: f64, stamped: bool) -> Self {
        let whole = (f64::from(image.natural_width()), f64::from(image.natural_height()));
        let scaled = |scale: f64| {
            let (width, height) = ((whole.0 * scale).round().max(1.0), (whole.1 * scale).round().max(1.0));
            let letters = (width.min(height) / 30.0).clamp(12.0, 44.0);
            let band = if stamped { (letters * LINES_HIGH).round() } else { 0.0 };
            Self { width, height, band, letters }
        };
        let size = scaled((edge / whole.0.max(whole.1)).min(1.0));
        // A smaller picture has no larger band.
        if size.height + size.band > edge { scaled((edge - size.band) / whole.1) } else { size }
    }
}

/// Two lines with room around them, in heights of letters.
const LINES_HIGH: f64 = 3.4;

fn draw(
    image: &HtmlImageElement,
    size: &Size,
) -> Result<(HtmlCanvasElement, CanvasRenderingContext2d), DeviceError> {
    let canvas = document().create_element("canvas").ok().and_then(|element| element.dyn_into().ok());
    let canvas: HtmlCanvasElement = canvas.ok_or(DeviceError::PhotoUnreadable)?;
    canvas.set_width(size.width as u32);
    canvas.set_height((size.height + size.band) as u32);
    let context = canvas.get_context("2d").ok().flatten().and_then(|context| context.dyn_into().ok());
    let context: CanvasRenderingContext2d = context.ok_or(DeviceError::PhotoUnreadable)?;
    context
        .draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, size.width, size.height)
        .map_err(|_| DeviceError::PhotoUnreadable)?;
    Ok((canvas, context))
}

/// Canvas memory is scarce on phones and freed late: a canvas of no size holds none.
pub(super) fn free(canvas: &HtmlCanvasElement) {
    canvas.set_width(0);
    canvas.set_height(0);
}

fn draw_stamp(
    context: &CanvasRenderingContext2d,
    size: &Size,
    lines: &[String; 2],
) -> Result<(), DeviceError> {
    let Size { width, height, band, letters } = *size;
    context.set_fill_style_str("#0a1413");
    context.fill_rect(0.0, height, width, band);
    context
        .set_font(&format!("500 {letters}px system-ui, \"PingFang SC\", \"Noto Sans CJK SC\", sans-serif"));
    context.set_fill_style_str("#fff");
    context.set_text_baseline("middle");
    for (line, text) in (1u8..).zip(lines) {
        let y = height + letters * (f64::from(line) * 1.45 - 0.45);
        let fits = width - letters * 1.2;
        context
            .fill_text_with_max_width(text, letters * 0.6, y, fits)
            .map_err(|_| DeviceError::PhotoUnreadable)?;
    }
    Ok(())
}

pub(super) async fn encode(canvas: &HtmlCanvasElement, quality: f64) -> Result<Blob, DeviceError> {
    let (made, making) = oneshot::channel::<Option<Blob>>();
    let take = Closure::once(move |blob: JsValue| {
        let _ = made.send(blob.dyn_into().ok());
    });
    canvas
        .to_blob_with_type_and_encoder_options(
            take.as_ref().unchecked_ref(),
            "image/jpeg",
            &JsValue::from_f64(quality),
        )
        .map_err(|_| DeviceError::PhotoUnreadable)?;
    making.await.ok().flatten().ok_or(DeviceError::PhotoUnreadable)
}
