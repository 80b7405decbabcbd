//! # Where pictures are made
//!
//! Decoding a photo of twelve million pixels takes a slow phone a second, in which the screen would not answer. So it is
//! done beside the screen, by a worker (`public/darkroom.js`) that follows orders: what is drawn, and how large, is decided
//! here. One photo at a time; a worker that is no longer needed gives all its memory back. Browsers whose workers cannot
//! do it do it on the page.

use super::drawing::Drawing;
use crate::device::{DeviceError, js::object};
use domain::photo::PhotoHash;
use futures::future::{self, Either};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use leptos::prelude::{document, window};
use std::{cell::RefCell, pin::pin};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, MessageEvent, Worker};

const SCRIPT: &str = "/darkroom.js";

/// After so long without an answer a worker has died, as they do when memory is short.
const PATIENCE_MS: u32 = 60_000;

/// Qualities that are tried, until a picture is of [`ENOUGH`] bytes or fewer; the last are for gravel and leaves.
const QUALITIES: [f64; 5] = [0.82, 0.7, 0.55, 0.4, 0.2];
const ENOUGH: u32 = 600 * 1024;

thread_local! {
    static ADDRESS: RefCell<String> = RefCell::new(SCRIPT.to_owned());
}

/// Where the worker's program is, for tests: they have no server.
#[doc(hidden)]
pub fn found_at(address: String) {
    ADDRESS.set(address);
}

/// Ready for one photo after the other; the worker ends with it.
#[derive(Debug, Default)]
pub struct Darkroom(RefCell<Option<Table>>);

#[derive(Debug, Clone)]
enum Table {
    Beside(Worker),
    OnThePage(Function),
}

/// A picture that is open.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Opened {
    /// As the camera was held.
    pub width: u32,
    pub height: u32,
    /// Of the file.
    pub hash: PhotoHash,
}

/// What is made of the open picture.
#[derive(Debug)]
pub(super) struct Print {
    /// Of the picture in pixels.
    pub width: u32,
    pub height: u32,
    /// Rows below it.
    pub band: u32,
    pub drawing: Drawing,
    /// Rows of it that the thumbnail shows: those of the picture, without its stamp.
    pub shown: u32,
    /// Width and height of the thumbnail.
    pub small: (u32, u32),
}

#[derive(Debug)]
pub(super) struct Printed {
    pub full: Blob,
    pub hash: PhotoHash,
    pub thumbnail: Blob,
}

impl Drop for Darkroom {
    fn drop(&mut self) {
        self.leave();
    }
}

impl Darkroom {
    /// None where the browser cannot decode it.
    pub(super) async fn open(&self, given: &JsValue) -> Result<Option<Opened>, DeviceError> {
        let answer = self.order("open", given).await?;
        let pixels = |name: &str| field(&answer, name).as_f64().map(|pixels| pixels as u32);
        Ok(pixels("width").zip(pixels("height")).zip(hash(&answer)).map(|((width, height), hash)| Opened {
            width,
            height,
            hash,
        }))
    }

    /// Afterwards the picture is closed.
    pub(super) async fn print(&self, print: Print) -> Result<Printed, DeviceError> {
        let order = object(&[
            ("width", print.width.into()),
            ("height", print.height.into()),
            ("band", print.band.into()),
            ("calls", print.drawing.into()),
            ("shown", print.shown.into()),
            ("small", Array::of2(&print.small.0.into(), &print.small.1.into()).into()),
            ("qualities", QUALITIES.map(JsValue::from_f64).into_iter().collect::<Array>().into()),
            ("enough", ENOUGH.into()),
        ]);
        let answer = self.order("print", &order).await?;
        let blob = |name: &str| field(&answer, name).dyn_into().map_err(|_| DeviceError::PhotoNotMade);
        Ok(Printed {
            full: blob("full")?,
            thumbnail: blob("thumbnail")?,
            hash: hash(&answer).ok_or(DeviceError::PhotoNotMade)?,
        })
    }

    /// Fails where it could not be done, and where nobody answers; the next order finds another worker.
    async fn order(&self, name: &str, what: &JsValue) -> Result<JsValue, DeviceError> {
        let table = self.table().await?;
        let order = object(&[(name, what.clone())]);
        let done = match &table {
            Table::Beside(worker) => {
                let answer = told(worker);
                worker.post_message(&order).map_err(|_| DeviceError::PhotoNotMade)?;
                within_patience(answer).await.map(|event| field(&event, "done"))
            }
            Table::OnThePage(darkroom) => {
                let promise = darkroom.call1(&JsValue::UNDEFINED, &order).ok().map(JsCast::unchecked_into);
                let promise: Promise = promise.ok_or(DeviceError::PhotoNotMade)?;
                JsFuture::from(promise).await.ok()
            }
        };
        done.filter(JsValue::is_object).ok_or_else(|| {
            self.leave();
            DeviceError::PhotoNotMade
        })
    }

    async fn table(&self) -> Result<Table, DeviceError> {
        if let Some(table) = self.0.borrow().clone() {
            return Ok(table);
        }
        let table = match beside().await {
            Some(worker) => Table::Beside(worker),
            None => Table::OnThePage(on_the_page().await.ok_or(DeviceError::PhotoNotMade)?),
        };
        *self.0.borrow_mut() = Some(table.clone());
        Ok(table)
    }

    fn leave(&self) {
        if let Some(Table::Beside(worker)) = self.0.borrow_mut().take() {
            worker.terminate();
        }
    }
}

/// A worker that can do it here.
async fn beside() -> Option<Worker> {
    let worker = Worker::new(&ADDRESS.with_borrow(Clone::clone)).ok()?;
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
async fn on_the_page() -> Option<Function> {
    let known = || Reflect::get(&window(), &"darkroom".into()).ok()?.dyn_into::<Function>().ok();
    if let Some(known) = known() {
        return Some(known);
    }
    let script = document().create_element("script").ok()?;
    script.set_attribute("src", &ADDRESS.with_borrow(Clone::clone)).ok()?;
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
