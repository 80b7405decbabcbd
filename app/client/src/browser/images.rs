//! # Where pictures are made
//!
//! By a worker (`public/image_worker.js`) that follows orders: what is drawn, and how large, is decided in
//! [`photos`](crate::photos). One photo at a time; a worker that is no longer needed gives all its memory back. Browsers whose
//! workers cannot do it do it on the page.

use super::{
    blobs::{blob, bytes},
    canvas, document,
    js::object,
    window,
};
use crate::{
    Device, DeviceError,
    platform::{self, ImageWorker, OpenedImage, RenderOrder, Rendered},
};
use domain::photo::{PhotoHash, Source};
use futures::future::{self, Either};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use std::{cell::RefCell, pin::pin};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, ImageBitmap, MessageEvent, Worker};

/// After so long without an answer a worker has died, as they do when memory is short.
const PATIENCE_MS: u32 = 60_000;

/// Qualities that are tried, until a picture is of [`ENOUGH`] bytes or fewer; the last are for gravel and leaves.
const QUALITIES: [f64; 5] = [0.82, 0.7, 0.55, 0.4, 0.2];
const ENOUGH: u32 = 600 * 1024;

/// What comes from a camera.
#[derive(Debug)]
pub enum Shot {
    File(File, Source),
    /// What the camera inside the app saw.
    Frame(ImageBitmap),
}

impl Drop for Shot {
    /// Releases a frame, which takes some twenty megabytes until it is closed.
    fn drop(&mut self) {
        if let Self::Frame(frame) = self {
            frame.close();
        }
    }
}

impl platform::Shot for Shot {
    fn source(&self) -> Source {
        match self {
            Self::File(_, source) => *source,
            Self::Frame(_) => Source::InApp,
        }
    }

    fn length(&self) -> Option<u64> {
        match self {
            Self::File(file, _) => Some(file.size() as u64),
            Self::Frame(_) => None,
        }
    }

    async fn read(&self, most: Option<usize>) -> Result<Vec<u8>, DeviceError> {
        let Self::File(file, _) = self else { return Err(DeviceError::PhotoUnreadable) };
        match most {
            Some(most) => {
                let head = file.slice_with_i32_and_i32(0, i32::try_from(most).unwrap_or(i32::MAX));
                bytes(&head.map_err(|_| DeviceError::PhotoUnreadable)?).await
            }
            None => bytes(file).await,
        }
    }
}

/// Ready for one photo after the other; the worker ends with it.
#[derive(Debug)]
pub struct CanvasWorker {
    /// Where its program is.
    script: RefCell<String>,
    place: RefCell<Option<Place>>,
}

#[derive(Debug, Clone)]
enum Place {
    Worker(Worker),
    MainThread(Function),
}

impl Drop for CanvasWorker {
    fn drop(&mut self) {
        self.leave();
    }
}

impl ImageWorker for CanvasWorker {
    type Shot = Shot;

    async fn open(&self, shot: &Shot) -> Result<Option<OpenedImage>, DeviceError> {
        self.opened(match shot {
            Shot::File(file, _) => file.as_ref(),
            Shot::Frame(frame) => frame.as_ref(),
        })
        .await
    }

    async fn open_stored(&self, photo: &[u8]) -> Result<Option<OpenedImage>, DeviceError> {
        self.opened(blob(photo)?.as_ref()).await
    }

    async fn render(&self, render: RenderOrder) -> Result<Rendered, DeviceError> {
        let order = object(&[
            ("width", render.width.into()),
            ("height", render.height.into()),
            ("band", render.band.into()),
            ("calls", canvas::calls(&render.drawing).into()),
            ("shown", render.shown.into()),
            ("small", Array::of2(&render.small.0.into(), &render.small.1.into()).into()),
            ("qualities", QUALITIES.map(JsValue::from_f64).into_iter().collect::<Array>().into()),
            ("enough", ENOUGH.into()),
        ]);
        let answer = self.order("print", &order).await?;
        let blob =
            |name: &str| field(&answer, name).dyn_into::<Blob>().map_err(|_| DeviceError::PhotoNotMade);
        Ok(Rendered {
            full: bytes(&blob("full")?).await?,
            thumbnail: bytes(&blob("thumbnail")?).await?,
            hash: hash(&answer).ok_or(DeviceError::PhotoNotMade)?,
        })
    }
}

impl CanvasWorker {
    pub fn of(device: &Device) -> Self {
        Self::at(device.page.image_script.clone())
    }

    /// With a program of one's own. For tests: they have no server.
    #[doc(hidden)]
    pub fn at(script: String) -> Self {
        Self { script: RefCell::new(script), place: RefCell::default() }
    }

    /// The next worker has another program. For tests.
    #[doc(hidden)]
    pub fn follow(&self, script: String) {
        self.script.replace(script);
    }

    /// None where the browser cannot decode it.
    async fn opened(&self, given: &JsValue) -> Result<Option<OpenedImage>, DeviceError> {
        let answer = self.order("open", given).await?;
        let pixels = |name: &str| field(&answer, name).as_f64().map(|pixels| pixels as u32);
        Ok(pixels("width")
            .zip(pixels("height"))
            .zip(hash(&answer))
            .map(|((width, height), hash)| OpenedImage { width, height, hash }))
    }

    /// Fails where the worker fails or does not answer; the next order starts another worker.
    async fn order(&self, name: &str, what: &JsValue) -> Result<JsValue, DeviceError> {
        let place = self.place().await?;
        let order = object(&[(name, what.clone())]);
        let done = match &place {
            Place::Worker(worker) => {
                let answer = told(worker);
                worker.post_message(&order).map_err(|_| DeviceError::PhotoNotMade)?;
                within_patience(answer).await.map(|event| field(&event, "done"))
            }
            Place::MainThread(image_worker) => {
                let promise =
                    image_worker.call1(&JsValue::UNDEFINED, &order).ok().map(JsCast::unchecked_into);
                let promise: Promise = promise.ok_or(DeviceError::PhotoNotMade)?;
                JsFuture::from(promise).await.ok()
            }
        };
        done.filter(JsValue::is_object).ok_or_else(|| {
            self.leave();
            DeviceError::PhotoNotMade
        })
    }

    async fn place(&self) -> Result<Place, DeviceError> {
        if let Some(place) = self.place.borrow().clone() {
            return Ok(place);
        }
        let script = self.script.borrow().clone();
        let place = match worker(&script).await {
            Some(worker) => Place::Worker(worker),
            None => Place::MainThread(main_thread(&script).await.ok_or(DeviceError::PhotoNotMade)?),
        };
        self.place.replace(Some(place.clone()));
        Ok(place)
    }

    fn leave(&self) {
        if let Some(Place::Worker(worker)) = self.place.take() {
            worker.terminate();
        }
    }
}

/// A worker that can do it here.
async fn worker(script: &str) -> Option<Worker> {
    let worker = Worker::new(script).ok()?;
    let ready = within_patience(told(&worker)).await.map(|event| field(&event, "ready"));
    if ready == Some(JsValue::TRUE) {
        return Some(worker);
    }
    worker.terminate();
    None
}

/// What the worker says next.
fn told(worker: &Worker) -> Promise {
    Promise::new(&mut |resolve, reject| {
        worker.set_onmessage(Some(&resolve));
        worker.set_onerror(Some(&reject));
    })
}

async fn within_patience(told: Promise) -> Option<JsValue> {
    match future::select(pin!(JsFuture::from(told)), pin!(TimeoutFuture::new(PATIENCE_MS))).await {
        Either::Left((Ok(event), _)) => event.dyn_into::<MessageEvent>().ok().map(|event| event.data()),
        Either::Left((Err(_), _)) | Either::Right(_) => None,
    }
}

/// The same program as a script of the page.
async fn main_thread(src: &str) -> Option<Function> {
    let known = || Reflect::get(&window(), &"imageWorker".into()).ok()?.dyn_into::<Function>().ok();
    if let Some(known) = known() {
        return Some(known);
    }
    let script = document().create_element("script").ok()?;
    script.set_attribute("src", src).ok()?;
    let loaded = Promise::new(&mut |resolve, reject| {
        for (event, then) in [("load", resolve), ("error", reject)] {
            // Fails only for what takes no listeners.
            let _ = script.add_event_listener_with_callback(event, &then);
        }
    });
    document().head()?.append_child(&script).ok()?;
    JsFuture::from(loaded).await.ok()?;
    known()
}

fn field(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &JsValue::from_str(name)).unwrap_or_default()
}

fn hash(answer: &JsValue) -> Option<PhotoHash> {
    let bytes: Uint8Array = field(answer, "hash").dyn_into().ok()?;
    hex::encode(bytes.to_vec()).parse().ok()
}
