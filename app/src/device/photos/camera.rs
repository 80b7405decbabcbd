//! The camera inside the app: its live picture, and single ones of it. It sees only while its picture is on the screen.

use super::picture::{encode, free};
use crate::device::{DeviceError, clock};
use js_sys::{Array, Object, Reflect};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    CanvasRenderingContext2d, File, FilePropertyBag, HtmlCanvasElement, HtmlVideoElement, MediaDevices,
    MediaStream, MediaStreamConstraints, MediaStreamTrack,
};

/// What the browser is asked for; it gives what the camera can.
const LONG_EDGE: f64 = 2560.0;

const QUALITY: f64 = 0.92;

/// Absent on plain-http pages and in some apps' browsers.
fn devices() -> Option<MediaDevices> {
    let navigator = window().navigator();
    Reflect::get(&navigator, &JsValue::from_str("mediaDevices")).ok()?.dyn_into().ok()
}

pub fn is_there() -> bool {
    devices().is_some()
}

/// A camera that is on, until it is dropped.
#[derive(Debug)]
pub struct Live(MediaStream);

impl Drop for Live {
    fn drop(&mut self) {
        for track in self.0.get_tracks() {
            if let Ok(track) = track.dyn_into::<MediaStreamTrack>() {
                track.stop();
            }
        }
    }
}

fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        // Fails only for objects that are frozen.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object.into()
}

/// Shows the live picture of the camera that looks away from the person. The browser may ask the person first.
pub async fn open(video: &HtmlVideoElement) -> Result<Live, DeviceError> {
    let constraints = MediaStreamConstraints::new();
    constraints.set_audio(&JsValue::FALSE);
    constraints.set_video(&object(&[
        ("facingMode", "environment".into()),
        ("width", object(&[("ideal", LONG_EDGE.into())])),
    ]));
    let asked = devices().and_then(|devices| devices.get_user_media_with_constraints(&constraints).ok());
    let stream = JsFuture::from(asked.ok_or(DeviceError::NoCamera)?).await.map_err(|error| {
        let name = Reflect::get(&error, &JsValue::from_str("name")).ok().and_then(|name| name.as_string());
        match name.as_deref() {
            Some("NotAllowedError" | "SecurityError") => DeviceError::CameraRefused,
            _ => DeviceError::NoCamera,
        }
    })?;
    let live = Live(stream.dyn_into().map_err(|_| DeviceError::NoCamera)?);
    video.set_src_object(Some(&live.0));
    let playing = video.play().map_err(|_| DeviceError::NoCamera)?;
    JsFuture::from(playing).await.map_err(|_| DeviceError::NoCamera)?;
    Ok(live)
}

/// What the camera sees now, as a file that is then taken in like any other.
pub async fn shoot(video: &HtmlVideoElement) -> Result<File, DeviceError> {
    let (width, height) = (video.video_width(), video.video_height());
    let canvas = document().create_element("canvas").ok().and_then(|canvas| canvas.dyn_into().ok());
    let canvas: HtmlCanvasElement =
        canvas.filter(|_| width > 0 && height > 0).ok_or(DeviceError::NoCamera)?;
    canvas.set_width(width);
    canvas.set_height(height);
    let context = canvas.get_context("2d").ok().flatten().and_then(|context| context.dyn_into().ok());
    let context: CanvasRenderingContext2d = context.ok_or(DeviceError::PhotoUnreadable)?;
    context.draw_image_with_html_video_element(video, 0.0, 0.0).map_err(|_| DeviceError::PhotoUnreadable)?;
    let blob = encode(&canvas, QUALITY).await;
    free(&canvas);
    let options = FilePropertyBag::new();
    options.set_type("image/jpeg");
    let name = format!("{}.jpg", clock::now().format("%H%M%S%3f"));
    File::new_with_blob_sequence_and_options(&Array::of1(&blob?.into()), &name, &options)
        .map_err(|_| DeviceError::PhotoUnreadable)
}
