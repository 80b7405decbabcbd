//! One picture: decoded by the browser, scaled and stamped on a canvas, encoded as JPEG.

use super::Stamp;
use crate::device::DeviceError;
use chrono::{DateTime, Utc};
use domain::{place::Location, time};
use futures::channel::oneshot;
use js_sys::Uint8Array;
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
    pub height: u32,
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
        return Ok(Developed { full, thumbnail: None, media_type: "image/heic", width: 0, height: 0 });
    };
    let (canvas, context) = draw(&image, LONG_EDGE)?;
    draw_stamp(&context, &canvas, stamp)?;
    let mut full = encode(&canvas, QUALITIES[0]).await?;
    for quality in &QUALITIES[1..] {
        if full.size() > SMALL_ENOUGH {
            full = encode(&canvas, *quality).await?;
        }
    }
    let (width, height) = (canvas.width(), canvas.height());
    free(&canvas);
    let (small, _) = draw(&image, THUMBNAIL_EDGE)?;
    let thumbnail = encode(&small, 0.7).await?;
    free(&small);
    Ok(Developed { full, thumbnail: Some(thumbnail), media_type: "image/jpeg", width, height })
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

fn draw(
    image: &HtmlImageElement,
    edge: f64,
) -> Result<(HtmlCanvasElement, CanvasRenderingContext2d), DeviceError> {
    let (width, height) = (f64::from(image.natural_width()), f64::from(image.natural_height()));
    let scale = (edge / width.max(height)).min(1.0);
    let (width, height) = ((width * scale).round().max(1.0), (height * scale).round().max(1.0));
    let canvas = document().create_element("canvas").ok().and_then(|element| element.dyn_into().ok());
    let canvas: HtmlCanvasElement = canvas.ok_or(DeviceError::PhotoUnreadable)?;
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context = canvas.get_context("2d").ok().flatten().and_then(|context| context.dyn_into().ok());
    let context: CanvasRenderingContext2d = context.ok_or(DeviceError::PhotoUnreadable)?;
    context
        .draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width, height)
        .map_err(|_| DeviceError::PhotoUnreadable)?;
    Ok((canvas, context))
}

/// Canvas memory is scarce on phones and freed late: a canvas of no size holds none.
fn free(canvas: &HtmlCanvasElement) {
    canvas.set_width(0);
    canvas.set_height(0);
}

fn draw_stamp(
    context: &CanvasRenderingContext2d,
    canvas: &HtmlCanvasElement,
    lines: &[String; 2],
) -> Result<(), DeviceError> {
    let (width, height) = (f64::from(canvas.width()), f64::from(canvas.height()));
    let size = (width.min(height) / 30.0).clamp(12.0, 44.0);
    let band = size * 3.4;
    context.set_fill_style_str("rgba(10, 20, 19, 0.62)");
    context.fill_rect(0.0, height - band, width, band);
    context.set_font(&format!("500 {size}px system-ui, \"PingFang SC\", \"Noto Sans CJK SC\", sans-serif"));
    context.set_fill_style_str("#fff");
    context.set_text_baseline("middle");
    for (line, text) in (1u8..).zip(lines) {
        let y = height - band + size * (f64::from(line) * 1.45 - 0.45);
        let fits = width - size * 1.2;
        context
            .fill_text_with_max_width(text, size * 0.6, y, fits)
            .map_err(|_| DeviceError::PhotoUnreadable)?;
    }
    Ok(())
}

async fn encode(canvas: &HtmlCanvasElement, quality: f64) -> Result<Blob, DeviceError> {
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
