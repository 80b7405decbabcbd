//! The camera inside the app: its live picture, and single ones of it. It sees only while its picture is on the screen.

use super::{js::object, window};
use crate::DeviceError;
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    HtmlCanvasElement, HtmlVideoElement, ImageBitmap, MediaDevices, MediaStream, MediaStreamConstraints,
    MediaStreamTrack,
};

/// What the browser is asked for; it gives what the camera can.
const LONG_EDGE: f64 = 2560.0;

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

/// Shows the live picture of the camera that looks away from the person. The browser may ask the person first.
pub async fn open(video: &HtmlVideoElement) -> Result<Live, DeviceError> {
    let constraints = MediaStreamConstraints::new();
    constraints.set_audio(&JsValue::FALSE);
    constraints.set_video(&object(&[
        ("facingMode", "environment".into()),
        ("width", object(&[("ideal", LONG_EDGE.into())]).into()),
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

/// What the camera sees now.
pub async fn shoot(video: &HtmlVideoElement) -> Result<ImageBitmap, DeviceError> {
    let asked = window().create_image_bitmap_with_html_video_element(video);
    let seen = JsFuture::from(asked.map_err(|_| DeviceError::NoCamera)?).await;
    seen.ok().and_then(|seen| seen.dyn_into().ok()).ok_or(DeviceError::NoCamera)
}

/// What was drawn on a surface.
pub async fn drawn(surface: &HtmlCanvasElement) -> Result<ImageBitmap, DeviceError> {
    let asked = window().create_image_bitmap_with_html_canvas_element(surface);
    let seen = JsFuture::from(asked.map_err(|_| DeviceError::PhotoNotMade)?).await;
    seen.ok().and_then(|seen| seen.dyn_into().ok()).ok_or(DeviceError::PhotoNotMade)
}
